"""What may have been meant: words of public texts that are nearly spelled like the one asked."""

from datetime import datetime
from typing import Any

from rapidfuzz.distance import OSA

from config.search.asking import Question, Word
from config.search.indexing import SHORTEST, letters_of
from config.search.matching import COMMON, INDEXED, LIVE, POSTING, marks, moment, rows
from config.search.models import Spelling
from config.search.texts import lines, model_of
from config.search.words import tokens

#: So many words are offered in the place of one.
MOST = 3


def near(word: Word, now: datetime) -> dict[str, int]:
    """Return forms and stems of public words, likely ones first, and how many slips away each is.

    A slip is a letter too many, too few, or wrong, or two that changed places.
    """
    form = word.form
    if len(form) < SHORTEST or not form.isalpha():
        return {}
    most = 1 if len(form) < 6 else 2
    rows = Spelling.objects.filter(letters__in=letters_of(form, lost=2))
    alike = rows.values_list("word", flat=True).distinct()
    distances = {
        other: distance
        for other in alike
        if 0 < (distance := OSA.distance(form, other, score_cutoff=most)) <= most
        if distance == 1 or other[0] == form[0]
    }
    common = public(list(distances), now)
    likely = sorted(common, key=lambda other: (distances[other], -common[other], other))
    return {other: distances[other] for other in likely[:MOST]}


def public(forms: list[str], now: datetime) -> dict[str, int]:
    """Return those words that stand in public texts, and in how many."""
    if not forms:
        return {}
    at = moment(now)
    found = rows(
        f"SELECT p.word, COUNT(*) FROM {POSTING} p CROSS JOIN {INDEXED} e"
        f" WHERE p.word IN ({marks(forms)}) AND e.id = p.edition_id AND {LIVE} GROUP BY p.word",
        [*forms, at, at, at, at],
    )
    return {word: min(count, COMMON) for word, count in found}


def written(form: str, now: datetime) -> str:
    """Return a word as a public text writes it."""
    at = moment(now)
    found = rows(
        f"SELECT e.kind, COALESCE(e.post_id, e.appeal_id, e.translation_id)"
        f" FROM {POSTING} p CROSS JOIN {INDEXED} e WHERE p.word = %s AND e.id = p.edition_id"
        f" AND {LIVE} ORDER BY e.published_at DESC, e.key LIMIT 1",
        [form, at, at, at, at],
    )
    for kind, pk in found:
        edition: Any = model_of(kind).objects.live(now).light().filter(pk=pk).first()
        said = [
            (token.form != form, line.text[token.start : token.end])
            for line in (lines(edition) if edition else ())
            for token in tokens(line.text, line.language)
            if form in (token.form, token.stem)
        ]
        if said:
            return min(said, key=lambda one: one[0])[1]
    return form


def instead(question: Question, missing: Word, now: datetime) -> tuple[list[Question], bool]:
    """Return the question with near words in the place of one that no public text has.

    And whether the nearest is near: not more than one letter in four is another.
    """
    found = near(missing, now)
    meant = dict.fromkeys(written(form, now) for form in found)
    is_near = any(4 * slips <= len(missing.form) for slips in found.values())
    return [question.instead(missing, text) for text in meant], is_near
