from blog.models.comments import Comment
from blog.models.editions import (
    PostEdition,
    PostEditionAppeal,
    PostEditionLabel,
    PostEditionPerson,
)
from blog.models.guarding import Band, Catch, Rule, SpentTicket
from blog.models.posts import Byline, Label, Post, PostAppeal, PostSource
from blog.models.receipts import Receipt
from blog.models.sheets import Sheet

Post.edition_model = PostEdition

__all__ = [
    "Band",
    "Byline",
    "Catch",
    "Comment",
    "Label",
    "Post",
    "PostAppeal",
    "PostEdition",
    "PostEditionAppeal",
    "PostEditionLabel",
    "PostEditionPerson",
    "PostSource",
    "Receipt",
    "Rule",
    "Sheet",
    "SpentTicket",
]
