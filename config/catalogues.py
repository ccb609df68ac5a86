"""Catalogues of the interface's messages: what the source says, and what translators made of it.

Python is enough for all of it, so that a fresh machine without gettext can test and compile.
"""

import ast
import re
import struct
from collections.abc import Iterator, Sequence
from gettext import c2py
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("config", "blog", "appeals", "editorial")
#: What a call's first arguments are, by its name without ``_lazy``.
CALLS = {
    "_": ("id",),
    "gettext": ("id",),
    "gettext_noop": ("id",),
    "ngettext": ("id", "plural"),
    "pgettext": ("context", "id"),
    "npgettext": ("context", "id", "plural"),
}
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
#: A call as Django writes it for what a template says: nothing else in its output has a bracket.
IN_TEMPLATE = re.compile(rf"\b(\w*gettext|_)\(({LITERAL}(?:\s*,\s*{LITERAL})*)", re.S)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?\w+")


class Message(NamedTuple):
    id: str
    plural: str = ""
    context: str = ""


def said() -> dict[Message, str]:
    """Return every message of the source, with one file that says it."""
    found: dict[Message, str] = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for message in in_python(path.read_text("utf-8")):
                found.setdefault(message, str(path.relative_to(ROOT)))
    for path in sorted((ROOT / "templates").rglob("*.*")):
        for message in in_template(path.read_text("utf-8")):
            found.setdefault(message, str(path.relative_to(ROOT)))
    return found


def in_python(source: str) -> Iterator[Message]:
    """Yield what a module passes to gettext as it stands there, joined where it is in pieces."""
    if "gettext" not in source:
        return
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args):
                texts = [arg.value if isinstance(arg, ast.Constant) else None for arg in args]
                yield from message(name, texts)


def in_template(source: str) -> Iterator[Message]:
    """Yield what a template says."""
    if "trans" not in source and "_(" not in source:
        return
    for name, arguments in IN_TEMPLATE.findall(templatize(source)):
        yield from message(name, list(ast.literal_eval(f"({arguments},)")))


def message(name: str, texts: Sequence[object]) -> Iterator[Message]:
    """Yield the message that a call asks for, if it asks for one and says which."""
    parts = CALLS.get(name.removesuffix("_lazy"), ())
    texts = texts[: len(parts)]
    if parts and len(texts) == len(parts) and all(isinstance(text, str) for text in texts):
        yield Message(**dict(zip(parts, map(str, texts), strict=True)))


def catalogues() -> dict[str, Path]:
    """Return the translators' files, by language."""
    return {path.parts[-3]: path for path in sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po"))}


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, path.parts[-3])


def missing(catalogue: Catalog, messages: dict[Message, str]) -> list[str]:
    """Return what the source says and a catalogue does not, each with a file that says it."""
    found = []
    for message, file in messages.items():
        entry = catalogue.get(message.id, message.context or None)
        strings = forms(entry) if entry else []
        if not all(strings) or not strings or bool(message.plural) > (len(strings) > 1):
            found.append(f"{file}: {message.id}")
    return found


def wrong(catalogue: Catalog) -> Iterator[str]:
    """Yield what would break a page or mislead its readers.

    A form of a plural that is for one number alone may say it in words; so may one for none and
    one, as in French, where the source says "one".
    """
    numbers = numbers_of(catalogue)
    for entry in catalogue:
        if not entry.id:
            continue
        if entry.fuzzy:
            yield f"fuzzy: {entry.id}"
        ids = sources(entry)
        wanted = set(PLACEHOLDER.findall(ids[-1]))
        for number, text in enumerate(forms(entry)):
            has = set(PLACEHOLDER.findall(text))
            few = 2 if len(PLACEHOLDER.findall(ids[0])) == len(wanted) else 3
            may_lack = len(ids) > 1 and numbers[number] < few
            if text and (has - wanted or len(wanted - has) > may_lack):
                yield f"placeholders: {ids[0]} | {text}"
            if text and sorted(TAG.findall(text)) != sorted(TAG.findall(ids[-1])):
                yield f"tags: {ids[0]} | {text}"
            if text and (text[0] == "\n", text[-1] == "\n") != (
                ids[0][0] == "\n",
                ids[0][-1] == "\n",
            ):
                yield f"line ends: {ids[0]} | {text}"


def ends(text: str) -> tuple[bool, bool]:
    """Tell whether a text begins, and whether it ends, with a new line."""
    return text.startswith("\n"), text.endswith("\n")


def numbers_of(catalogue: Catalog) -> list[int]:
    """Return how many of the numbers up to 200 each form of a plural is for."""
    which = c2py(catalogue.plural_expr)
    chosen = [which(number) for number in range(200)]
    return [chosen.count(form) for form in range(catalogue.num_plurals)]


def forms(entry: Entry) -> list[str]:
    """Return what a message is in a language: one text, or one for each form of the plural."""
    texts: Any = entry.string if isinstance(entry.string, tuple | list) else [entry.string]
    return [text or "" for text in texts]


def sources(entry: Entry) -> list[str]:
    """Return what the source says: one text, or a singular and a plural."""
    return list(entry.id) if isinstance(entry.id, tuple | list) else [entry.id]


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as gettext reads it: the same .po is the same bytes.

    Of the header there is what gettext needs; fuzzy and untranslated messages are left out.
    """
    header = f"Content-Type: text/plain; charset=UTF-8\nPlural-Forms: {catalogue.plural_forms}\n"
    texts = {b"": header.encode()}
    for entry in catalogue:
        strings = forms(entry)
        if entry.id and all(strings) and not entry.fuzzy:
            context = f"{entry.context}\x04" if entry.context else ""
            texts[(context + "\0".join(sources(entry))).encode()] = "\0".join(strings).encode()
    return packed(sorted(texts.items()))


def packed(texts: list[tuple[bytes, bytes]]) -> bytes:
    """Return the .mo file of sorted pairs: a head, two tables of (length, offset), the texts."""
    count, head = len(texts), 7 * 4
    tables, body = [], b""
    for column in (0, 1):
        for pair in texts:
            tables += [len(pair[column]), head + count * 16 + len(body)]
            body += pair[column] + b"\0"
    numbers = (0x950412DE, 0, count, head, head + count * 8, 0, head + count * 16)
    return struct.pack(f"<{7 + len(tables)}I", *numbers, *tables) + body
