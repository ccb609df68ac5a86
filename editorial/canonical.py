"""Canonical JSON and the salted digest of an edition's content.

The digest is taken over one hash per leaf (a string, number, boolean, null or empty container,
addressed by its JSON Pointer, RFC 6901), each with a salt of its own. A leaf's value and salt can
later be removed: its hash stays, so the digest still verifies, and without the salt the hash
says nothing about what the value was.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Iterator, Mapping
from typing import Any


def canonical(value: Any) -> str:
    """Return the one JSON text of a value: sorted keys, no spaces, UTF-8 kept as it is."""
    return json.dumps(
        value,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )


#: The SHA-256 of something, wherever it stands in a text.
DIGEST = re.compile(r"[0-9a-f]{64}")


def sha256(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 form, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def leaves(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every leaf of a JSON value as (JSON Pointer, value), empty containers included."""
    if isinstance(value, dict) and value:
        for key in sorted(value):
            escaped = key.replace("~", "~0").replace("/", "~1")
            yield from leaves(value[key], f"{pointer}/{escaped}")
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from leaves(item, f"{pointer}/{index}")
    else:
        yield pointer, value


def make_salts(content: Mapping[str, Any]) -> dict[str, str]:
    """Return a fresh 128-bit salt for every leaf of the content."""
    return {pointer: secrets.token_hex(16) for pointer, _ in leaves(content)}


def leaf_hash(salt: str, pointer: str, value: Any) -> str:
    """Return the hash that stands for one leaf in the digest."""
    return sha256(canonical([salt, pointer, value]))


def leaf_hashes(
    content: Mapping[str, Any], salts: Mapping[str, str], redacted: Mapping[str, str]
) -> dict[str, str]:
    """Return every leaf's hash; a redacted leaf answers with the one that was kept for it.

    One more stands for the shape, without which a list and a dictionary of the same leaves
    would be one. No pointer is spelled like its key.

    Raises:
        KeyError: for a leaf that has neither a salt nor a kept hash.
        ValueError: for a salt or kept hash that belongs to no leaf.
    """
    hashes = {
        pointer: redacted[pointer]
        if pointer in redacted
        else leaf_hash(salts[pointer], pointer, value)
        for pointer, value in leaves(content)
    }
    if strays := (salts.keys() | redacted.keys()) - hashes.keys():
        raise ValueError(f"salts without a leaf: {sorted(strays)}")
    return hashes | {"shape": sha256(canonical(shape(content)))}


def shape(value: Any) -> Any:
    """Return a JSON value with nothing left of it but its keys and the order of its lists."""
    if isinstance(value, dict) and value:
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list) and value:
        return [shape(inner) for inner in value]
    return 0


def digest(envelope: Mapping[str, Any], hashes: Mapping[str, str]) -> str:
    """Return the digest of an edition: of its envelope and of its leaves' hashes."""
    return sha256(canonical([dict(envelope), dict(hashes)]))
