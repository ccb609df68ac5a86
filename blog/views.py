"""Pages of posts, for readers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from blog.models import PostEdition
from editorial.resolving import resolve


def post(request: HttpRequest, year: int, month: str, slug: str) -> HttpResponse:
    """Show the live edition of a post."""
    edition = resolve(
        PostEdition.objects.light(),
        published_on__year=year,
        published_on__month=int(month),
        slug=slug,
    )
    return render(request, "blog/post.html", {"edition": edition})
