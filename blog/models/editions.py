"""What readers see of posts."""

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from editorial.models import Edition, EditionRow


class PostEdition(Edition):
    item = models.ForeignKey("blog.Post", models.PROTECT, related_name="editions")
    summary = models.TextField(_("summary"), blank=True)
    #: The key of the post that this one translates.
    translation_of = models.CharField(max_length=16, blank=True, db_index=True)

    sealed_redactable: ClassVar[tuple[str, ...]] = (*Edition.sealed_redactable, "summary")

    class Meta(Edition.Meta):
        verbose_name = _("post edition")
        verbose_name_plural = _("post editions")

    def get_absolute_url(self) -> str:
        day = self.published_on
        return reverse("blog:post", args=[day.year, f"{day.month:02}", self.slug])

    @classmethod
    def columns(cls, content: dict[str, Any]) -> dict[str, Any]:
        """Return the columns that lists need, derived from the content."""
        return super().columns(content) | {
            "summary": content.get("summary", ""),
            "translation_of": content.get("translation_of", ""),
        }

    @classmethod
    def rows(cls, content: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
        """Return the labels, the people and the appeals, for the pages that list posts by them."""
        return {
            "labels": [label for label in content.get("labels", []) if label["slug"]],
            "people": [person for person in content.get("byline", []) if person["slug"]],
            "appeals": content.get("appeals", []),
        }


class PostEditionLabel(EditionRow):
    edition = models.ForeignKey(PostEdition, models.CASCADE, related_name="labels")

    class Meta(EditionRow.Meta):
        indexes = [models.Index(fields=["slug", "edition"])]


class PostEditionPerson(EditionRow):
    edition = models.ForeignKey(PostEdition, models.CASCADE, related_name="people")

    class Meta(EditionRow.Meta):
        indexes = [models.Index(fields=["slug", "edition"])]


class PostEditionAppeal(models.Model):
    """An appeal that an edition presents, by the key that the appeal never changes."""

    edition = models.ForeignKey(PostEdition, models.CASCADE, related_name="appeals")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=16)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["key", "edition"])]

    def __str__(self) -> str:
        return self.key
