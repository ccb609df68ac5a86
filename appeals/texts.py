"""The texts of a live appeal: its original and the live translations, one per language."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from appeals.aligning import Content, Side, changed_on, original, translated
from appeals.models import AppealEdition, TranslationEdition
from appeals.models.editions import text_url
from editorial.languages import language_name
from editorial.resolving import Moved, history, resolve
from editorial.templatetags.languages import in_newsrooms, tongue


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


def as_read(appeal: Any, translation: Content) -> Side:
    """Return a translation beside an edition of its appeal, with the days of corrections.

    They are those of public editions; a preview's own counts as one of today.
    """
    side = translated(appeal.data, translation)
    if not side.is_stale:
        return side
    public = history(AppealEdition.objects.light(), appeal.item_id)
    editions = public if appeal.pk else [*public, appeal]
    told = ((timezone.localdate(edition.live_from), edition.data) for edition in editions)
    return translated(appeal.data, translation, changed_on(told))


class Texts:
    """What a live appeal can be read in."""

    def __init__(self, appeal: Any) -> None:
        self.appeal = appeal
        self.content = appeal.data
        self.original_language = self.content["original_language"]

    @cached_property
    def live(self) -> list[Any]:
        """The live translations, the principal one of each language first."""
        live = TranslationEdition.objects.live().light().filter(appeal_id=self.appeal.item_id)
        return list(live.order_by("-is_principal", "published_at", "key"))

    @cached_property
    def translations(self) -> dict[str, Any]:
        """The translation to read in each language: the newsroom's own first, then by name."""
        read = {t.language: t for t in reversed(self.live)}
        read.pop(self.original_language, None)
        order = sorted(read, key=lambda tag: (not is_ours(tag), language_name(tag)))
        return {language: read[language] for language in order}

    def translation(self, language: str, key: str = "") -> Any:
        """Return the translation into a language, or the one with a key.

        Raises:
            Moved: its key is not needed to tell it from another.
            Gone: it was withdrawn.
            Http404: there never was one in public.
        """
        read = self.translations.get(language)
        if not key and read is not None:
            return read
        address = {"appeal_id": self.appeal.item_id, "language": language}
        if not key:
            return resolve(TranslationEdition.objects.all(), **address)
        edition = resolve(TranslationEdition.objects.light(), key=key, **address)
        if edition == read:
            raise Moved(reverse("appeals:text", args=[self.content["slug"], language]))
        return edition

    def versions(self, language: str, key: str = "") -> list[Way]:
        """Return the translations into a language where readers can choose between several."""
        several = [t for t in self.live if t.language == language]
        if len(several) < 2:
            return []
        slug = self.content["slug"]
        plain = reverse("appeals:text", args=[slug, language])
        return [
            Way(
                name_of(version),
                text_url(slug, version) if version != several[0] else plain,
                "",
                version.key == key or (not key and version == several[0]),
            )
            for version in several
        ]

    def side(self, language: str, key: str = "") -> Side:
        """Return one text.

        Raises:
            Gone: the translation into this language was withdrawn.
            Http404: there never was one in public.
        """
        if language == self.original_language and not key:
            return original(self.content)
        return as_read(self.appeal, self.translation(language, key).data)

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
                capfirst(language_name(tag) if tag not in originals else original_name(tag)),
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
            ways.append(Way(capfirst(name), url, "", current == pair))
        return ways


def name_of(version: Any) -> str:
    """Return what one of several translations into a language is called, with its language."""
    if label := version.data["label"]:
        return in_newsrooms(label)
    return format_html("<span {}>{}</span>", tongue(version.language), version.title)


def original_name(language: str) -> str:
    return _("%(language)s (original)") % {"language": language_name(language)}
