"""The public page of the moderators' figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.comments.moderating import Ground
from blog.models import CommentMonth


def figures(request: HttpRequest) -> HttpResponse:
    """Show the closed months in which something came, the newest first: one query, one table."""
    months = [
        {"figures": month, "grounds": grounds(month), "median": within(month.median_hours)}
        for month in CommentMonth.objects.filter(received__gt=0)
    ]
    return render(request, "blog/figures.html", {"months": months})


def grounds(month: CommentMonth) -> list[tuple[str, int]]:
    """Return how many were rejected for each reason, in the order moderators see them."""
    return [
        (str(label), month.grounds[name])
        for name, label in Ground.choices
        if month.grounds.get(name)
    ]


def within(hours: int | None) -> str:
    """Return how long half of the decisions took at most, in words."""
    if hours is None:
        return _("too few to say")
    if hours <= 48:
        return ngettext("%(n)d hour", "%(n)d hours", max(hours, 1)) % {"n": max(hours, 1)}
    days = -(-hours // 24)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
