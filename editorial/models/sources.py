"""Where a text comes from."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _


class SourceLink(models.Model):
    """One source. An empty address is a fact too: there was a link, and it is lost."""

    position = models.PositiveIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=300, blank=True)
    url = models.URLField(
        _("address"),
        max_length=800,
        blank=True,
        help_text=_("Empty: the link is lost."),
    )
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    seen_on = models.DateField(_("seen on"), null=True, blank=True)
    archived_url = models.URLField(_("archived copy"), max_length=800, blank=True)
    checked_at = models.DateTimeField(_("last check"), null=True, blank=True, editable=False)
    check_result = models.CharField(max_length=100, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.title or self.url or str(_("lost link"))

    @property
    def is_lost(self) -> bool:
        return not self.url

    def last_check(self) -> str:
        """Return in words what the last check found; a number is HTTP's status."""
        if self.checked_at is None:
            return str(_("not checked yet"))
        words = {
            "not-asked": _("not asked: this is no public web address"),
            "no-address": _("no server has this name any more"),
            "timeout": _("the server took too long"),
            "certificate": _("the server’s certificate does not hold"),
            "redirects": _("it leads from one address to the next without an end"),
            "no-answer": _("no answer"),
        }
        result = self.check_result
        said = words.get(result) or (_("answers") if result.startswith("2") else result)
        day = date_format(timezone.localtime(self.checked_at), "DATE_FORMAT")
        return f"{said} ({day})"

    last_check.short_description = _("last check")  # type: ignore[attr-defined]

    def content(self) -> dict[str, Any]:
        """Return what a page may show of this source."""
        return {
            "title": self.title,
            "url": self.url,
            "publisher": self.publisher,
            "seen_on": self.seen_on.isoformat() if self.seen_on else "",
            "archived_url": self.archived_url,
        }
