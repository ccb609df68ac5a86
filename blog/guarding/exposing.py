"""What in a comment would expose somebody: numbers to call, places to go to, papers.

Better to point at a number too many than to miss one: a moderator looks at each.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy
from phonenumbers import Leniency, PhoneNumberMatcher

from blog.comments.tidying import INVISIBLE
from blog.guarding.papers import Span, accounts, cards, documents
from blog.guarding.streets import streets
from editorial.matching import MARK

Search = Callable[[str], Iterator[Span]]
UNSEEN = re.compile(f"[{INVISIBLE}]")


class Kind(TextChoices):
    """What was found."""

    EMAIL = "email", gettext_lazy("e-mail address")
    CARD = "card", gettext_lazy("card number")
    ACCOUNT = "account", gettext_lazy("bank account")
    DOCUMENT = "document", gettext_lazy("document number")
    POSITION = "position", gettext_lazy("position on the map")
    TELEPHONE = "telephone", gettext_lazy("telephone number")
    STREET = "street", gettext_lazy("street address")


@dataclass(frozen=True)
class Finding:
    """A stretch of a text, from ``start`` up to ``end``, that would expose somebody."""

    kind: Kind
    start: int
    end: int
    text: str

    @property
    def label(self) -> str:
        """What it is, in words."""
        return str(self.kind.label)


def findings(text: str) -> list[Finding]:
    """Return what in a text would expose somebody, in the text's order, none twice."""
    plain, places = readable(text)
    found: list[Finding] = []
    for kind, search in SEARCHES.items():
        for start, end in search(plain):
            first, last = places[start], places[end - 1] + 1
            if not any(first < other.end and other.start < last for other in found):
                found.append(Finding(kind, first, last, text[first:last]))
    return sorted(found, key=lambda finding: finding.start)


def without(text: str, found: Iterable[Finding]) -> str:
    """Return a text with a mark where something was removed; ``Comment.words`` says so."""
    for finding in sorted(found, key=lambda finding: -finding.start):
        text = text[: finding.start] + MARK + text[finding.end :]
    return text


def readable(text: str) -> tuple[str, list[int]]:
    """Return a text in plain digits and letters, and for each character where it stood.

    Nothing is hidden by full width, by another script's digits or by what cannot be seen.
    """
    kept = [(at, char) for at, char in enumerate(text) if not UNSEEN.match(char)]
    return "".join(plain(char) for _at, char in kept), [at for at, _char in kept]


def plain(char: str) -> str:
    if (digit := unicodedata.decimal(char, None)) is not None:
        return str(digit)
    if unicodedata.category(char) == "Pd":
        return "-"
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char


AT = r"(?:@|\s?[\[({<]\s?(?:at|@|собака)\s?[\])}>]\s?)"
DOT = r"(?:\.|\s?[\[({]\s?(?:\.|dot|точка)\s?[\])}]\s?|\s(?:dot|точка)\s)"
NAME, HOST, END = r"(?<![\w.+-])[\w.+-]{1,64}", r"[\w-]{1,63}", r"[^\W\d_]{2,24}(?!\w)"
EMAIL = re.compile(
    rf"{NAME}{AT}(?:{HOST}{DOT}){{1,4}}{END}"
    # In words alone both have to be: something else may be "at www.example.org".
    rf"|{NAME}\s(?:at|собака)\s(?:{HOST}\s(?:dot|точка)\s){{1,4}}{END}",
    re.IGNORECASE,
)
POSITION = re.compile(r"(?<![\d.])-?\d{1,2}\.\d{4,}\s?°?[NS]?[,;\s]\s?-?\d{1,3}\.\d{4,}(?!\d)")
CALL = re.compile(
    r"\b(?:tel(?:efon\w*|ephone|éfono|\.)?|phone|call|whats ?app|viber|signal|mobile|handy|cell"
    r"|тел(?:ефон\w*|\.)?|звони\w*|позвони\w*|моб(?:ильн\w*|\.)?|ватсап\w*|вотсап\w*|вайбер\w*"
    r"|утас\w*|هاتف|تلفن|电话|手机|電話)"
    r"[^\w\n]{0,3}(?:[^\W\d]{1,12}[^\w\n]{1,3}){0,2}(?P<number>\+?\d(?:[\s().-]{0,2}\d){4,14})(?!\d)",
    re.IGNORECASE,
)
INTERNATIONAL = re.compile(r"(?<![\d\w])(?:\+|00)[1-9](?:[\s().-]{0,2}\d){7,14}(?!\d)")


def matches(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    yield from (found.span() for found in pattern.finditer(text))


def telephones(text: str) -> Iterator[Span]:
    """Yield what can be dialled: from anywhere, from the newsroom's countries, or "call …"."""
    if sum(char.isdigit() for char in text) < 5:
        return
    yield from matches(INTERNATIONAL, text)
    yield from (found.span("number") for found in CALL.finditer(text))
    for region in settings.PHONE_REGIONS:
        matcher: Any = PhoneNumberMatcher(text, region, leniency=Leniency.VALID, max_tries=200)
        yield from ((found.start, found.end) for found in matcher)


#: In this order: what is found first is not found again as something else.
SEARCHES: dict[Kind, Search] = {
    Kind.EMAIL: partial(matches, EMAIL),
    Kind.CARD: cards,
    Kind.ACCOUNT: accounts,
    Kind.DOCUMENT: documents,
    Kind.POSITION: partial(matches, POSITION),
    Kind.TELEPHONE: telephones,
    Kind.STREET: streets,
}
