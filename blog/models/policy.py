"""How the whole site takes comments, set at the desk."""

from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from blog.comments.moderating import Mode


class CommentPolicy(models.Model):
    """One row at most; a site without it has every comment read first, and closes none."""

    ONLY: ClassVar[int] = 1

    mode = models.CharField(
        _("comments"),
        max_length=8,
        choices=Mode,
        default=Mode.HOLD,
        help_text=_("On posts that do not say otherwise."),
    )
    days = models.PositiveSmallIntegerField(
        _("closed after so many days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Counted from a post's first publication. Empty: never."),
    )
    is_for_all = models.BooleanField(
        _("on every post, whatever it says itself"),
        default=False,
        help_text=_("For hard days: a post that is closed stays closed."),
    )

    class Meta:
        verbose_name = _("rules for comments on the whole site")
        verbose_name_plural = _("rules for comments on the whole site")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_policy")]

    def __str__(self) -> str:
        return str(Mode(self.mode).label)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the only row there is."""
        self.pk = self.ONLY
        super().save(*args, **kwargs)

    @classmethod
    def current(cls) -> "CommentPolicy":
        """Return what holds now. One query."""
        return cls.objects.first() or cls()
