"""Documents: the scan or file that a text was taken from."""

from typing import Any

from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.models import random_key


def private_storage() -> Any:
    """Return the storage that is never served."""
    return storages["private"]


def unguessable_name(instance: Any, filename: str) -> str:
    """Return a stored name that says nothing: uploaded ones often hold a person's."""
    return f"documents/{random_key(16)}"


class SourceDocument(models.Model):
    """A private original and what the public may know of it."""

    appeal = models.ForeignKey("appeals.Appeal", models.CASCADE, related_name="documents")
    position = models.PositiveIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=300)
    original = models.FileField(
        _("private original"),
        upload_to=unguessable_name,
        storage=private_storage,
        blank=True,
    )
    original_name = models.CharField(_("file name"), max_length=200, blank=True, editable=False)
    derivative = models.FileField(_("public copy"), upload_to="documents/", blank=True)
    sha256 = models.CharField(_("SHA-256 of the public copy"), max_length=64, blank=True)
    pages = models.PositiveIntegerField(_("pages"), default=1)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    def content(self) -> dict[str, Any]:
        """Return what a page may show of this document: never anything of the original."""
        return {"title": self.title, "pages": self.pages, "sha256": self.sha256}
