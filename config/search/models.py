"""The index: rows made from editions, and from nothing else. ``rebuild_search`` makes them anew."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from appeals.models import AppealEdition, TranslationEdition
from blog.models import PostEdition
from config.pages.models import PageEdition


class Kind(models.TextChoices):
    POST = "post"
    APPEAL = "appeal"
    TRANSLATION = "translation"
    PAGE = "page"


#: The columns that say which edition a row is made from, by its kind.
COLUMNS = tuple(kind.value for kind in Kind)


def only(kind: str) -> Q:
    """Return the condition that a row is made from one edition, and that of its kind."""
    others = {f"{column}__isnull": column != kind for column in COLUMNS}
    return Q(kind=kind, **others)


class IndexedQuerySet(models.QuerySet[Any]):
    def live(self, at: datetime | None = None) -> Self:
        """Return what is public at a moment (now): of a translation also the appeal is."""
        at = at or timezone.now()
        span = Q(live_until=None) | Q(live_until__gt=at)
        appeals = Indexed.objects.filter(
            span, kind=Kind.APPEAL, live_from__lte=at, appeal_item=OuterRef("appeal_item")
        )
        shown = ~Q(kind=Kind.TRANSLATION) | Exists(appeals)
        return self.filter(span, shown, live_from__lte=at)


def one_of(model: Any) -> Any:
    return models.OneToOneField(model, models.CASCADE, null=True, related_name="indexed")


class FromEditions(models.Model):
    """A row that is made from an edition, and made anew whenever that is rewritten."""

    #: A redaction need not look here for a name: it goes from the edition, and so from here.
    made_from_editions: ClassVar[bool] = True

    class Meta:
        abstract = True


class Indexed(FromEditions):
    """An edition that is public now or may be later: what a search filters and sorts by.

    The span is the edition's own and follows it in the same transaction: editions are wide rows,
    and a search looks at thousands. What is shown is asked of the editions again.
    """

    kind = models.CharField(max_length=11, choices=Kind)
    post = one_of(PostEdition)
    appeal = one_of(AppealEdition)
    translation = one_of(TranslationEdition)
    page = one_of(PageEdition)
    #: The appeal that this is, or is a translation of: the item's id.
    appeal_item = models.PositiveBigIntegerField(null=True)
    key = models.CharField(max_length=16)
    language = models.CharField(max_length=20)
    script = models.CharField(max_length=4)
    place = models.CharField(max_length=300)
    place_slug = models.CharField(max_length=120, default="")
    #: Whether there is a text in the language: an original may not be transcribed.
    is_readable = models.BooleanField(default=True)
    year = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True)

    objects: ClassVar[Any] = IndexedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[Any] = [
            models.Index(fields=["appeal_item", "kind"]),
            models.Index(fields=["appeal_item", "language", "published_at"]),
            models.Index(fields=["language", "published_at", "key"]),
            models.Index(fields=["kind", "published_at", "key"]),
            models.Index(fields=["place_slug", "published_at", "key"]),
        ]
        constraints: ClassVar[Any] = [
            models.CheckConstraint(
                condition=only("post") | only("appeal") | only("translation") | only("page"),
                name="indexed_is_one_edition",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def edition_id(self) -> int:
        """The id of the edition among those of its kind."""
        return getattr(self, f"{self.kind}_id")


class IndexedWords(FromEditions):
    """All words of an edition in their order, a line for each passage: for phrases.

    And their stems and consonants, line by line: which passage answers is seen without taking
    every word apart again.
    """

    edition = models.OneToOneField(Indexed, models.CASCADE, primary_key=True, related_name="words")
    text = models.TextField()
    stems = models.TextField(default="")

    def __str__(self) -> str:
        return str(self.edition)


class Posting(FromEditions):
    """A word of an edition (its form, its stem or its consonants), and how much it says there."""

    word = models.CharField(max_length=60)
    edition = models.ForeignKey(Indexed, models.CASCADE, related_name="postings")
    weight = models.PositiveSmallIntegerField()

    class Meta:
        indexes: ClassVar[Any] = [models.Index(fields=["word", "edition", "weight"])]

    def __str__(self) -> str:
        return self.word


class Spelling(FromEditions):
    """The beginning of a word in the index, whole or but for a letter: for what is nearly so."""

    letters = models.CharField(max_length=8)
    word = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(fields=["letters", "word"], name="spelling_letters_once")
        ]
        indexes: ClassVar[Any] = [models.Index(fields=["word"])]

    def __str__(self) -> str:
        return self.word
