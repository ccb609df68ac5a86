"""The pages of a document as pictures, and what lies where on them."""

from collections.abc import Mapping
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from appeals.models.sources import private_storage

#: What a fraction may lose when it is written in decimals and read back.
TOLERANCE = 1e-6


class PageImage(models.Model):
    """One page as the public may see it. The file is named by the SHA-256 of its bytes."""

    document = models.ForeignKey("appeals.SourceDocument", models.CASCADE, related_name="images")
    number = models.PositiveIntegerField(_("page"))
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    file = models.FileField(_("picture"), storage=private_storage, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="page_numbered_once"),
        ]

    def __str__(self) -> str:
        return str(_("page %d") % self.number)

    def content(self) -> dict[str, Any]:
        """Return what a page of the site may show of this page."""
        return {
            "number": self.number,
            "sha256": self.sha256,
            "width": self.width,
            "height": self.height,
            "file": str(self.file.name).rpartition("/")[2],
        }


def fraction(verbose_name: Any, smallest: float = 0.0) -> Any:
    """Return a field for a part of the page's width or height."""
    return models.FloatField(
        verbose_name, validators=[MinValueValidator(smallest), MaxValueValidator(1.0)]
    )


class Rectangle(models.Model):
    """A rectangle on a page, in fractions of its width and height from the upper left."""

    x = fraction(_("from the left"))
    y = fraction(_("from the top"))
    w = fraction(_("width"), 0.0005)
    h = fraction(_("height"), 0.0005)

    class Meta:
        abstract = True
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(x__gte=0, y__gte=0, w__gt=0, h__gt=0)
                & Q(w__lte=1 + TOLERANCE - F("x"), h__lte=1 + TOLERANCE - F("y")),
                name="%(class)s_lies_on_the_page",
                violation_error_message=_("A box ends where its page does."),
            )
        ]

    def rectangle(self) -> dict[str, float]:
        """Return the fractions by their names."""
        return {name: getattr(self, name) for name in ("x", "y", "w", "h")}

    def holds(self, other: "Rectangle") -> bool:
        """Tell whether another rectangle lies wholly inside this one."""
        return (
            self.x <= other.x + TOLERANCE
            and self.y <= other.y + TOLERANCE
            and self.x + self.w >= other.x + other.w - TOLERANCE
            and self.y + self.h >= other.y + other.h - TOLERANCE
        )


class BlackBox(Rectangle):
    """What nobody may see: it is burnt into the page's pixels."""

    page = models.ForeignKey(PageImage, models.CASCADE, related_name="boxes")

    class Meta(Rectangle.Meta):
        verbose_name = _("black box")
        verbose_name_plural = _("black boxes")

    def __str__(self) -> str:
        return f"{self.x:.3f} {self.y:.3f} {self.w:.3f} {self.h:.3f}"


class Place(Rectangle):
    """Where on the page a passage or a signature stands."""

    page = models.ForeignKey(PageImage, models.CASCADE, related_name="places")
    passage = models.ForeignKey(
        "appeals.Passage", models.CASCADE, null=True, blank=True, related_name="places"
    )
    signatory = models.ForeignKey(
        "appeals.Signatory", models.CASCADE, null=True, blank=True, related_name="places"
    )

    class Meta(Rectangle.Meta):
        verbose_name = _("place on a page")
        verbose_name_plural = _("places on pages")
        constraints = [
            *Rectangle.Meta.constraints,
            models.CheckConstraint(
                condition=Q(passage=None, signatory__isnull=False)
                | Q(passage__isnull=False, signatory=None),
                name="place_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.passage or self.signatory)

    def belongs_to(
        self, passages: Mapping[int, str], signatories: Mapping[int, int]
    ) -> dict[str, Any]:
        """Return the passage's key or the signature's place in their list, if readers get it."""
        if self.passage_id is not None:
            key = passages.get(self.passage_id)
            return {"passage": key} if key else {}
        line = signatories.get(self.signatory_id or 0)
        return {"signatory": line} if line is not None else {}
