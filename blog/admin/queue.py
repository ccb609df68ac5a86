"""The queue's page: a sheet of what waits, decided one by one and sent off together."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from blog.admin.survey import survey
from blog.comments.deciding import Choice, Outcome, decide_each, revision_seen
from blog.comments.moderating import MODERATION, Ground, Status
from blog.comments.proposing import standing
from blog.comments.queueing import (
    LOOKED_OVER,
    SIZE,
    SURVEYED,
    Asked,
    Stack,
    alike_to,
    place,
    read_seen,
    take_sheet,
)
from blog.comments.undoing import undo, undoable
from blog.guarding.reasons import said
from blog.guarding.scoring import LIKELY
from blog.models import Comment, PostEdition, Sheet
from editorial.numbers import whole
from editorial.states import CannotNow

LEAVE = "leave"
#: What can become of a comment that waits, and the key for it; the first choice leaves it alone.
CHOICES = [
    (LEAVE, gettext_lazy("Leave it"), "l"),
    ("approve", gettext_lazy("Approve"), "a"),
    ("reject", gettext_lazy("Reject"), "r"),
    ("mark_spam", gettext_lazy("Spam"), "s"),
    ("hold", gettext_lazy("Hold"), "h"),
]
PAGE = "admin/blog/comment/queue.html"


@dataclass(frozen=True)
class Row:
    """A comment on the sheet, with what it belongs to and what was chosen and typed for it."""

    comment: Comment
    edition: PostEdition | None
    stack: Stack | None
    #: Of the passage that a proposal is about.
    rendering: Any
    choice: Choice | None = None
    problem: str = ""

    @property
    def held_because(self) -> list[str]:
        told = said(self.comment.reasons)
        return [*told, _("It looks like what was spam here.")] if self.is_likely_spam else told

    @property
    def is_likely_spam(self) -> bool:
        """Whether it stands at the end of the sheet; that is all the score does."""
        return self.comment.score >= LIKELY


@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits; make the choices that were sent, each by itself."""
    if not request.user.has_perm("blog.moderate_comment"):
        raise PermissionDenied
    asked = Asked.read(request.GET)
    if request.method != "POST":
        return show(request, asked)
    chosen, left = choices(request.POST, asked)
    outcome = decide_each(chosen, by=request.user)
    report(request, outcome)
    if outcome.unexplained:
        return show(request, asked, outcome)
    if not outcome.done and not outcome.refused:
        messages.info(request, _("Nothing was chosen, so nothing was changed."))
    # Who leaves something alone wants to see what comes after it.
    last = request.POST.get("last", "") if left and chosen else ""
    return HttpResponseRedirect(address(asked, last))


def address(asked: Asked, after: str = "", **more: str) -> str:
    """Return the address of a part of the queue, from a place on."""
    filters = {
        "post": asked.post,
        "reason": asked.reason,
        "language": asked.language,
        "age": asked.age,
        "after": after,
    } | more
    query = urlencode({name: value for name, value in filters.items() if value})
    return reverse("admin:blog_comment_queue") + (f"?{query}" if query else "")


def choices(sent: Any, asked: Asked) -> tuple[list[Choice], int]:
    """Return the choices that a form makes, and how many comments it leaves alone.

    A choice for a comment with others under it is a choice for each of them, if it is so sent.
    """
    moves = {name.removeprefix("move-"): sent[name] for name in sent if name.startswith("move-")}
    chosen = {key: move for key, move in moves.items() if move not in ("", LEAVE)}
    if not set(chosen.values()) <= MODERATION.keys() or any("\0" in key for key in chosen):
        raise BadRequest
    made: list[Choice] = []
    for comment in Comment.objects.filter(key__in=chosen).order_by("waiting_since", "pk"):
        key, move = comment.key, chosen[comment.key]
        ground = sent.get(f"ground-{key}", "")
        if ground not in ("", *Ground.values):
            raise BadRequest
        reason = sent.get(f"reason-{key}", "")
        revision = revision_seen(sent.get(f"revision-{key}", ""))
        made.append(Choice(comment, move, Status.HELD, reason, revision, ground))
        under = read_seen(sent.get(f"alike-{key}", ""))
        as_shown = comment.state == Status.HELD and revision in (None, comment.revision)
        if as_shown and under:
            made += [
                Choice(other, move, Status.HELD, reason, under[other.pk], ground)
                for other in alike_to(comment, under, asked, move)
            ]
    return made, len(moves) - len(chosen)


