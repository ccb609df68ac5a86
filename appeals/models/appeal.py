"""The appeal: whose it is, to whom, when, where, and how we know."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from appeals.checks.texts import Text
from appeals.models.names import UsesNames
from appeals.naming.finding import Said
from editorial.fields import LANGUAGE_TAG, SlugField
from editorial.models import SourceLink, WorkingCopy
from editorial.states import CannotNow
from editorial.workflow import WORKFLOW

#: Slugs that would shadow an address of the site itself.
RESERVED = {"feed", "feed.json"}


def validate_partial_date(value: str) -> None:
    """Accept a date as precise as it is known: 2022, 2022-03 or 2022-03-12 (ISO 8601)."""
    try:
        if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
            raise ValueError
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        raise ValidationError(_("A date such as 2022, 2022-03 or 2022-03-12.")) from None


class Appeal(UsesNames, WorkingCopy):
    """The working copy of a document as it was issued, apart from any translation of it.

    Title, place, basis and summary are in the newsroom's language; what was printed in the
    original stands in the fields named so and in the passages.
    """

    class Kind(models.TextChoices):
        APPEAL = "appeal", gettext_lazy("appeal")
        OPEN_LETTER = "open_letter", gettext_lazy("open letter")
        STATEMENT = "statement", gettext_lazy("statement")
        RESOLUTION = "resolution", gettext_lazy("resolution")
        DECLARATION = "declaration", gettext_lazy("declaration")
        PETITION = "petition", gettext_lazy("petition")
        OTHER = "other", gettext_lazy("other document")

    moves = WORKFLOW
    deeds = {
        "split_passage": pgettext_lazy("decision", "split a passage"),
        "merge_passages": pgettext_lazy("decision", "merged passages"),
        "leave_names": pgettext_lazy("decision", "said why names may stay"),
    }
    parts = {
        "issuers": ("organisation",),
        "addressees": (),
        "sources": (),
        "passages": (),
        "passage_aliases": (),
        "signatories": ("organisation", "person"),
        "documents": (),
        "names": ("name",),
    }

    title = models.CharField(gettext_lazy("title"), max_length=300)
    slug = SlugField(gettext_lazy("slug"), unique=True)
    kind = models.CharField(gettext_lazy("kind"), max_length=20, choices=Kind, default=Kind.APPEAL)
    original_title = models.CharField(gettext_lazy("title as printed"), max_length=300, blank=True)
    original_language = models.CharField(
        gettext_lazy("language of the original"),
        max_length=20,
        blank=True,
        validators=[LANGUAGE_TAG],
    )
    issued_on = models.CharField(
        gettext_lazy("date"),
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text=gettext_lazy("As precise as it is known: 2022, 2022-03 or 2022-03-12."),
    )
    place = models.CharField(gettext_lazy("place"), max_length=200, blank=True)
    basis = models.CharField(
        gettext_lazy("basis"),
        max_length=300,
        blank=True,
        help_text=gettext_lazy("What the text was taken from: “a photostat of the document”."),
    )
    summary = models.TextField(gettext_lazy("summary"), blank=True)
    issued_by = models.ManyToManyField(
        "appeals.Organisation",
        through="appeals.Issuer",
        verbose_name=gettext_lazy("issued by"),
    )

    #: The revision of which somebody said why names that the signatories give no more may stay.
    names_left = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = gettext_lazy("appeal")
        verbose_name_plural = gettext_lazy("appeals")
        ordering = ["-updated_at"]
        permissions = [
            ("review_appeal", gettext_lazy("Can review appeals")),
            ("publish_appeal", gettext_lazy("Can publish appeals")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(slug__in=sorted(RESERVED)),
                name="appeal_slug_not_reserved",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def content(self) -> dict[str, Any]:
        """Return everything that a page may show of this appeal."""
        passages, signatories = list(self.part("passages")), list(self.part("signatories"))
        documents = [row for row in self.part("documents") if row.may_be_shown(signatories)]
        shown = {document.pk: place for place, document in enumerate(documents, start=1)}
        return {
            "title": self.title,
            "slug": self.slug,
            "language": self.original_language,
            "kind": self.kind,
            "original_title": self.original_title,
            "original_language": self.original_language,
            "date": self.issued_on,
            "place": self.place,
            "basis": self.basis,
            "summary": self.summary,
            "issued_by": [issuer.organisation.content() for issuer in self.part("issuers")],
            "addressees": [addressee.content() for addressee in self.part("addressees")],
            "sources": [source.content() for source in self.part("sources")],
            "passages": self.passages_content(passages),
            "signatories": [signatory.content(shown) for signatory in signatories],
            "documents": [document.content(passages, signatories) for document in documents],
        } | self.names_content()

    def own_texts(self) -> list[Said]:
        """Return the passages, in order."""
        return [
            Said(p.key, Text(p.text, self.original_language), p.kind in p.HEADLINES)
            for p in self.passages.all()
        ]

    @classmethod
    def saying(cls, word: str) -> models.Q:
        return models.Q(passages__text__icontains=word)

    def passages_content(self, rows: Iterable[Any]) -> list[dict[str, Any]]:
        """Return the passages; one that others went into names the keys readers know them by."""
        passages = {row.pk: row.content() for row in rows}
        taken = {passage["key"] for passage in passages.values()}
        for alias in self.part("passage_aliases"):
            if alias.in_edition and alias.key not in taken:
                passages[alias.passage_id].setdefault("was", []).append(alias.key)
        return list(passages.values())

    def part(self, relation: str) -> Any:
        """Return the rows of one part; documents come with their pages and what lies on them."""
        rows = super().part(relation)
        if relation != "documents" or relation in getattr(self, "_prefetched_objects_cache", {}):
            return rows
        return rows.prefetch_related("images__places")

    @classmethod
    def with_parts(cls, items: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return super().with_parts(items).prefetch_related("documents__images__places")

    def dependents(self) -> Iterable[Any]:
        """Return the translations: what is withdrawn here must not come back with them."""
        return self.translations.all()

    def check_ready(self) -> None:
        """Raise ``CannotNow`` while there is nothing to read, or a name that went still stands."""
        if not self.passages.exists():
            raise CannotNow(_("There is no passage yet: nothing to review."))
        from appeals.leaving import demand_none_left  # it reads models

        demand_none_left(self)


class Issuer(models.Model):
    """One of the organisations that issued an appeal, in their order."""

    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="issuers")
    organisation = models.ForeignKey(
        "appeals.Organisation",
        models.PROTECT,
        related_name="issued",
        verbose_name=gettext_lazy("organisation"),
    )
    position = models.PositiveIntegerField(gettext_lazy("order"), default=0)

    class Meta:
        verbose_name = gettext_lazy("issuing organisation")
        verbose_name_plural = gettext_lazy("issuing organisations")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["appeal", "organisation"], name="issued_once")
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Addressee(models.Model):
    """One of the publics that an appeal turns to, in their order."""

    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="addressees")
    position = models.PositiveIntegerField(gettext_lazy("order"), default=0)
    text = models.CharField(gettext_lazy("translated"), max_length=300, blank=True)
    original = models.CharField(gettext_lazy("as printed"), max_length=300, blank=True)

    class Meta:
        verbose_name = gettext_lazy("addressee")
        verbose_name_plural = gettext_lazy("addressees")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(text="", original=""),
                name="addressee_says_something",
                violation_error_message=gettext_lazy("Name the addressee in one language."),
            )
        ]

    def __str__(self) -> str:
        return self.text or self.original

    def content(self) -> dict[str, Any]:
        """Return what a page may show of this addressee."""
        return {"text": self.text, "original": self.original}


class AppealSource(SourceLink):
    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="sources")

    class Meta(SourceLink.Meta):
        pass
