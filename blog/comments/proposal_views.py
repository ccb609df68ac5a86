"""Where readers propose a correction to a passage of a translation."""

from dataclasses import dataclass
from typing import Any

from django import urls
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from appeals.aligning import Passage, Side, original, translated
from appeals.texts import Texts
from appeals.views import found
from blog.comments.commenting import accept
from blog.comments.forms import ProposalForm
from blog.comments.giving_back import gives_back
from blog.comments.receipts import hand_out
from blog.guarding import tickets
from blog.guarding.removing import exposed_in
from blog.guarding.sources import mark
from editorial.methods import READING, takes
from editorial.resolving import Moved


@dataclass(frozen=True)
class Place:
    """A passage of a live translation, beside its original."""

    appeal: Any
    edition: Any
    side: Side
    passage: Passage
    source: Passage
    original_language: str


# The form carries a token of its page, as that for comments does.
@csrf_exempt
@takes(*READING, "POST")
@gives_back
def proposal(request: HttpRequest, **address: Any) -> HttpResponse:
    """Show a passage with the form to correct it, or take in a correction."""
    place = find_moved(address) if request.method == "POST" else find(address)
    home = urls.reverse("blog:proposal", kwargs=address | {"slug": place.appeal.slug})
    sent = request.POST if request.method == "POST" else None
    form = ProposalForm(place.edition, sent, home=home, path=request.path)
    ticket = tickets.read(form.path, form.cleaned_data["ticket"]) if form.is_valid() else None
    if ticket:
        return receive(request, place, form, ticket)
    previewed = form.previewed() if form.is_bound and form.can_be_shown() else None
    if form.is_bound:
        form.renew()
    context = {
        "previewed": previewed,
        "exposed": exposed_in(previewed) if previewed else [],
        "place": place,
        "form": form,
        "address": f"{text_address(address, place)}#{place.passage.key}",
        "section": "appeals",
    }
    status = 422 if form.is_bound and not previewed else 200
    return render(request, "blog/proposal.html", context, status=status)


def receive(
    request: HttpRequest, place: Place, form: ProposalForm, ticket: tickets.Ticket
) -> HttpResponse:
    """Hold a proposal for the moderators, and lead to its receipt."""
    said = form.cleaned_data
    comment = accept(
        translation_id=place.edition.item_id,
        passage=place.passage.key,
        text=said["text"],
        name=said["name"],
        language=said["language"],
        trapped=bool(said["topic"]),
        source=mark(request.META),
        ticket=ticket,
    )
    token = hand_out(comment)
    url = urls.reverse("blog:receipt", args=[token]) if token else place.appeal.get_absolute_url()
    return HttpResponseRedirect(url, status=303)


def find(address: dict[str, Any]) -> Place:
    """Return the passage at an address.

    Raises:
        Moved: its appeal lives at another address now.
        Gone: the translation or the appeal was withdrawn.
        Http404: there is no such passage in public.
    """
    slug, lang, key = address["slug"], address["lang"], address.get("key", "")
    try:
        appeal = found(slug)
    except Moved as moved:
        slug = urls.resolve(moved.url).kwargs["slug"]
        raise Moved(urls.reverse("blog:proposal", kwargs=address | {"slug": slug})) from moved
    try:
        edition = Texts(appeal).translation(lang, key)
    except Moved as moved:
        plain = {name: address[name] for name in ("slug", "lang", "passage")}
        raise Moved(urls.reverse("blog:proposal", kwargs=plain)) from moved
    side, source = translated(appeal.data, edition.data), original(appeal.data)
    for passage, above in zip(side.passages, source.passages, strict=True):
        if passage.key == address["passage"] and passage.text:
            language = appeal.data["original_language"]
            return Place(appeal, edition, side, passage, above, language)
    raise Http404


def find_moved(address: dict[str, Any]) -> Place:
    """Return the passage, also where its page has moved since the form was loaded."""
    try:
        return find(address)
    except Moved as moved:
        return find(urls.resolve(moved.url).kwargs)


def text_address(address: dict[str, Any], place: Place) -> str:
    """Return the address of the translation that the passage is part of."""
    args = [place.appeal.slug, address["lang"]]
    if key := address.get("key"):
        return urls.reverse("appeals:version", args=[*args, key])
    return urls.reverse("appeals:text", args=args)
