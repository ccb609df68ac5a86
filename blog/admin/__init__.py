"""The desk's pages of posts, labels and comments."""

from blog.admin import comments, labels, posts

__all__ = ["comments", "labels", "posts"]
