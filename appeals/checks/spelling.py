"""Spelling, for those who have dictionaries: off unless EDITORIAL_CHECKS asks for it.

No package of dictionaries is asked for: their licences differ from language to language. Where
Debian's (hunspell-en-us, hunspell-fr, hunspell-ru, hunspell-uk, hunspell-ar) and the package
``chunspell`` are installed, they are used.
"""

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.checks.document import Document, Pair
from appeals.checks.registry import HINT, Remark, check

FOLDER = Path("/usr/share/hunspell")
Speller = Callable[[str], bool]


@check("spelling", gettext_lazy("words no dictionary knows"), HINT, by_default=False)
def spelling(pair: Pair, document: Document) -> Iterator[Remark]:
    knows = speller(pair.rendering.base)
    if knows is None:
        return
    for word in pair.rendering.words:
        if len(word.text) > 3 and word.text.islower() and not knows(word.text.replace("’", "'")):
            message = _("The dictionary does not know “%(word)s”.") % {"word": word.text}
            yield Remark(message, word.start, word.end)


@cache
def speller(language: str, folder: Path = FOLDER) -> Speller | None:
    """Return who knows the words of a language, or None where nobody does."""
    dictionary = next(iter(sorted(folder.glob(f"{language}_*.dic"))), folder / f"{language}.dic")
    if not dictionary.exists():
        return None
    try:
        hunspell = import_module("hunspell")
    except ImportError:
        return None
    spell = hunspell.Hunspell(dictionary.stem, hunspell_data_dir=str(dictionary.parent)).spell
    return lambda word: bool(spell(word))
