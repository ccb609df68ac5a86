"""Where a reader's comment arrives."""

from typing import Any

from django import urls
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from blog.commenting import accept
from blog.forms import CommentForm
from blog.guarding import tickets
from blog.guarding.sources import mark
from blog.models import PostEdition
from blog.receipts import hand_out
from blog.views import found, show
from editorial.resolving import Moved


# The form carries a token of its page: a cookie would make the page differ from reader to reader.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, **address: Any) -> HttpResponse:
    """Hold a comment on a live post for the moderators; show the form again if it lacks something.

    Who asks for this address instead of sending something to it is led to the form.
    """
    if request.method != "POST":
        return HttpResponseRedirect(f"{found(**address).get_absolute_url()}#write")
    response = receive(request, find_moved(address), urls.reverse("blog:post", kwargs=address))
    add_never_cache_headers(response)
    return response


def find_moved(address: dict[str, Any]) -> PostEdition:
    """Return the live edition at an address, or where it has moved since the form was loaded."""
    try:
        return found(**address)
    except Moved as moved:
        # A redirect would lose what was written.
        return found(**urls.resolve(moved.url).kwargs)


def receive(request: HttpRequest, edition: PostEdition, path: str) -> HttpResponse:
    """Take in what was sent from the form at ``path``."""
    form = CommentForm(edition, request.POST, path=path)
    if edition.data["comments"] != "open":
        return show(request, edition, status=403, refused=form.data.get("text", ""))
    if not form.is_valid():
        form.renew()
        return show(request, edition, status=422, form=form)
    comment = accept(
        post_id=edition.item_id,
        hour=form.hour,
        text=form.cleaned_data["text"],
        name=form.cleaned_data["name"],
        language=form.cleaned_data["language"],
        parent=form.answered,
        trapped=bool(form.cleaned_data["topic"]),
        source=mark(request.META),
        ticket=tickets.read(form.path, form.cleaned_data["ticket"]),
    )
    if token := hand_out(comment):
        return HttpResponseRedirect(urls.reverse("blog:receipt", args=[token]), status=303)
    return HttpResponseRedirect(f"{edition.get_absolute_url()}?sent=1#sent", status=303)