def show(request: HttpRequest, asked: Asked, outcome: Outcome | None = None) -> HttpResponse:
    """Return the page; what lacked its reason stands first, with what was typed."""
    unexplained = outcome.unexplained if outcome else []
    again = {choice.comment.pk: (choice, problem) for choice, problem in unexplained}
    if request.method == "HEAD":
        return HttpResponse()
    comments, stacks = take_sheet(asked, request.user)
    first = [choice.comment for choice, _problem in again.values()][:SIZE]
    comments = first + [comment for comment in comments if comment.pk not in again]
    rows = rows_of(comments[:SIZE], stacks, again)
    end = max(comments[:SIZE], key=lambda c: (c.waiting_since, c.pk), default=None)
    rows.sort(key=lambda row: (not row.problem, row.is_likely_spam))
    found = survey(asked, request.user)
    horizon = asked.horizon()
    onward = end if len(rows) == SIZE else horizon
    context = site.each_context(request) | {
        "title": _("Comments that wait"),
        "opts": Comment._meta,
        "rows": rows,
        "choices": CHOICES,
        "grounds": Ground.choices,
        "survey": found,
        "surveyed": SURVEYED,
        "action": address(asked, request.GET.get("after", "")),
        "first": address(asked),
        "whole": address(Asked()),
        "next": address(asked, place(onward)) if onward else "",
        "looked_over": LOOKED_OVER if horizon else 0,
        "theirs": address(asked, taken="1"),
        "last": place(end) if end else "",
        "asked": asked,
        "sheet": undoable(request.user),
    }
    return TemplateResponse(request, PAGE, context, status=422 if again else 200)


def rows_of(comments: list[Comment], stacks: dict[str, Stack], again: Any) -> list[Row]:
    """Return the rows of a sheet, in four queries: for posts, what is answered, and passages."""
    live = PostEdition.objects.live().filter(item_id__in={c.post_id for c in comments})
    editions = {edition.item_id: edition for edition in live.light().defer("content")}
    parents = Comment.objects.in_bulk({c.parent_id for c in comments if c.parent_id})
    for comment in comments:
        comment.parent = parents.get(comment.parent_id or 0)
    renderings = standing(comments)
    return [
        Row(
            comment,
            editions.get(comment.post_id or 0),
            stacks.get(comment.alike or ""),
            renderings.get(comment.pk),
            *again.get(comment.pk, (None, "")),
        )
        for comment in comments
    ]


def report(request: HttpRequest, outcome: Outcome) -> None:
    """Tell what was done, and of each refusal why."""
    if done := outcome.said():
        messages.success(request, done)
    for choice, refusal in outcome.refused:
        messages.warning(request, f"{choice.comment}: {refusal}")


@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Undo the sheet that was sent last."""
    if not request.user.has_perm("blog.moderate_comment"):
        raise PermissionDenied
    number = whole(request.POST.get("sheet", ""))
    if number is None:
        raise BadRequest
    sheet = Sheet.objects.filter(by=request.user.pk, pk=number).first()
    try:
        if sheet is None:
            raise CannotNow(_("There is nothing to undo."))
        back, left = undo(sheet, by=request.user)
    except CannotNow as refusal:
        messages.warning(request, str(refusal))
    else:
        put = ngettext("%(n)d comment is as it was.", "%(n)d comments are as they were.", back)
        messages.success(request, put % {"n": back})
        if left:
            stay = ngettext(
                "%(n)d stays: somebody decided since.", "%(n)d stay: somebody decided since.", left
            )
            messages.warning(request, stay % {"n": left})
    return HttpResponseRedirect(reverse("admin:blog_comment_queue"))
