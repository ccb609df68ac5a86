"""Where links in mails to moderators lead: a page with one button, for one person, once."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blog.comments.deciding import Choice, decide, revision_seen
from blog.comments.moderating import MODERATION, Ground, Status
from blog.comments.proposing import standing
from blog.guarding.reasons import said
from blog.models import Comment, MailLink
from editorial.states import CannotNow

PAGE = "admin/blog/comment/by_mail.html"


@require_http_methods(["GET", "HEAD", "POST"])
def by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Show the comment of a link and its one button; act when that is pressed, and only then."""
    if not request.user.has_perm("blog.moderate_comment"):
        raise PermissionDenied
    link = MailLink.opened_by(token, request.user)
    if link is None:
        return show(request, None, _("This link is no link for you, or its time is over."), 404)
    if not MailLink.objects.valid().filter(pk=link.pk).exists():
        return show(request, None, _("This link was used, or its time is over."), 410)
    if request.method != "POST":
        return show(request, link)
    ground = request.POST.get("ground", "")
    if ground not in ("", *Ground.values):
        raise BadRequest
    revision = revision_seen(request.POST.get("revision", ""))
    reason = request.POST.get("reason", "")
    comment = link.comment
    try:
        with transaction.atomic():
            if not MailLink.objects.valid().filter(pk=link.pk).update(used_at=timezone.now()):
                raise CannotNow(_("This link was used, or its time is over."))
            choice = Choice(comment, link.action, Status.HELD, reason, revision, ground)
            decide(choice, by=request.user)
    except CannotNow as refusal:
        comment.refresh_from_db()
        return show(request, link, str(refusal), 409, reason=reason, ground=ground)
    messages.success(request, _("Decided: %(done)s.") % {"done": MODERATION[link.action].done})
    return HttpResponseRedirect(reverse("admin:blog_comment_queue"))


def show(
    request: HttpRequest, link: MailLink | None, refusal: str = "", status: int = 200, **typed: Any
) -> HttpResponse:
    """Return the page; without a link that holds it says why, and nothing of any comment."""
    context = site.each_context(request) | {
        "title": MODERATION[link.action].label if link else _("A link from a mail"),
        "opts": Comment._meta,
        "comment": link and link.comment,
        "held_because": said(link.comment.reasons) if link else [],
        "rendering": link and standing([link.comment]).get(link.comment_id),
        "move": MODERATION[link.action] if link else None,
        "grounds": Ground.choices,
        "refusal": refusal,
        **typed,
    }
    return TemplateResponse(request, PAGE, context, status=status)
