"""The pages of appeals and translations for their previews."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from appeals.models import Appeal, AppealEdition, Translation
from appeals.texts import Texts, as_read
from appeals.views import facts, past, past_text
from editorial.previewing import Page, as_edition, shows


@shows(Appeal)
def appeal(edition: Any, asked: Mapping[str, str]) -> Page:
    """Return the page of an appeal; ``?text=`` is the language of the text to show in it."""
    texts = Texts(edition)
    ways = [way for way in texts.ways() if way.language]
    language = asked.get("text")
    known = {way.language for way in ways}
    side = texts.side(language) if language in known else texts.first()
    tongues = [
        replace(way, url=f"?text={way.language}", current=way.language == side.language)
        for way in ways
    ]
    return "appeals/detail.html", facts(edition, side, past(edition)) | {"tongues": tongues}


@shows(Translation)
def translation(edition: Any, asked: Mapping[str, str]) -> Page:
    """Return the page of a translation of the appeal as readers have it, or will."""
    live = AppealEdition.objects.live().light().filter(item_id=edition.appeal_id).first()
    whole = live or as_edition(edition.item.appeal)
    side = as_read(whole, edition.data)
    return "appeals/text.html", facts(whole, side, past_text(whole, edition))
