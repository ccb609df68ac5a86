"""Citing what was read, keeping it, and coming back to it as it was."""
