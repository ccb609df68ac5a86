"""The pages that mails to writers lead to. To open one does nothing; its buttons do."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from blog.comments.receipt_views import unkept
from blog.comments.telling import confirm, leave
from blog.models import Comment, PostEdition, ReplyAddress
from editorial.methods import READING, takes


# What is in the address opens it, and mail programs that leave with one click carry no cookie.
@csrf_exempt
@takes(*READING, "POST")
@unkept
def replies(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether replies are wanted, or let somebody leave. A POST without more leaves."""
    kept = opened(token)
    if request.method != "POST":
        return show(request, kept)
    if request.POST.get("act") == "confirm":
        confirm(kept)
        kept.refresh_from_db()
        return show(request, kept)
    leave(kept)
    return show(request, None)


def show(request: HttpRequest, kept: ReplyAddress | None) -> HttpResponse:
    return render(request, "blog/replies.html", {"kept": kept})


@unkept
def reply(request: HttpRequest, token: str, key: str) -> HttpResponse:
    """Lead to a reply, whose address would say in a mail what it is about."""
    kept = opened(token)
    found: Any = Comment.objects.public().filter(key=key, parent=kept.comment_id).first()
    post = found and PostEdition.objects.live().filter(item_id=found.post_id).light().first()
    if not post:
        raise Http404
    return HttpResponseRedirect(f"{post.get_absolute_url()}comments/{found.key}/")


def opened(token: str) -> ReplyAddress:
    kept = ReplyAddress.opened_by(token)
    if kept is None:
        raise Http404
    return kept
