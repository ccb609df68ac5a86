"""From a question to an answer: what is found, or what may have been meant."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from config.search.asking import DATE, FILTERS, Question, Word
from config.search.matching import MOST, Hit, frequencies, matches, partial_matches
from config.search.narrowing import Filter, filters
from config.search.showing import Result, results
from config.search.spelling import instead

#: Results on one page.
SIZE = 10
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
    for missing in [word for word, count in zip(answered.wanted, counts, strict=True) if not count]:
        meant = instead(answered, missing, now)
        if meant:
            others = [] if others else meant[1:]
            answered = meant[0]
    if answered.text != question.text:
        answered, counts = understood(answered, now)
    hits, how = found(answered, counts, now)
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

    A word that few texts have is looked for by its consonants too, as names go from script to
    script.
    """
    wanted = question.wanted
    bare = [word for word in wanted if word.bare]
    groups = [*(word.terms for word in wanted), *((*word.terms, word.bare) for word in bare)]
    found = frequencies(groups, now) if groups else []
    counts = dict(zip(wanted, found[: len(wanted)], strict=True))
    loosely: dict[Word, Word] = {}
    for word, count in zip(bare, found[len(wanted) :], strict=True):
        if counts[word] < FEW and count > counts[word]:
            loosely[word] = replace(word, terms=(*word.terms, word.bare))
            counts[word] = count
    words = tuple(loosely.get(word, word) for word in question.words)
    return replace(question, words=words), [counts[word] for word in wanted]


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
