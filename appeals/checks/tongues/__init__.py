"""What the checks know about a language that CLDR does not say: its number words, its roles."""

from appeals.checks.tongues import ar, en, fr, ru, uk
from appeals.checks.tongues.tongue import Tongue

TONGUES = {"ar": ar.TONGUE, "en": en.TONGUE, "fr": fr.TONGUE, "ru": ru.TONGUE, "uk": uk.TONGUE}
NONE = Tongue(numbers={})


def tongue(language: str) -> Tongue:
    """Return what is known about a language (BCP 47); of most that is nothing."""
    return TONGUES.get(language.split("-")[0].lower(), NONE)
