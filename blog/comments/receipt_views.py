"""The pages of a receipt: nobody but who holds the link finds them, and nothing keeps them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import EmailField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from appeals.models import TranslationEdition
from blog.comments.moderating import Status
from blog.comments.receipt_forms import CorrectionForm
from blog.comments.receipts import correct, erase, export, found, reason_for, withdraw
from blog.comments.telling import ask, forget
from blog.comments.tongues import fitting
from blog.guarding.removing import exposed_in, spared
from blog.models import Comment, PostEdition, ReplyAddress
from editorial.methods import READING, takes
from editorial.states import CannotNow

View = Callable[..., HttpResponse]


def unkept(view: View) -> View:
    """Let no cache, no index and no other site learn of a page's address."""

    @wraps(view)
    def keep_nowhere(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return keep_nowhere


def private(view: View) -> View:
    """Look up the comment, and keep its page nowhere.

    The token in the address is what opens it, so a form on the page needs no other one.
    """

    @csrf_exempt
    @unkept
    @wraps(view)
    def open_receipt(request: HttpRequest, token: str) -> HttpResponse:
        comment = found(token)
        if comment is None:
            raise Http404
        return view(request, comment, token)

    return open_receipt


@private
def receipt(request: HttpRequest, comment: Comment, token: str) -> HttpResponse:
    """Show where a comment stands, and what its writer can do."""
    return show(request, comment, token)


def show(
    request: HttpRequest, comment: Comment, token: str, refusal: str = "", address: str = ""
) -> HttpResponse:
    """Return the page; after a refusal with the sentence that says why."""
    context = {
        "comment": comment,
        "token": token,
        "live": live(comment),
        "exposed": exposed_in(comment),
        "reason": reason_for(comment),
        "refusal": refusal,
        "address": address,
        "kept": ReplyAddress.objects.filter(comment=comment).first(),
    }
    return render(request, "blog/receipt.html", context, status=409 if refusal else 200)


def live(comment: Comment) -> Any:
    """Return the edition of its post or translation that readers see, if there is one."""
    if comment.translation_id is not None:
        editions: Any = TranslationEdition.objects.live().filter(item_id=comment.translation_id)
    else:
        editions = PostEdition.objects.live().filter(item_id=comment.post_id)
    return editions.light().first()


def back(token: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("blog:receipt", args=[token]), status=303)


@private
@takes(*READING, "POST")
def correcting(request: HttpRequest, comment: Comment, token: str) -> HttpResponse:
    """Show the form to correct a comment, or take in what was corrected.

    Asked for with ``?without``, what may expose somebody is removed in the form already.
    """
    if request.method != "POST" and "without" in request.GET:
        comment = spared(comment)
    form = CorrectionForm(comment, request.POST if request.method == "POST" else None)
    refusal = ""
    if form.is_valid():
        said = form.cleaned_data
        try:
            language = fitting(said["language"], said["text"])
            correct(comment, name=said["name"], text=said["text"], language=language)
            return back(token)
        except CannotNow as cannot:
            refusal = str(cannot)
    if form.is_bound:
        form.renew()
    context = {"comment": comment, "token": token, "form": form, "refusal": refusal}
    status = 409 if refusal else 422 if form.is_bound else 200
    return render(request, "blog/receipt_correct.html", context, status=status)


@private
@takes("POST")
def withdrawing(request: HttpRequest, comment: Comment, token: str) -> HttpResponse:
    """Take a comment back."""
    try:
        withdraw(comment)
    except CannotNow:
        pass  # it is taken back already, which is what was wanted
    return back(token)


@private
@takes(*READING, "POST")
def erasing(request: HttpRequest, comment: Comment, token: str) -> HttpResponse:
    """Ask once, for it is for good; then erase."""
    if request.method == "POST":
        erase(comment)
        return back(token)
    return render(request, "blog/receipt_erase.html", {"comment": comment, "token": token})


@private
@takes("POST")
def telling(request: HttpRequest, comment: Comment, token: str) -> HttpResponse:
    """Keep an address for replies, or forget the one there is when none is given."""
    typed = request.POST.get("address", "").strip()
    try:
        address = EmailField(required=False).clean(typed)
    except ValidationError as wrong:
        return show(request, comment, token, " ".join(wrong.messages), typed)
    if address and comment.state != Status.WITHDRAWN:
        ask(comment, address)
    else:
        forget(comment)
    return back(token)


@private
def exporting(request: HttpRequest, comment: Comment, token: str) -> HttpResponse:
    """Return what is kept of a comment as a file."""
    options = {"ensure_ascii": False, "indent": 2}
    response = JsonResponse(export(comment), json_dumps_params=options)
    response.headers["Content-Disposition"] = f'attachment; filename="comment-{comment.key}.json"'
    return response
