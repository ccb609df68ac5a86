"""What readers see of appeals and translations."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from appeals.models.signatories import hush, names_of
from editorial.matching import MARK, Needle
from editorial.models import Edition, EditionQuerySet, EditionRow, distinct


class AppealEdition(Edition):
    #: In 1, a document had a title, a count of pages and a digest; since 2 it has its pages.
    SCHEMA: ClassVar[int] = 2

    item = models.ForeignKey("appeals.Appeal", models.PROTECT, related_name="editions")
    summary = models.TextField(_("summary"), blank=True)
    document_kind = models.CharField(max_length=20, blank=True)
    date = models.CharField(_("date"), max_length=10, blank=True)

    sealed_redactable: ClassVar[tuple[str, ...]] = (*Edition.sealed_redactable, "summary")

    class Meta(Edition.Meta):
        verbose_name = _("appeal edition")
        verbose_name_plural = _("appeal editions")

    def get_absolute_url(self) -> str:
        return reverse("appeals:detail", args=[self.slug])

    @property
    def title_language(self) -> str:
        """The newsroom's: what the original is called stands in the content."""
        return settings.LANGUAGE_CODE

    @classmethod
    def columns(cls, content: dict[str, Any]) -> dict[str, Any]:
        """Return the columns that lists need, derived from the content."""
        return super().columns(content) | {
            "summary": content.get("summary", ""),
            "document_kind": content.get("kind", ""),
            "date": content.get("date", ""),
        }

    @classmethod
    def rows(cls, content: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
        """Return who issued and who signed, for the pages of organisations and people."""
        signatories = content.get("signatories", [])
        issued = [("issued", party) for party in content.get("issued_by", [])]
        signed = [("signed", s["organisation"]) for s in signatories if s["organisation"]]
        bodies = [(relation, party) for relation, party in issued + signed if party["name"]]
        return {
            "organisations": distinct(
                {"relation": relation, "name": party["name"], "slug": party["slug"]}
                for relation, party in bodies
            ),
            "people": distinct(
                {"name": s["person"]["name"], "slug": s["person"]["slug"]}
                for s in signatories
                if s["person"] and s["person"]["slug"] and s["name_status"] == "public"
            ),
            "given": distinct(
                {
                    "name": name,
                    "slug": s["person"]["slug"] if s["person"] else "",
                }
                for s in signatories
                for name in sorted(names_of(s))
                if MARK not in name
            ),
            "pages": distinct(
                {"file": page["file"], "sha256": page["sha256"]}
                for document in content.get("documents", [])
                for page in pages_of(document)
            ),
        }

    @classmethod
    def hush(cls, content: dict[str, Any], needle: Needle) -> None:
        """Withhold the names of signatories: it is said that a name is withheld, as for others."""
        for signatory in content.get("signatories", []):
            if any(map(needle.is_in, names_of(signatory))):
                hush(signatory)


def pages_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the pages of a document in an edition; those of schema 1 had only their number."""
    pages = document.get("pages")
    return pages if isinstance(pages, list) else []


class AppealEditionOrganisation(EditionRow):
    edition = models.ForeignKey(AppealEdition, models.CASCADE, related_name="organisations")
    relation = models.CharField(max_length=10)

    class Meta(EditionRow.Meta):
        indexes = [models.Index(fields=["slug", "edition"])]


class AppealEditionPerson(EditionRow):
    edition = models.ForeignKey(AppealEdition, models.CASCADE, related_name="people")

    class Meta(EditionRow.Meta):
        indexes = [models.Index(fields=["slug", "edition"])]


class AppealEditionName(EditionRow):
    """A form of a signatory's name that an edition gives, with the person's slug, if any.

    The desk looks for those that the appeal gives no more, without opening its editions.
    """

    edition = models.ForeignKey(AppealEdition, models.CASCADE, related_name="given")

    class Meta(EditionRow.Meta):
        indexes = [models.Index(fields=["edition", "name"])]


class AppealEditionPage(models.Model):
    """A picture that an edition shows, by its file's name: what may be served is asked here."""

    edition = models.ForeignKey(AppealEdition, models.CASCADE, related_name="pages")
    position = models.PositiveIntegerField()
    file = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["file", "edition"])]

    def __str__(self) -> str:
        return self.file


class TranslationEditionQuerySet(EditionQuerySet):
    def live(self, at: datetime | None = None) -> Self:
        """Return what is public at a moment: a translation is only while its appeal is."""
        live: Any = AppealEdition.objects.live(at)
        appeal = live.filter(item_id=OuterRef("appeal_id"))
        return super().live(at).filter(Exists(appeal))


def text_url(slug: str, edition: Any) -> str:
    """Return the address of a translation on its appeal: by language, a second one by its key."""
    if edition.is_principal:
        return reverse("appeals:text", args=[slug, edition.language])
    return reverse("appeals:version", args=[slug, edition.language, edition.key])


class TranslationEdition(Edition):
    item = models.ForeignKey("appeals.Translation", models.PROTECT, related_name="editions")
    appeal = models.ForeignKey("appeals.Appeal", models.PROTECT, related_name="+")
    is_principal = models.BooleanField(default=True)

    objects: ClassVar[Any] = TranslationEditionQuerySet.as_manager()

    class Meta(Edition.Meta):
        verbose_name = _("translation edition")
        verbose_name_plural = _("translation editions")

    def get_absolute_url(self) -> str:
        live = AppealEdition.objects.live().filter(item_id=self.appeal_id).first()
        return text_url(live.slug if live else "-", self)

    @classmethod
    def columns(cls, content: dict[str, Any]) -> dict[str, Any]:
        """Return the columns that lists need, derived from the content."""
        return super().columns(content) | {"is_principal": content.get("principal", False)}

    @classmethod
    def hush(cls, content: dict[str, Any], needle: Needle) -> None:
        """Withhold the translator's name: the credit says so."""
        if needle.is_in(content.get("translator", "")):
            content |= {"translator": "", "translator_status": "withheld"}
