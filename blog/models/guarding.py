"""What the guard of the comments remembers."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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
