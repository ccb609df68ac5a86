"""Pages of the site: prose like posts, at an address of one word, without a date."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from config.pages.reserving import is_reserved
from editorial.models.prose import Prose, ProseEdition
from editorial.states import CannotNow
from editorial.workflow import WORKFLOW


class Page(Prose):
    """The working copy of a page."""

    moves = WORKFLOW
    parts = {"translation_of": ()}

    history = HistoricalRecords()

    class Meta:
        verbose_name = gettext_lazy("page")
        verbose_name_plural = gettext_lazy("pages")
        ordering = ["slug", "pk"]
        permissions = [
            ("review_page", gettext_lazy("Can review pages")),
            ("publish_page", gettext_lazy("Can publish pages")),
        ]

    def clean(self) -> None:
        """Refuse, beside its field, an address that is the site's own."""
        super().clean()
        if is_reserved(self.slug):
            raise ValidationError({"slug": reserved(self.slug)})

    def check_ready(self) -> None:
        """Raise ``CannotNow`` while there is nothing to read, or nowhere to read it."""
        super().check_ready()
        if is_reserved(self.slug):
            raise CannotNow(reserved(self.slug))

    def check_publishable(self, at: Any) -> None:
        """Raise ``CannotNow`` if the site has taken the address since it was reviewed."""
        if is_reserved(self.slug):
            raise CannotNow(reserved(self.slug))


def reserved(slug: str) -> str:
    """Say that an address is not to be had."""
    path = f"/{slug}/"
    return _("The address %(path)s is the site's own. Choose another slug.") % {"path": path}


class PageEdition(ProseEdition):
    """What readers see of a page."""

    item = models.ForeignKey(Page, models.PROTECT, related_name="editions")

    class Meta(ProseEdition.Meta):
        verbose_name = gettext_lazy("page edition")
        verbose_name_plural = gettext_lazy("page editions")

    def get_absolute_url(self) -> str:
        return reverse("pages:page", args=[self.slug])


Page.edition_model = PageEdition
