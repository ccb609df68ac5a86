"""What a dictionary costs: to read, to keep, and at each look at a passage."""

import resource
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle, islice
from time import perf_counter

from appeals.checks.dictionaries import Dictionary, files_of
from appeals.checks.measuring import Labelled
from appeals.checks.spelling import candidates

#: The length of a passage, and of how many words others are looked for.
WORDS, SLIPS = 200, 20


def cost(rows: Iterable[Labelled], languages: Iterable[str]) -> Iterator[str]:
    """Yield a table in Markdown of what spelling costs in languages that have dictionaries.

    The words are those of the labelled passages; what is not known is those with two letters
    changed about. Memory is what the process grew by: measure in a new one.
    """
    yield f"| language | read, s | memory, MB | {WORDS} words, ms | again, ms | a slip, ms |"
    yield "|---|---:|---:|---:|---:|---:|"
    texts = [pair.rendering for row in rows for pair in row.document.pairs]
    for language in languages:
        words = [w for text in texts if text.base == language for w, _at in candidates(text)]
        files = files_of(language)
        if not files or not words:
            yield f"| {language} | – | – | – | – | – |"
            continue
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = perf_counter()
        book = Dictionary(files)
        read = perf_counter() - started
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        passage = list(islice(cycle(words), WORDS))
        slips = [word[:-2] + word[-1] + word[-2] for word in words if len(word) > 3][:SLIPS]
        first, again = milliseconds(book.knows, passage), milliseconds(book.knows, passage)
        near = milliseconds(book.near, slips) / len(slips)
        yield f"| {language} | {read:.1f} | {grown:.0f} | {first:.0f} | {again:.1f} | {near:.0f} |"


def milliseconds(look: Callable[[str], object], words: Iterable[str]) -> float:
    started = perf_counter()
    for word in words:
        look(word)
    return 1000 * (perf_counter() - started)
