"""One comment at the desk: what it answers, what answers it, what was decided, what can be."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from blog.admin.exposed import remove
from blog.admin.words import done
from blog.comments.deciding import Choice, decide, revision_seen
from blog.comments.moderating import KEPT, MODERATION, Ground, Status
from blog.comments.proposing import passage_path, standing
from blog.comments.reporting import KEEP, keep, waiting
from blog.comments.undoing import undoable
from blog.guarding.removing import REMOVED, exposed_in
from blog.models import Comment, PostEdition, SecondLook
from editorial.models import Decision
from editorial.numbered import Paged
from editorial.numbers import whole
from editorial.states import CannotNow

#: How far up a conversation is shown.
ABOVE = 20
#: How many replies a page shows.
BELOW = 50


def public_titles(comments: Any) -> Any:
    """Tell of each comment, as ``on``, under which title readers know its post.

    What writers call it by now is not for those who moderate.
    """
    known = PostEdition.objects.was_live().texts().filter(item_id=OuterRef("post_id"))
    return comments.annotate(on=Subquery(known.order_by("-live_from").values("title")[:1]))


def show(
    request: HttpRequest, comment: Comment, refusal: str = "", reason: str = "", ground: str = ""
) -> HttpResponse:
    """Return the page; after a refusal with the sentence and the reason that was typed."""
    if not request.user.has_perm("blog.view_comment"):
        raise PermissionDenied
    live = PostEdition.objects.live().filter(item_id=comment.post_id).light().defer("content")
    decisions = Decision.objects.about(comment)
    below = comment.replies.order_by("sent_at", "pk")
    paged = Paged(request, count := below.count(), BELOW)
    context = site.each_context(request) | {
        "title": _("A comment by %(name)s") % {"name": comment.signature},
        "opts": Comment._meta,
        "comment": comment,
        "exposed": exposed_in(comment),
        "may_remove": request.user.has_perm("blog.moderate_comment"),
        "live": live.first(),
        "was": public_titles(Comment.objects.filter(pk=comment.pk)).values_list("on", flat=True)[0],
        "above": above(comment),
        "below": below[paged.start : paged.end],
        "replies": count,
        "paged": paged,
        "decisions": [(done(decision), decision) for decision in decisions],
        "is_blind": SecondLook.objects.open_to(request.user).filter(comment=comment).exists(),
        "moves": [m for m in comment.moves_for(request.user) if m.target != comment.state],
        "grounds": Ground.choices,
        "sheet": undoable(request.user),
        "reports": waiting(comment),
        "rendering": standing([comment]).get(comment.pk),
        "passage_path": passage_path(comment) if comment.translation_id else "",
        "next": Comment.objects.held().exclude(pk=comment.pk).first(),
        "refusal": refusal,
        "reason": reason,
        "ground": ground,
    }
    page = "admin/blog/comment/comment.html"
    return TemplateResponse(request, page, context, status=409 if refusal else 200)


def above(comment: Comment) -> list[Comment]:
    """Return what a comment answers, and what that answers, the first word first."""
    found: list[Comment] = []
    parent: Comment | None = comment.parent
    while parent is not None and len(found) < ABOVE:
        found.insert(0, parent)
        parent = parent.parent
    return found


def act(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Make the move that was asked for."""
    name, seen = request.POST.get("move", ""), request.POST.get("seen", "")
    if name == REMOVED:
        return take_out(request, comment)
    reason, ground = request.POST.get("reason", ""), request.POST.get("ground", "")
    if name == KEEP:
        return let_stand(request, comment)
    if name not in MODERATION or seen not in Status.values or ground not in ("", *Ground.values):
        raise BadRequest
    revision = revision_seen(request.POST.get("revision", ""))
    try:
        decide(Choice(comment, name, seen, reason, revision, ground), by=request.user)
    except CannotNow as refusal:
        comment.refresh_from_db()
        return show(request, comment, str(refusal), reason, ground)
    messages.success(request, _("Decided: %(done)s.") % {"done": MODERATION[name].done})
    return HttpResponseRedirect(request.path)


def take_out(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Take out what may expose somebody."""
    try:
        return remove(request, comment)
    except CannotNow as refusal:
        comment.refresh_from_db()
        return show(request, comment, str(refusal))


def let_stand(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Settle the reports of a comment that stays as it is."""
    try:
        last = whole(request.POST.get("last", "")) or 0
        revision = revision_seen(request.POST.get("revision", ""))
        keep(comment, by=request.user, last=last, revision=revision)
    except CannotNow as refusal:
        comment.refresh_from_db()
        return show(request, comment, str(refusal))
    messages.success(request, _("Decided: %(done)s.") % {"done": KEPT[KEEP]})
    return HttpResponseRedirect(request.path)
