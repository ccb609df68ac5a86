"""What an appeal's page says in words where its content holds a code."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appeals.aligning import Passage, with_spots
from appeals.checks.registry import checks
from appeals.rolling import Roll
from editorial.languages import listed
from editorial.templatetags.languages import in_newsrooms, in_words, is_newsrooms

register = template.Library()

#: What a role may begin with, and then no number stands before it.
ARTICLES = {
    "en": {"a", "an", "the"},
    "fr": {"le", "la", "les", "un", "une", "des"},
    "de": {"der", "die", "das", "ein", "eine"},
}


@register.simple_tag
def roll_of(content: dict[str, Any]) -> Roll:
    """Return all who signed an appeal."""
    return Roll(content["signatories"])


@register.filter
def kind_of_appeal(kind: str) -> str:
    kinds = {
        "appeal": _("Appeal"),
        "open_letter": _("Open letter"),
        "statement": _("Statement"),
        "resolution": _("Resolution"),
        "declaration": _("Declaration"),
        "petition": _("Petition"),
    }
    return kinds.get(kind, _("Document"))


@register.filter
def method_of_translation(method: str) -> str:
    methods = {
        "human": _("translated by hand"),
        "machine": _("machine translation"),
        "post_edited": _("machine translation, edited by hand"),
    }
    return methods.get(method, "")


@register.filter
def rendered(content: dict[str, Any]) -> list[Passage]:
    """Return the passages of a translation's edition as it was sealed."""
    rows = [Passage(row["key"], "", row["text"]) for row in content["renderings"]]
    return with_spots(rows, content)


@register.filter
def check_name(code: str) -> str:
    """Say what a check looks for; of one that is gone, its code."""
    known = checks().get(code)
    return str(known.label) if known else code


@register.filter
def second_reader(answer: str) -> str:
    """Say whether a second person read what was published."""
    answers = {
        "yes": _("A second person read and approved it"),
        "imported": _("Taken over from before; who read it was not recorded"),
    }
    return answers.get(answer, _("Published without a second reader."))


@register.filter(name="unnamed")
def unnamed_shown(signatory: dict[str, Any]) -> str:
    """State a signatory without a name, with the newsroom's words for a role marked as such."""
    if is_newsrooms() or not signatory["role"]:
        return unnamed(signatory)
    count, role = signatory["count"] or 1, in_newsrooms(signatory["role"])
    if count > 1:
        role = format_html(
            _("%(role)s (%(number)s)") % {"number": in_words(count), "role": "{}"}, role
        )
    return format_html(listed(["{}", "{}"]), role, why_unnamed(signatory["name_status"], count))


def unnamed(signatory: dict[str, Any]) -> str:
    """State a signatory without a name as the plain fact it is.

    "Three vice-presidents, names not given"; "Secretary, name withheld".
    """
    count = signatory["count"] or 1
    reason = why_unnamed(signatory["name_status"], count)
    role = counted(signatory["role"] or _("signatories"), count) if count > 1 else signatory["role"]
    return capfirst(listed([role, reason]) if role else reason)


def why_unnamed(status: str, count: int) -> str:
    """Say why so many people are not named."""
    reasons = {
        "withheld": ngettext("name withheld", "names withheld", count),
        "not_given": ngettext("name not given", "names not given", count),
        "illegible": ngettext("name illegible", "names illegible", count),
    }
    return reasons.get(status, ngettext("name pending", "names pending", count))


def counted(role: str, count: int) -> str:
    """Return "three vice-presidents"; "the fifth form (nine)" where the role has its article.

    A role is in the newsroom's language: on a page in another one the number stands behind it.
    """
    number = in_words(count)
    language = settings.LANGUAGE_CODE.split("-")[0]
    if not is_newsrooms() or role.split(" ")[0].lower() in ARTICLES.get(language, ()):
        return _("%(role)s (%(number)s)") % {"role": role, "number": number}
    if not role[1:2].isupper() and language != "de":  # German writes nouns with a capital
        role = role[:1].lower() + role[1:]
    return _("%(number)s %(role)s") % {"number": number, "role": role}
