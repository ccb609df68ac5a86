"""A synthetic site, for measuring: the same seed makes the same one."""
