from blog.admin.comments import CommentAdmin

__all__ = ["CommentAdmin"]
