"""Mail to moderators: that comments wait, how many and since when. Never a word of any."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from blog.comments.moderating import MODERATION
from blog.comments.queueing import SURVEYED, up_to
from blog.models import Comment, MailLink
from editorial.mailing import may
from editorial.models import Notice
from editorial.naming import site_name

#: Nobody is told more often.
PAUSE = timedelta(hours=20)
#: What a mail has links for; each does one thing with the comment that has waited longest.
ACTIONS = ("approve", "reject", "mark_spam")


def tell(now: Any = None) -> int:
    """Write a mail to every moderator who was not told lately; return to how many.

    ``editorial.mailing`` sends what was written.
    """
    now = now or timezone.now()
    after = settings.COMMENTS_MAIL_AFTER_HOURS
    first = Comment.objects.held().first()
    if not after or first is None or first.waiting_since > now - timedelta(hours=after):
        return 0
    with transaction.atomic(), override(settings.LANGUAGE_CODE):
        crew = may(first, "moderate").order_by("pk")
        # Locked, so that of two runs at once the second finds them told.
        list(
            get_user_model()._default_manager.select_for_update().filter(pk__in=crew).order_by("pk")
        )
        lately = MailLink.objects.filter(made_at__gt=now - PAUSE).values("user")
        told = list(crew.exclude(pk__in=lately))
        MailLink.objects.filter(expires_at__lt=now - timedelta(days=30)).delete()
        for person in told:
            write(person, first, now)
    return len(told)


def write(person: Any, first: Comment, now: Any) -> None:
    """Write one mail, with links of its own."""
    count = up_to(Comment.objects.held())
    said = ngettext(
        "%(n)d comment waits for the moderators, the first since %(when)s.",
        "%(n)d comments wait for the moderators, the first since %(when)s.",
        count,
    )
    if count > SURVEYED:
        count = SURVEYED
        said = ngettext(
            "More than %(n)d comment waits for the moderators, the first since %(when)s.",
            "More than %(n)d comments wait for the moderators, the first since %(when)s.",
            count,
        )
    links = [MailLink.objects.create(user=person, comment=first, action=name) for name in ACTIONS]
    lines = [
        said % {"n": count, "when": moment(first.waiting_since)},
        f"{settings.SITE_URL}{reverse('admin:blog_comment_queue')}",
        _(
            "For the one that has waited longest. Each link opens a page where you sign in; the "
            "button there does one thing, once, for you alone, until %(when)s."
        )
        % {"when": moment(links[0].expires_at)},
        *(
            f"{MODERATION[link.action].label}: {settings.SITE_URL}{link.get_absolute_url()}"
            for link in links
        ),
    ]
    subject = f"[{site_name()}] " + _("Comments wait for the moderators")
    Notice.objects.create(recipient=person, subject=subject, body="\n\n".join(lines) + "\n")


def moment(value: Any) -> str:
    return date_format(timezone.localtime(value), "DATETIME_FORMAT")
