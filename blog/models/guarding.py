"""What the guard of the comments remembers."""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.comments.moderating import Status


class Band(models.Model):
    """A number by which comments that say nearly the same find the first of their kind."""

    founder = models.ForeignKey("blog.Comment", models.CASCADE, related_name="bands")
    value = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("band")
        verbose_name_plural = _("bands")

    def __str__(self) -> str:
        return str(self.value)


class SpentTicket(models.Model):
    """A form's ticket that was used. It goes with the day in which it would still be taken."""

    nonce = models.CharField(max_length=16, unique=True)
    spent_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("spent ticket")
        verbose_name_plural = _("spent tickets")

    def __str__(self) -> str:
        return self.nonce


class RuleQuerySet(models.QuerySet[Any]):
    def active(self) -> Self:
        """Return the rules that hold comments now."""
        return self.filter(is_active=True).order_by("pk")

    def with_report(self) -> Self:
        """Tell of each rule what it held, how often it was overruled, and when it last held."""
        state = "catches__comment__state"
        return self.annotate(
            held=Count("catches"),
            overruled=Count("catches", filter=Q(**{state: Status.APPROVED})),
            confirmed=Count(
                "catches", filter=Q(**{f"{state}__in": [Status.REJECTED, Status.SPAM]})
            ),
            last_held=Max("catches__comment__sent_at"),
        )


class Rule(models.Model):
    """What the newsroom wants held: a word, a link, or a pattern with wildcards.

    There are no regular expressions: nobody can write one here that takes for ever.
    """

    class Kind(models.TextChoices):
        WORD = "word", _("word or phrase")
        LINK = "link", _("link to a site")
        PATTERN = "pattern", _("pattern: * is anything in a line, ? one character, # a digit")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.WORD)
    text = models.CharField(
        _("what is held"),
        max_length=200,
        help_text=_("Capitals, accents and letters borrowed from other alphabets do not matter."),
    )
    note = models.CharField(_("why"), max_length=200, blank=True)
    is_active = models.BooleanField(_("holds comments now"), default=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    objects: ClassVar[Any] = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ("kind", "text")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "text"],
                name="one_rule_for_one_text",
                violation_error_message=_("There is such a rule already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.text}"

    def clean(self) -> None:
        from blog.guarding.rules import is_too_wide

        self.text = " ".join(self.text.split())
        if self.text and is_too_wide(self.kind, self.text):
            raise ValidationError({"text": _("This would hold nearly everything, or nothing.")})

    def desk_path(self) -> str:
        """Return where it is edited."""
        return reverse("admin:blog_rule_change", args=[self.pk])


class Catch(models.Model):
    """A comment that a rule held."""

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="catches")
    comment = models.ForeignKey("blog.Comment", models.CASCADE, related_name="catches")

    class Meta:
        verbose_name = _("catch")
        verbose_name_plural = _("catches")
        constraints = [models.UniqueConstraint(fields=["rule", "comment"], name="one_catch_each")]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.comment_id}"
