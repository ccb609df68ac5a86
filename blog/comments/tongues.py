"""The languages of comments: what a form offers, and what a text can be."""

import unicodedata

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from blog.models import PostEdition
from editorial.languages import direction, language_name

RIGHT_TO_LEFT = {"R", "AL"}


def offered(language: str) -> list[tuple[str, str]]:
    """Return the languages a form offers, by name; that of the page is among them, and none."""
    codes = {language, settings.LANGUAGE_CODE, *settings.COMMENT_LANGUAGES} - {""}
    named = sorted(
        ((code, capfirst(language_name(code))) for code in codes), key=lambda row: row[1]
    )
    return [*named, ("", capfirst(_("another language")))]


def fitting(language: str, text: str) -> str:
    """Return the language, or nothing where the text plainly runs the other way.

    Most people leave a choice as they find it: an Arabic comment under an English post is not
    English, and no voice should read it as such.
    """
    if not language:
        return ""
    kinds = [unicodedata.bidirectional(character) for character in text]
    leftward = sum(kind in RIGHT_TO_LEFT for kind in kinds)
    rightward = kinds.count("L")
    fits = leftward >= rightward if direction(language) == "rtl" else leftward <= rightward
    return language if fits else ""


def language_of(edition: PostEdition) -> str:
    """Return what a post is written in: most of those who answer it write so too."""
    return edition.data["language"]
