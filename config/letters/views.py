"""Pages where readers ask for letters and leave again. None of them looks at a cookie."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt

from config.letters import subscribing
from config.letters.forms import LettersForm
from editorial.methods import READING, takes


# A form carries a token of its page or the key of its letter: a cookie would tell readers apart.
@csrf_exempt
@takes(*READING, "POST")
def letters(request: HttpRequest) -> HttpResponse:
    """Ask for letters. The answer is the same whether the address was known or not."""
    if request.method != "POST":
        context = {"form": LettersForm(), "asked": "asked" in request.GET}
        return render(request, "letters/letters.html", context)
    form = LettersForm(request.POST)
    if not form.is_valid():
        response = render(request, "letters/letters.html", {"form": form}, status=422)
        add_never_cache_headers(response)
        return response
    if not form.cleaned_data["topic"]:
        subscribing.ask(form.cleaned_data["address"], form.cleaned_data["rhythm"])
    return HttpResponseRedirect(f"{reverse('letters:letters')}?asked=1", status=303)


@csrf_exempt
@takes(*READING, "POST")
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm with a button: programs that look at links in mail press none."""
    known = subscribing.confirm(key) if request.method == "POST" else None
    return private(request, "letters/confirm.html", {"known": known})


@csrf_exempt
@takes(*READING, "POST")
def leave(request: HttpRequest, key: str) -> HttpResponse:
    """Leave: by the button, or by a mail program's single POST (RFC 8058)."""
    if request.method == "POST":
        subscribing.leave(key)
    return private(request, "letters/leave.html", {"left": request.method == "POST"})


def private(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    """Answer somebody with a key of their own: nothing of it is kept on the way."""
    response = render(request, template, context)
    add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
