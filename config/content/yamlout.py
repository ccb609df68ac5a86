"""Records as YAML, in the form that this package reads."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import yaml
from django.utils import timezone

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


class Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, so that a person can edit them."""


def write_text(dumper: Dumper, text: str) -> Any:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


Dumper.add_representer(str, write_text)


def tidy(text: str) -> str:
    """Return a text as it would be read back: plain line ends, nothing invisible around it."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def plain(value: Any) -> Any:
    """Return a value as YAML's own kinds, texts tidied, dates as the texts that we read."""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, dict):
        return {tidy(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        exact = local.second or local.microsecond
        return local.isoformat() if exact else local.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else value


def filled(record: dict[str, Any], *keep: str) -> dict[str, Any]:
    """Return a record without what says nothing, but for the keys to ``keep``."""
    return {k: v for k, v in record.items() if v not in ("", None, [], {}) or k in keep}


def dump(value: Any) -> str:
    """Return a value as YAML, in the order in which it is given."""
    if not value:
        return ""
    return yaml.dump(plain(value), Dumper=Dumper, allow_unicode=True, sort_keys=False, width=2**30)


def with_front(front: dict[str, Any], body: str) -> str:
    """Return a file with front matter."""
    return f"---\n{dump(front)}---\n{body}"


def table(rows: Iterable[dict[str, Any]]) -> str:
    """Return a file that is one list."""
    return dump([filled(row) for row in rows])
