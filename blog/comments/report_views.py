"""Where readers report a comment to the moderators."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from blog.comments.commenting import find_public
from blog.comments.forms import ReportForm
from blog.comments.giving_back import gives_back
from blog.comments.reporting import report
from blog.comments.views import find_moved, found_with
from blog.guarding.sources import mark
from editorial.methods import READING, takes


# The form carries a token of its page, as that for comments does.
@csrf_exempt
@takes(*READING, "POST")
@gives_back
def reporting(request: HttpRequest, key: str, **address: Any) -> HttpResponse:
    """Show the form to report a public comment, or take in a report."""
    if request.method == "POST":
        edition = find_moved(address)
    else:
        edition = found_with(address, f"comments/{key}/report/")
    comment = find_public(edition.item_id, key)
    if comment is None:
        raise Http404
    home = f"{edition.get_absolute_url()}comments/{key}/report/"
    sent = request.POST if request.method == "POST" else None
    form = ReportForm(edition, sent, home=home, path=request.path)
    if form.is_valid():
        said = form.cleaned_data
        source = mark(request.META)
        report(comment, ground=said["ground"], text=said["text"], hour=form.hour, source=source)
        return HttpResponseRedirect(f"{home}?sent=1", status=303)
    if form.is_bound:
        form.renew()
    context = {
        "edition": edition,
        "comment": comment,
        "address": edition.get_absolute_url(),
        "form": form,
        "sent": "sent" in request.GET,
        "section": "posts",
    }
    status = 422 if form.is_bound else 200
    return render(request, "blog/report.html", context, status=status)
