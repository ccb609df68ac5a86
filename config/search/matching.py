"""Asking the index: which editions, the best first. The same statement on both databases.

Only what is public is counted, ranked and returned, and nothing else has a part in it: how rare
a word is, too, is asked of what is public. What has the same score stands by its date.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log
from typing import Any

from django.db import connection

from appeals.models.editions import AppealEditionOrganisation
from blog.models import PostEditionLabel
from config.search.asking import DATE, Question
from config.search.models import Indexed, IndexedWords, Posting

#: So many are ranked and can be turned to; who wants more narrows it down.
MOST = 200
#: A word in more texts than these is simply common.
COMMON = 1000

INDEXED, WORDS, POSTING, ORGANISATION, LABEL = (
    model._meta.db_table
    for model in (Indexed, IndexedWords, Posting, AppealEditionOrganisation, PostEditionLabel)
)
SPAN = "{0}.live_from <= %s AND ({0}.live_until IS NULL OR {0}.live_until > %s)"
#: A word counts for less where only its stem is what was asked for, or its consonants.
BY_FORM = "(CASE WHEN {0}.word = %s THEN 10 WHEN substr({0}.word, 1, 1) = '~' THEN 3 ELSE 7 END)"
#: Live, and of a translation also: its appeal is.
LIVE = (
    f"{SPAN.format('e')} AND (e.kind <> 'translation' OR EXISTS (SELECT 1 FROM {INDEXED} a"
    f" WHERE a.appeal_item = e.appeal_item AND a.kind = 'appeal' AND {SPAN.format('a')}))"
)
OF_APPEAL = (
    f"EXISTS (SELECT 1 FROM {INDEXED} a {{join}} WHERE a.appeal_item = e.appeal_item"
    f" AND a.kind = 'appeal' AND {SPAN.format('a')} AND {{condition}})"
)
CONDITIONS = {
    "kind": "e.kind = %s",
    "language": "e.language = %s",
    "year": "e.year = %s",
    "label": f"EXISTS (SELECT 1 FROM {LABEL} l WHERE l.edition_id = e.post_id AND l.slug = %s)",
    "organisation": OF_APPEAL.format(
        join=f"JOIN {ORGANISATION} o ON o.edition_id = a.appeal_id", condition="o.slug = %s"
    ),
    "place": OF_APPEAL.format(join="", condition="a.place = %s"),
}


@dataclass(frozen=True)
class Hit:
    """An edition that answers a question."""

    kind: str
    edition: int
    language: str
    year: int
    appeal_item: int | None
    pk: int
    score: int


def moment(now: datetime) -> Any:
    """Return a moment as the database keeps it."""
    return connection.ops.adapt_datetimefield_value(now)


def marks(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def frequencies(groups: Sequence[Sequence[str]], now: datetime) -> list[int]:
    """Return in how many public texts each group of terms is, up to what is simply common."""
    counted = [
        f"SELECT {number}, COUNT(*) FROM (SELECT DISTINCT p.edition_id FROM {POSTING} p"
        f" CROSS JOIN {INDEXED} e WHERE p.word IN ({marks(terms)}) AND e.id = p.edition_id"
        f" AND {LIVE} LIMIT {COMMON}) f{number}"
        for number, terms in enumerate(groups)
    ]
    at = [moment(now)] * 4
    found = dict(rows(" UNION ALL ".join(counted), [x for g in groups for x in (*g, *at)]))
    return [found[number] for number in range(len(groups))]


def rarity(frequency: int) -> int:
    """Return how much more a rare word says: whole numbers, which every database adds alike."""
    return round(100 * log(1 + COMMON / max(frequency, 1)))


def matches(question: Question, counts: Sequence[int], now: datetime) -> list[Hit]:
    """Return the public editions that have every word and phrase, the first ones.

    Args:
        counts: in how many texts each wanted word is.
    """
    # The rarest word comes first: SQLite keeps to the order of cross joins.
    ranked = sorted(zip(counts, question.wanted, strict=True), key=lambda pair: pair[0])
    scores, tables, conditions = [], [], ["e.id = p0.edition_id"]
    weighed: list[Any] = []
    narrowed: list[Any] = []
    for number, (count, word) in enumerate(ranked):
        p = f"p{number}"
        scores.append(f"MAX({p}.weight * {BY_FORM.format(p)}) * {rarity(count)}")
        weighed.append(word.form)
        tables.append(f"{POSTING} {p}")
        conditions.append(f"{p}.word IN ({marks(word.terms)})")
        narrowed += word.terms
        if number:
            conditions.append(f"{p}.edition_id = p0.edition_id")
    tables.append(f"{INDEXED} e")
    return listed(
        question, now, " + ".join(scores), weighed, " CROSS JOIN ".join(tables), [],
        conditions, narrowed,
    )  # fmt: skip


def partial_matches(question: Question, counts: Sequence[int], now: datetime) -> list[Hit]:
    """Return the public editions that have some of the words, the first ones."""
    found, parameters = [], []
    for count, word in zip(counts, question.wanted, strict=True):
        found.append(
            f"SELECT p.edition_id, MAX(p.weight * {BY_FORM.format('p')}) * {rarity(count)} AS score"
            f" FROM {POSTING} p WHERE p.word IN ({marks(word.terms)}) GROUP BY p.edition_id"
        )
        parameters += [word.form, *word.terms]
    tables = f"({' UNION ALL '.join(found)}) p0 CROSS JOIN {INDEXED} e"
    return listed(
        question, now, "SUM(p0.score)", [], tables, parameters, ["e.id = p0.edition_id"], []
    )


def listed(
    question: Question,
    now: datetime,
    score: str,
    weighed: list[Any],
    tables: str,
    joined: list[Any],
    conditions: list[str],
    narrowed: list[Any],
) -> list[Hit]:
    """Run a statement of some pieces, each with its parameters."""
    at = moment(now)
    conditions = [*conditions, LIVE]
    narrowed = [*narrowed, at, at, at, at]
    for name, value in question.filters.items():
        conditions.append(CONDITIONS[name])
        narrowed += [at, at, value] if name in ("organisation", "place") else [value]
    if question.phrases:
        tables += f" JOIN {WORDS} w ON w.edition_id = e.id"
        place = "strpos" if connection.vendor == "postgresql" else "instr"
        conditions += [f"{place}(w.text, %s) > 0"] * len(question.phrases)
        narrowed += question.phrases
    first = "" if question.sort == DATE else "score DESC,"
    found = rows(
        "SELECT e.kind, COALESCE(e.post_id, e.appeal_id, e.translation_id, e.page_id), e.language,"
        " e.year, e.appeal_item, e.id,"
        f" ({score}) * (CASE WHEN e.script = %s THEN 12 ELSE 10 END) AS score"
        f" FROM {tables} WHERE {' AND '.join(conditions)}"
        f" GROUP BY e.id ORDER BY {first} e.published_at DESC, e.key LIMIT {MOST}",
        [*weighed, question.script, *joined, *narrowed],
    )
    return [Hit(*facts) for facts in found]


def rows(sql: str, parameters: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
