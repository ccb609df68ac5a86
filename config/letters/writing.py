"""What stands in a letter: what was published since the last one, and what was put right."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from appeals.models import AppealEdition
from blog.models import PostEdition
from config import corrections
from config.letters.models import Subscription
from config.masthead import showing as masthead
from editorial.addresses import whole

#: A letter is no archive: the rest is on the site.
MOST = 50


@dataclass(frozen=True)
class News:
    """What is new for everybody who heard last at the same moment."""

    items: tuple[Any, ...]
    corrections: tuple[dict[str, Any], ...]

    def __bool__(self) -> bool:
        return bool(self.items or self.corrections)


def news(since: datetime, now: datetime) -> News:
    """Return what is live and became public after a moment, the newest first."""
    found = [
        edition
        for model in (PostEdition, AppealEdition)
        for edition in model.objects.live(now)
        .defer("content", "salts", "redactions")
        .filter(published_at__gt=since, published_at__lte=now)
        .newest_first()[:MOST]
    ]
    found.sort(key=lambda edition: edition.published_at, reverse=True)
    put_right = [row for row in corrections.newest(MOST) if row["entry"].edition.live_from > since]
    return News(tuple(found[:MOST]), tuple(put_right))


def letter(subscription: Subscription, told: News) -> EmailMultiAlternatives:
    """Return a letter, as plain text and as HTML."""
    subject = _("%(site)s: what is new") % {"site": masthead.name()}
    return mail(subscription, subject, "letters/digest", news=told)


def request(subscription: Subscription) -> EmailMultiAlternatives:
    """Return the letter that asks whether an address wants letters."""
    subject = _("%(site)s: do you want our letters?") % {"site": masthead.name()}
    return mail(subscription, subject, "letters/request")


def mail(
    subscription: Subscription, subject: str, template: str, **facts: Any
) -> EmailMultiAlternatives:
    """Return mail whose reader leaves with one click (RFC 2369, RFC 8058)."""
    language = subscription.language
    leaving = whole(reverse("letters:leave", args=[subscription.key]), language)
    context = facts | {
        "SITE_NAME": masthead.name(),
        "language": language,
        "confirming": whole(reverse("letters:confirm", args=[subscription.key]), language),
        "leaving": leaving,
        "rhythm": subscription.get_rhythm_display(),
    }
    headers = {
        "List-Unsubscribe": f"<{leaving}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    text = render_to_string(f"{template}.txt", context)
    message = EmailMultiAlternatives(subject, text, to=[subscription.address], headers=headers)
    message.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    return message


def moments(subscriptions: Iterable[Subscription]) -> set[datetime]:
    """Return the moments at which readers heard last."""
    return {one.sent_until for one in subscriptions if one.sent_until}
