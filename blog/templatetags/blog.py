"""What pages of appeals say about posts: templates may look up where imports may not."""

import re
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from appeals.naming.standing import first_spots
from appeals.templatetags.marks import signed, spelled_out
from blog.models import PostEdition, PostEditionAppeal
from editorial.addresses import kept
from editorial.models import EditionQuerySet
from editorial.sanitising import sanitise, shown

register = template.Library()

#: A whole link, or else a tag: inside a link nothing else can be tapped.
NO_TEXT = re.compile(r"""<a\b.*?</a>|<(?:"[^"]*"|'[^']*'|[^<>"'])*>""", re.DOTALL)


@register.simple_tag
def proposals_on(appeal: dict[str, Any], side: Any) -> str:
    """Return the address below which each passage of a live translation can be corrected."""
    if side.original or not appeal.get("slug"):
        return ""
    parts = [appeal["slug"], side.language]
    if not side.translation.get("principal", True):
        parts.append(side.translation["slug"])
    name = "appeals:text" if len(parts) == 2 else "appeals:version"
    return f"{reverse(name, args=parts)}passages/"


@register.simple_tag
def posts_presenting(key: str) -> EditionQuerySet:
    """Return the live posts that present an appeal, the newest first."""
    rows = PostEditionAppeal.objects.filter(key=key)
    live = PostEdition.objects.live().defer("content", "salts", "redactions")
    return live.filter(pk__in=rows.values("edition")).newest_first()


@register.simple_tag
def prose(content: dict[str, Any]) -> SafeString:
    """Return a post's body, and where names are spelled otherwise how the site spells them.

    The body passes through the sanitiser once more after anything was put into it.
    """
    body = content["body"]
    if not content.get("names"):
        return shown(body)
    words = NO_TEXT.sub(lambda tag: "\n" * len(tag[0]), body)
    [found] = first_spots([words], content)
    spots = [spot for spot in found if "<" not in body[spot.start : spot.end]]
    return spelled_out(sanitise(signed(body, spots), lead=kept), spots)
