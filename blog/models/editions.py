"""What readers see of posts."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from editorial.models import EditionRow
from editorial.models.prose import ProseEdition


class PostEdition(ProseEdition):
    item = models.ForeignKey("blog.Post", models.PROTECT, related_name="editions")

    class Meta(ProseEdition.Meta):
        verbose_name = _("post edition")
        verbose_name_plural = _("post editions")

    def get_absolute_url(self) -> str:
        day = self.published_on
        return reverse("blog:post", args=[day.year, f"{day.month:02}", self.slug])

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
