"""What a folder can say, record by record. The keys of the files are the fields here."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from appeals.models.pages import TOLERANCE
from config.content.kinds import (
    Record,
    address,
    build,
    day,
    line,
    many,
    moment,
    number,
    read,
    record,
    ref,
    table,
    text,
    yes_or_no,
)
from config.content.nodes import Node
from config.content.places import Ref


@dataclass(kw_only=True)
class Party(Record):
    """An organisation, a person or a label."""

    name: str = read(line, required=True)
    slug: str = read(line)
    names: dict[str, str] = read(table(line), {})


@dataclass(kw_only=True)
class Spelling(Record):
    text: str = read(line, required=True)
    language: str = read(line)
    script: str = read(line)
    printed_in: list[Ref] = read(many(ref), [])


@dataclass(kw_only=True)
class Name(Record):
    canonical: str = read(line, required=True)
    note: str = read(line)
    variants: list[Spelling] = read(many(record(Spelling)), [])
    not_the_same_as: list[Ref] = read(many(ref), [])


@dataclass(kw_only=True)
class Pair(Record):
    """Two spellings of one name, of which a post keeps its own as it was printed."""

    one: str = read(line, required=True)
    other: str = read(line, required=True)


@dataclass(kw_only=True)
class Term(Record):
    """A term of the glossary."""

    source: str = read(line, required=True)
    target: str = read(line, required=True)
    term: str = read(line, required=True)
    rendering: str = read(line, required=True)
    forbidden: str = read(line)
    note: str = read(line)


@dataclass(kw_only=True)
class SourceLink(Record):
    title: str = read(line)
    url: str = read(address)
    publisher: str = read(line)
    seen_on: date | None = read(day, None)
    archived_url: str = read(address)


@dataclass(kw_only=True)
class Item(Record):
    """What has a state and editions of its own."""

    title: str = read(line)
    published: datetime | None = read(moment, None)
    planned: datetime | None = read(moment, None)


@dataclass(kw_only=True)
class Post(Item):
    title: str = read(line, required=True)
    slug: str = read(line)
    language: str = read(line)
    dateline: str = read(line)
    byline: list[Ref] = read(many(ref), [])
    labels: list[Ref] = read(many(ref), [])
    summary: str = read(text)
    appeals: list[Ref] = read(many(ref), [])
    sources: list[SourceLink] = read(many(record(SourceLink)), [])
    comments: str = read(line)
    comments_days: int | None = read(number, None)
    translation_of: Ref | None = read(ref, None)
    as_printed: list[Pair] = read(many(record(Pair)), [])
    body: str = ""


@dataclass(kw_only=True)
class Page(Item):
    title: str = read(line, required=True)
    slug: str = read(line)
    language: str = read(line)
    summary: str = read(text)
    translation_of: Ref | None = read(ref, None)
    body: str = ""


@dataclass(kw_only=True)
class Link(Record):
    """A link of the navigation: to a page, a label, a section or a language."""

    page: Ref | None = read(ref, None)
    label: Ref | None = read(ref, None)
    section: str = read(line)
    language: str = read(line)
    text: str = read(line)


@dataclass(kw_only=True)
class Site(Item):
    """The masthead."""

    title: str = ""
    name: str = read(line, required=True)
    tagline: str = read(line)
    navigation: list[Link] = read(many(record(Link)), [])


@dataclass(kw_only=True)
class Addressee(Record):
    text: str = read(line)
    original: str = read(line)


def addressee(node: Node, source: Any) -> Addressee:
    """Read an addressee: a text in the newsroom's language, or that and the original."""
    if isinstance(node.value, str):
        return Addressee(at=source.at(node), text=node.value)
    return build(Addressee, node, source)


@dataclass(kw_only=True)
class Signatory(Record):
    """A line of the signatures. What an empty ``organisation`` or ``person`` says is: none."""

    echoes = False

    name: str = read(line)
    name_status: str = read(line)
    role: str = read(line)
    role_original: str = read(line)
    organisation: Ref | None = read(ref, None)
    person: Ref | None = read(ref, None)
    group: str = read(line)
    group_original: str = read(line)
    kind: str = read(line)
    count: int | None = read(number, None)
    printed_as: str = read(line)
    verification: str = read(line)
    evidence_url: str = read(address)
    evidence_document: str = read(line)
    evidence_page: int | None = read(number, None)
    withdrew_on: date | None = read(day, None)


