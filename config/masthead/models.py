"""The working copy of what the site calls itself. Readers see it everywhere, so it is an edition.

A name in the masthead is read by more people than any other sentence. It goes the way of all that
is public: a second person approves it, it is sealed, it can be compared, withdrawn and redacted.
"""

import unicodedata
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.masthead import sections
from editorial.models import Edition, WorkingCopy
from editorial.workflow import WORKFLOW

#: Categories of characters that no single line has: controls, line ends, lone surrogates.
NEVER = {"Cc", "Cs", "Co", "Zl", "Zp"}
#: Those that turn the direction of what stands after them, outside the name too.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def validate_line(value: str) -> None:
    """Accept one line of text that can stand anywhere: in a title, a feed, a mail's subject."""
    if any(unicodedata.category(sign) in NEVER or sign in TURNING for sign in value):
        raise ValidationError(_("This has to be one line, without invisible signs."))
    if not any(sign.isalnum() for sign in value):
        raise ValidationError(_("There has to be a letter or a figure in it."))


class Masthead(WorkingCopy):
    """The name, the tagline and the navigation: one row at most."""

    ONLY: ClassVar[int] = 1

    #: It stands on all pages, and has none of its own.
    has_page = False
    moves = WORKFLOW
    parts = {"entries": ("page", "label")}

    name = models.CharField(
        gettext_lazy("name of the site"), max_length=80, validators=[validate_line]
    )
    tagline = models.CharField(
        gettext_lazy("tagline"),
        max_length=200,
        blank=True,
        validators=[validate_line],
        help_text=gettext_lazy("One sentence under the name on the front page."),
    )

    class Meta:
        verbose_name = gettext_lazy("masthead")
        verbose_name_plural = gettext_lazy("masthead: name, tagline, navigation")
        permissions = [
            ("review_masthead", gettext_lazy("Can review the masthead")),
            ("publish_masthead", gettext_lazy("Can publish the masthead")),
        ]
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_masthead")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the only row there is."""
        self.pk = self.ONLY
        super().save(*args, **kwargs)

    def content(self) -> dict[str, Any]:
        """Return everything that pages show of this."""
        return {
            "title": self.name,
            "slug": "masthead",
            "language": settings.LANGUAGE_CODE,
            "tagline": self.tagline,
            "navigation": [entry.content() for entry in self.part("entries")],
        }

    def after_withdrawal(self) -> str:
        """Say which name readers see then."""
        said = _(
            "Readers see the name “%(name)s” again, with which the server was started, no tagline, "
            "and the usual links."
        )
        return said % {"name": settings.SITE_NAME}


ONE_THING = gettext_lazy("A link leads to one thing: a page, a label, a section or a language.")


class NavigationEntry(models.Model):
    """A link to one of four things. One to what is not live is not shown."""

    masthead = models.ForeignKey(Masthead, models.CASCADE, related_name="entries")
    position = models.PositiveIntegerField(gettext_lazy("order"), default=0)
    page = models.ForeignKey(
        "config.Page",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("page"),
    )
    label = models.ForeignKey(
        "blog.Label",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("label"),
    )
    section = models.CharField(
        gettext_lazy("section"), max_length=20, blank=True, choices=sections.choices
    )
    language = models.CharField(
        gettext_lazy("language"), max_length=20, blank=True, choices=sections.languages
    )
    text = models.CharField(
        gettext_lazy("called"),
        max_length=60,
        blank=True,
        validators=[validate_line],
        help_text=gettext_lazy("Empty: by its own name."),
    )

    class Meta:
        verbose_name = gettext_lazy("link")
        verbose_name_plural = gettext_lazy("navigation")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=False, label=None, section="", language="")
                | Q(page=None, label__isnull=False, section="", language="")
                | (Q(page=None, label=None, language="") & ~Q(section=""))
                | (Q(page=None, label=None, section="") & ~Q(language="")),
                name="leads_to_one_thing",
                violation_error_message=ONE_THING,
            )
        ]

    def __str__(self) -> str:
        return self.text or str(self.page or self.label or self.section or self.language)

    def content(self) -> dict[str, Any]:
        """Return what a page may show of this link."""
        if self.page:
            return {"page": self.page.key, "text": self.text}
        if self.label:
            return {**self.label.content(), "text": self.text}
        if self.section:
            return {"section": self.section, "text": self.text}
        return {"language": self.language, "text": self.text}


class MastheadEdition(Edition):
    """What the site calls itself in a span of time."""

    program_leaves = Edition.program_leaves | {"page", "section"}

    item = models.ForeignKey(Masthead, models.PROTECT, related_name="editions")

    class Meta(Edition.Meta):
        verbose_name = gettext_lazy("masthead edition")
        verbose_name_plural = gettext_lazy("masthead editions")

    def get_absolute_url(self) -> str:
        return reverse("home")


Masthead.edition_model = MastheadEdition
