"""Finding a name in texts however it is spelled there: pure, and keeping nothing of it.

Case, diacritics, ё and е, compatibility forms, what is invisible, line breaks, hyphens, tags,
entities and escapes make no difference. Addresses are searched for the name in Latin letters too.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from editorial.comparing import INLINE
from editorial.fields import slug_of

#: What stands where a name was removed.
MARK = "█████"
#: A name of fewer letters is found as a whole word only: "Li", and not "Lisbon".
SHORT = 4


def ranges(codes: Iterable[int]) -> str:
    """Return a regular expression's character class for some code points."""
    pieces: list[list[int]] = []
    for code in codes:
        if pieces and pieces[-1][1] == code - 1:
            pieces[-1][1] = code
        else:
            pieces.append([code, code])
    return "[" + "".join(f"\\u{a:04x}-\\u{b:04x}" for a, b in pieces) + "]"


def is_nothing(character: str) -> bool:
    """Tell whether a character only changes another, or is not seen at all."""
    return unicodedata.category(character) in {"Mn", "Me", "Cf"} or character == "\u0640"


NOTHING = re.compile(ranges(c for c in range(0x10000) if is_nothing(chr(c))))
ESCAPES = (
    r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);"
    r"|(?:%[0-9a-fA-F]{2})+|(?:\\u[0-9a-fA-F]{4})+|\\[nrtbf\"/\\]"
)
TAG = r"</?[a-zA-Z][^<>]*>|<!--.*?-->"
ESCAPED = re.compile(ESCAPES)
TAGGED = re.compile(TAG, re.DOTALL)
TOKEN = re.compile(rf"{ESCAPES}|.", re.DOTALL)
TOKEN_OR_TAG = re.compile(rf"{TAG}|{ESCAPES}|.", re.DOTALL)
#: Scripts that write no spaces between words.
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
GAP = r"[\W_]"


def fold(text: str) -> str:
    """Return the form in which spellings of one name are equal."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    if not unicodedata.is_normalized("NFKD", decomposed):
        decomposed = unicodedata.normalize("NFKD", decomposed)
    return NOTHING.sub("", decomposed)


fold_letter = lru_cache(maxsize=8192)(fold)


def unescaped(token: str) -> str:
    """Return what an escape stands for: of HTML, of an address, of JSON."""
    if token.startswith("&"):
        return unescape(token)
    if token.startswith("%"):
        return unquote(token, errors="replace")
    try:
        return json.loads(f'"{token}"')
    except ValueError:
        return token


def untagged(tag: str) -> str:
    """Return what a tag is to a reader: nothing inside a word, else a space."""
    name = re.match(r"</?([a-zA-Z0-9]+)", tag)
    return "" if name and name[1].lower() in INLINE else " "


Streamed = tuple[str, list[int], list[int]]


def stream(text: str, token: re.Pattern[str]) -> Streamed:
    """Return a text folded, and for each letter of that where it began and ended in the text."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in token.finditer(text):
        piece = found[0]
        if len(piece) > 1:
            piece = untagged(piece) if piece.startswith("<") else unescaped(piece)
        for letter in "".join(map(fold_letter, piece)):
            letters.append(letter)
            starts.append(found.start())
            ends.append(found.end())
    return "".join(letters), starts, ends


class Needle:
    """A name and its variants, to look for.

    Args:
        values: one spelling each.
        whole_words: whether what is only a part of a longer word is left alone.

    Raises:
        ValueError: nothing is given, or something of one letter.
    """

    def __init__(self, values: Iterable[str], *, whole_words: bool = False) -> None:
        wanted = sorted({" ".join(value.split()) for value in values}, key=len, reverse=True)
        if not wanted or any(len(letters_of(fold(value))) < 2 for value in wanted):
            raise ValueError("nothing to look for, or a single letter")
        names = [in_text(fold(value), whole_words) for value in wanted]
        slugs = [slug for value in wanted if len(slug := slug_of(value, 300)) > 1]
        joined = [in_address(slug, whole_words) for slug in slugs if "-" in slug]
        alone = [in_address(slug, whole_words) for slug in slugs]
        self._text = re.compile("|".join([*names, *joined]))
        self._address = re.compile("|".join([*names, *alone]))
        #: What a text holds that holds the name: far quicker to look for than a pattern.
        self._words = {longest_word(fold(text)) for text in [*wanted, *slugs]}

    def __repr__(self) -> str:
        return "<Needle>"  # never what it looks for: this may end in a log

    def is_in(self, text: str, *, address: bool = False) -> bool:
        """Tell whether a text holds the name."""
        pattern = self._address if address else self._text
        if any(mark in text for mark in "&%\\"):
            text = ESCAPED.sub(lambda hit: unescaped(hit[0]), text)
        if self._found(pattern, fold(text)):
            return True
        if "<" not in text:
            return False
        return self._found(pattern, fold(TAGGED.sub(lambda hit: untagged(hit[0]), text)))

    def _found(self, pattern: re.Pattern[str], folded: str) -> bool:
        return any(word in folded for word in self._words) and bool(pattern.search(folded))

    def spans(self, text: str, *, address: bool = False) -> list[tuple[int, int]]:
        """Return where in a text the name stands, from the first to the last."""
        if not self.is_in(text, address=address):
            return []
        pattern = self._address if address else self._text
        found: list[tuple[int, int]] = []
        for token in (TOKEN, TOKEN_OR_TAG) if "<" in text else (TOKEN,):
            folded, starts, ends = stream(text, token)
            found += [
                (starts[hit.start()], ends[hit.end() - 1]) for hit in pattern.finditer(folded)
            ]
        return list(merged(text, sorted(found)))

    def strike(self, text: str, *, address: bool = False) -> str:
        """Return a text with the mark in place of the name; tags inside it stay."""
        pieces, last = [], 0
        for start, end in self.spans(text, address=address):
            tags = "".join(TAGGED.findall(text[start:end]))
            pieces += [text[last:start], MARK, tags]
            last = end
        return "".join([*pieces, text[last:]])


def merged(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join spans that overlap, and take in what only changes their last letter."""
    last: tuple[int, int] | None = None
    for start, end in spans:
        while end < len(text) and is_nothing(text[end]):
            end += 1
        if last is None or start >= last[1]:
            if last:
                yield last
            last = (start, end)
        else:
            last = (last[0], max(last[1], end))
    if last:
        yield last


def letters_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]", text)


def longest_word(folded: str) -> str:
    return max(re.findall(r"[^\W_]+", folded), key=len)


def in_text(folded: str, whole_words: bool) -> str:
    """Return the pattern of one folded spelling: its words, whatever stands between them."""
    words = re.findall(r"[^\W_]+", folded)
    count = len(letters_of(folded))
    # "anapetrel" is a name in an address or of a file; "lian" is a part of "Italian".
    gap = f"{GAP}{{{0 if count >= 2 * SHORT else 1},12}}"
    pattern = gap.join(map(re.escape, words))
    if whole_words or (count < SHORT and not UNSPACED.search(folded)):
        return rf"(?<![^\W_]){pattern}(?![^\W_])"
    return pattern


def in_address(slug: str, whole_words: bool) -> str:
    """Return the pattern of a name in Latin letters, at the beginning of a word."""
    pattern = f"{GAP}{{1,3}}".join(map(re.escape, slug.split("-")))
    ends = whole_words or len(letters_of(slug)) < SHORT
    return rf"(?<![^\W_]){pattern}" + (r"(?![^\W_])" if ends else "")