@dataclass(kw_only=True)
class Mark(Record):
    """What lies on a page: a passage by its key, a signature by its line, or a black box."""

    page: int | None = read(number, None)
    box: str = read(line, required=True)
    passage: str = read(line)
    signatory: int | None = read(number, None)

    def rectangle(self) -> tuple[float, float, float, float]:
        """Return left, top, width and height in fractions of the page.

        Raises:
            ValueError: the box is something else.
        """
        x, y, w, h = map(float, self.box.split())
        ends = 1 + TOLERANCE
        if not (0 <= x <= 1 and 0 <= y <= 1 and 0 < w <= ends - x and 0 < h <= ends - y):
            raise ValueError(self.box)
        return x, y, w, h


@dataclass(kw_only=True)
class Document(Record):
    file: str = read(line, required=True)
    title: str = read(line)
    pages: int | None = read(number, None)
    #: Whether the next edition may show the pages. Nothing but "true" does that.
    released: bool | None = read(yes_or_no, None)
    marks: list[Mark] = read(many(record(Mark)), [])
    path: Path | None = None


@dataclass(kw_only=True)
class Passage(Record):
    key: str
    kind: str = ""
    text: str = ""
    was: list[str] = field(default_factory=list)


@dataclass(kw_only=True)
class Original(Record):
    title: str = read(line)
    language: str = ""
    passages: list[Passage] = field(default_factory=list)


@dataclass(kw_only=True)
class Dismissal(Record):
    """A finding of a check that was left as it is: where, which check, and why."""

    key: str = read(line, required=True)
    check: str = read(line, required=True)
    why: str = read(text, required=True)


@dataclass(kw_only=True)
class Translation(Item):
    label: str = read(line)
    method: str = read(line)
    translator: str = read(line)
    principal: bool | None = read(yes_or_no, None)
    #: The digests of older originals that renderings were accepted against, by passage.
    accepted_against: dict[str, str] = read(table(line), {})
    checked: list[str] = read(many(line), [])
    dismissed: list[Dismissal] = read(many(record(Dismissal)), [])
    language: str = ""
    ordinal: int = 1
    passages: list[Passage] = field(default_factory=list)


@dataclass(kw_only=True)
class Appeal(Item):
    title: str = read(line, required=True)
    slug: str = read(line)
    kind: str = read(line)
    original_title: str = read(line)
    original_language: str = read(line)
    issued_by: list[Ref] = read(many(ref), [])
    issued_on: str = read(line)
    place: str = read(line)
    addressees: list[Addressee] = read(many(addressee), [])
    basis: str = read(line)
    summary: str = read(text)
    sources: list[SourceLink] = read(many(record(SourceLink)), [])
    signatories: list[Signatory] = read(many(record(Signatory)), [])
    documents: list[Document] = read(many(record(Document)), [])
    original: Original | None = None
    translations: list[Translation] = field(default_factory=list)

    def passages(self) -> list[Passage]:
        """Return the passages in order: those of the original, and between them, with an empty
        text, those that only a translation has.
        """
        order = [*self.original.passages] if self.original else []
        for translation in self.translations:
            place = 0
            for passage in translation.passages:
                keys = [known.key for known in order]
                if passage.key in keys:
                    place = keys.index(passage.key) + 1
                else:
                    empty = Passage(at=passage.at, key=passage.key, kind=passage.kind)
                    order.insert(place, empty)
                    place += 1
        return order


@dataclass
class Folder:
    root: Path
    organisations: list[Party] = field(default_factory=list)
    people: list[Party] = field(default_factory=list)
    labels: list[Party] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    glossary: list[Term] = field(default_factory=list)
    site: Site | None = None
    pages: list[Page] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    appeals: list[Appeal] = field(default_factory=list)
