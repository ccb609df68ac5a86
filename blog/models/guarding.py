"""What the guard of the comments remembers."""

from django.db import models
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
