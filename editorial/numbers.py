"""Numbers as requests and files write them: anybody may send anything in their place."""

#: More digits than these are no number of ours: no database takes them.
DIGITS = 18


def whole(text: str) -> int | None:
    """Return a whole number, none below nothing; None for what is no such number."""
    is_one = text.isascii() and text.isdecimal() and len(text) <= DIGITS
    return int(text) if is_one else None
