"""Who signed, as far as the public may know it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from editorial.matching import Needle


class Signatory(models.Model):
    """One line of the signatures. A name is stored only when it is public."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        GROUP = "group", _("several people")
        ORGANISATION = "organisation", _("organisation")

    class NameStatus(models.TextChoices):
        PUBLIC = "public", _("public")
        WITHHELD = "withheld", _("withheld")
        NOT_GIVEN = "not_given", _("not given")
        ILLEGIBLE = "illegible", _("illegible")
        PENDING = "pending", _("pending")

    appeal = models.ForeignKey("appeals.Appeal", models.CASCADE, related_name="signatories")
    position = models.PositiveIntegerField(_("order"), default=0)
    group = models.CharField(_("group"), max_length=200, blank=True)
    group_original = models.CharField(_("group as printed"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=300, blank=True)
    role_original = models.CharField(_("role as printed"), max_length=300, blank=True)
    organisation = models.ForeignKey(
        "appeals.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signed",
        verbose_name=_("organisation"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PERSON)
    count = models.PositiveIntegerField(
        _("how many"), default=1, help_text=_("“Three vice presidents” is 3.")
    )
    name_status = models.CharField(
        _("name"), max_length=10, choices=NameStatus, default=NameStatus.PENDING
    )
    name = models.CharField(_("name"), max_length=300, blank=True)
    printed_as = models.CharField(_("name as printed"), max_length=300, blank=True)
    person = models.ForeignKey(
        "appeals.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signed",
        verbose_name=_("person"),
    )
    verification = models.CharField(
        _("verification"),
        max_length=300,
        blank=True,
        help_text=_("How we know, in words the public may read."),
    )
    evidence_url = models.URLField(
        _("evidence"),
        max_length=800,
        blank=True,
        help_text=_("Where the public can read it too. Only beside a public name."),
    )
    evidence_document = models.ForeignKey(
        "appeals.SourceDocument",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document with the evidence"),
        help_text=_("Readers are led there once its pages are public. Only beside a public name."),
    )
    evidence_page = models.PositiveIntegerField(_("on page"), null=True, blank=True)
    withdrew_on = models.DateField(_("withdrew on"), null=True, blank=True)

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["position", "pk"]
        permissions = [("hide_signatory", _("Can hide a signatory's name at once"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(name_status="public") | Q(name="", printed_as="", person=None),
                name="withheld_means_not_stored",
                violation_error_message=_("A name that is not public must not be stored."),
            ),
            models.CheckConstraint(
                condition=~Q(name_status="public", name=""),
                name="public_name_is_there",
                violation_error_message=_("A public name must be given."),
            ),
            models.CheckConstraint(
                condition=Q(name_status="public") | Q(evidence_url=""),
                name="evidence_only_beside_a_name",
                violation_error_message=_("Evidence may lead to a name that is not public."),
            ),
            models.CheckConstraint(
                condition=Q(name_status="public") | Q(evidence_document=None, evidence_page=None),
                name="evidence_in_a_document_only_beside_a_name",
                violation_error_message=_("Evidence may lead to a name that is not public."),
            ),
            models.CheckConstraint(condition=Q(count__gte=1), name="signatories_count_from_one"),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.role or self.get_kind_display()} ({self.count})"

    def hush(self) -> None:
        """Withhold the name: from here on it is not stored."""
        self.name = self.printed_as = self.evidence_url = ""
        self.name_status = self.NameStatus.WITHHELD
        self.person = self.evidence_document = self.evidence_page = None
        if self.kind == self.Kind.ORGANISATION:
            self.organisation = None
        self.save()

    def forget(self, needle: Needle) -> bool:
        """Withhold the name if it is the one looked for."""
        names = (self.name, self.printed_as, self.person.name if self.person else "")
        if not any(map(needle.is_in, names)):
            return False
        self.hush()
        return True

    def content(self, shown: Mapping[int, int] = MappingProxyType({})) -> dict[str, Any]:
        """Return what a page may show of this signatory.

        Evidence stands there only where there is some: a text without any is what it was before
        there could be.

        Args:
            shown: the places, from 1 on, of the documents that readers get; evidence in others is
                theirs who may open them.
        """
        evidence: dict[str, Any] = {"evidence_url": self.evidence_url} if self.evidence_url else {}
        if place := shown.get(self.evidence_document_id or 0):
            evidence |= {"evidence_document": place, "evidence_page": self.evidence_page or 1}
        return evidence | {
            "group": self.group,
            "group_original": self.group_original,
            "role": self.role,
            "role_original": self.role_original,
            "organisation": self.organisation.content() if self.organisation else None,
            "kind": self.kind,
            "count": self.count,
            "name_status": self.name_status,
            "name": self.name,
            "printed_as": self.printed_as,
            "person": self.person.content() if self.person else None,
            "verification": self.verification,
            "withdrew_on": self.withdrew_on.isoformat() if self.withdrew_on else "",
        }


def hush(signatory: dict[str, Any]) -> None:
    """Withhold the name in an edition's signatory, in place and in its shape."""
    signatory |= {"name": "", "printed_as": "", "name_status": "withheld"}
    if "evidence_url" in signatory:
        signatory["evidence_url"] = ""
    for name in {"evidence_document", "evidence_page"} & signatory.keys():
        signatory[name] = None
    signatory["person"] = signatory["person"] and {"name": "", "slug": ""}
    if signatory["kind"] == Signatory.Kind.ORGANISATION:
        signatory["organisation"] = signatory["organisation"] and {"name": "", "slug": ""}


def names_of(signatory: dict[str, Any]) -> set[str]:
    """Return every form of the name that an edition's signatory shows."""
    if signatory["name_status"] != Signatory.NameStatus.PUBLIC:
        return set()
    person = (signatory["person"] or {}).get("name", "")
    return {signatory["name"], signatory["printed_as"], person} - {""}
