"""What the site is called, in mails: the site itself says it, and this room does not know how."""

from collections.abc import Callable

from django.conf import settings

_ask: list[Callable[[], str]] = []


def called(ask: Callable[[], str]) -> None:
    """Let the site say its name."""
    _ask[:] = [ask]


def site_name() -> str:
    """Return what the site is called now."""
    return _ask[0]() if _ask else settings.SITE_NAME
