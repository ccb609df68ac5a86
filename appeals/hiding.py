"""Hiding a signatory's name at once: from the working copy, and from everything readers see."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.checks.document import PLACES
from appeals.evidence import shelf
from appeals.evidence.releasing import without_pictures
from appeals.models import (
    Appeal,
    AppealEdition,
    AppealEditionPage,
    CanonicalName,
    Person,
    Signatory,
    Translation,
)
from appeals.models.signatories import hush, names_of
from editorial.editing import hold
from editorial.languages import for_keeps
from editorial.matching import Needle, fold, letters_of
from editorial.models import Approval
from editorial.moving import bump, record
from editorial.redacting import change_editions, opened
from editorial.redacting.forgetting import empty_log
from editorial.resolving import history
from editorial.states import CannotNow, MayNot, State

PERMISSION = "appeals.hide_signatory"
GONE = gettext_lazy("That name stands there no more: somebody was faster.")
Content = dict[str, Any]
#: What readers are shown of a translation beside its passages.
BESIDE = [place.removeprefix(":") for place in PLACES]


@dataclass
class Named:
    """One name that stands in the working copy or in an edition of an appeal.

    Attributes:
        at: where: "draft-7" is row 7, "edition-2-0" the first signatory of edition number 2.
    """

    at: str
    name: str
    role: str
    is_public: bool


def named(appeal: Appeal) -> list[Named]:
    """Return the names that stand in an appeal, each once, first those that readers see."""
    shown = {edition.number for edition in history(AppealEdition.objects.all(), appeal.pk)}
    found: dict[str, Named] = {}
    for edition in AppealEdition._base_manager.filter(item=appeal).order_by("-number"):
        for index, signatory in enumerate(edition.data.get("signatories", [])):
            if names_of(signatory):
                at = f"edition-{edition.number}-{index}"
                add(found, at, signatory, edition.number in shown)
    for row in appeal.part("signatories"):
        if names_of(content := row.content()):
            add(found, f"draft-{row.pk}", content, False)
    return sorted(found.values(), key=lambda one: not one.is_public)


def add(found: dict[str, Named], at: str, signatory: Content, is_public: bool) -> None:
    key = fold(signatory["name"])
    one = found.setdefault(key, Named(at, signatory["name"], signatory["role"], is_public))
    one.is_public |= is_public


@transaction.atomic
def hide(appeal: Appeal, at: str, *, by: Any) -> set[str]:
    """Withhold a name from this moment on, everywhere in an appeal; return how it was written.

    The working copy's row and every edition's lose the name, as printed and as a person, under
    each spelling that belongs to it; pictures are taken from readers, for it may be read on them.
    Whoever hides a name has not worked on the text, and may still review it. A translation that
    gives the name was approved, or opened to be, by somebody who could not know: that lapses.

    Raises:
        MayNot: this person's role does not include it.
        CannotNow: the name stands there no more.
    """
    if not by.has_perm(PERMISSION):
        raise MayNot(_("Your role does not include hiding names."))
    hold(appeal)
    appeal.refresh_from_db()
    rows = list(appeal.signatories.select_related("person", "organisation"))
    editions = list(AppealEdition._base_manager.filter(item=appeal))
    pages = AppealEditionPage.objects.filter(edition__item=appeal)
    pictures = [f"{shelf.FOLDER}/{file}" for file in pages.values_list("file", flat=True)]
    forms = spellings(picked(at, rows, editions), rows, editions)
    written = written_as(forms, rows, editions)
    with for_keeps():
        ground = _("A signatory’s name was hidden.")
    with opened(by=by, ground=ground) as redaction:
        redaction.places = hide_in_rows(appeal, forms, rows)
        redaction.places += change_editions(editions, lambda content: withhold(content, forms))
        Approval.objects.about(appeal).update(digest="")
    settle(appeal, by)
    for translation in giving(appeal, forms):
        settle(translation, by)
    transaction.on_commit(cache.clear)
    shelf.forget_in_the_end(pictures)
    transaction.on_commit(forget_log)
    return written


def picked(at: str, rows: list[Signatory], editions: list[Any]) -> Content:
    """Return the signatory that a page's button meant.

    Raises:
        CannotNow: it is there no more, or its name is not.
    """
    where, _dash, place = at.partition("-")
    found: Content = {}
    if where == "draft":
        found = next((row.content() for row in rows if str(row.pk) == place), {})
    else:
        number, _dash, index = place.partition("-")
        data: Content = next((e.data for e in editions if str(e.number) == number), {})
        rows_there = {str(n): row for n, row in enumerate(data.get("signatories", []))}
        found = rows_there.get(index, {})
    if not found or not names_of(found):
        raise CannotNow(GONE)
    return found


def pick_public(appeal: Appeal, at: str) -> None:
    """Make sure that a page's button meant a name that readers see: others are not for everybody.

    Raises:
        CannotNow: it did not, or the name stands there no more.
    """
    rows = list(appeal.signatories.select_related("person", "organisation"))
    editions = list(AppealEdition._base_manager.filter(item=appeal))
    name = fold(picked(at, rows, editions)["name"])
    if name not in {fold(one.name) for one in named(appeal) if one.is_public}:
        raise CannotNow(GONE)


def spellings(first: Content, rows: list[Signatory], editions: list[Any]) -> set[str]:
    """Return every form of a name: whoever shares one with it shares all of theirs."""
    signatories = [row.content() for row in rows]
    signatories += [s for edition in editions for s in edition.data.get("signatories", [])]
    groups = [set(forms_of(signatory)) for signatory in signatories]
    known, size = set(forms_of(first)), 0
    while size != len(known):
        size = len(known)
        known = known.union(*(forms for forms in groups if forms & known))
    return known


def written_as(forms: set[str], rows: list[Signatory], editions: list[Any]) -> set[str]:
    """Return how a name is written, here and in other languages, as far as the site knows."""
    signatories = [row.content() for row in rows]
    signatories += [s for edition in editions for s in edition.data.get("signatories", [])]
    names = {name for s in signatories for name in names_of(s) if fold(name).strip() in forms}
    slugs = {form.strip("/") for form in forms if form.startswith("/")}
    for others in Person.objects.filter(slug__in=slugs).values_list("names", flat=True):
        names.update(map(str, others.values()))
    known = Q(text__in=names) | Q(variants__text__in=names)
    for name in CanonicalName.objects.filter(known).distinct().prefetch_related("variants"):
        names |= {name.text, *(variant.text for variant in name.variants.all())}
    return {name for name in names if len(letters_of(name)) > 1}


def forms_of(signatory: Content) -> Iterator[str]:
    """Yield what a signatory's name is known by: its forms, and the address of the person."""
    yield from (fold(name).strip() for name in names_of(signatory))
    person = signatory["person"] if signatory["name_status"] == "public" else None
    if person and person["slug"]:
        yield f"/{person['slug']}/"


