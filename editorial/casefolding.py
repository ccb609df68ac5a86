"""SQLite learns to ignore case beyond ASCII: «СУД» finds «суд», in every ``icontains``."""

import re
from functools import lru_cache
from typing import Any


def install(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Receiver of ``connection_created``: put our LIKE in the place of SQLite's."""
    if connection.vendor == "sqlite":
        for arguments in (2, 3):
            connection.connection.create_function("like", arguments, like, deterministic=True)


def like(pattern: Any, value: Any, escape: str = "") -> bool | None:
    """Answer ``value LIKE pattern ESCAPE escape`` without regard to case in any script."""
    if pattern is None or value is None:
        return None
    return compiled(str(pattern), escape)(str(value).casefold()) is not None


@lru_cache(maxsize=256)
def compiled(pattern: str, escape: str) -> Any:
    """Return the matcher of a LIKE pattern."""
    parts = []
    characters = iter(pattern.casefold())
    for character in characters:
        if character == escape:
            parts.append(re.escape(next(characters, "")))
        else:
            parts.append({"%": ".*", "_": "."}.get(character) or re.escape(character))
    return re.compile("".join(parts), re.DOTALL).fullmatch
