"""What became of one passage in one translation: every version, word by word, and who decided."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin import site
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from appeals.accepting import PASSAGE_MOVES
from appeals.keys import led_to
from appeals.models import Passage, Rendering, Translation
from editorial.comparing import Piece, differences
from editorial.models import Decision, Note, name_of
from editorial.numbers import whole

#: So many versions, decisions and notes stand on a page.
A_PAGE = 25


@dataclass
class Version:
    """A text that a rendering had, and what was another in the one before it."""

    at: datetime
    by: str
    text: str
    #: The key of a passage that went into this one since; empty for its own.
    key: str
    pieces: list[Piece]


@require_safe
def passage_history(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Show every version of a rendering, the newest first, with its notes and decisions."""
    if not request.user.has_perm("appeals.view_translation"):
        raise PermissionDenied
    translation = get_object_or_404(Translation.objects.select_related("appeal"), pk=pk)
    passage = led_to(translation.appeal, key)
    if passage.key != key:
        return HttpResponseRedirect(
            reverse("admin:appeals_translation_passage", args=[pk, passage.key])
        )
    context = site.each_context(request) | {
        "title": _("History of %(passage)s: %(translation)s")
        % {"passage": passage, "translation": translation},
        "is_nav_sidebar_enabled": False,
        "translation": translation,
        "original": translation.appeal,
        "passage": passage,
        **paged(request, translation, passage),
    }
    return TemplateResponse(request, "admin/appeals/translation/passage.html", context)


def paged(request: HttpRequest, translation: Translation, passage: Passage) -> dict[str, Any]:
    """Return a page of the versions, decisions and notes; only what is shown is compared."""
    rows = history_rows(translation, passage)
    lists: dict[str, Any] = {
        "versions": list(texts(rows))[::-1],
        "decisions": decisions({row.id for _key, row in rows}),
        "notes": Note.objects.about(translation).filter(place=passage.key).order_by("-at", "-pk"),
    }
    pages: dict[str, Any] = {name: Paginator(found, A_PAGE) for name, found in lists.items()}
    at = whole(request.GET.get("page", "")) or 1
    shown: dict[str, Any] = {
        name: list(of_all.page(at).object_list) if at in of_all.page_range else []
        for name, of_all in pages.items()
    }
    shown["versions"] = [compare(*version) for version in shown["versions"]]
    shown["decisions"] = labelled(shown["decisions"])
    last = max(of_all.num_pages for of_all in pages.values())
    return shown | {"newer": at - 1 if at > 1 else 0, "older": at + 1 if at < last else 0}


def history_rows(translation: Translation, passage: Passage) -> list[tuple[str, Any]]:
    """Return the history of a passage's rendering and of those that went into it, oldest first.

    Each comes with the key its passage had, empty for today's.
    """
    former = {alias.former_id: alias.key for alias in passage.aliases.all()}
    keys = {passage.pk: ""} | former
    rows: Any = Rendering.history
    found = rows.filter(translation_id=translation.pk, passage_id__in=keys)
    found = found.select_related("author", "history_user").order_by("history_date", "history_id")
    return [(keys[row.passage_id], row) for row in found]


def texts(rows: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any, str]]:
    """Yield each text that differs from the one before it in the same rendering, with that one."""
    before: dict[int, str] = {}
    for key, row in rows:
        old = before.get(row.id, "")
        if row.history_type == "-" or row.text == old:
            continue
        before[row.id] = row.text
        yield key, row, old


def compare(key: str, row: Any, old: str) -> Version:
    """Return a version, compared with the one before it."""
    by = name_of(row.history_user or row.author)
    return Version(row.history_date, by, row.text, key, differences(old, row.text))


def decisions(renderings: Iterable[int]) -> QuerySet[Decision]:
    """Return what was decided about renderings, the newest first."""
    kind = ContentType.objects.get_for_model(Rendering)
    found = Decision.objects.filter(content_type=kind, object_id__in=list(renderings))
    return found.order_by("-at", "-pk")


def labelled(decided: list[Any]) -> list[Any]:
    """Give each decision the ``label`` that says what was decided."""
    more = {"merge": _("merged with another accepted one")}
    for decision in decided:
        step = PASSAGE_MOVES.get(decision.name)
        decision.label = step.done if step else more.get(decision.name, _("to be reviewed again"))
    return decided
