"""The page of results."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from config.search.answering import answer
from config.search.asking import read


def search(request: HttpRequest) -> HttpResponse:
    """Show what is public and answers a question; a question without words shows the box."""
    question = read(request.GET)
    context = {"question": question, "section": "search"}
    if question.words:
        context["answer"] = answer(question, timezone.now())
    return render(request, "search.html", context)
