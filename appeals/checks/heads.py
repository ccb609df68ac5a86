"""The heads that sign: as the signature block counts them, and as the signatories' rows do."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.checks.document import Document, Pair
from appeals.checks.quantity import Quantity
from appeals.checks.registry import WARNING, Remark, check
from appeals.checks.texts import Text, Word
from appeals.checks.tongues import tongue


@check("heads", gettext_lazy("how many signed"), WARNING)
def heads(pair: Pair, document: Document) -> Iterator[Remark]:
    if pair.kind != "signature" or not document.signed:
        return
    rows = counted(document, pair.original.language)
    for role, said, word in roles_in(pair.rendering, pair.quantities[1]):
        there = rows.get(role)
        if there is not None and said is not None and said != there:
            yield Remark(
                _("“%(words)s”: the rows of signatories count %(count)d.")
                % {"words": word.text, "count": there},
                word.start,
                word.end,
                facts=str(there),
            )


def counted(document: Document, original: str) -> Counter[str]:
    """Return how many sign in which role, by the rows."""
    rows: Counter[str] = Counter()
    for row in document.signed:
        role = role_at(row.role, 0, document.house) or role_at(row.role_original, 0, original)
        if role:
            rows[role[0]] += row.count
    return rows


def role_at(string: str, at: int, language: str) -> tuple[str, int] | None:
    """Return the role that begins at a place of a text, and where its name ends."""
    fold = tongue(language).fold
    rest = fold(string[at : at + 60])
    for name, role in tongue(language).roles.items():
        if begins(rest.split(), fold(name).split()):
            return role, at + len(name)
    return None


def begins(words: list[str], names: list[str]) -> bool:
    """Tell whether words are a role's, with whatever endings: “заместители председателя”."""
    return len(words) >= len(names) and all(
        word.startswith(name) for word, name in zip(words, names, strict=False)
    )


def roles_in(text: Text, quantities: list[Quantity]) -> Iterator[tuple[str, int | None, Word]]:
    """Yield the roles in a text with the number before them.

    A role in the singular after an article counts one; one without a number says nothing.
    """
    end = 0
    for index, word in enumerate(text.words):
        found = role_at(text.string, word.start, text.language) if word.start >= end else None
        if not found:
            continue
        role, end = found
        number = next(
            (q for q in quantities if 0 < word.start - q.end + 1 <= 12 and near(text, q.end, word)),
            None,
        )
        if number:
            value = next(iter(number.values))
            yield role, int(value), Word(text.string[number.start : end], number.start, end)
        elif text.base == "en" and index and is_one(text, index):
            yield role, 1, Word(text.string[word.start : end], word.start, end)


def near(text: Text, end: int, word: Word) -> bool:
    """Tell whether at most one short word stands between a number and a role."""
    between = text.string[end : word.start]
    return len(between.split()) <= 1 and not set(between) & set(",.;:()—")


def is_one(text: Text, index: int) -> bool:
    before, word = text.words[index - 1], text.words[index]
    rest = text.string[word.start :].split()
    last = rest[:2][-1] if rest[0].casefold() in ("vice", "deputy") else rest[0]
    is_plural = last.strip(",.;:)").endswith("s")
    return before.text.casefold() in ("the", "a", "an") and not is_plural
