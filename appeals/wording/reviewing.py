"""What is published of similar passages, on the page where a translation is reviewed."""

from collections.abc import Iterable, Mapping
from typing import Any

from appeals.wording.offering import offers


def offer_similar(translation: Any, rows: Iterable[Any], asked: Mapping[str, str]) -> None:
    """Look up what is like the one passage that ``?similar=`` names.

    ``?use=`` puts one of these into its editing box, where it waits to be saved or not.
    """
    key = asked.get("similar", "")
    for row in rows:
        if row.passage.key == key and row.passage.text:
            languages = translation.appeal.original_language, translation.language
            row.offers = offers(row.passage.text, *languages)
            taken = [offer for offer in row.offers if str(offer.pk) == asked.get("use")]
            row.filled = taken[0].rendering if taken else ""
