"""Mail about decisions: written with them, sent after them, each once.

Mail is not private: a notice says what kind of thing waits for what and through whom, and where
to look. It never says a title, a reason or a text.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from editorial.models import Contribution, Decision, Movable, Notice, WorkingCopy
from editorial.naming import site_name

logger = logging.getLogger(__name__)

People = QuerySet[Any]


def staff() -> People:
    """Return the people who can be told by mail."""
    return get_user_model()._default_manager.filter(is_active=True, is_staff=True).exclude(email="")


def may(item: Movable, verb: str) -> People:
    """Return those whose role includes something about items of this kind."""
    users: Any = get_user_model()._default_manager
    permitted = users.with_perm(
        item.permission(verb), backend="django.contrib.auth.backends.ModelBackend"
    )
    return staff().filter(pk__in=permitted.values("pk"))


def contributors(item: Movable) -> People:
    """Return everybody who ever worked on an item."""
    return staff().filter(pk__in=Contribution.objects.about(item).values("user"))


def latest_contributors(item: Movable) -> People:
    """Return who worked on what was decided about: in the last round that has contributions."""
    work = Contribution.objects.about(item)
    latest = work.aggregate(latest=Max("round"))["latest"]
    return staff().filter(pk__in=work.filter(round=latest).values("user"))


def second_readers(item: Movable) -> People:
    """Return those who may review an item, and did not write it."""
    return may(item, "review").exclude(pk__in=latest_contributors(item).values("pk"))


def publishers(item: Movable) -> People:
    """Return those who may publish an item."""
    return may(item, "publish")


def author(item: Any) -> People:
    """Return who wrote a part of an item."""
    return staff().filter(pk=item.author_id)


@dataclass(frozen=True)
class Message:
    """Who is told about a decision, and how."""

    to: Callable[[Any], People]
    subject: Any
    body: Any


MESSAGES = {
    "submit": Message(
        second_readers,
        gettext_lazy("%(kind)s: waits for your review"),
        gettext_lazy("%(kind)s: %(who)s submitted this for review."),
    ),
    "request_changes": Message(
        latest_contributors,
        gettext_lazy("%(kind)s: sent back to you"),
        gettext_lazy("%(kind)s: %(who)s sent this back with a reason, which you find at the desk."),
    ),
    "approve": Message(
        publishers,
        gettext_lazy("%(kind)s: approved, waits to be published"),
        gettext_lazy("%(kind)s: %(who)s approved this. It is not published yet."),
    ),
    "publish": Message(
        latest_contributors,
        gettext_lazy("%(kind)s: published"),
        gettext_lazy("%(kind)s: %(who)s published what you worked on."),
    ),
    "schedule": Message(
        latest_contributors,
        gettext_lazy("%(kind)s: scheduled"),
        gettext_lazy("%(kind)s: %(who)s scheduled what you worked on. It will appear by itself."),
    ),
    "withdraw": Message(
        contributors,
        gettext_lazy("%(kind)s: withdrawn"),
        gettext_lazy("%(kind)s: %(who)s withdrew what you worked on; readers find a note instead."),
    ),
}
#: About a part of an item, such as one passage of a translation.
MESSAGES_ABOUT_PARTS = {
    "send_back": Message(
        author,
        gettext_lazy("%(kind)s: sent back to you"),
        gettext_lazy("%(kind)s: %(who)s sent this back with a reason, which you find at the desk."),
    ),
}


def message_about(item: Any, name: str) -> Message | None:
    """Return what is mailed about a decision, if anything. Of comments nothing is."""
    if isinstance(item, WorkingCopy):
        return MESSAGES.get(name)
    if isinstance(item, Movable) and item.whole() != item:
        return MESSAGES_ABOUT_PARTS.get(name)
    return None


def write_notices(sender: Any, item: Any, decision: Decision, **kwargs: Any) -> None:
    """Receiver of ``decided``: write the notices with the decision, send them after it."""
    message = message_about(item, decision.name)
    if message is None:
        return
    people = message.to(item).exclude(pk=decision.by_id)
    with override(settings.LANGUAGE_CODE):
        words = {
            "kind": capfirst(str(item._meta.verbose_name)),
            "who": decision.by_name or _("Somebody"),
        }
        subject = f"[{site_name()}] {message.subject % words}"
        body = f"{message.body % words}\n\n{address(item)}\n"
    notices = [
        Notice(recipient=person, decision=decision, subject=subject, body=body) for person in people
    ]
    if notices:
        Notice.objects.bulk_create(notices)
        about = partial(send_notices, decision=decision.pk)
        transaction.on_commit(about, robust=True)


def address(item: Movable) -> str:
    """Return the absolute address of an item's page at the desk."""
    try:
        path = item.desk_path()
    except NoReverseMatch:  # the newsroom's own settings may leave a page out
        path = reverse("admin:index")
    return f"{settings.SITE_URL}{path}"


@dataclass
class Outcome:
    """What became of the notices that were due."""

    sent: int = 0
    failed: int = 0


def send_notices(decision: int | None = None) -> Outcome:
    """Send the notices that are due, of one decision or of all, and never one twice.

    Each is claimed by compare-and-set before it is sent, so that of several processes one sends
    it. A failure is recorded and frees the notice for a later call, a bounded number of times. A
    process that dies in between leaves its claim: that notice is not sent again.
    """
    due = Notice.objects.due()
    if decision is not None:
        due = due.filter(decision=decision)
    outcome = Outcome()
    notices = list(due.select_related("recipient").order_by("pk"))
    if not notices:
        return outcome
    connection = get_connection()
    try:
        connection.open()
    except Exception as error:
        return refused(notices, error)
    try:
        for notice in notices:
            if claim(notice):
                send(notice, connection, outcome)
    finally:
        try:
            connection.close()
        except Exception:
            logger.exception("The mail server did not say goodbye.")
    return outcome


def refused(notices: list[Notice], error: Exception) -> Outcome:
    """Record on every notice that the mail server could not be reached: one try of each."""
    outcome = Outcome()
    for notice in notices:
        if claim(notice):
            release(notice, error)
            outcome.failed += 1
    return outcome


def claim(notice: Notice) -> bool:
    """Take a notice for this process; return whether nobody else had it."""
    due = Notice.objects.due().filter(pk=notice.pk)
    return bool(
        Notice.objects.filter(pk__in=due.values("pk"), claimed_at=None).update(
            claimed_at=timezone.now(), tries=F("tries") + 1
        )
    )


def send(notice: Notice, connection: Any, outcome: Outcome) -> None:
    """Send a claimed notice and record what became of it."""
    mail = EmailMessage(
        notice.subject, notice.body, to=[notice.recipient.email], connection=connection
    )
    try:
        mail.send()
    except Exception as error:
        release(notice, error)
        outcome.failed += 1
    else:
        Notice.objects.filter(pk=notice.pk).update(sent_at=timezone.now(), failure="")
        outcome.sent += 1


def release(notice: Notice, error: Exception) -> None:
    """Record a failure and let a later call try again."""
    logger.warning("A notice could not be sent: %s", type(error).__name__)
    failure = f"{type(error).__name__}: {error}"
    Notice.objects.filter(pk=notice.pk).update(claimed_at=None, failure=failure)
