"""Editions: the only thing that readers see."""

import json
import re
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.canonical import leaves
from editorial.models.records import person_field

#: Leaves that sealing adds to what the working copy says.
ENVELOPE = ("note", "second_reader")


class EditionQuerySet(models.QuerySet[Any]):
    def spanning(self, at: datetime | None = None) -> Self:
        """Return the editions whose span holds a moment (now, unless another is given)."""
        at = at or timezone.now()
        return self.filter(Q(live_until=None) | Q(live_until__gt=at), live_from__lte=at)

    def live(self, at: datetime | None = None) -> Self:
        """Return what is public at a moment. Every public surface asks this and nothing else."""
        return self.spanning(at).texts()

    def texts(self) -> Self:
        """Return what was sealed of a working copy: a withdrawal seals nothing of it."""
        return self.exclude(kind=Edition.Kind.WITHDRAWAL)

    def was_live(self, at: datetime | None = None) -> Self:
        """Return what was public at some moment up to now: not schedules, not cancelled ones."""
        return self.filter(
            Q(live_until=None) | Q(live_until__gt=F("live_from")),
            live_from__lte=at or timezone.now(),
        )

    def scheduled(self, at: datetime | None = None) -> Self:
        """Return what will be public later, if nobody cancels it."""
        return self.filter(
            Q(live_until=None) | Q(live_until__gt=F("live_from")),
            live_from__gt=at or timezone.now(),
        )

    def newest_first(self) -> Self:
        """Return the editions in the order of a front page. No row number decides a tie."""
        return self.order_by("-published_at", "slug")

    def light(self) -> Self:
        """Leave out the columns that only verification reads."""
        return self.defer("salts", "redactions")


class Edition(models.Model):
    """The exact content that was approved, live for a span of time. Rows are sealed.

    ``content`` is canonical JSON (``editorial.canonical``); every other descriptive column is
    derived from it, so that lists need not open it, and is verified against it.
    """

    class Kind(models.TextChoices):
        FIRST = "first", _("first edition")
        UPDATE = "update", _("update")
        CORRECTION = "correction", _("correction")
        WITHDRAWAL = "withdrawal", _("withdrawal")

    SCHEMA: ClassVar[int] = 1

    sealed_may_become_null: ClassVar[tuple[str, ...]] = ("approved_by_id", "published_by_id")
    sealed_redactable: ClassVar[tuple[str, ...]] = (
        "content",
        "salts",
        "redactions",
        "title",
        "slug",
        "note",
        "approved_by_name",
        "published_by_name",
    )
    sealed_span = True
    #: Leaves that are words of the program, codes or digests, in which no name stands.
    program_leaves: ClassVar[frozenset[str]] = frozenset(
        {
            *("kind", "language", "original_language", "method", "comments", "second_reader"),
            *("name_status", "translator_status", "translation_of", "original_digest", "sha256"),
            *("date", "seen_on", "withdrew_on", "file"),
        }
    )

    key = models.CharField(_("key of the item"), max_length=16)
    number = models.PositiveIntegerField(_("number"))
    schema = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    content = models.TextField()
    salts = models.TextField()
    redactions = models.TextField(default="{}")
    digest = models.CharField(_("digest"), max_length=64)
    previous_digest = models.CharField(max_length=64, blank=True)
    live_from = models.DateTimeField(_("live from"))
    live_until = models.DateTimeField(_("live until"), null=True)
    #: The end it was sealed with, to come back to when what was scheduled after it is cancelled.
    meant_until = models.DateTimeField(null=True, editable=False)
    published_at = models.DateTimeField(_("first published"))
    published_on = models.DateField(_("day of first publication"))
    note = models.TextField(_("public note"), blank=True)
    title = models.CharField(_("title"), max_length=300)
    slug = models.CharField(_("slug"), max_length=120)
    language = models.CharField(_("language"), max_length=20)
    approved_by = person_field(_("approved by"))
    approved_by_name = models.CharField(max_length=200, blank=True)
    published_by = person_field(_("published by"))
    published_by_name = models.CharField(max_length=200, blank=True)
    sealed_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = EditionQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["item_id", "number"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        indexes = [
            models.Index(fields=["slug", "published_on"]),
            models.Index(fields=["-published_at", "slug"]),
            # All that is asked to tell when something last appeared or ended: no row is opened.
            models.Index(fields=["live_from", "live_until", "sealed_at"]),
            models.Index(fields=["key"]),
            # What is live and when it appeared: the calendar opens no row.
            models.Index(fields=["published_on", "live_from", "live_until", "kind"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="%(class)s_numbered_once"),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(live_until=None),
                name="%(class)s_one_open_ended",
            ),
            models.CheckConstraint(
                condition=Q(live_until=None) | Q(live_until__gte=F("live_from")),
                name="%(class)s_span_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @cached_property
    def data(self) -> dict[str, Any]:
        """The content, parsed."""
        return json.loads(self.content)

    @property
    def title_language(self) -> str:
        """The language that the title is written in."""
        return self.language

    @property
    def is_withdrawal(self) -> bool:
        return self.kind == self.Kind.WITHDRAWAL

    @property
    def is_cancelled(self) -> bool:
        return self.live_until == self.live_from

    @property
    def ended_at(self) -> datetime | None:
        """When its public life ended, if it has. An end that lies ahead is nobody's business."""
        return self.live_until if self.live_until and self.live_until <= timezone.now() else None

    def says(self, content: dict[str, Any]) -> bool:
        """Tell whether this edition says what a working copy says now.

        Where a leaf was redacted, nothing here is nothing there, in whatever shape.
        """
        said = {k: v for k, v in self.data.items() if k not in ENVELOPE}
        if said == content or self.redactions == "{}":
            return said == content
        redacted = json.loads(self.redactions)
        return without_nothing(said, redacted) == without_nothing(content, redacted)

    @classmethod
    def hush(cls, content: dict[str, Any], needle: Any) -> None:
        """Withhold in a content, in place, who can be withheld rather than struck out."""

    def envelope(self) -> dict[str, Any]:
        """Return what the digest covers beside the content."""
        return {
            "item": self.key,
            "number": self.number,
            "schema": self.schema,
            "kind": self.kind,
            "live_from": self.live_from.isoformat(),
            "published_at": self.published_at.isoformat(),
            "previous": self.previous_digest,
        }

    @classmethod
    def columns(cls, content: dict[str, Any]) -> dict[str, Any]:
        """Return the columns that lists need, derived from the content."""
        return {
            "title": content["title"],
            "slug": content["slug"],
            "language": content["language"],
            "note": content["note"],
        }

    @classmethod
    def rows(cls, content: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
        """Return the rows that lists need, by the name of their relation, derived likewise."""
        return {}


def without_nothing(content: dict[str, Any], redacted: dict[str, str]) -> dict[str, Any]:
    """Return a content's leaves without the empty ones at, above and below redacted places."""
    places = set(redacted)
    above = {place[: m.start()] for place in places for m in re.finditer("/", place)}

    def is_near(pointer: str) -> bool:
        parents = (pointer[: m.start()] for m in re.finditer("/", pointer))
        return pointer in places or pointer in above or not places.isdisjoint(parents)

    return {
        pointer: value
        for pointer, value in leaves(content)
        if value not in ("", None) or not is_near(pointer)
    }


def distinct(rows: Any) -> list[dict[str, Any]]:
    """Return the rows without repetitions, in their order."""
    return list({tuple(row.items()): row for row in rows}.values())


class EditionRow(models.Model):
    """A row of an edition that lists are made from: values, not links to working copies."""

    position = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    slug = models.CharField(max_length=120)

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name
