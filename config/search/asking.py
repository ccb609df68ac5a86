"""What a reader asks for: words, phrases, and what it is narrowed down to. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from config.search.models import Kind
from config.search.words import consonants, stems, tokens, writing
from editorial.matching import UNSPACED

#: Longer questions are cut: nobody reads them, and machines send them.
LONGEST, MOST_WORDS = 300, 8
QUOTES = '"“”„«»‟＂'
QUOTED = re.compile(f"[{QUOTES}]([^{QUOTES}]*)[{QUOTES}]")
CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
#: What results can be narrowed down to, by the name of the parameter.
FILTERS = ("kind", "language", "year", "organisation", "place", "label")
RELEVANCE, DATE = "", "date"


@dataclass(frozen=True)
class Word:
    """A word that is asked for, and the terms of the index that stand for it."""

    text: str
    form: str
    terms: tuple[str, ...]
    is_stop: bool = False
    bare: str = ""


@dataclass(frozen=True)
class Question:
    """What is asked for. Everything in it comes from the address, and is worth no trust."""

    text: str = ""
    words: tuple[Word, ...] = ()
    phrases: tuple[str, ...] = ()
    script: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = RELEVANCE
    page: int = 1

    @property
    def wanted(self) -> tuple[Word, ...]:
        """The words that a text must have: common ones only if there is nothing else."""
        return tuple(word for word in self.words if not word.is_stop) or self.words

    def query(self, **changes: Any) -> str:
        """Return the query of an address that asks this with some parameters changed."""
        asked = {"q": self.text, **self.filters, "sort": self.sort}
        asked |= {"page": ""} | changes
        return urlencode({name: value for name, value in asked.items() if value})

    def instead(self, word: Word, text: str) -> "Question":
        """Return the question with another word in the place of one."""
        again = re.sub(rf"(?<!\w){re.escape(word.text)}(?!\w)", lambda _hit: text, self.text)
        return replace(self, **spoken(again))


def read(parameters: Mapping[str, str]) -> Question:
    """Read a question from an address, whatever it says."""
    filters = {name: clean(parameters.get(name, "")) for name in FILTERS}
    if filters["kind"] not in Kind.values:
        filters["kind"] = ""
    if not re.fullmatch("[0-9]{4}", filters["year"]):
        filters["year"] = ""
    page = parameters.get("page", "")
    return Question(
        filters={name: value for name, value in filters.items() if value},
        sort=DATE if parameters.get("sort") == DATE else RELEVANCE,
        page=int(page) if re.fullmatch("[1-9][0-9]{0,3}", page) else 1,
        **spoken(clean(parameters.get("q", ""))),
    )


def clean(text: str) -> str:
    """Return a text on one line, without what no text has, and not too long."""
    return " ".join(CONTROL.sub(" ", text).split())[:LONGEST].strip()


def spoken(text: str) -> dict[str, Any]:
    """Return the words and phrases of a question."""
    words: dict[str, Word] = {}
    phrases = []
    for found in QUOTED.finditer(text):
        forms = [token.form for token in tokens(found[1])][:MOST_WORDS]
        if len(forms) > 1:
            phrases.append(f" {' '.join(forms)} ")
    for run in re.split(f"[{QUOTES}\\s]+", text):
        found_here = list(tokens(run))
        if len(found_here) > 1 and UNSPACED.match(run):
            phrases.append(f" {' '.join(token.form for token in found_here)} ")
        for token in found_here:
            word = known_word(run[token.start : token.end], token.form, token.is_stop)
            words.setdefault(word.form, word)
    kept = tuple(words.values())[:MOST_WORDS]
    return {
        "text": text,
        "words": kept,
        "phrases": tuple(dict.fromkeys(phrases))[:MOST_WORDS],
        "script": writing(kept[0].text) if kept else "",
    }


def known_word(text: str, form: str, is_stop: bool) -> Word:
    """Return a word with its form and the stems it may have."""
    found = [] if UNSPACED.match(text) else stems(text)
    return Word(text, form, tuple(dict.fromkeys([form, *found])), is_stop, consonants(text))
