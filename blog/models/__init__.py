from blog.models.comments import Comment
from blog.models.editions import (
    PostEdition,
    PostEditionAppeal,
    PostEditionLabel,
    PostEditionPerson,
)
from blog.models.figures import CommentMonth
from blog.models.guarding import Band, Catch, Rule, SpentTicket
from blog.models.mail_links import MailLink
from blog.models.policy import CommentPolicy
from blog.models.posts import Byline, Label, Post, PostAppeal, PostSource
from blog.models.receipts import Receipt
from blog.models.reports import Report
from blog.models.second_looks import SecondLook
from blog.models.sheets import Sheet
from blog.models.telling import AddressMark, ReplyAddress, ReplyMail

Post.edition_model = PostEdition

__all__ = [
    "AddressMark",
    "Band",
    "Byline",
    "Catch",
    "Comment",
    "CommentMonth",
    "CommentPolicy",
    "Label",
    "MailLink",
    "Post",
    "PostAppeal",
    "PostEdition",
    "PostEditionAppeal",
    "PostEditionLabel",
    "PostEditionPerson",
    "PostSource",
    "Receipt",
    "ReplyAddress",
    "ReplyMail",
    "Report",
    "Rule",
    "SecondLook",
    "Sheet",
    "SpentTicket",
]
