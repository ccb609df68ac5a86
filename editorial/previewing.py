"""Previews: a working copy in the public templates, for the desk and for who was sent a link."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.core import signing
from django.core.signing import BadSignature
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial import canonical
from editorial.models import Edition, PreviewLink, WorkingCopy, name_of
from editorial.states import MayNot

#: A page's template and what it is given.
Page = tuple[str, dict[str, Any]]
#: Makes the page of an edition; the mapping is the query of its address.
Show = Callable[[Any, Mapping[str, str]], Page]

#: How long a link may work, in days.
DAYS = (1, 7, 30)

_pages: dict[type[WorkingCopy], Show] = {}


def shows(model: type[WorkingCopy]) -> Callable[[Show], Show]:
    """Register the function that makes the public page of a kind of item."""

    def register(show: Show) -> Show:
        _pages[model] = show
        return show

    return register


def previewed(app_label: str, model_name: str) -> type[WorkingCopy]:
    """Return the model that has previews under these names.

    Raises:
        Http404: there is none.
    """
    for model in _pages:
        if (model._meta.app_label, model._meta.model_name) == (app_label, model_name):
            return model
    raise Http404


def as_edition(item: Any) -> Any:
    """Return the edition that publishing today, or as planned, would seal: unsaved, unsealed."""
    model = item.edition_model
    content = item.content() | {"note": "", "second_reader": ""}
    first = model.objects.filter(item=item).was_live().order_by("number").first()
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    published_at = first.published_at if first else item.planned_for or today
    return model(
        item=item,
        key=item.key,
        number=0,
        kind=Edition.Kind.UPDATE if first else Edition.Kind.FIRST,
        content=canonical.canonical(content),
        live_from=today,
        published_at=published_at,
        published_on=timezone.localdate(published_at),
        **model.columns(content),
        **item.edition_columns(),
    )


def preview(item: Any, asked: Mapping[str, str]) -> Page:
    """Return an item's page as readers would get it."""
    return _pages[type(item)](as_edition(item), asked)


def linked(token: str) -> PreviewLink:
    """Return the link that a token stands for.

    Raises:
        Http404: forged, expired, revoked, or its item is gone; all the same to who asks.
    """
    try:
        pk = signing.loads(token, salt=PreviewLink.SALT)
    except BadSignature:
        raise Http404 from None
    link = PreviewLink.objects.valid().filter(pk=pk).first()
    if link is None or link.item is None:
        raise Http404
    return link


def links_to(item: WorkingCopy) -> list[PreviewLink]:
    """Return the links that still open an item, the newest first."""
    return list(PreviewLink.objects.about(item).valid().order_by("-made_at", "-pk"))


def make_link(item: WorkingCopy, *, by: Any, days: int = 7) -> PreviewLink:
    """Make a link by which somebody outside may look at an item for some days.

    Raises:
        MayNot: this person makes no such links.
    """
    if not by.has_perm("editorial.add_previewlink"):
        raise MayNot(_("Your role does not include links for people outside."))
    return PreviewLink.objects.create(
        item=item,
        made_by=by,
        made_by_name=name_of(by),
        expires_at=timezone.now() + timedelta(days=days),
    )


def revoke(link: PreviewLink, *, by: Any) -> None:
    """Close a link at once.

    Raises:
        MayNot: this person makes no such links.
    """
    if not by.has_perm("editorial.change_previewlink"):
        raise MayNot(_("Your role does not include links for people outside."))
    PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
