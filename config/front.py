"""The front page: the newest; where the reader's language is another, what is in it comes first."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Case, Exists, JSONField, OuterRef, Q, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast
from django.urls import reverse

from appeals.models import AppealEdition, TranslationEdition
from appeals.texts import Way
from appeals.views import listed as listed_appeals
from blog.views import listed as listed_posts

POSTS, APPEALS = 12, 8


@dataclass(frozen=True)
class Column:
    """The items of one kind: those in the reader's language, and the others."""

    own: list[Any]
    others: list[Any]


def fronts(language: str) -> dict[str, Any]:
    """Return the newest posts and appeals, and the feed of the language if it holds anything.

    Who reads the newsroom's own language gets everything in one row.
    """
    posts, appeals = listed_posts(), listed_appeals()
    if language == settings.LANGUAGE_CODE:
        return {
            "posts": Column(list(posts.newest_first()[:POSTS]), []),
            "appeals": Column(list(appeals.newest_first()[:APPEALS]), []),
        }
    live: Any = TranslationEdition.objects.live().filter(language=language)
    translated = Exists(live.filter(appeal_id=OuterRef("item_id")))
    shown = parted(appeals, Q(language=language) | Q(translated), APPEALS)
    tell(shown.own, language)
    told = [appeal for appeal in shown.own if appeal.read_in]
    shown = Column(told, [appeal for appeal in shown.own if appeal not in told] + shown.others)
    read = parted(posts, Q(language=language), POSTS)
    feed = reverse("feeds:language", args=[language]).removesuffix("feed/")
    return {"posts": read, "appeals": shown, "feed": feed if read.own or shown.own else ""}


def parted(editions: Any, is_own: Q, most: int) -> Column:
    """Return the newest of those that can be read, and then of the others."""
    ordered = editions.annotate(rank=Case(When(is_own, then=Value(0)), default=Value(1)))
    found = list(ordered.order_by("rank", "-published_at", "slug")[:most])
    return Column([one for one in found if not one.rank], [one for one in found if one.rank])


def tell(appeals: list[Any], language: str) -> None:
    """Give each appeal that has a text in a language ``read_in``: its title in it, and where.

    An original that nobody transcribed is no text; a title of its own it need not have.
    """
    texts: Any = TranslationEdition.objects.live().filter(
        appeal_id__in=[appeal.item_id for appeal in appeals], language=language
    )
    titles = dict(
        texts.order_by("is_principal", "-published_at", "-key").values_list("appeal_id", "title")
    )
    said = Cast("content", JSONField())
    originals = AppealEdition.objects.filter(
        pk__in=[appeal.pk for appeal in appeals], language=language
    ).annotate(
        printed=KeyTextTransform("original_title", said), said=KeyTransform("passages", said)
    )
    for item_id, printed, passages in originals.values_list("item_id", "printed", "said"):
        if any(passage["text"] for passage in passages):
            titles[item_id] = printed
    for appeal in appeals:
        appeal.read_in = None
        if appeal.item_id in titles:
            url = reverse("appeals:text", args=[appeal.slug, language])
            appeal.read_in = Way(titles[appeal.item_id], url, language, False)
