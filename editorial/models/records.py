"""Who did what: decisions, approvals, contributions, notes. They outlive the people in them."""

from typing import Any, ClassVar, Self, cast

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat, StrIndex
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def name_of(user: Any) -> str:
    """Return the name under which a person's acts are recorded; empty for nobody."""
    return (user.get_full_name() or user.get_username()) if user else ""


def person_field(verbose_name: Any) -> Any:
    """Return a field for somebody whose account may one day be gone."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=verbose_name,
    )


class AboutQuerySet(models.QuerySet[Any]):
    def about(self, item: models.Model) -> Self:
        """Return the records about one item."""
        return self.filter(content_type=ContentType.objects.get_for_model(item), object_id=item.pk)

    def unresolved(self) -> Self:
        """Return the notes that still ask for something."""
        return self.filter(resolved_at=None)


class AboutItem(models.Model):
    """A record about an item of some app that this one does not know."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, editable=False)
    object_id = models.PositiveBigIntegerField(editable=False)
    item = GenericForeignKey()

    objects: ClassVar[Any] = AboutQuerySet.as_manager()

    class Meta:
        abstract = True


class Decision(AboutItem):
    """One move that was made. Rows are sealed: they are written once and never change."""

    sealed_may_become_null = ("by_id",)
    sealed_redactable = ("reason", "by_name")

    name = models.CharField(_("decision"), max_length=40)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    by = person_field(_("by"))
    by_name = models.CharField(_("by"), max_length=200, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id", "at"])]

    def __str__(self) -> str:
        return f"{self.name}: {self.by_name or '–'}, {self.at:%Y-%m-%d %H:%M}"


class Contribution(AboutItem):
    """Somebody changed the content of an item in a ``round`` of work: see ``current_round``."""

    round = models.PositiveIntegerField()
    user = person_field(_("contributor"))
    user_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "round", "user"],
                name="one_per_round",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_name} ({self.round})"


class Approval(AboutItem):
    """A second person's yes to an exact content, by its digest.

    ``contributors`` holds the ids of everybody who had contributed, as ",3,17,": so the database
    itself can refuse a row whose approver is among them.
    """

    sealed_may_become_null = ("approver_id",)
    sealed_redactable = ("digest", "approver_name")

    digest = models.CharField(_("digest"), max_length=64, blank=True)
    revision = models.PositiveIntegerField(_("revision"))
    approver = person_field(_("approved by"))
    approver_name = models.CharField(_("approved by"), max_length=200)
    contributors = models.TextField(_("worked on it"), default=",")
    is_second_reader = models.BooleanField(_("second reader"), default=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["pk"]
        indexes = [models.Index(fields=["content_type", "object_id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_second_reader=False)
                | cast("Any", Exact)(
                    StrIndex(
                        F("contributors"),
                        Concat(
                            Value(","),
                            Cast("approver_id", CharField()),
                            Value(","),
                        ),
                    ),
                    0,
                ),
                name="four_eyes",
                violation_error_message=_("Nobody approves what they wrote themselves."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.approver_name}, {self.at:%Y-%m-%d %H:%M}"


class Note(AboutItem):
    """A remark of one colleague to another, at a place: a field's name or a passage's key."""

    class Weight(models.TextChoices):
        BLOCKER = "blocker", _("blocks approval")
        QUESTION = "question", _("question")
        NIT = "nit", _("small thing")

    weight = models.CharField(_("weight"), max_length=10, choices=Weight, default=Weight.QUESTION)
    place = models.CharField(pgettext_lazy("in a text", "place"), max_length=60, blank=True)
    text = models.TextField(_("note"))
    author = person_field(_("by"))
    author_name = models.CharField(_("by"), max_length=200, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True, editable=False)
    resolved_by = person_field(_("resolved by"))
    resolved_by_name = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id", "at"])]

    def __str__(self) -> str:
        return f"{self.place}: {self.text[:40]}" if self.place else self.text[:40]
