"""Readers' comments: public only when a moderator said so."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog.comments.moderating import MODERATION, Ground, Status
from blog.models.places import PlaceField
from editorial.fields import LANGUAGE_TAG
from editorial.matching import MARK
from editorial.models import Movable, random_key


def shown(text: str) -> str:
    """Return a text in which the reader's language says where something was removed."""
    return text.replace(MARK, gettext("[removed]"))


class CommentQuerySet(models.QuerySet[Any]):
    def public(self) -> Self:
        """Return what readers may see, in the order of a conversation.

        A decision holds when it cannot be undone any more. Of spam whose words are purged there
        is nothing left to approve. A proposal is for the translators alone.
        """
        in_force = self.filter(state=Status.APPROVED, in_force_from__lte=timezone.now())
        in_force = in_force.filter(translation=None)
        return in_force.filter(text__gt="").order_by("sent_at", "key")

    def held(self) -> Self:
        """Return what waits for a moderator, longest first; what was put back waits anew."""
        return self.filter(state=Status.HELD).order_by("waiting_since", "pk")


class Comment(Movable):
    """One comment. No account, no address, no website: a name, if one was typed, and a text."""

    moves = MODERATION
    #: Whether it was taken in by this very request, and not found there already.
    is_new = False
    forgotten_when_redacted = ("receipt", "alike")

    post = models.ForeignKey(
        "blog.Post",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name=_("post"),
    )
    #: A proposal is about a passage of a translation instead, by the passage's key.
    translation = models.ForeignKey(
        "appeals.Translation",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="proposals",
        verbose_name=_("translation"),
    )
    passage = models.CharField(_("passage"), max_length=40, blank=True, editable=False)
    #: What it became at the translation desk (``blog.comments.proposing``).
    note = models.ForeignKey(
        "editorial.Note", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    parent = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("in reply to"),
    )
    #: Random: a row's number would tell how many comments are held.
    key = models.CharField(max_length=16, unique=True, default=random_key, editable=False)
    #: Where it stands in the conversation (``blog.models.places``).
    place = PlaceField(of="sent_at")
    name = models.CharField(_("name"), max_length=80, blank=True)
    text = models.TextField(_("comment"), max_length=5000)
    #: What it is written in, as its writer said; empty where nobody knows.
    language = models.CharField(
        _("language"), max_length=20, blank=True, validators=[LANGUAGE_TAG], editable=False
    )
    state = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.HELD, editable=False
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    #: From when on the last decision holds for readers and the writer; until then it can be undone.
    in_force_from = models.DateTimeField(default=timezone.now, editable=False)
    #: Why it was rejected, of a few reasons that can be counted.
    ground = models.CharField(max_length=20, blank=True, choices=Ground, editable=False)
    #: Who has it on their sheet, until when: a courtesy among moderators, and no lock.
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)
    #: Of what was sent, so that a button pressed twice makes one comment; empty when imported.
    receipt = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    #: Where it came from, as a mark whose key dies with the day (``blog.guarding.sources``).
    source = models.CharField(max_length=24, blank=True, editable=False)
    #: Why it is held, beyond that all are: codes of ``blog.guarding.reasons``.
    reasons = models.JSONField(default=list, blank=True, editable=False)
    #: How much it looks like spam, of 100: it only sorts the queue.
    score = models.PositiveSmallIntegerField(default=50, editable=False)
    #: The key of the first comment that says nearly the same: its own, or an earlier one's.
    alike = models.CharField(max_length=16, null=True, blank=True, editable=False)  # noqa: DJ001

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["-sent_at"]
        permissions = [("moderate_comment", _("Can moderate comments"))]
        indexes = [
            models.Index(fields=["post", "state", "sent_at"]),
            models.Index(fields=["post", "state", "place"]),
            models.Index(fields=["post", "place"]),
            models.Index(fields=["state", "sent_at"]),
            models.Index(fields=["state", "waiting_since", "id"]),
            models.Index(fields=["post", "state", "waiting_since", "id"]),
            models.Index(fields=["language", "state", "waiting_since", "id"]),
            models.Index(fields=["state", "claimed_until"]),
            models.Index(fields=["source", "sent_at"]),
            models.Index(fields=["alike", "state"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(post=None) ^ models.Q(translation=None),
                name="on_a_post_or_a_translation",
            )
        ]

    def forget(self, needle: Any) -> bool:
        """Forget what was derived from a text that a redaction is about to change."""
        self.bands.all().delete()
        return False

    def __str__(self) -> str:
        return f"{self.signature}: {self.words[:40]}"

    @property
    def signature(self) -> str:
        """The name it is shown under."""
        return shown(self.name) or gettext("Anonymous")

    @property
    def words(self) -> str:
        """The text as it is shown."""
        return shown(self.text)

    @property
    def is_erased(self) -> bool:
        """Whether its writer had the words themselves removed."""
        return self.state == Status.WITHDRAWN and not self.text

    @property
    def state_in_force(self) -> str:
        """The state as its writer may see it: a decision that can be undone is none yet."""
        is_decided = self.state in (Status.APPROVED, Status.REJECTED, Status.SPAM)
        is_open = is_decided and self.in_force_from > timezone.now()
        return Status.HELD if is_open else self.state

    @property
    def paragraphs(self) -> list[str]:
        """The text's paragraphs: each may run in a direction of its own."""
        return self.words.split("\n\n")
