"""Pages of appeals, of their texts and of organisations, for readers."""

from functools import partial
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from appeals.aligning import Side, original, side_by_side
from appeals.models import AppealEdition, TranslationEdition
from appeals.models.editions import AppealEditionOrganisation, text_url
from appeals.parts import led, parts_of_appeal, parts_of_translation
from appeals.rolling import Roll
from appeals.texts import Texts
from editorial.histories import History
from editorial.models import EditionQuerySet
from editorial.paging import page, pages
from editorial.reading import remembered, show_comparison, show_edition, show_history
from editorial.registers import Register, named
from editorial.resolving import Moved, resolve

#: What a template is given.
Facts = dict[str, Any]


def listed() -> EditionQuerySet:
    """Return live appeals as lists show them: without their text, with who issued them."""
    appeals = AppealEdition.objects.live().defer("content", "salts", "redactions")
    return appeals.prefetch_related(issuers())


def issuers() -> Any:
    """Return what to fetch with appeals: who issued each. Thousands may have signed it."""
    return Prefetch("organisations", AppealEditionOrganisation.objects.filter(relation="issued"))


def found(slug: str) -> Any:
    """Return the live appeal at an address."""
    return resolve(AppealEdition.objects.light(), slug=slug)


def past(appeal: Any) -> History:
    """Return the public history of a live appeal."""
    return History(AppealEdition.objects.all(), appeal.item_id, appeal.get_absolute_url())


def past_text(appeal: Any, edition: Any) -> History:
    """Return the public history of a live translation of a live appeal."""
    url = text_url(appeal.slug, edition)
    return History(TranslationEdition.objects.all(), edition.item_id, url)


def found_text(slug: str, lang: str, key: str) -> tuple[Any, Any]:
    """Return a live appeal and its live translation into a language, by its key if it has one."""
    appeal = found(slug)
    return appeal, Texts(appeal).translation(lang, key)


def appeals(request: HttpRequest) -> HttpResponse:
    """List the appeals, the newest first."""
    editions, older = page(listed(), request)
    context = {"editions": editions, "older": older, "section": "appeals"}
    return render(request, "appeals/list.html", context)


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the live edition of an appeal, with its text in the newsroom's language."""
    edition = found(slug)
    texts = Texts(edition)
    side = texts.first()
    context = facts(edition, side, past(edition)) | {"tongues": texts.ways(side.language)}
    return remembered(render(request, "appeals/detail.html", context), edition.get_absolute_url())


def text(request: HttpRequest, slug: str, lang: str, key: str = "") -> HttpResponse:
    """Show an appeal in one language; of several translations, the principal one or by key."""
    edition = found(slug)
    texts = Texts(edition)
    side = texts.side(lang, key)
    editions = past(edition) if side.original else past_text(edition, texts.translation(lang, key))
    context = facts(edition, side, editions) | {
        "tongues": texts.ways(lang),
        "versions": texts.versions(lang, key),
    }
    return remembered(render(request, "appeals/text.html", context), editions.item_url)


def facts(edition: Any, side: Side, editions: History) -> Facts:
    """Return what the page of an appeal shows with one of its texts; the history is either's."""
    return {
        "edition": edition,
        "content": edition.data,
        "side": side,
        "history": editions,
        "section": "appeals",
    }


def parallel(request: HttpRequest, slug: str, left: str, right: str) -> HttpResponse:
    """Show an appeal in two languages side by side."""
    if left == right:
        raise Http404
    edition = found(slug)
    texts = Texts(edition)
    sides = texts.side(left), texts.side(right)
    context = {
        "edition": edition,
        "content": edition.data,
        "left": sides[0],
        "right": sides[1],
        "rows": side_by_side(*sides),
        "tongues": texts.ways(left, right),
        "section": "appeals",
    }
    return render(request, "appeals/parallel.html", context)


def signatories(request: HttpRequest, slug: str, number: int = 1) -> HttpResponse:
    """Show who signed an appeal, a page at a time."""
    edition = found(slug)
    roll = Roll(edition.data["signatories"])
    if number not in roll.pages:
        raise Http404
    context = {
        "edition": edition,
        "content": edition.data,
        "roll": roll,
        "number": number,
        "groups": roll.page(number),
        "range": roll.range_of(number),
        "section": "appeals",
    }
    return render(request, "appeals/signatories.html", context)


def signatories_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a later page of who signed; the first has its address without a number."""
    if number == 1:
        raise Moved(reverse("appeals:signatories", args=[slug]))
    return signatories(request, slug, number)


def history(request: HttpRequest, slug: str) -> HttpResponse:
    """List the public editions of an appeal."""
    live = found(slug)
    return show_history(request, live, past(live), section="appeals")


def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one public edition of an appeal as it was, with its original text."""
    live = found(slug)
    editions = past(live)
    content = editions.numbered(number).edition.data
    context = {"content": content, "side": original(content), "section": "appeals", "whole": True}
    return show_edition(request, live, editions, number, "appeals/_appeal.html", context)


def compare(request: HttpRequest, slug: str, old: int, new: int) -> HttpResponse:
    """Show what differs between two public editions of an appeal."""
    live = found(slug)
    numbers = (old, new)
    parts = partial(parts_of_appeal, into=led(live.data))
    return show_comparison(request, live, past(live), numbers, parts, section="appeals")


def text_history(request: HttpRequest, slug: str, lang: str, key: str = "") -> HttpResponse:
    """List the public editions of a translation."""
    appeal, live = found_text(slug, lang, key)
    return show_history(request, live, past_text(appeal, live), section="appeals")


def text_edition(
    request: HttpRequest, slug: str, lang: str, number: int, key: str = ""
) -> HttpResponse:
    """Show one public edition of a translation as it was."""
    appeal, live = found_text(slug, lang, key)
    editions = past_text(appeal, live)
    content = editions.numbered(number).edition.data
    context = {"content": content, "section": "appeals"}
    body = "appeals/_translation.html"
    return show_edition(request, live, editions, number, body, context)


def text_compare(
    request: HttpRequest, slug: str, lang: str, old: int, new: int, key: str = ""
) -> HttpResponse:
    """Show what differs between two public editions of a translation."""
    appeal, live = found_text(slug, lang, key)
    editions = past_text(appeal, live)
    parts = partial(parts_of_translation, into=led(appeal.data))
    return show_comparison(request, live, editions, (old, new), parts, section="appeals")


def organisations(request: HttpRequest) -> HttpResponse:
    """List the organisations that issued or signed a live appeal by the alphabet."""
    live = AppealEditionOrganisation.objects.filter(edition__in=AppealEdition.objects.live())
    context = {
        "register": Register(named(live), request),
        "title": _("Organisations"),
        "to": "appeals:organisation",
        "section": "appeals",
    }
    return render(request, "register.html", context)


def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """List what an organisation issued and what it signed."""
    rows = AppealEditionOrganisation.objects.filter(slug=slug)
    live = rows.filter(edition__in=AppealEdition.objects.live())
    newest = live.order_by("-edition__live_from", "edition__slug", "name").first()
    if newest is None:
        raise Http404
    lists = {
        relation: listed().filter(pk__in=rows.filter(relation=relation).values("edition"))
        for relation in ("issued", "signed")
    }
    parts = pages(lists, request)
    context = {"organisation": newest, "parts": parts, "section": "appeals"}
    return render(request, "appeals/organisation.html", context)
