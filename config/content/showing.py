"""What of an item a folder says: its public edition, or else its working copy."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext as _

from appeals.models import Organisation, Person


class CannotExport(Exception):
    """Something here cannot be said in a folder."""


@dataclass
class Export:
    """A folder in the making: its files, and what it cannot say."""

    files: dict[str, str] = field(default_factory=dict)
    copies: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, name: str, text: str) -> None:
        """Add a file that says something.

        Raises:
            CannotExport: there is such a file already.
        """
        if name in self.files:
            raise CannotExport(_("Two items would be the file %s: change a slug.") % name)
        if text:
            self.files[name] = text


@dataclass(frozen=True)
class Shown:
    """An item as the folder has it; ``published`` only when readers see it, or will."""

    item: Any
    content: dict[str, Any]
    published: datetime | None

    @property
    def slug(self) -> str:
        return str(self.content["slug"])


def show(item: Any, export: Export) -> Shown:
    """Return an item's live edition, or the scheduled one, or else its working copy.

    What is public and changed since is exported as it is public: a folder that is imported with
    --publish must not publish what nobody approved.
    """
    editions = item.edition_model.objects.filter(item=item)
    edition = editions.live().first() or editions.scheduled().order_by("live_from").first()
    if edition is None:
        return Shown(item, item.content(), None)
    if not edition.says(item.content()):
        export.notes.append(_("%s: what is public; its changes are not in the folder") % item)
    if edition.live_until is not None:
        export.notes.append(_("%s: that it ends by itself is not in the folder") % item)
    return Shown(item, edition.data, edition.published_at)


def checked(slug: str) -> str:
    """Return a slug that may be a part of a file's name."""
    try:
        validate_slug(slug)
    except ValidationError:
        raise CannotExport(_("“%s” is not a slug.") % slug) from None
    return slug


class Names:
    """By what name files speak of a party: its name, or its slug where names repeat."""

    def __init__(self) -> None:
        self.of = {model: self.names(model) for model in (Organisation, Person)}

    @staticmethod
    def names(model: Any) -> dict[str, str]:
        rows = list(model.objects.values_list("slug", "name"))
        every = [name for _slug, name in rows]
        return {slug: name if every.count(name) == 1 else slug for slug, name in rows}

    def organisation(self, party: dict[str, str] | None) -> str:
        return self.of[Organisation].get(party["slug"], party["name"]) if party else ""

    def person(self, party: dict[str, str] | None) -> str:
        return self.of[Person].get(party["slug"], party["name"]) if party else ""
