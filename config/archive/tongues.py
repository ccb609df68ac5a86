"""Invented languages: the small words are real, the others are syllables, as common as words are.

In a real language the second word is half as common as the first, the third a third as common,
and there is always one more that was never seen before (Zipf). An index feels the difference.
"""

from itertools import accumulate
from random import Random

from config.search.stops import STOPS

#: Beginnings of syllables, and their ends, by language.
SOUNDS = {
    "en": ("b br c ch d f g gr h j k l m n p r s sh st t th v w",
           "a ay e ea er i in o oa on or u un y"),
    "fr": ("b ch d f g j l m n p qu r s t tr v", "a ai an é eau eu i in o oi ou u"),
    "de": ("b d f g h k l m n pf r s sch st t w z", "a au e ei en er ie o ö u ü"),
    "ru": ("б в г д ж з к л м н п р с ст т х ч ш", "а е и о у ы я ар ов ер ин"),
    "uk": ("б в г д ж з к л м н п р с ст т х ч ш", "а е и і о у я ар ів ер ин"),
    "ar": ("ب ت ج ح خ د ر ز س ش ص ط ع ف ق ك ل م ن ه", "ا و ي ا ن ر ه"),
}  # fmt: skip
#: Different words of each language besides the small ones.
SIZE = 40_000
#: Endings, so that stems have something to do.
ENDINGS = {"en": ["", "", "s", "ed", "ing"], "ru": ["", "а", "у", "ами", "ов"], "fr": ["", "s"]}


class Tongue:
    """A source of words in one language."""

    def __init__(self, language: str, random: Random) -> None:
        self.language, self.random = language, random
        small = sorted(STOPS[language].split())
        words = dict.fromkeys(small)
        starts, ends = (sounds.split() for sounds in SOUNDS[language])
        while len(words) < SIZE:
            count = random.choice((1, 2, 2, 3, 3, 4))
            words["".join(random.choice(starts) + random.choice(ends) for _n in range(count))] = (
                None
            )
        rest = list(words)[len(small) :]
        random.shuffle(rest)
        self.words = small + rest
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))

    def some(self, count: int) -> list[str]:
        """Return words, the common ones more often."""
        found = self.random.choices(self.words, cum_weights=self.weights, k=count)
        endings = self.random.choices(ENDINGS.get(self.language, [""]), k=count)
        pairs = zip(found, endings, strict=True)
        return [word + end if len(word) > 3 else word for word, end in pairs]

    def name(self) -> str:
        """Return two rare words as a name is written."""
        first, last = (self.random.choice(self.words[2000:]).title() for _n in range(2))
        return f"{first} {last}"

    def sentence(self, least: int = 6, most: int = 20) -> str:
        words = " ".join(self.some(self.random.randint(least, most)))
        return f"{words[0].upper()}{words[1:]}."

    def title(self) -> str:
        return self.sentence(3, 8)[:-1]

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _n in range(self.random.randint(2, 6)))
