"""Striking a name from the content of an edition: pure."""

import re
from collections import defaultdict
from typing import Any

from editorial.canonical import sha256
from editorial.matching import MARK, Needle
from editorial.models import random_key

#: Leaves that are a part of an address. Struck, they become neutral ones.
SLUGS = {"slug", "key", "was", "passage"}
#: Leaves that are whole addresses. Struck, the link is lost.
LINKS = {"url", "archived_url", "evidence_url"}
LINKING = re.compile(rf'\s(?:href|cite)="[^"]*{MARK}[^"]*"')


class Striking:
    """What one redaction removes, and what it puts in place of slugs and digests.

    Attributes:
        digests: from the SHA-256 of a text struck to that of what is left of it.
        slugs: from a slug that held the name to a neutral one.
    """

    def __init__(self, needle: Needle) -> None:
        self.needle = needle
        self.digests: dict[str, str] = {}
        self.slugs: defaultdict[str, str] = defaultdict(random_key)

    def text(self, text: str) -> str:
        """Return a text with the mark, remembering what became of its digest."""
        struck = LINKING.sub("", self.needle.strike(text))
        if struck != text:
            self.digests[sha256(text)] = sha256(struck)
        return struck

    def slug(self, slug: str) -> str:
        """Return a slug, or a neutral one where it holds the name."""
        return self.slugs[slug] if self.needle.is_in(slug, address=True) else slug

    def link(self, url: str) -> str:
        """Return an address, or none where it holds the name: half of one leads to the whole."""
        return "" if self.needle.is_in(url, address=True) else url

    def values(self, value: Any) -> Any:
        """Return a JSON value with the mark in every text and key."""
        if isinstance(value, dict):
            return {self.text(key): self.values(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.values(inner) for inner in value]
        return self.text(value) if isinstance(value, str) else value


def strike_content(model: Any, content: dict[str, Any], key: str, striking: Striking) -> None:
    """Strike the name from an edition's content in place.

    Args:
        key: of the item; it becomes the slug if the slug held the name.
    """
    if striking.needle.is_in(content["slug"], address=True):
        content["slug"] = key
    model.hush(content, striking.needle)
    strike_inside(content, model.program_leaves, striking)


def strike_inside(value: Any, left_alone: frozenset[str], striking: Striking) -> None:
    """Strike the name from what a dictionary or list holds, in place."""
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    if isinstance(value, dict) and {"name", "slug"} <= value.keys():
        strike_party(value, striking)
    for name, inner in list(entries):
        if isinstance(inner, dict | list):
            strike_inside(inner, left_alone, striking)
        elif isinstance(inner, str) and name not in left_alone:
            value[name] = struck_leaf(value, name, inner, striking)


def struck_leaf(parent: Any, name: Any, text: str, striking: Striking) -> str:
    if name in SLUGS:
        return striking.slug(text)
    if name in LINKS:
        return striking.link(text)
    return striking.text(text)


def strike_party(party: dict[str, Any], striking: Striking) -> None:
    """Take the page from a party whose name goes: it would join what the person wrote."""
    if striking.needle.is_in(party["name"]):
        party["slug"] = ""
