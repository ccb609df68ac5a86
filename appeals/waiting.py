"""What waits among appeals: the documents, their translations, and single passages."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Count, F, Min, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from appeals.models import Appeal, Rendering, Translation
from editorial import desk
from editorial.desk import Heading, Waiting
from editorial.languages import listed
from editorial.states import State
from editorial.waiting import working_copies

PASSAGES = Heading(30, gettext_lazy("Passages to work on"))

SENT_BACK = Q(state=State.CHANGES_REQUESTED)
STALE = Q(state=State.APPROVED) & ~Q(accepted_digest=F("passage__digest"))


def passages(user: Any) -> Iterator[Waiting]:
    """Yield the translations in which passages of this person's, or of nobody's, wait."""
    if not user.has_perm("appeals.change_rendering"):
        return
    theirs = Rendering.objects.order_by().filter(Q(author=user) | Q(author=None))
    found = (
        theirs.filter(SENT_BACK | STALE)
        .values("translation", "translation__title", "translation__language")
        .annotate(
            appeal=F("translation__appeal__title"),
            sent_back=Count("pk", filter=SENT_BACK),
            stale=Count("pk", filter=STALE),
            since=Min("waiting_since", filter=SENT_BACK),
        )
    )
    for row in found:
        title = row["translation__title"] or row["appeal"]
        yield Waiting(
            PASSAGES,
            what=f"{title} [{row['translation__language']}]",
            kind=str(Translation._meta.verbose_name),
            url=reverse("admin:appeals_translation_review", args=[row["translation"]]),
            since=row["since"],
            why=listed(said(row["sent_back"], row["stale"])),
        )


def said(sent_back: int, stale: int) -> Iterator[str]:
    """Yield how many passages wait, and why."""
    if sent_back:
        yield ngettext(
            "%(count)d passage was sent back", "%(count)d passages were sent back", sent_back
        ) % {"count": sent_back}
    if stale:
        yield ngettext(
            "the original of %(count)d passage has changed",
            "the originals of %(count)d passages have changed",
            stale,
        ) % {"count": stale}


def register() -> None:
    """Tell the desk whom to ask."""
    desk.register("appeals", partial(working_copies, Appeal))
    desk.register("translations", partial(working_copies, Translation))
    desk.register("passages", passages)