def hide_in_rows(appeal: Appeal, forms: set[str], rows: list[Signatory]) -> int:
    """Withhold the name in the working copy; return in how many rows."""
    hidden = [row for row in rows if forms & set(forms_of(row.content()))]
    people = {row.person_id for row in hidden if row.person_id}
    for row in hidden:
        row.hush()
    for person in Person.objects.filter(pk__in=people, signed=None):
        person.go_if_unused()
    # What was found covered was so before this name was one of those to cover.
    appeal.documents.update(covered_digest="", covered_at=None, covered_by=None)
    return len(hidden)


def withhold(content: Content, forms: set[str]) -> None:
    """Withhold the name in an edition's content, in place; with it the pictures go."""
    for signatory in content.get("signatories", []):
        if forms & set(forms_of(signatory)):
            hush(signatory)
    without_pictures(content)


def giving(appeal: Appeal, forms: set[str]) -> Iterator[Translation]:
    """Yield the translations whose text still gives a name in one of its forms."""
    names = [name for name in forms if "/" not in name and len(letters_of(name)) > 1]
    if not names:
        return
    needle = Needle(names, whole_words=True)
    translations = appeal.translations.order_by("pk")
    texts = [
        *translations.values_list("pk", "renderings__text"),
        *translations.values_list("pk", "dismissals__reason"),
        *((pk, " / ".join(said)) for pk, *said in translations.values_list("pk", *BESIDE)),
    ]
    found = {pk for pk, text in texts if text and needle.is_in(text)}
    for translation in translations.filter(pk__in=found):
        hold(translation)
        yield translation


def settle(item: Appeal | Translation, by: Any) -> None:
    """Make open forms stale, take an approved text back to draft, and record that it was done."""
    item.refresh_from_db(fields=["state", "revision"])
    bump(item)
    came_from = item.state
    if came_from == State.APPROVED:
        type(item)._base_manager.filter(pk=item.pk).update(state=State.DRAFT)
        item.state = State.DRAFT
    record(item, "hide", by=by, from_state=came_from)


def forget_log() -> None:
    """Empty SQLite's write-ahead log; whoever reads at this moment keeps it until the next time."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            empty_log(cursor)
