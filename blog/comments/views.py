"""Where a reader's comment arrives, and where readers find what was said."""

from typing import Any

from django import urls
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from blog.comments.commenting import accept
from blog.comments.conversation import Conversation
from blog.comments.discussion import page_of
from blog.comments.forms import CommentForm
from blog.comments.giving_back import gives_back
from blog.comments.modes import terms
from blog.comments.receipts import hand_out
from blog.guarding import tickets
from blog.guarding.sources import mark
from blog.models import PostEdition
from blog.views import found, show
from editorial.methods import READING, takes
from editorial.numbered import turn
from editorial.numbers import whole
from editorial.resolving import Moved


# The form carries a token of its page: a cookie would make the page differ from reader to reader.
@csrf_exempt
@takes(*READING, "POST")
@gives_back
def comment(request: HttpRequest, **address: Any) -> HttpResponse:
    """Take in a comment on a live post; show the form again if it lacks something.

    Who asks for this address instead of sending something to it is led to the form.
    """
    if request.method != "POST":
        return HttpResponseRedirect(f"{found(**address).get_absolute_url()}#write")
    return receive(request, find_moved(address), urls.reverse("blog:post", kwargs=address))


def find_moved(address: dict[str, Any]) -> PostEdition:
    """Return the live edition at an address, or where it has moved since the form was loaded."""
    try:
        return found(**address)
    except Moved as moved:
        # A redirect would lose what was written.
        return found(**urls.resolve(moved.url).kwargs)


def receive(request: HttpRequest, edition: PostEdition, path: str) -> HttpResponse:
    """Take in what was sent from the form at ``path``, or show it before it is sent."""
    form = CommentForm(edition, request.POST, path=path)
    on = terms(edition)
    if not on.is_open:
        return show(request, edition, status=403, refused=form.data.get("text", ""))
    form.is_valid()
    ticket = tickets.read(form.path, form.cleaned_data["ticket"])
    # Only what was shown to its writer alone carries a ticket: it is shown before it is sent.
    if ("preview" in request.POST or not ticket) and form.can_be_shown():
        previewed = form.previewed()
        form.renew()
        return show(request, edition, form=form, previewed=previewed)
    if not form.is_valid():
        form.renew()
        return show(request, edition, status=422, form=form)
    comment = accept(
        post_id=edition.item_id,
        mode=on.mode,
        text=form.cleaned_data["text"],
        name=form.cleaned_data["name"],
        language=form.cleaned_data["language"],
        parent=form.answered,
        trapped=bool(form.cleaned_data["topic"]),
        source=mark(request.META),
        ticket=ticket,
    )
    if token := hand_out(comment):
        return HttpResponseRedirect(urls.reverse("blog:receipt", args=[token]), status=303)
    return HttpResponseRedirect(f"{edition.get_absolute_url()}?sent=1#sent", status=303)


def comments(request: HttpRequest, **address: Any) -> HttpResponse:
    """Show one page of what was said about a post, without the post."""
    edition = found_with(address, "comments/")
    said = Conversation(edition.item_id)
    number = whole(request.GET.get("page", "1")) or 0
    if not 1 <= number <= said.pages or not said.count:
        raise Http404
    if number > 1:
        turn(request)
    context = page_of(edition, said, number) | {
        "edition": edition,
        "section": "posts",
        "open": terms(edition).is_open,
    }
    return render(request, "blog/comments.html", context)


def permalink(request: HttpRequest, key: str, **address: Any) -> HttpResponse:
    """Lead to a comment, on whatever page it stands by now."""
    edition = found_with(address, f"comments/{key}/")
    number = Conversation(edition.item_id).page_of(key)
    if not number:
        raise Http404
    url = edition.get_absolute_url()
    page = f"comments/?page={number}" if number > 1 else ""
    return HttpResponseRedirect(f"{url}{page}#comment-{key}")


def found_with(address: dict[str, Any], rest: str) -> PostEdition:
    """Return the live post at an address; one that has moved is moved with the rest of it."""
    try:
        return found(**address)
    except Moved as moved:
        raise Moved(f"{moved.url}{rest}") from moved
