"""Links in mails to moderators: one person, one comment, one action, once, for two days."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.core import signing
from django.db import models
from django.urls import reverse
from django.utils import timezone

LIFE = timedelta(hours=48)


def in_two_days() -> datetime:
    """Return when a link made now dies."""
    return timezone.now() + LIFE


class MailLinkQuerySet(models.QuerySet[Any]):
    def valid(self) -> Self:
        """Return the links that still do something."""
        return self.filter(used_at=None, expires_at__gt=timezone.now())


class MailLink(models.Model):
    """What a link in a mail may do. Opening it does nothing; it asks for the person to sign in."""

    SALT = "blog.mail_links"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    comment = models.ForeignKey("blog.Comment", models.CASCADE, related_name="+")
    action = models.CharField(max_length=20)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=in_two_days)
    used_at = models.DateTimeField(null=True)

    objects = MailLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.action}, {self.made_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """Return where it leads; the signature names the person and the action, too."""
        token = signing.dumps([self.pk, self.user_id, self.action], salt=self.SALT)
        return reverse("admin:blog_comment_by_mail", args=[token])

    @classmethod
    def opened_by(cls, token: str, user: Any) -> "MailLink | None":
        """Return the link that a token opens for a person, used or not; none for anybody else."""
        try:
            pk, person, action = signing.loads(token, salt=cls.SALT, max_age=LIFE)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return cls.objects.filter(pk=pk, user=person, action=action, user_id=user.pk).first()
