"""The record of decisions about comments, to take along as a file."""

from datetime import datetime, time

from django import forms
from django.contrib.admin import site
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from blog.comments.recording import as_csv, as_json, rows
from blog.models import Comment

FORMATS = {"csv": (as_csv, "text/csv; charset=utf-8"), "json": (as_json, "application/json")}


class Asked(forms.Form):
    """Of which days."""

    since = forms.DateField(required=False)
    until = forms.DateField(required=False)
    format = forms.ChoiceField(choices=[(name, name) for name in FORMATS])


@require_safe
def record(request: HttpRequest) -> HttpResponseBase:
    """Offer the record, or send it, row by row."""
    if not request.user.has_perms(["blog.moderate_comment", "editorial.view_decision"]):
        raise PermissionDenied
    if "format" not in request.GET:
        return page(request)
    asked = Asked(request.GET)
    if not asked.is_valid():
        raise BadRequest
    name = asked.cleaned_data["format"]
    written, kind = FORMATS[name]
    since, until = (day(asked.cleaned_data[field]) for field in ("since", "until"))
    response = StreamingHttpResponse(written(rows(since, until)), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="decisions.{name}"'
    return response


def day(date: object) -> datetime | None:
    """Return the beginning of a day as the newsroom counts it."""
    if not date:
        return None
    return timezone.make_aware(datetime.combine(date, time.min))  # type: ignore[arg-type]


def page(request: HttpRequest) -> HttpResponse:
    context = site.each_context(request) | {"title": _("The record"), "opts": Comment._meta}
    return TemplateResponse(request, "admin/blog/comment/record.html", context)
