"""The queue: the comments that wait, oldest first, decided one by one and sent off together."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from blog.deciding import Choice, Outcome, decide_each, revision_seen
from blog.models import Comment
from blog.moderating import MODERATION, Status

SHOWN = 25
#: What can become of a comment that waits; the first choice leaves it waiting.
CHOICES = [
    ("", gettext_lazy("Leave it")),
    ("approve", gettext_lazy("Approve")),
    ("reject", gettext_lazy("Reject")),
    ("mark_spam", gettext_lazy("Spam")),
]


@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits; make the choices that were sent, each by itself."""
    if not request.user.has_perm("blog.moderate_comment"):
        raise PermissionDenied
    if request.method != "POST":
        return show(request)
    outcome = decide_each(choices(request.POST), by=request.user)
    report(request, outcome)
    if outcome.unexplained:
        return show(request, outcome)
    if not outcome.done and not outcome.refused:
        messages.info(request, _("Nothing was chosen, so nothing was changed."))
    return HttpResponseRedirect(request.path)


def choices(sent: Any) -> list[Choice]:
    """Return the choices that a form makes; it shows only what waits."""
    chosen = {
        name.removeprefix("move-"): sent[name]
        for name in sent
        if name.startswith("move-") and sent[name]
    }
    if not set(chosen.values()) <= MODERATION.keys():
        raise BadRequest
    comments = Comment.objects.filter(key__in=chosen).order_by("sent_at", "pk")
    return [
        Choice(
            comment,
            chosen[comment.key],
            Status.HELD,
            sent.get(f"reason-{comment.key}", ""),
            revision_seen(sent.get(f"revision-{comment.key}", "")),
        )
        for comment in comments
    ]


def show(request: HttpRequest, outcome: Outcome | None = None) -> HttpResponse:
    """Return the page; what lacked its reason stands first, with what was typed."""
    unexplained = outcome.unexplained if outcome else []
    again = {choice.comment.pk: (choice.move, problem) for choice, problem in unexplained}
    held = Comment.objects.held().select_related("post", "parent")
    comments = list(held.defer("post__body", "post__summary")[: SHOWN + len(again)])
    comments.sort(key=lambda comment: comment.pk not in again)
    rows = [(comment, *again.get(comment.pk, ("", ""))) for comment in comments[:SHOWN]]
    context = site.each_context(request) | {
        "title": _("Comments that wait"),
        "opts": Comment._meta,
        "rows": rows,
        "choices": CHOICES,
        "more": max(Comment.objects.held().count() - len(rows), 0),
    }
    page = "admin/blog/comment/queue.html"
    return TemplateResponse(request, page, context, status=422 if again else 200)


def report(request: HttpRequest, outcome: Outcome) -> None:
    """Tell what was done, and of each refusal why."""
    if said := outcome.said():
        messages.success(request, said)
    for choice, refusal in outcome.refused:
        messages.warning(request, f"{choice.comment}: {refusal}")
