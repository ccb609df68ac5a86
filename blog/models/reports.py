"""Readers' reports of comments that moderators may want to look at again."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.comments.moderating import Ground


class Report(models.Model):
    """One report of one comment. It waits until somebody decides about the comment."""

    comment = models.ForeignKey("blog.Comment", models.CASCADE, related_name="reports")
    ground = models.CharField(_("what is wrong"), max_length=20, choices=Ground)
    text = models.CharField(_("in your words"), max_length=500, blank=True)
    at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    #: Of its comment, its source and its hour: a button pressed twice makes one report.
    digest = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["comment", "at"])]

    def __str__(self) -> str:
        return str(self.get_ground_display())
