"""Posts: commentary under way."""

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from appeals.checks.texts import Text
from appeals.models import UsesNames
from appeals.naming.finding import Said
from blog.comments.moderating import Mode
from editorial.comparing import plain
from editorial.fields import FoldedField, SlugField
from editorial.matching import MARK
from editorial.models import SourceLink
from editorial.models.prose import Prose
from editorial.workflow import WORKFLOW


class Label(models.Model):
    """A subject. "Суд" and "суд" are one label, on every database."""

    name = models.CharField(gettext_lazy("name"), max_length=100)
    folded = FoldedField(of="name", unique=True)
    slug = SlugField(gettext_lazy("slug"), of="name", unique=True)

    class Meta:
        verbose_name = gettext_lazy("label")
        verbose_name_plural = gettext_lazy("labels")
        ordering = ["folded"]

    def __str__(self) -> str:
        return self.name

    def content(self) -> dict[str, Any]:
        """Return what a page may show of this label. One whose name was struck has no page."""
        return {"name": self.name, "slug": "" if MARK in self.name else self.slug}


class Post(UsesNames, Prose):
    """The working copy of a post."""

    class Comments(models.TextChoices):
        OPEN = "open", gettext_lazy("open, as on the whole site")
        HOLD = Mode.HOLD.value, Mode.HOLD.label
        FIRST = Mode.FIRST.value, Mode.FIRST.label
        DIRECT = Mode.DIRECT.value, Mode.DIRECT.label
        CLOSED = Mode.CLOSED.value, Mode.CLOSED.label

    moves = WORKFLOW
    parts = {
        "bylines": ("person",),
        "labels": (),
        "presented": ("appeal",),
        "sources": (),
        "translation_of": (),
        "names": ("name",),
    }

    dateline = models.CharField(
        gettext_lazy("dateline"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("Place and day of writing: “Staunton, 12 March”."),
    )
    byline = models.ManyToManyField(
        "appeals.Person", through="blog.Byline", verbose_name=gettext_lazy("byline")
    )
    labels = models.ManyToManyField(Label, blank=True, verbose_name=gettext_lazy("labels"))
    appeals = models.ManyToManyField(
        "appeals.Appeal",
        through="blog.PostAppeal",
        related_name="posts",
        verbose_name=gettext_lazy("appeals it presents"),
    )
    comments_status = models.CharField(
        gettext_lazy("comments"), max_length=8, choices=Comments, default=Comments.OPEN
    )
    comments_days = models.PositiveSmallIntegerField(
        gettext_lazy("comments close after so many days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=gettext_lazy("Counted from the first publication. Empty: as on the whole site."),
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = gettext_lazy("post")
        verbose_name_plural = gettext_lazy("posts")
        ordering = ["-updated_at"]
        permissions = [
            ("review_post", gettext_lazy("Can review posts")),
            ("publish_post", gettext_lazy("Can publish posts")),
        ]

    def content(self) -> dict[str, Any]:
        """Return everything that a page may show of this post."""
        return super().content() | {
            "dateline": self.dateline,
            "byline": [byline.person.content() for byline in self.part("bylines")],
            "labels": [label.content() for label in self.part("labels")],
            "appeals": [{"key": row.appeal.key} for row in self.part("presented")],
            "sources": [source.content() for source in self.part("sources")],
            "comments": self.comments_status,
            **({"comments_days": self.comments_days} if self.comments_days else {}),
            **self.names_content(),
        }

    def own_texts(self) -> list[Said]:
        """Return the title and the words of the body."""
        return [
            Said("title", Text(self.title, self.language), is_title=True),
            Said("body", Text(plain(self.body), self.language)),
        ]

    @classmethod
    def saying(cls, word: str) -> models.Q:
        return models.Q(body__icontains=word) | models.Q(title__icontains=word)


class Byline(models.Model):
    """One of the people a post is by, in their order. They need no account."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="bylines")
    person = models.ForeignKey(
        "appeals.Person",
        models.PROTECT,
        related_name="bylines",
        verbose_name=gettext_lazy("person"),
    )
    position = models.PositiveIntegerField(gettext_lazy("order"), default=0)

    class Meta:
        verbose_name = gettext_lazy("byline")
        verbose_name_plural = gettext_lazy("byline")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["post", "person"], name="by_each_person_once")
        ]

    def __str__(self) -> str:
        return str(self.person)


class PostAppeal(models.Model):
    """An appeal that a post presents."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="presented")
    appeal = models.ForeignKey(
        "appeals.Appeal",
        models.PROTECT,
        related_name="presentations",
        verbose_name=gettext_lazy("appeal"),
    )
    position = models.PositiveIntegerField(gettext_lazy("order"), default=0)

    class Meta:
        verbose_name = gettext_lazy("appeal presented")
        verbose_name_plural = gettext_lazy("appeals presented")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["post", "appeal"], name="presented_once")]

    def __str__(self) -> str:
        return str(self.appeal)


class PostSource(SourceLink):
    post = models.ForeignKey(Post, models.CASCADE, related_name="sources")

    class Meta(SourceLink.Meta):
        pass
