"""Sending the card of what is live, and of nothing else."""

from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from appeals.models import AppealEdition, TranslationEdition
from appeals.templatetags.appeals import kind_of_appeal
from blog.models import PostEdition
from config.answering import answer
from config.cards.drawing import Words, card
from config.masthead import showing as masthead
from config.pages.models import PageEdition
from editorial.canonical import sha256
from editorial.languages import language_name, long_date, partial_date

MODELS: list[Any] = [PostEdition, AppealEdition, TranslationEdition, PageEdition]


def address(edition: Any) -> str:
    """Return where the card of an edition is while it is live."""
    return reverse("card", args=[edition.key, edition.digest])


def picture(request: HttpRequest, item: str, digest: str) -> HttpResponse:
    """Send a card. It is asked for anew each time: a redaction changes it and not its address."""
    edition = live(item, digest)
    words = said_on(edition)
    key = f"card:{sha256(repr(words))}"
    drawn = cache.get(key)
    if drawn is None:
        drawn = card(words)
        cache.set(key, drawn, 60 * 60 * 24)
    return answer(drawn, "image/png")


def live(item: str, digest: str) -> Any:
    """Return the live edition of an item that has this digest.

    Raises:
        Http404: there is none, or it is not live now.
    """
    for model in MODELS:
        edition = model.objects.live().light().filter(key=item, digest=digest).first()
        if edition is not None:
            return edition
    raise Http404


def said_on(edition: Any) -> Words:
    """Return what the card of an edition says."""
    title, language = edition.title, edition.title_language
    if isinstance(edition, PostEdition):
        facts = [_("Commentary"), language_name(language), long_date(edition.published_on)]
    elif isinstance(edition, PageEdition):
        facts = [capfirst(language_name(language))]
    else:
        content = appeal_of(edition).data
        source = translated_from(content["original_language"], language)
        facts = [kind_of_appeal(content["kind"]), source, partial_date(content["date"])]
    told = " · ".join(fact for fact in facts if fact)
    return Words(masthead.name(), title, language, told, get_language() or "en")


def appeal_of(edition: Any) -> Any:
    """Return the live appeal that an edition is, or is a translation of."""
    if isinstance(edition, AppealEdition):
        return edition
    return AppealEdition.objects.live().light().get(item_id=edition.appeal_id)


def translated_from(original: str, language: str) -> str:
    """Say from which language a text comes; its own name where it is the original."""
    if not original or original == language:
        return language_name(original) if original else ""
    return _("from %(language)s") % {"language": language_name(original)}
