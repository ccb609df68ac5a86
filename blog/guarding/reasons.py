"""Why a comment is held, beyond that all are: codes for the row, sentences for the moderator."""

from collections.abc import Iterable

from django.utils.translation import gettext, gettext_lazy

from blog.guarding.exposing import Kind
from editorial.languages import listed

TRAP, LINK, FAST, REUSED = "trap", "link", "fast", "reused"
ALIKE, SOURCE, SURGE = "alike", "source", "surge"
#: What follows this is the kind of what was found (``blog.guarding.exposing``).
EXPOSED = "exposed:"
#: What follows this is the rule's number.
RULE = "rule:"

SAID = {
    TRAP: gettext_lazy("The field for machines was filled in."),
    LINK: gettext_lazy("It holds a link."),
    FAST: gettext_lazy("It was sent faster than anybody writes."),
    REUSED: gettext_lazy("A form that can be used once was used again."),
    ALIKE: gettext_lazy("It is nearly the same as an earlier one."),
    SOURCE: gettext_lazy("Much has come from the same source today."),
    SURGE: gettext_lazy("Very much came for this post at once."),
}


def exposed(codes: Iterable[str]) -> list[str]:
    """Return those of some codes that speak of what would expose somebody."""
    return [code for code in codes if code.startswith(EXPOSED)]


def said(codes: Iterable[str]) -> list[str]:
    """Return the sentences for some codes; a code that has none stands for itself.

    All that may expose somebody is one sentence.
    """
    found = list(codes)
    kinds = [code.removeprefix(EXPOSED) for code in exposed(found)]
    told = [sentence(code) for code in found if not code.startswith(EXPOSED)]
    if kinds:
        labels = [str(Kind(kind).label) if kind in Kind.values else kind for kind in kinds]
        what = {"what": listed(labels)}
        told.append(gettext("It may reveal personal data: %(what)s.") % what)
    return told


def sentence(code: str) -> str:
    if code.startswith(RULE):
        return gettext("The newsroom’s rule %(number)s holds it.") % {"number": code[len(RULE) :]}
    return str(SAID.get(code, code))
