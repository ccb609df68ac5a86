"""From a question to an answer: what is found, or what may have been meant."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from config.search.asking import DATE, FILTERS, Question, Word
from config.search.matching import MOST, Hit, frequencies, matches, partial_matches
from config.search.models import IndexedWords
from config.search.narrowing import Filter, filters
from config.search.showing import Result, results
from config.search.spelling import instead

#: Results on one page.
SIZE = 10
#: So many of the best are looked at again for words in a row.
BEST = 30
#: A word in fewer texts than these may be a name that others write otherwise.
FEW = 20


@dataclass(frozen=True)
class Answer:
    """What a page of results says.

    Attributes:
        answered: the question that the results answer; another one, if no text had a word.
        others: more of what may have been meant.
        how: "" if all is found as asked, "scattered" if not as a phrase, "some" if not all words.
    """

    question: Question
    answered: Question
    others: Sequence[Question] = ()
    how: str = ""
    count: int = 0
    is_more: bool = False
    results: Sequence[Result] = ()
    filters: Sequence[Filter] = field(default_factory=list)

    @property
    def is_corrected(self) -> bool:
        return self.answered.text != self.question.text

    @property
    def first(self) -> int:
        """The number of the first result on this page."""
        return (self.answered.page - 1) * SIZE + 1

    @property
    def by_date(self) -> str:
        return self.answered.query(sort=DATE)

    @property
    def by_relevance(self) -> str:
        return self.answered.query(sort="")

    @property
    def anywhere(self) -> str:
        """The query of the same question without any filter."""
        return self.answered.query(**dict.fromkeys(FILTERS, ""))

    @property
    def previous(self) -> str:
        page = self.answered.page
        return self.answered.query(page=str(page - 1)) if page > 1 else ""

    @property
    def following(self) -> str:
        page = self.answered.page
        return self.answered.query(page=str(page + 1)) if page * SIZE < self.count else ""


def answer(question: Question, now: datetime) -> Answer:
    """Return what is public now and answers a question."""
    answered, counts = understood(question, now)
    others: list[Question] = []
    for word, count in zip(answered.wanted, counts, strict=True):
        if count:
            continue
        meant, is_near = instead(answered, word, now)
        if is_near or (meant and not any(frequencies([[word.bare]], now) if word.bare else [])):
            others = [] if others else meant[1:]
            answered = meant[0]
        elif word.bare:
            answered = loosened(answered, word)
    if answered != question:
        answered, counts = understood(answered, now)
    hits, how = found(answered, counts, now)
    if question.sort != DATE and len(answered.words) > 1:
        hits = together(answered, hits)
    start = (question.page - 1) * SIZE
    page = hits[start : start + SIZE]
    return Answer(
        question=question,
        answered=answered,
        others=others,
        how=how,
        count=len(hits),
        is_more=len(hits) >= MOST,
        results=results(page, answered, now),
        filters=filters(answered, hits, now),
    )


def understood(question: Question, now: datetime) -> tuple[Question, list[int]]:
    """Return a question and in how many texts each of its words is.

    A lone word that few texts have is looked for by its consonants too, as names go from script
    to script.
    """
    counts = frequencies([word.terms for word in question.wanted], now) if question.words else []
    if len(counts) == 1 and 0 < counts[0] < FEW and question.wanted[0].bare:
        question = loosened(question, question.wanted[0])
        counts = frequencies([question.wanted[0].terms], now)
    return question, counts


def loosened(question: Question, word: Word) -> Question:
    """Return a question in which a word is looked for by its consonants too."""
    loose = replace(word, terms=tuple(dict.fromkeys([*word.terms, word.bare])))
    words = tuple(loose if each.form == word.form else each for each in question.words)
    return replace(question, words=words)


def together(question: Question, hits: list[Hit]) -> list[Hit]:
    """Return hits with those first, among the best, that have the words in a row."""
    best, rest = hits[:BEST], hits[BEST:]
    row = f" {' '.join(word.form for word in question.words)} "
    texts = dict(
        IndexedWords.objects.filter(pk__in=[hit.pk for hit in best]).values_list("pk", "text")
    )

    def worth(hit: Hit) -> int:
        title = texts.get(hit.pk, "").partition("\n")[0]
        if title == row:
            return 8 * hit.score
        if row in title:
            return 6 * hit.score
        return (5 if row in texts.get(hit.pk, "") else 4) * hit.score

    return sorted(best, key=worth, reverse=True) + rest


def found(question: Question, counts: list[int], now: datetime) -> tuple[list[Hit], str]:
    """Return the hits, and how much had to be given up for them."""
    if counts and all(counts):
        if hits := matches(question, counts, now):
            return hits, ""
        scattered = replace(question, phrases=())
        if question.phrases and (hits := matches(scattered, counts, now)):
            return hits, "scattered"
    if len(counts) > 1 and any(counts):
        return partial_matches(replace(question, phrases=()), counts, now), "some"
    return [], ""
