"""Pages of what is live, of several kinds together, in the order of publication."""

from collections.abc import Iterable, Sequence
from typing import Any

from appeals.models import AppealEdition, TranslationEdition
from appeals.models.editions import text_url
from appeals.views import issuers
from appeals.views import listed as listed_appeals
from blog.views import listed as listed_posts
from config.search.models import Indexed, Kind

#: So many stand on one page.
SIZE = 50

Listed = tuple[Any, str]
"""An edition, and the template that shows it in a list."""


def listed(rows: Iterable[Indexed]) -> list[Listed]:
    """Return the live posts and appeals of some rows, in their order: five queries."""
    rows = list(rows)
    kinds = {
        Kind.POST: (listed_posts(), "blog/_item.html"),
        Kind.APPEAL: (listed_appeals(), "appeals/_item.html"),
    }
    found = {
        (kind, edition.pk): (edition, template)
        for kind, (editions, template) in kinds.items()
        for edition in editions.filter(pk__in=[row.edition_id for row in rows if row.kind == kind])
    }
    keys = [(Kind(row.kind), row.edition_id) for row in rows]
    return [found[key] for key in keys if key in found]


class Text:
    """An appeal as it is listed among what can be read in one language: by its title in that."""

    def __init__(self, appeal: Any, translation: Any = None) -> None:
        self.appeal, self.translation = appeal, translation
        self.language = (translation or appeal).language
        self.title = translation.title if translation else appeal.data["original_title"]
        self.title_language = self.language if self.title else appeal.title_language
        self.title = self.title or appeal.title

    def get_absolute_url(self) -> str:
        if self.translation:
            return text_url(self.appeal.slug, self.translation)
        return f"{self.appeal.get_absolute_url()}{self.language}/"


def texts(rows: Iterable[Indexed]) -> list[Listed]:
    """Return the live posts and texts of appeals of some rows, in their order: six queries."""
    rows = list(rows)
    items = [row.appeal_item for row in rows if row.appeal_item]
    of = {appeal.item_id: appeal for appeal in appeals_of(items)}
    wanted = [row.edition_id for row in rows if row.kind == Kind.TRANSLATION]
    live: Any = TranslationEdition.objects.live().filter(pk__in=wanted)
    translations = {one.pk: one for one in live.defer("content", "salts", "redactions")}
    posts = dict(by_pk(listed([row for row in rows if row.kind == Kind.POST])))
    found: list[Listed] = []
    for row in rows:
        appeal = of.get(row.appeal_item)
        if row.kind == Kind.POST:
            found += posts.get(row.edition_id, [])
        elif row.kind == Kind.APPEAL and appeal:
            found.append((Text(appeal), "browsing/_text.html"))
        elif appeal and row.edition_id in translations:
            text = Text(appeal, translations[row.edition_id])
            found.append((text, "browsing/_text.html"))
    return found


def appeals_of(items: Sequence[int]) -> Any:
    """Return live appeals with their text, for the title as printed, and with their issuers."""
    live: Any = AppealEdition.objects.live().light().filter(item_id__in=items)
    return live.prefetch_related(issuers())


def by_pk(rows: list[Listed]) -> Iterable[tuple[int, list[Listed]]]:
    return ((edition.pk, [(edition, template)]) for edition, template in rows)
