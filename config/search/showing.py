"""Results as readers see them: the best passage of each, with what was asked for marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import quote

from django.urls import reverse

from appeals.models import AppealEdition
from appeals.models.editions import text_url
from config.search.asking import Question
from config.search.matching import Hit
from config.search.models import IndexedWords, Kind
from config.search.texts import Line, lines, model_of
from config.search.words import Token, consonants, tokens

#: How much of a long passage is shown, and how much of that stands before the match: in letters.
SHOWN, BEFORE = 300, 80
#: Words by which a browser finds the place in a post, whose paragraphs have no anchors.
QUOTED_WORDS = 5
#: So many words of a text are looked through for its best passage.
READ = 30_000


@dataclass(frozen=True)
class Piece:
    text: str
    is_match: bool


@dataclass(frozen=True)
class Result:
    """An edition with the passage that answers best.

    Attributes:
        place: the address of the passage, or of the page if it is no passage.
    """

    edition: Any
    kind: str
    url: str
    place: str
    language: str
    title: list[Piece]
    title_language: str
    passage: list[Piece]
    passage_language: str


@dataclass(frozen=True)
class Span:
    """A word asked for, where it stands in a line."""

    start: int
    end: int
    word: int


class Marker:
    """Finds the words of a question in lines of text."""

    def __init__(self, question: Question) -> None:
        self.words = question.wanted
        self.numbers = {
            term: number for number, word in enumerate(self.words) for term in word.terms
        }
        self.phrases = question.phrases
        self.needs_consonants = any(term.startswith("~") for term in self.numbers)

    def number(self, token: Token, text: str) -> int | None:
        """Return which of the words asked for a token is, if any."""
        found = self.numbers.get(token.form)
        if found is None:
            found = self.numbers.get(token.stem)
        if found is None and self.needs_consonants and token.is_name:
            return self.numbers.get(consonants(text[token.start : token.end]))
        return found

    def spans(self, line: Line) -> list[Span]:
        """Return where a line has what is asked for."""
        said = islice(tokens(line.text, line.language), READ)
        found = ((token, self.number(token, line.text)) for token in said)
        return [Span(token.start, token.end, n) for token, n in found if n is not None]

    def worth(self, forms: str, stems: str) -> int:
        """Return how well a line answers, of which the words and their stems are known."""
        there = {*forms.split(), *stems.split()} & self.numbers.keys()
        numbers = {self.numbers[term] for term in there}
        said = sum(1 if self.words[number].is_stop else 4 for number in numbers)
        return said + 20 * sum(phrase in forms for phrase in self.phrases)


def results(hits: Sequence[Hit], question: Question, now: datetime) -> list[Result]:
    """Return hits as results, in their order; each edition is asked again whether it is live."""
    editions = {
        (kind, edition.pk): edition
        for kind in Kind.values
        for edition in model_of(kind)
        .objects.live(now)
        .light()
        .filter(pk__in=[hit.edition for hit in hits if hit.kind == kind])
    }
    items = [e.appeal_id for (kind, _pk), e in editions.items() if kind == Kind.TRANSLATION]
    live: Any = AppealEdition.objects.live(now)
    appeals = {appeal.item_id: appeal for appeal in live.light().filter(item_id__in=items)}
    marker = Marker(question)
    words = IndexedWords.objects.in_bulk([hit.pk for hit in hits])
    return [
        shown(hit.kind, edition, appeals, marker, words.get(hit.pk))
        for hit in hits
        if (edition := editions.get((hit.kind, hit.edition)))
    ]


def shown(
    kind: str, edition: Any, appeals: dict[int, Any], marker: Marker, words: IndexedWords | None
) -> Result:
    """Return one edition as a result."""
    found = lines(edition)
    title = found[0]
    worth = marked(found, marker, words)
    if kind == Kind.TRANSLATION:
        appeal = appeals[edition.appeal_id]
        url = text_url(appeal.slug, edition)
        keys = {passage["key"] for passage in appeal.data["passages"]}
        found = [line for line in found if not line.anchor or line.anchor in keys]
    else:
        url = edition.get_absolute_url()
    best = best_line([line for line in found[1:] if line.text != title.text], worth)
    spans = marker.spans(best) if best else []
    return Result(
        edition=edition,
        kind=kind,
        url=url,
        place=place(url, kind, edition, best, spans),
        language=edition.language,
        title=list(pieces(title.text, marker.spans(title), 0, len(title.text))),
        title_language=title.language,
        passage=excerpt(best.text, spans) if best else [],
        passage_language=best.language if best else "",
    )


def marked(found: list[Line], marker: Marker, words: IndexedWords | None) -> dict[Line, int]:
    """Return how well each line answers."""
    forms = words.text.split("\n") if words else []
    stems = words.stems.split("\n") if words else []
    if not len(found) == len(forms) == len(stems):
        return {}  # the index is older than the edition, until the transaction ends
    return {line: marker.worth(*said) for line, *said in zip(found, forms, stems, strict=True)}


def best_line(found: list[Line], worth: dict[Line, int]) -> Line | None:
    """Return the line that answers best; where only the title does, the beginning of the text."""
    best = max(found, key=lambda line: worth.get(line, 0), default=None)
    if best is not None and worth.get(best, 0):
        return best
    return next((line for line in found if line.part == "text"), None)


def place(url: str, kind: str, edition: Any, line: Line | None, spans: list[Span]) -> str:
    """Return the address of a passage: by its anchor, or by the words that stand there."""
    if line is None or not spans:
        return url
    if line.anchor:
        if kind == Kind.APPEAL:
            if not edition.data["original_language"]:
                return url
            url = reverse("appeals:text", args=[edition.slug, edition.data["original_language"]])
        return f"{url}#{line.anchor}"
    if kind in (Kind.POST, Kind.PAGE) and line.part == "text":
        start = spans[0].start
        ends = [token.end for token in tokens(line.text[start : start + 200])][:QUOTED_WORDS]
        words = line.text[start : start + ends[-1]] if ends else ""
        return f"{url}#:~:text={quote(words, safe='').replace('-', '%2D')}" if words else url
    return url


def excerpt(text: str, spans: list[Span]) -> list[Piece]:
    """Return what is shown of a line: all of it, or the part where most that is asked for is."""
    if len(text) <= SHOWN:
        return list(pieces(text, spans, 0, len(text)))
    start = max(0, densest(spans) - BEFORE) if spans else 0
    end = min(len(text), start + SHOWN)
    start, end = at_words(text, start, end)
    found = list(pieces(text, spans, start, end))
    before = [Piece("…", False)] if start else []
    after = [Piece("…", False)] if end < len(text) else []
    return [*before, *found, *after]


def densest(spans: list[Span]) -> int:
    """Return where the stretch with most of the words asked for begins."""

    def worth(first: Span) -> int:
        within = (s for s in spans if first.start <= s.start < first.start + SHOWN - BEFORE)
        return len({span.word for span in within})

    return max(spans[:50], key=worth).start


def at_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Move the ends of a stretch to where words end, if there is such a place nearby."""
    if start and (space := text.find(" ", start, start + 30)) != -1:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", end - 30, end)) != -1:
        end = space
    return start, end


def pieces(text: str, spans: list[Span], start: int, end: int) -> Iterator[Piece]:
    """Cut a stretch of a text at the words that are marked; those that touch are one."""
    at = start
    for span_start, span_end in joined(spans, start, end):
        if span_start > at:
            yield Piece(text[at:span_start], False)
        yield Piece(text[span_start:span_end], True)
        at = span_end
    if at < end:
        yield Piece(text[at:end], False)


def joined(spans: list[Span], start: int, end: int) -> list[list[int]]:
    """Return the stretches inside another one, those that overlap or touch joined."""
    found: list[list[int]] = []
    for span in spans:
        if span.start < start or span.end > end:
            continue
        if found and span.start <= found[-1][1]:
            found[-1][1] = max(found[-1][1], span.end)
        else:
            found.append([span.start, span.end])
    return found
