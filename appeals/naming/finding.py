"""Finding what may be a name in texts: by its capitals, or because it is known. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from appeals.checks.spelled_names import spelled
from appeals.checks.texts import Text, Word, scripts_of
from appeals.naming.likeness import CASED, base, block, form, words_of

#: So many capitalised words in a row are one name; more are a headline.
MOST_WORDS = 4
JOINED = re.compile(r"[ \u00a0-]|-")
#: What may stand between the end of a sentence and the next one's first word.
STARTS = re.compile(r"(?:^|[.!?…:;»”\")\]\n•–—])[\s\"'«»„“”‘’(\[§*–—-]*$")
#: Languages that write every noun with a capital.
NOUNS_TOO = {"de", "lb"}


@dataclass(frozen=True)
class Said:
    """One of a document's texts, and where it stands there."""

    place: str
    text: Text
    #: Whether every word of it may be capitalised: a title.
    is_title: bool = False


@dataclass
class Found:
    """A name as a document spells it: the shortest of its forms."""

    name: str
    place: str
    count: int = 0
    #: Whether its capitals can only be a name's: not at the beginning of a sentence.
    is_sure: bool = False
    languages: set[str] = field(default_factory=set)


def find_names(texts: Iterable[Said]) -> dict[str, Found]:
    """Return what may be a name in a document, by its form; a word that is also written small is
    none.
    """
    texts = list(texts)
    small = {base(w.text) for said in texts for w in said.text.words if w.text[0].islower()}
    found: dict[str, Found] = {}
    for said in texts:
        for name, is_sure in candidates(said):
            if not block(name) or form(name) in small:
                continue
            here = found.setdefault(form(name), Found(name, said.place))
            here.count += 1
            here.is_sure = here.is_sure or is_sure
            here.languages.add(said.text.base)
            if len(name) < len(here.name):
                here.name = name
    return found


def find_known(texts: Iterable[Said], known: Iterable[str]) -> dict[str, Found]:
    """Return the names that are known and stand in texts whose script has no capitals, by form."""
    names = tuple(name for name in known if has_no_capitals(name))
    found: dict[str, Found] = {}
    for said in texts if names else ():
        for hit in spelled(said.text, names):
            here = found.setdefault(form(hit.name), Found(hit.name, said.place, is_sure=True))
            here.count += 1
            here.languages.add(said.text.base)
    return found


def has_no_capitals(name: str) -> bool:
    """Tell whether a name is written in a script without capitals."""
    return bool(scripts_of("".join(words_of(name))) - CASED)


def candidates(said: Said) -> Iterator[tuple[str, bool]]:
    """Yield every name that a text may hold, and whether it must be one."""
    is_sure_here = not said.is_title and said.text.base not in NOUNS_TOO
    for words, starts in runs(said.text):
        names = [word.text for word in words]
        if len(names) > MOST_WORDS:
            continue
        yield " ".join(names), is_sure_here and not starts
        rest = names[1:] if starts else names
        if starts and rest:
            yield " ".join(rest), is_sure_here
        if len(rest) > 2:
            yield " ".join(rest[-2:]), is_sure_here  # "President Airat Kuldin"
        if len(rest) > 1:
            yield from ((name, False) for name in rest)


def runs(text: Text) -> Iterator[tuple[list[Word], bool]]:
    """Yield the capitalised words that follow each other, and whether a sentence begins there."""
    run: list[Word] = []
    starts = False
    for word in text.words:
        if run and not (
            is_capitalised(word.text) and JOINED.fullmatch(text.between(run[-1], word))
        ):
            yield run, starts
            run = []
        if is_capitalised(word.text):
            if not run:
                starts = bool(STARTS.search(text.string[max(0, word.start - 12) : word.start]))
            run.append(word)
    if run:
        yield run, starts


def is_capitalised(word: str) -> bool:
    """Tell whether a word begins with a capital and does not consist of them."""
    return word[0].isupper() and not word.isupper() and scripts_of(word) <= CASED
