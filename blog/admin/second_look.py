"""The page of second looks: decisions of colleagues, one by one and sent off together."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from blog.admin.words import done
from blog.comments.queueing import SIZE
from blog.comments.second_looks import due, look
from blog.models import Comment, SecondLook
from blog.models.second_looks import Verdict
from editorial.numbers import whole
from editorial.states import CannotNow, NeedsReason

PAGE = "admin/blog/comment/second_look.html"


@require_http_methods(["GET", "HEAD", "POST"])
def second_look(request: HttpRequest) -> HttpResponse:
    """Show what waits for this person's second look; record what they think of it."""
    if not request.user.has_perm("blog.moderate_comment"):
        raise PermissionDenied
    if request.method != "POST":
        return show(request)
    sent: dict[int | None, Any] = {
        whole(name.removeprefix("verdict-")): verdict
        for name, verdict in request.POST.items()
        if name.startswith("verdict-") and verdict != "leave"
    }
    verdicts = {number: verdict for number, verdict in sent.items() if number is not None}
    if verdicts.keys() != sent.keys():
        raise BadRequest
    if not set(verdicts.values()) <= {Verdict.AGREED, Verdict.DISAGREED}:
        raise BadRequest
    looks = SecondLook.objects.filter(pk__in=verdicts).select_related("decision", "comment")
    problems: dict[int, str] = {}
    taken = 0
    for waiting in looks.order_by("pk"):
        note = request.POST.get(f"note-{waiting.pk}", "")
        try:
            look(waiting, verdicts[waiting.pk], by=request.user, note=note)
        except NeedsReason as refusal:
            problems[waiting.pk] = str(refusal)
        except CannotNow as refusal:
            messages.warning(request, f"{waiting.comment}: {refusal}")
        else:
            taken += 1
    if taken:
        said = ngettext("%(n)d second look taken.", "%(n)d second looks taken.", taken)
        messages.success(request, said % {"n": taken})
    return show(request, problems) if problems else HttpResponseRedirect(request.path)


def show(request: HttpRequest, problems: dict[int, str] | None = None) -> HttpResponse:
    """Return the page. Who decided is not said: it is the decision that is looked at."""
    rows = [
        (waiting, done(waiting.decision), (problems or {}).get(waiting.pk, ""))
        for waiting in due(request.user, SIZE)
    ]
    context: dict[str, Any] = site.each_context(request) | {
        "title": _("Second looks"),
        "opts": Comment._meta,
        "rows": rows,
    }
    return TemplateResponse(request, PAGE, context, status=422 if problems else 200)
