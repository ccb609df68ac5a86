"""Working copies: what people edit, and what no reader ever sees."""

import secrets
from collections.abc import Iterable
from typing import Any, ClassVar

from django.core import checks
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial import addresses
from editorial.canonical import canonical, sha256
from editorial.states import Moves, State

#: No vowels and no look-alikes: keys spell nothing and survive being read aloud.
KEY_ALPHABET = "bcdfghjkmnpqrstvwxz23456789"


def random_key(length: int = 8) -> str:
    """Return a random key. Unlike a row's number it says nothing about what else is stored."""
    return "".join(secrets.choice(KEY_ALPHABET) for _position in range(length))


class Movable(models.Model):
    """Something with a state that only ``editorial.moving.move`` changes."""

    moves: ClassVar[Moves] = {}

    state = models.CharField(_("state"), max_length=20, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    waiting_since = models.DateTimeField(_("waiting since"), default=timezone.now, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def check(cls, **kwargs: Any) -> list[checks.CheckMessage]:
        """Hold the moves against the states and permissions they speak of."""
        errors = super().check(**kwargs)
        field: Any = cls._meta.get_field("state")
        states = {value for value, _label in field.choices or []}
        for move in cls.moves.values():
            if not {*move.sources, move.target} <= states:
                errors.append(
                    checks.Error(f"The move {move.name!r} names an unknown state.", obj=cls)
                )
            if not cls._has_permission(move.permission):
                errors.append(
                    checks.Error(f"The move {move.name!r} asks for no known permission.", obj=cls)
                )
        return errors

    @classmethod
    def _has_permission(cls, verb: str) -> bool:
        if "." in verb:
            return True
        codename = f"{verb}_{cls._meta.model_name}"
        custom = {name for name, _label in cls._meta.permissions}
        return verb in cls._meta.default_permissions or codename in custom

    @classmethod
    def permission(cls, verb: str) -> str:
        """Return the full name of a permission on this model: "review" → "blog.review_post"."""
        if "." in verb:
            return verb
        return f"{cls._meta.app_label}.{verb}_{cls._meta.model_name}"

    def state_name(self) -> str:
        """Return the state in words."""
        field: Any = self._meta.get_field("state")
        return str(dict(field.flatchoices).get(self.state, self.state))

    def whole(self) -> "Movable":
        """Return what is locked before this is changed: itself, or what it is a part of.

        Everybody locks from the whole to the part; the other way round two would wait for each
        other.
        """
        return self

    def desk_path(self) -> str:
        """Return where this is worked on at the desk."""
        opts = self._meta
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[self.pk])

    @classmethod
    def named(cls, items: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Join what an item's name is made of."""
        return items

    def moves_for(self, user: Any) -> list[Any]:
        """Return the moves that this person may try from here, in the order declared."""
        return [
            move
            for move in self.moves.values()
            if self.state in move.sources and user.has_perm(self.permission(move.permission))
        ]


class WorkingCopy(Movable):
    """A text under way. Its ``content()`` is what an edition of it would seal."""

    #: The concrete edition model; set by the app that declares both.
    #: Whether readers have a page of it, on which its history and its public notes stand.
    has_page: ClassVar[bool] = True
    edition_model: ClassVar[Any] = None
    #: Decisions about such an item that are no moves and no publication, in words.
    deeds: ClassVar[dict[str, Any]] = {}
    #: The relations that ``content()`` reads, and what is joined to the rows of each.
    parts: ClassVar[dict[str, tuple[str, ...]]] = {}

    key = models.CharField(_("key"), max_length=16, unique=True, default=random_key, editable=False)
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.DRAFT, editable=False
    )
    planned_for = models.DateTimeField(
        _("planned for"),
        null=True,
        blank=True,
        help_text=_("When we mean to publish it. A plan publishes nothing."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        abstract = True

    def content(self) -> dict[str, Any]:
        """Return everything that a page may show of this item, as plain JSON values."""
        raise TypeError(f"{type(self).__name__} does not say what its content is")

    def part(self, relation: str) -> Any:
        """Return the rows of one part in their order: those prefetched, or else asked for now."""
        rows = getattr(self, relation).all()
        joined = self.parts[relation]
        if joined and relation not in getattr(self, "_prefetched_objects_cache", {}):
            return rows.select_related(*joined)
        return rows

    @classmethod
    def with_parts(cls, items: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Prefetch what ``content()`` reads: a query for each part, however many items."""
        for relation, joined in cls.parts.items():
            field = cls._meta.get_field(relation)
            if field.many_to_one:
                items = items.select_related(relation)
            else:
                rows = field.related_model._base_manager.all()  # type: ignore[union-attr]
                rows = rows.select_related(*joined) if joined else rows
                items = items.prefetch_related(models.Prefetch(relation, rows))
        return items

    def settle(self) -> None:
        """Write what follows from the text, now that it was edited."""

    def content_digest(self) -> str:
        """Return the SHA-256 of the content; it changes when, and only when, the content does."""
        return sha256(canonical(self.content()))

    def check_ready(self) -> None:
        """Raise ``CannotNow`` while something is missing without which nothing can be reviewed."""

    def check_approvable(self) -> None:
        """Raise ``CannotNow`` while a part of this still waits for a decision of its own."""

    def check_publishable(self, at: Any) -> None:
        """Raise ``CannotNow`` while something else must be public first."""

    def check_note(self, note: str) -> None:
        """Raise ``CannotNow`` where a public note says what readers must not be told."""

    def public_path(self, edition: Any) -> str:
        """Return the address that an edition of this item keeps for ever, or an empty one."""
        return addresses.canonical(edition.get_absolute_url()) if self.has_page else ""

    def after_withdrawal(self) -> str:
        """Say what readers find in the place of this once it is withdrawn."""
        return str(_("Readers find the public note in its place (410), and no text."))

    def dependents(self) -> Iterable[Any]:
        """Return the items that cannot be public without this one."""
        return []

    def edition_columns(self) -> dict[str, Any]:
        """Return what an edition's row takes from the item itself rather than from its content."""
        return {}

    def latest_edition(self) -> Any:
        """Return the edition sealed last, or None."""
        return self.edition_model._base_manager.filter(item=self).order_by("-number").first()

    def is_unpublished(self) -> bool:
        """Tell whether publishing would change what readers see: now, or once a span has ended."""
        standing = self.edition_model.objects.filter(item=self).spanning().first()
        return (
            standing is None
            or standing.is_withdrawal
            or standing.live_until is not None
            or not standing.says(self.content())
        )
