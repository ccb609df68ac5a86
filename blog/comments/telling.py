"""Telling writers of replies, by mail: never before they said yes, never what the reply says.

The newsroom's own notices go to accounts and are kept; these go to addresses that are forgotten,
so they have tables of their own.
"""

import logging
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from blog.comments.moderating import Status
from blog.comments.sparing import forget_marks, is_spared, note_leaving, note_question, note_yes
from blog.guarding.examining import wait_in_line
from blog.models import Comment, ReplyAddress, ReplyMail
from blog.models.telling import CONFIRMED
from editorial.addresses import whole
from editorial.naming import site_name

logger = logging.getLogger(__name__)


@transaction.atomic
def ask(comment: Comment, address: str) -> None:
    """Keep an address for replies to a comment, in place of one that was there before.

    Nothing is mailed yet: that happens when the comment is public, so that nobody can have mail
    sent to strangers by writing what no moderator lets through. To what its writer has taken back
    nothing is kept.
    """
    locked = Comment.objects.select_for_update().filter(pk=comment.pk)  # for a button pressed twice
    if not locked.exclude(state=Status.WITHDRAWN).exists():
        return
    kept = ReplyAddress.objects.filter(comment=comment, expires_at__gt=timezone.now()).first()
    if kept is None or kept.address != address:
        forget(comment)
        ReplyAddress.objects.create(comment=comment, address=address)


def forget(comment: Comment) -> None:
    """Forget where replies to a comment were to be mailed."""
    ReplyAddress.objects.filter(comment=comment).delete()


def leave(kept: ReplyAddress) -> None:
    """Forget an address whose holder wants no mail, and remember not to write there again."""
    forget(kept.comment)
    try:
        note_leaving(kept.address)
    except OSError as error:
        logger.error("ADDRESS_KEY_FILE cannot be written (%s): who left is not known.", error)


@transaction.atomic
def confirm(kept: ReplyAddress) -> None:
    """Note that the holder of an address said yes; saying so twice changes nothing."""
    now = timezone.now()
    unconfirmed = ReplyAddress.objects.filter(pk=kept.pk, confirmed_at=None)
    if unconfirmed.update(confirmed_at=now, expires_at=now + CONFIRMED):
        try:
            note_yes(kept.address)
        except OSError as error:
            logger.error("ADDRESS_KEY_FILE cannot be written (%s): a yes counts once.", error)


def tell() -> tuple[int, int]:
    """Send what is due, each once, and forget what has expired; return how many went and failed."""
    ReplyAddress.objects.filter(expires_at__lte=timezone.now()).delete()
    forget_marks()
    write_questions()
    write_replies()
    sent = failed = 0
    connection = get_connection()
    for mail in ReplyMail.objects.due().select_related("to", "reply"):
        if not claim(mail):
            continue
        try:
            message(mail, connection).send()
        except Exception as error:
            logger.warning("A mail to a reader could not be sent: %s", type(error).__name__)
            ReplyMail.objects.filter(pk=mail.pk).update(claimed_at=None)
            failed += 1
        else:
            ReplyMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now())
            sent += 1
    connection.close()
    return sent, failed


def write_questions() -> None:
    """Write the question to every new address whose comment is public by now."""
    public = Comment.objects.public().order_by().values("pk")
    new = ReplyAddress.objects.filter(confirmed_at=None, mails=None, comment__in=public)
    for kept in new.order_by("pk"):
        try:
            write_question(kept)
        except OSError as error:
            logger.error("ADDRESS_KEY_FILE cannot be written (%s): nobody is asked.", error)
            return


@transaction.atomic
def write_question(kept: ReplyAddress) -> None:
    """Write the question to one address, if it did not leave and was not asked often."""
    # One at a time: two runs, or two comments with one address, would not know of each other.
    wait_in_line()
    if not is_spared(kept.address) and ReplyMail.objects.get_or_create(to=kept, reply=None)[1]:
        note_question(kept.address)


def write_replies() -> None:
    """Write a mail for every reply that became public after its address was confirmed."""
    now = timezone.now()
    replies = Comment.objects.public().filter(
        parent__told_at__confirmed_at__lte=F("waiting_since"),
        parent__told_at__expires_at__gt=now,
    )
    told = ReplyMail.objects.exclude(reply=None).values("reply")
    for reply in replies.exclude(pk__in=told).select_related("parent__told_at"):
        answered: Any = reply.parent
        ReplyMail.objects.get_or_create(to=answered.told_at, reply=reply)


def claim(mail: ReplyMail) -> bool:
    """Take a mail for this process; return whether nobody else had it."""
    free = ReplyMail.objects.filter(pk=mail.pk, claimed_at=None)
    return bool(free.update(claimed_at=timezone.now(), tries=F("tries") + 1))


def message(mail: ReplyMail, connection: Any) -> EmailMessage:
    """Return the mail itself: where to look, how to leave, and nothing that anybody wrote."""
    language = mail.to.language
    link = whole(mail.to.get_absolute_url(), language)
    with override(language):
        if mail.reply is None:
            subject = _("Do you want to be told of replies?")
            body = _(
                "Somebody gave this address on %(site)s, to be told of replies to a comment. If "
                "that was you and you want it, say so here:\n\n%(link)s\n\nIf not, do nothing: "
                "the address is forgotten."
            )
        else:
            subject = _("There is a reply")
            body = _(
                "Somebody replied to a comment of yours on %(site)s. Read it here:\n\n"
                "%(reply)s\n\nTo be told no more:\n\n%(link)s"
            )
        reply = reverse("blog:reply", args=[mail.to.token, mail.reply.key]) if mail.reply else ""
        words = {
            "site": site_name(),
            "link": link,
            "reply": whole(reply, language),
        }
        return EmailMessage(
            f"[{site_name()}] {subject}",
            f"{body % words}\n",
            to=[mail.to.address],
            connection=connection,
            headers={
                "Auto-Submitted": "auto-generated",
                "List-Unsubscribe": f"<{link}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
