"""The desk's pages of posts, labels, comments and the rules for them."""

from blog.admin import comments, labels, posts, rules

__all__ = ["comments", "labels", "posts", "rules"]
