"""What pages of appeals say about posts: templates may look up where imports may not."""

from django import template

from blog.models import PostEdition, PostEditionAppeal
from editorial.models import EditionQuerySet

register = template.Library()


@register.simple_tag
def posts_presenting(key: str) -> EditionQuerySet:
    """Return the live posts that present an appeal, the newest first."""
    rows = PostEditionAppeal.objects.filter(key=key)
    live = PostEdition.objects.live().defer("content", "salts", "redactions")
    return live.filter(pk__in=rows.values("edition")).newest_first()
