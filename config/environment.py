"""What the environment must say, and what may be assumed when it is silent."""

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from environs import Env

#: Commands that serve nothing, sign nothing and read no database.
OFFLINE = {"collectstatic", "compilemessages", "help", "makemessages", "makemigrations"}
#: The languages that the interface is translated into, each by its own name.
INTERFACE = {
    "en": "English",
    "ru": "Русский",
    "uk": "Українська",
    "fr": "Français",
    "ar": "العربية",
}
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]


def is_demo(argv: Sequence[str]) -> bool:
    """Tell whether the command line asks for the demonstration."""
    return list(argv[1:2]) == ["demo"]


def is_offline(argv: Sequence[str]) -> bool:
    """Tell whether the command line asks for something that needs no secrets."""
    return not argv[1:] or argv[1] in OFFLINE or "--help" in argv or "--version" in argv


def secret_key(env: Env, var_dir: Path, argv: Sequence[str]) -> str:
    """Return the site's key; the demonstration keeps one of its own beside its database.

    Raises:
        SystemExit: with one line, when a real site has none.
    """
    if key := env.str("SECRET_KEY", ""):
        return key
    if is_demo(argv):
        kept = var_dir / "demo-secret-key"
        if not kept.exists():
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(48))
        return kept.read_text()
    if is_offline(argv):
        return secrets.token_urlsafe(48)
    raise SystemExit("Broadside does not start: SECRET_KEY is not set (a long random string).")


def allowed_hosts(env: Env, argv: Sequence[str]) -> list[str]:
    """Return the host names the site answers to.

    Raises:
        SystemExit: with one line, when a real site names none.
    """
    hosts: list[str] = env.list("ALLOWED_HOSTS", [])
    if hosts:
        return hosts
    if is_demo(argv) or is_offline(argv):
        return LOOPBACK
    raise SystemExit("Broadside does not start: ALLOWED_HOSTS is not set (names, comma-separated).")


def interface_languages(own: str) -> list[tuple[str, str]]:
    """Return the languages of the interface, the newsroom's own first, by their own names."""
    try:
        name = INTERFACE.get(own) or Locale.parse(own, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        name = own
    return list(({own: name or own} | INTERFACE).items())


def storage(env: Env, media_root: Path, demo: bool) -> dict[str, Any]:
    """Return Django's ``STORAGES``: uploads, private originals and static files."""
    local = "django.core.files.storage.FileSystemStorage"
    static = "django.contrib.staticfiles.storage.StaticFilesStorage"
    return {
        "default": {
            "BACKEND": local,
            "OPTIONS": {"location": str(media_root / "public")},
        },
        # Never served: originals may show what the page withholds.
        "private": {
            "BACKEND": local,
            "OPTIONS": {
                "location": str(media_root / "private"),
                "base_url": None,
                "file_permissions_mode": 0o600,
                "directory_permissions_mode": 0o700,
            },
        },
        "staticfiles": {
            "BACKEND": static if demo else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        },
    }
