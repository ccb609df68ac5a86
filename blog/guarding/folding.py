"""What a text says, whatever it is dressed up as: for rules, for likeness and for the score."""

import re
import unicodedata

from blog.comments.tidying import INVISIBLE
from blog.guarding.linking import LINK

UNSEEN = re.compile(f"[{INVISIBLE}]")
#: Letters of other alphabets that look like a Latin one; a word may mix them to hide.
LOOK_ALIKES = str.maketrans(
    "авекмнорстухіѕјԁԛԝһёαβεικνορτυχ0134578",
    "abekmhopctyxisjdqwheabeikvoptuxoieastb",
)
RUN = re.compile(r"\w+")
#: In these scripts nothing separates words; each character counts as one.
UNSPACED = "\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
MARKS = re.compile("[\u0300-\u036f]+")


def folded(text: str) -> str:
    """Return a text without what only disguises it: case, marks, width, borrowed letters."""
    return RUN.sub(lambda word: undisguised(word[0]), bare(text))


def bare(text: str) -> str:
    """Return a text without case, marks, width and what cannot be seen, in its own letters."""
    text = unicodedata.normalize("NFKD", UNSEEN.sub("", text)).casefold()
    return MARKS.sub("", text)


def undisguised(word: str) -> str:
    """Return a word that mixes Latin with look-alikes in Latin; digits alone disguise nothing."""
    is_latin = any("a" <= char <= "z" for char in word)
    if not is_latin or (word.isascii() and word.isalpha()):
        return word
    letters = sum(char.isalpha() for char in word)
    return word.translate(LOOK_ALIKES) if letters > len(word) / 2 else word


def words(text: str) -> list[str]:
    """Return a text's words as they count for likeness: folded, numbers and links all the same."""
    plain = LINK.sub(" link ", text)
    return [re.sub(r"\d+", "0", word) for word in WORD.findall(folded(plain))]
