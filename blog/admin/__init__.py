"""The desk's pages of posts, labels, comments and the rules for them."""

from blog.admin import comments, labels, policy, posts, rules

__all__ = ["comments", "labels", "policy", "posts", "rules"]
