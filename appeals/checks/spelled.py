"""Numbers in words: two hundred and sixty, dix-sept mille, خمسة وعشرون."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from appeals.checks.figures import on_the_hour, times
from appeals.checks.quantity import Quantity, with_half
from appeals.checks.texts import Text, Word
from appeals.checks.tongues.tongue import NumberWord

THOUSAND = Decimal(1000)
_JOINTS = " \t\u00a0\u202f-\u2010\u2011"


def spelled_out(text: Text) -> Iterator[Quantity]:
    """Yield the numbers that are written in words."""
    sum_: Sum | None = None
    for word in pieces(text):
        entry, has_and = text.tongue.number(word.text)
        if entry is None or (entry.value % THOUSAND == 0 and follows_digits(text, word)):
            continue
        if sum_ and sum_.goes_on(word, entry, has_and):
            continue
        if sum_:
            yield sum_.quantity()
        sum_ = Sum(text, word, entry)
    if sum_:
        yield sum_.quantity()


def pieces(text: Text) -> Iterable[Word]:
    """Return the words of a text, without the articles that French writes together with them."""
    if text.base != "fr":
        return text.words
    return [
        Word(word.text[at:], word.start + at, word.end)
        for word in text.words
        for at in [max(word.text.rfind("'"), word.text.rfind("’")) + 1]
    ]


def follows_digits(text: Text, word: Word) -> bool:
    """Tell whether a multiplier belongs to digits, which ``figures`` read."""
    before = text.string[max(0, word.start - 3) : word.start].rstrip(" \u00a0\u202f-")
    return before[-1:].isdigit()


def word_before(text: Text, word: Word) -> str:
    """Return the word before another one, folded."""
    before = text.string[max(0, word.start - 12) : word.start].split()
    return text.tongue.fold(before[-1]) if before else ""


class Sum:
    """A number in words as far as it is read."""

    def __init__(self, text: Text, word: Word, entry: NumberWord) -> None:
        self.text, self.start, self.end = text, word.start, word.end
        #: What stands before the last multiplier, what stands after it, and the multiplier.
        self.total, self.group, self.scale = Decimal(0), entry.value, Decimal("Infinity")
        if entry.value >= THOUSAND:
            self.total, self.group, self.scale = entry.value, Decimal(0), entry.value
        before, tongue = word_before(text, word), text.tongue
        self.weak = (
            entry.weak
            or (entry.value == 100 and before in tongue.percent)
            or (entry.value >= THOUSAND and before in tongue.halves)
            or (text.base == "en" and before in ("a", "one") and entry.value < 100)  # a third
        )

    def goes_on(self, word: Word, entry: NumberWord, has_and: bool) -> bool:
        """Add a word to the number; return False where a new number begins with it."""
        value, between = entry.value, self.text.string[self.end : word.start]
        joint = between.strip(_JOINTS).casefold()
        if (joint and joint not in self.text.tongue.ands) or (entry.weak and value >= 10):
            return False
        if value >= THOUSAND:
            if not self.group or value >= self.scale:
                return False
            self.total, self.group, self.scale = self.total + self.group * value, Decimal(0), value
        else:
            together = self.together(value, has_and or bool(joint))
            if together is None:
                return False
            self.group = together
        self.weak, self.end = self.weak and entry.weak, word.end
        return True

    def together(self, value: Decimal, has_and: bool) -> Decimal | None:
        """Return what two words say together below the thousands, if they do."""
        group, base = self.group, self.text.base
        below_hundred = group % 100
        if value == 100 and 1 < group < 100 and base in ("en", "fr", "ar"):
            return group * 100
        if base == "en" and has_and and below_hundred:
            return None
        if base == "fr" and value == 20 and below_hundred == 4:
            return group + 76
        if base == "fr" and 10 <= value < 20 and below_hundred in (60, 80):
            return group + value
        if base == "fr" and value in (7, 8, 9) and group % 20 == 10:
            return group + value
        if base == "ar":
            is_ten = value == 10 or (has_and and value in range(20, 100, 10))
            if 0 < below_hundred < 10 and is_ten:
                return group + value
            if not has_and:
                return None
        is_room = (
            group == 0
            or (below_hundred == 0 and value < 100)
            or (group % 10 == 0 and below_hundred != 10 and value < 10)
        )
        return group + value if is_room and value == int(value) else None

    def quantity(self) -> Quantity:
        scale = self.scale if self.total and not self.group else Decimal(1)
        values = with_half(self.text, self.end, {self.total + self.group}, scale)
        if self.text.string[: self.start].casefold().endswith("half past "):
            values |= set(times(int(self.group), 30, "p"))
        found = Quantity(self.start, self.end, values, self.weak, in_words=True)
        return on_the_hour(self.text, found)
