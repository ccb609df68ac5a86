"""The texts of a live appeal: its original and the live translations, one per language."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from appeals.aligning import Side, original, translated
from appeals.models import TranslationEdition
from editorial.languages import language_name
from editorial.resolving import resolve


@dataclass(frozen=True)
class Way:
    """A way to read an appeal, as its pages offer it."""

    name: str
    url: str
    language: str
    current: bool


def is_ours(language: str) -> bool:
    """Tell whether a language is the newsroom's own."""
    return language.split("-")[0] == settings.LANGUAGE_CODE.split("-")[0]


class Texts:
    """What a live appeal can be read in."""

    def __init__(self, appeal: Any) -> None:
        self.appeal = appeal
        self.content = appeal.data
        self.original_language = self.content["original_language"]

    @cached_property
    def translations(self) -> dict[str, Any]:
        """The live translations by language: the newsroom's own first, then by their names.

        Where several in one language are live, the principal one is read.
        """
        live = TranslationEdition.objects.live().light().filter(appeal_id=self.appeal.item_id)
        principal = {t.language: t for t in live.order_by("is_principal", "slug")}
        principal.pop(self.original_language, None)
        order = sorted(principal, key=lambda tag: (not is_ours(tag), language_name(tag)))
        return {language: principal[language] for language in order}

    def side(self, language: str) -> Side:
        """Return one text.

        Raises:
            Gone: the translation into this language was withdrawn.
            Http404: there never was one in public.
        """
        if language == self.original_language:
            return original(self.content)
        if language not in self.translations:
            resolve(
                TranslationEdition.objects.all(), appeal_id=self.appeal.item_id, language=language
            )
        return translated(self.content, self.translations[language].data)

    def first(self) -> Side:
        """Return the text that an appeal's own page shows."""
        ours = next(filter(is_ours, self.translations), None)
        return self.side(ours) if ours else original(self.content)

    def ways(self, *current: str) -> list[Way]:
        """Return every text, and the current one beside the original."""
        transcribed = any(passage["text"] for passage in self.content["passages"])
        originals = [self.original_language] if transcribed and self.original_language else []
        slug = self.content["slug"]
        ways = [
            Way(
                language_name(tag) if tag not in originals else original_name(tag),
                reverse("appeals:text", args=[slug, tag]),
                tag,
                current == (tag,),
            )
            for tag in [*self.translations, *originals]
        ]
        shown = [tag for tag in (*current, *self.translations) if tag in self.translations]
        if shown and originals:
            pair = (shown[0], *originals)
            name = _("%(left)s and %(right)s side by side") % {
                "left": language_name(pair[0]),
                "right": language_name(pair[1]),
            }
            url = reverse("appeals:parallel", args=[slug, *pair])
            ways.append(Way(name, url, "", current == pair))
        return ways


def original_name(language: str) -> str:
    return _("%(language)s (original)") % {"language": language_name(language)}
