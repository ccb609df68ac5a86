"""What a colleague decided to leave as it is, though a check asked."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from editorial.canonical import sha256
from editorial.models.records import person_field

#: Checks whose findings would lead readers to what was hidden.
KEPT_FROM_READERS = {"hidden_person"}
#: Checks that read more than the two texts: what they said then, they may not say of them now.
READING_MORE = {"heads", "names", "glossary", "length"}


class CheckDismissal(models.Model):
    """A finding that somebody set aside, with the reason. Rows are written once.

    It speaks of two texts by their digests, and of what else its check had read by the
    fingerprint: when any of it changes, it no longer speaks.
    """

    #: A fingerprint of what was found in a text would confirm a guess at a name struck from it.
    lapses_when_redacted = True

    translation = models.ForeignKey(
        "appeals.Translation", models.CASCADE, related_name="dismissals", editable=False
    )
    #: The passage, by its key, as notes have it.
    place = models.CharField(pgettext_lazy("in a text", "place"), max_length=60, editable=False)
    code = models.CharField(_("check"), max_length=40, editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    original_digest = models.CharField(max_length=64, editable=False)
    rendering_digest = models.CharField(max_length=64, editable=False)
    reason = models.TextField(_("reason"))
    by = person_field(_("by"))
    by_name = models.CharField(_("by"), max_length=200, blank=True, editable=False)
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        verbose_name = _("dismissed finding")
        verbose_name_plural = _("dismissed findings")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "translation",
                    "place",
                    "fingerprint",
                    "original_digest",
                    "rendering_digest",
                ],
                name="finding_dismissed_once",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="dismissal_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.code}"

    @property
    def is_for_readers(self) -> bool:
        """Whether readers hear of it. Where a hidden name may stand, nobody is shown."""
        return self.code not in KEPT_FROM_READERS

    @property
    def is_doubtful(self) -> bool:
        """Whether its check has to be asked again, the texts being the same.

        What an import tells of a finding that no check here makes stays as it was told.
        """
        return self.code in READING_MORE and self.fingerprint != told(self.code, self.reason)

    @property
    def texts(self) -> tuple[str, str]:
        """The digests of the original and the rendering that it is about."""
        return self.original_digest, self.rendering_digest


def told(code: str, reason: str) -> str:
    """Return the fingerprint of a finding that is only known from what somebody said of it."""
    return sha256(f"{code} {reason}")
