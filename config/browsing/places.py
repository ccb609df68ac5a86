"""Where a text is from: the place of an appeal, and that in the dateline of a post. Pure."""

import re

from editorial.fields import slug_of
from editorial.matching import MARK

#: What stands between a place and the day of writing.
BETWEEN = re.compile(r"\s*(?:[,،、;·|]|\s[-–—]\s|[()])\s*")
FIGURE = re.compile(r"\d")


def place_of_dateline(dateline: str) -> str:
    """Return the place that a dateline names: "Paris, le 3 mars" is from "Paris".

    The parts without a figure, up to the first one that has any, are the place: months are called
    too many names. A day that stands before the place is passed over.
    """
    parts = [part for part in BETWEEN.split(dateline.strip()) if part]
    while parts and FIGURE.search(parts[0]):
        parts.pop(0)
    dated = next((n for n, part in enumerate(parts) if FIGURE.search(part)), len(parts))
    return ", ".join(parts[:dated]).strip(" .")


def place_slug(place: str) -> str:
    """Return the address of a place: one for Элиста, ELISTA and Elista, none for one struck out."""
    return "" if MARK in place else slug_of(place, max_length=120)
