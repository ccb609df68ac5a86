"""How one value of a record is read from a node."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _

from config.content.nodes import Node
from config.content.places import Place, Problems, Ref, meant


@dataclass
class Source:
    """The file that is being read, and what is wrong in it."""

    file: str
    problems: Problems

    def at(self, node: Node) -> Place:
        return Place(self.file, node.line)

    def refuse(self, node: Node, reason: str) -> None:
        self.problems.add(self.at(node), reason)


Kind = Callable[[Node, Source], Any]
R = TypeVar("R", bound="Record")


@dataclass(kw_only=True)
class Record:
    """Something that a folder says. ``lines`` holds the place of each of its fields."""

    #: Whether a complaint may repeat what stands there: never where a withheld name might.
    echoes = True

    at: Place
    lines: dict[str, Place] = field(default_factory=dict, compare=False, repr=False)

    def where(self, name: str) -> Place:
        """Return the place of a field, or of the record where it says nothing about it."""
        return self.lines.get(name, self.at)


def read(kind: Kind, default: Any = "", required: bool = False) -> Any:
    """Return a field of a record that is read from a file."""
    options: dict[str, Any] = {"metadata": {"read": kind, "required": required}}
    if isinstance(default, list | dict):
        return field(default_factory=type(default), **options)
    return field(default=default, **options)


def text(node: Node, source: Source) -> str:
    """Read a text of any number of lines."""
    if node.value is None or isinstance(node.value, str):
        return node.value or ""
    source.refuse(node, _("A text is expected here, not a list or a table."))
    return ""


def line(node: Node, source: Source) -> str:
    """Read a text of one line."""
    value = text(node, source)
    if "\n" in value:
        source.refuse(node, _("One line is expected here, and there are more."))
    return value


def ref(node: Node, source: Source) -> Ref:
    """Read the name of something that is described elsewhere."""
    return Ref.said(line(node, source), source.at(node))


def many(kind: Kind) -> Kind:
    """Read a list."""

    def read_list(node: Node, source: Source) -> list[Any]:
        if node.value is None:
            return []
        if not isinstance(node.value, list):
            source.refuse(node, _("A list is expected here: one “- …” a line."))
            return []
        return [kind(item, source) for item in node.value]

    return read_list


def table(kind: Kind) -> Kind:
    """Read values by key, where any key will do."""

    def read_table(node: Node, source: Source) -> dict[str, Any]:
        if node.value is None:
            return {}
        if not isinstance(node.value, dict):
            source.refuse(node, _("“key: value” is expected here."))
            return {}
        return {name: kind(item, source) for name, item in node.value.items()}

    return read_table


def yes_or_no(node: Node, source: Source) -> bool | None:
    """Read yes or no, in YAML's words for them."""
    words = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    value = line(node, source)
    if value and value.lower() not in words:
        source.refuse(node, _("“true” or “false” is expected here."))
    return words.get(value.lower())


def number(node: Node, source: Source) -> int | None:
    """Read a whole number from 1 up."""
    value = line(node, source)
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:12]) <= 10**9):
        source.refuse(node, _("A whole number from 1 up is expected here."))
        return None
    return int(value)


def day(node: Node, source: Source) -> date | None:
    """Read a day (ISO 8601)."""
    value = line(node, source)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        source.refuse(node, _("A date such as 2022-03-12 is expected here."))
        return None


def moment(node: Node, source: Source) -> datetime | None:
    """Read a moment (ISO 8601); without a time zone it is the site's, without a time midnight."""
    value = line(node, source)
    if not value:
        return None
    try:
        if len(value) <= 10:
            found = datetime.combine(date.fromisoformat(value), time.min)
        else:
            found = datetime.fromisoformat(value)
        if not 1000 <= found.year < 9999:
            raise ValueError
        return timezone.make_aware(found) if timezone.is_naive(found) else found
    except (ValueError, OverflowError):
        source.refuse(node, _("A date such as 2022-03-12 or 2022-03-12T09:00 is expected here."))
        return None


def address(node: Node, source: Source) -> str:
    """Read a web address."""
    value = line(node, source)
    try:
        parts = urlsplit(value)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in value
    except ValueError:
        sound = False
    if value and not sound:
        source.refuse(node, _("A web address (https://…) is expected here."))
    return value


def record(cls: type[R]) -> Kind:
    """Read a record: its keys are the fields that were declared with ``read``."""

    def read_record(node: Node, source: Source) -> Any:
        return build(cls, node, source)

    return read_record


def build(cls: type[R], node: Node, source: Source, **given: Any) -> R:
    """Return a record from its node, or as much of it as can be read."""
    known = {f.name: f for f in fields(cls) if "read" in f.metadata}
    entries = node.value
    if not isinstance(entries, dict):
        if entries is not None:
            keys = ", ".join(known)
            source.refuse(node, _("“key: value” is expected here, with the keys %s.") % keys)
        entries = {}
    values: dict[str, Any] = {}
    lines: dict[str, Place] = {}
    for name, item in entries.items():
        if name not in known:
            unknown(name, known, item, source, cls.echoes)
            continue
        values[name] = known[name].metadata["read"](item, source)
        lines[name] = source.at(item)
    for name, declared in known.items():
        empty = name not in values or not entries[name].value
        if declared.metadata["required"] and empty:
            source.refuse(entries.get(name, node), _("“%s” is missing.") % name)
    return cls(at=source.at(node), lines=lines, **values, **given)


def unknown(name: str, known: Any, node: Node, source: Source, echoes: bool) -> None:
    """Report a key that means nothing here."""
    said = _("The key “%s” means nothing here.") % name if echoes else _("Unknown key.")
    source.refuse(node, said + (meant(name, known) or " " + _("Known: %s.") % ", ".join(known)))
