"""What is like the text of a page, with the reasons, and what came before and after it."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appeals.models import AppealEdition
from blog.models import PostEdition
from config.browsing.likeness import MOST, Like, Trait, around
from editorial import languages
from editorial.templatetags.languages import in_names

register = template.Library()

#: So many reasons are given, and so many values of one.
REASONS, NAMED = 2, 3


@dataclass(frozen=True)
class Related:
    edition: Any
    reasons: list[str]


@dataclass(frozen=True)
class Beside:
    """What a page's end leads to."""

    related: list[Related]
    before: Any
    after: Any


@register.simple_tag(takes_context=True)
def beside(context: Any) -> Beside:
    """Return what is live and like the edition of a page, without what the page shows already."""
    edition = context["edition"]
    found = around(edition)
    wanted = [like.document for like in found.like]
    wanted += [document for document in (found.before, found.after) if document]
    # No row has 0: both are asked even when there are none, so that a page takes as many queries.
    pks: list[Any] = [0, *(pk for kind, pk in wanted if kind == "post")]
    items: list[Any] = [0, *(item for kind, item in wanted if kind == "appeal")]
    posts = PostEdition.objects.live().filter(pk__in=pks)
    appeals = AppealEdition.objects.live().filter(item_id__in=items)
    heavy = ("content", "salts", "redactions")
    live: dict[Any, Any] = {("post", post.pk): post for post in posts.defer(*heavy)}
    live |= {("appeal", appeal.item_id): appeal for appeal in appeals.defer(*heavy)}
    shown = [*(context.get("versions") or ()), *(context.get("appeals") or ())]
    known = {one.key for one in shown if hasattr(one, "key")} | {edition.key}
    related = [
        Related(live[like.document], reasons(like, edition))
        for like in found.like
        if like.document in live and live[like.document].key not in known
    ]
    return Beside(related[:MOST], live.get(found.before), live.get(found.after))


def reasons(like: Like, edition: Any) -> list[str]:
    """Say why a document is like an edition, the weightiest reasons first."""
    kinds: dict[str, list[Trait]] = {}
    for trait in like.shared:
        kinds.setdefault(trait.kind, []).append(trait)
    is_post = isinstance(edition, PostEdition)
    return [reason(kind, values, is_post=is_post) for kind, values in kinds.items()][:REASONS]


def reason(kind: str, values: list[Trait], *, is_post: bool) -> str:
    """Say one reason. Names keep their direction in the sentence."""
    names = listed([value.name for value in values], of_the_house=kind != "word")
    sayings = {
        "presents": _("about this appeal"),
        "appeal": _("about the same appeal"),
        "organisation": _("same organisation: %(names)s"),
        "signed": _("signed by %(names)s") if is_post else _("also signed by %(names)s"),
        "wrote": _("also by %(names)s") if is_post else _("by %(names)s"),
        "label": ngettext("same label: %(names)s", "same labels: %(names)s", len(values)),
        "place": _("same place: %(names)s"),
        "word": ngettext("same word: %(names)s", "same words: %(names)s", len(values)),
    }
    before, _name, after = sayings[kind].partition("%(names)s")
    return format_html_join("", "{}", [(before,), (names if _name else "",), (after,)])


def listed(names: list[str], *, of_the_house: bool) -> SafeString:
    """Return the first of some names, each with its own direction, and how many more there are.

    Args:
        of_the_house: whether the newsroom spells them; a word of a text is in that text's language.
    """
    comma = languages.listed(["", ""])
    set_apart = in_names if of_the_house else apart
    shown = format_html_join(comma, "{}", [(set_apart(name),) for name in names[:NAMED]])
    more = len(names) - NAMED
    if more <= 0:
        return shown
    rest = ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more}
    return format_html_join(" ", "{}", [(shown,), (rest,)])


def apart(name: str) -> SafeString:
    return format_html("<bdi>{}</bdi>", name)
