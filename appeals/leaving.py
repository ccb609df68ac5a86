"""Names that an appeal gives no more and that still stand in it: nobody submits it by mistake."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from appeals.checks.gone import gone
from appeals.checks.spelled_names import spelled
from appeals.checks.texts import Text
from appeals.models import Appeal
from editorial.canonical import leaves
from editorial.editing import contribute, hold
from editorial.languages import listed
from editorial.matching import Needle, fold, letters_of
from editorial.moving import record
from editorial.states import CannotNow, MayNot, NeedsReason
from editorial.sweeping import NAMED_LIKE_ADDRESSES

PERMISSION = "appeals.change_appeal"


def places_left(appeal: Appeal) -> list[str]:
    """Return where in what readers will get of an appeal such a name stands, in words."""
    names = gone(appeal, appeal.signatories.select_related("person"))
    return list(dict.fromkeys(places(appeal, names))) if names else []


def places(appeal: Appeal, names: list[str]) -> Iterator[str]:
    whole = [name for name in names if len(letters_of(fold(name))) > 1]
    needle = Needle(whole, whole_words=True) if whole else None
    content = appeal.content()
    for pointer, value in leaves(content):
        steps = pointer.removeprefix("/").split("/")
        part, last = steps[0], steps[-1]
        if not isinstance(value, str) or last in appeal.edition_model.program_leaves:
            continue
        address = last in NAMED_LIKE_ADDRESSES
        tongue = appeal.original_language if part == "passages" else settings.LANGUAGE_CODE
        if any(spelled(Text(value, tongue), names)) or (
            needle and needle.is_in(value, address=address)
        ):
            yield place_of(content, pointer)


def place_of(content: dict[str, Any], pointer: str) -> str:
    """Return what the desk calls a place of an appeal's content."""
    part, *rest = pointer.removeprefix("/").split("/")
    if part == "passages":
        return f"§ {content['passages'][int(rest[0])]['key']}"
    said = {
        "issued_by": _("issuing organisations"),
        "addressees": _("addressees"),
        "sources": _("sources"),
        "signatories": _("signatories"),
        "documents": _("documents"),
        "names": _("name memory"),
    }
    if part in said:
        return said[part]
    field: Any = Appeal._meta.get_field({"date": "issued_on"}.get(part, part))
    return str(field.verbose_name)


def demand_none_left(appeal: Appeal) -> None:
    """Raise ``CannotNow`` while such a name stands there and nobody said why it may."""
    if appeal.names_left == appeal.revision:
        return
    if places := places_left(appeal):
        raise CannotNow(
            _(
                "A name that this appeal once gave and gives no more still stands in it:"
                " %(places)s. Take it out, or say under “Names” why it may stay."
            )
            % {"places": listed(places)}
        )


@transaction.atomic
def leave_names(appeal: Appeal, *, by: Any, reason: str, revision: int) -> None:
    """Let such names stand in the text as it is now. Who says why does not approve it.

    Any change of the text ends it. The reason is for colleagues: it would lead to the name.

    Raises:
        MayNot: this person does not work on appeals.
        NeedsReason: nothing is said about why.
        CannotNow: the text was changed after this person opened it.
    """
    if not by.has_perm(PERMISSION):
        raise MayNot(_("Your role does not include working on appeals."))
    if not reason.strip():
        raise NeedsReason(_("Please say why the name may stay."))
    hold(appeal, revision)
    appeal.refresh_from_db()
    contribute(appeal, by=by)
    Appeal._base_manager.filter(pk=appeal.pk).update(names_left=appeal.revision)
    appeal.names_left = appeal.revision
    record(appeal, "leave_names", by=by, reason=reason)
