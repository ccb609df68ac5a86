"""Where readers report a comment to the moderators."""

from typing import Any

from django import urls
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from blog.comments.commenting import find_public
from blog.comments.forms import ReportForm
from blog.comments.reporting import report
from blog.comments.views import found_with
from blog.guarding.sources import mark


# The form carries a token of its page, as that for comments does.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def reporting(request: HttpRequest, key: str, **address: Any) -> HttpResponse:
    """Show the form to report a public comment, or take in a report."""
    edition = found_with(address, f"comments/{key}/report/")
    comment = find_public(edition.item_id, key)
    if comment is None:
        raise Http404
    home = urls.reverse("blog:report", kwargs={"key": key, **address})
    form = ReportForm(edition, request.POST if request.method == "POST" else None, home=home)
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
    response = render(request, "blog/report.html", context, status=status)
    if form.is_bound:
        add_never_cache_headers(response)
    return response
