"""What is like a text, and why: shared labels, names, bodies, places, appeals and rare words.

Everything is asked of what is live at this moment, in one statement. A value that more texts have
than so many says nothing about any of them and is left out, so that an answer takes as long on a
large site as on a small one. What is withheld stands in no edition, and plays no part.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NamedTuple

from django.utils import timezone

from appeals.models import AppealEdition
from appeals.models.editions import AppealEditionOrganisation, AppealEditionPerson
from blog.models import PostEditionAppeal, PostEditionLabel, PostEditionPerson
from config.browsing.places import place_slug
from config.search.matching import INDEXED, LIVE, POSTING, SPAN, moment
from config.search.matching import rows as asked
from config.search.models import Kind
from config.search.texts import kind_of, lines, place_of
from config.search.words import tokens

#: A value that more live texts have than these tells no two of them apart.
COMMON, COMMON_WORD = 1000, 40
#: So many values of one kind are looked at, the first ones; and so many words.
VALUES, WORDS = 20, 8
#: So many words of a text are read, and shorter ones than this are not asked for.
READ, SHORTEST = 3000, 4
#: How much each shared value says; two rare words alone say too little.
WORTH = {
    "presents": 8, "appeal": 6, "organisation": 4, "signed": 4, "wrote": 4, "label": 3,
    "place": 3, "word": 1,
}  # fmt: skip
ENOUGH, MOST = 3, 4
#: Candidates that are asked for beyond those that are shown: some turn out to be known already.
SPARE = 8

FACTS = "e.kind, e.post_id, e.appeal_item, e.published_at, e.key"
#: Where each kind of value is found: the rows, the column of the value, that of the edition.
TABLES = {
    "presents": (PostEditionAppeal, "key", "post_id"),
    "appeal": (PostEditionAppeal, "key", "post_id"),
    "label": (PostEditionLabel, "slug", "post_id"),
    "wrote": (PostEditionPerson, "slug", "post_id"),
    "signed": (AppealEditionPerson, "slug", "appeal_id"),
    "organisation": (AppealEditionOrganisation, "slug", "appeal_id"),
}


Document = tuple[str, int | None]
"""A post by its edition, or an appeal by its item: a translation stands for its appeal."""


class Trait(NamedTuple):
    """A value of a text: its kind, what it is found by, and what it is called."""

    kind: str
    value: str
    name: str = ""


class Found(NamedTuple):
    """A live text that has a value, as the index tells it."""

    asked_for: int
    kind: str
    post: int | None
    appeal_item: int | None
    published_at: Any
    key: str

    @property
    def document(self) -> Document:
        return ("post", self.post) if self.post else ("appeal", self.appeal_item)


@dataclass(frozen=True)
class Like:
    """A document that is like another, with the values that they share, the weightiest first."""

    document: Document
    shared: list[Trait]


@dataclass(frozen=True)
class Around:
    """What is like a text, and what came before and after it."""

    like: list[Like]
    before: Document | None
    after: Document | None


def traits(edition: Any) -> list[Trait]:
    """Return what an edition can be compared by: of what it says in public, nothing else."""
    rows = edition.rows(edition.data)
    found = [Trait("label", row["slug"], row["name"]) for row in first(rows, "labels")]
    people = [(row["slug"], row["name"]) for row in first(rows, "people")]
    found += [Trait(kind, *person) for person in people for kind in ("wrote", "signed")]
    bodies = {row["slug"]: row["name"] for row in first(rows, "organisations") if row["slug"]}
    found += [Trait("organisation", slug, name) for slug, name in bodies.items()]
    found += [Trait("appeal", row["key"]) for row in first(rows, "appeals")]
    if isinstance(edition, AppealEdition):
        found.append(Trait("presents", edition.key))
    if slug := place_slug(place := place_of(edition)):
        found.append(Trait("place", slug, place))
    return found + telling_words(edition)


def first(rows: dict[str, list[Any]], relation: str) -> list[Any]:
    return rows.get(relation, [])[:VALUES]


def telling_words(edition: Any) -> list[Trait]:
    """Return the words that say most about a text: those of its title, then frequent long ones."""
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for text, weight, token in islice(words_of(edition), READ):
        if not token.is_stop and len(token.stem) >= SHORTEST and token.stem.isalpha():
            counts[token.stem] += weight
            spelled.setdefault(token.stem, text[token.start : token.end])
    best = sorted(counts, key=lambda stem: (-counts[stem], -len(stem), stem))[:WORDS]
    return [Trait("word", stem, spelled[stem]) for stem in best]


def words_of(edition: Any) -> Iterator[tuple[str, int, Any]]:
    for line in lines(edition):
        if line.part in ("title", "text"):
            for token in tokens(line.text, line.language):
                yield line.text, line.weight, token


def around(edition: Any) -> Around:
    """Return what is like a live edition, and its neighbours in time: one query."""
    own = traits(edition)
    at = moment(timezone.now())
    statements: list[str] = []
    parameters: list[Any] = []
    for number, trait in enumerate(own):
        statement = having(trait)
        limit = COMMON_WORD if trait.kind == "word" else COMMON
        statements.append(f"SELECT {number} AS asked_for, {FACTS} {statement} LIMIT {limit + 1}")
        parameters += [trait.value, *[at] * (statement.count("%s") - 1)]
    for number, side in ((-1, "<"), (-2, ">")):
        statement, found_by = beside(edition, side)
        statements.append(f"SELECT {number} AS asked_for, {FACTS} {statement} LIMIT 1")
        parameters += [*found_by[:-2], at, at, *found_by[-2:]]
    union = " UNION ALL ".join(
        f"SELECT * FROM ({statement}) t{number}" for number, statement in enumerate(statements)
    )
    found = [Found(*row) for row in asked(union, parameters)]
    neighbours = {row.asked_for: row.document for row in found if row.asked_for < 0}
    here = ("post", edition.pk) if kind_of(edition) == Kind.POST else ("appeal", edition.item_id)
    having_some = [row for row in found if row.asked_for >= 0]
    like = liked(own, having_some, here, edition.published_at)
    return Around(like, neighbours.get(-1), neighbours.get(-2))


def having(trait: Trait) -> str:
    """Return the statement of the live texts that have a value; its parameters are that and now."""
    live = SPAN.format("e")
    if trait.kind == "place":
        return f"FROM {INDEXED} e WHERE e.place_slug = %s AND {live}"
    if trait.kind == "word":
        where = f"p.word = %s AND e.id = p.edition_id AND e.kind <> 'page' AND {LIVE}"
        return f"FROM {POSTING} p CROSS JOIN {INDEXED} e WHERE {where}"
    model, column, edition = TABLES[trait.kind]
    where = f"r.{column} = %s AND e.{edition} = r.edition_id AND {live}"
    return f"FROM {model._meta.db_table} r CROSS JOIN {INDEXED} e WHERE {where}"


def beside(edition: Any, side: str) -> tuple[str, list[Any]]:
    """Return the statement of the live text before or after one, of its kind and language."""
    kind = kind_of(edition)
    direction = "DESC" if side == "<" else "ASC"
    where, found_by = "e.kind = %s", [kind.value]
    if kind == Kind.POST:
        where, found_by = f"{where} AND e.language = %s", [*found_by, edition.language]
    return (
        f"FROM {INDEXED} e WHERE {where} AND {SPAN.format('e')}"
        f" AND (e.published_at, e.key) {side} (%s, %s)"
        f" ORDER BY e.published_at {direction}, e.key {direction}"
    ), [*found_by, moment(edition.published_at), edition.key]


def liked(own: list[Trait], found: list[Found], here: Document, at: datetime) -> list[Like]:
    """Return the documents that share most, those nearest in time first where it is as much."""
    said = Counter(row.asked_for for row in found)
    shared: dict[Document, dict[Trait, None]] = defaultdict(dict)
    nearest: dict[Document, tuple[float, str]] = {}
    for row in found:
        trait = own[row.asked_for]
        if said[row.asked_for] > (COMMON_WORD if trait.kind == "word" else COMMON):
            continue
        document = row.document
        if document == here:
            continue
        shared[document][trait] = None
        near = (abs((as_moment(row.published_at) - at).total_seconds()), row.key)
        nearest[document] = min(nearest.get(document, near), near)
    worth = {document: sum(WORTH[t.kind] for t in values) for document, values in shared.items()}
    enough = [document for document in shared if worth[document] >= ENOUGH]
    enough.sort(key=lambda document: (-worth[document], nearest[document]))
    return [
        Like(document, sorted(shared[document], key=lambda t: (-WORTH[t.kind], own.index(t))))
        for document in enough[: MOST + SPARE]
    ]


def as_moment(value: Any) -> datetime:
    """Return a moment from what a database keeps it as: SQLite keeps letters."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
