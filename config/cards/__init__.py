"""A picture of each post and appeal, for other sites that show a link to it."""
