"""Documents: the scan or file that a text was taken from."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.canonical import canonical, sha256
from editorial.models import random_key
from editorial.models.records import person_field

#: The states of a name that nobody may read on a public page.
HIDDEN = ("withheld", "pending")


def private_storage() -> Any:
    """Return the storage that is never served."""
    return storages["private"]


def unguessable_name(instance: Any, filename: str) -> str:
    """Return a stored name that says nothing: uploaded ones often hold a person's."""
    return f"documents/{random_key(16)}"


class SourceDocument(models.Model):
    """A private original, and what the public may see of it: pages made of nothing but pixels.

    A release and a confirmation hold for exactly the pages that were looked at, by their digest:
    pages that change void both.
    """

    appeal = models.ForeignKey("appeals.Appeal", models.CASCADE, related_name="documents")
    position = models.PositiveIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=300)
    original = models.FileField(
        _("private original"),
        upload_to=unguessable_name,
        storage=private_storage,
        blank=True,
        help_text=_("JPEG, PNG, TIFF, HEIC or PDF. Readers never get it: they get its pages."),
    )
    original_name = models.CharField(_("file name"), max_length=200, blank=True, editable=False)
    pages = models.PositiveIntegerField(_("pages"), default=1)

    released_digest = models.CharField(max_length=64, blank=True, editable=False)
    released_by = person_field(_("released by"))
    released_by_name = models.CharField(max_length=200, blank=True, editable=False)
    released_at = models.DateTimeField(_("released"), null=True, editable=False)

    covered_digest = models.CharField(max_length=64, blank=True, editable=False)
    covered_by = person_field(_("names found covered by"))
    covered_by_name = models.CharField(max_length=200, blank=True, editable=False)
    covered_at = models.DateTimeField(_("names found covered"), null=True, editable=False)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["position", "pk"]
        permissions = [("open_original", _("Can open originals, which show what pages hide"))]

    def __str__(self) -> str:
        return self.title

    @property
    def pages_digest(self) -> str:
        """The SHA-256 that stands for today's public pages in their order; empty without any."""
        images = [[image.number, image.sha256] for image in self.images.all()]
        return sha256(canonical(images)) if images else ""

    @property
    def is_released(self) -> bool:
        """Whether somebody released exactly these pages."""
        return bool(self.released_digest) and self.released_digest == self.pages_digest

    @property
    def is_covered(self) -> bool:
        """Whether somebody confirmed that no withheld name can be read on exactly these pages."""
        return bool(self.covered_digest) and self.covered_digest == self.pages_digest

    def may_be_shown(self, signatories: Iterable[Any]) -> bool:
        """Tell whether the next edition shows its pages, given who signed."""
        return self.is_released and (self.is_covered or not hides_a_name(signatories))

    def content(self, passages: Sequence[Any], signatories: Sequence[Any]) -> dict[str, Any]:
        """Return what a page may show of this document: never anything of the original."""
        images = list(self.images.all())
        keys = {passage.pk: passage.key for passage in passages}
        lines = {
            signatory.pk: index
            for index, signatory in enumerate(signatories)
            if not hides_a_name([signatory])
        }
        return {
            "title": self.title,
            "pages": [image.content() for image in images],
            "places": [
                place.rectangle() | {"page": image.number} | of
                for image in images
                for place in image.places.all()
                if (of := place.belongs_to(keys, lines))
            ],
        }


def hides_a_name(signatories: Iterable[Any]) -> bool:
    """Tell whether the name of one of these is withheld, or may yet be."""
    return any(signatory.name_status in HIDDEN for signatory in signatories)
