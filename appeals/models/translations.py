"""Translations and their renderings, passage by passage."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from simple_history.models import HistoricalRecords

from appeals.accepting import PASSAGE_MOVES
from appeals.checks.texts import Text
from appeals.models.dismissals import KEPT_FROM_READERS
from appeals.models.names import UsesNames
from appeals.models.passages import Passage
from appeals.naming.finding import Said
from editorial.canonical import sha256
from editorial.fields import LANGUAGE_TAG
from editorial.matching import Needle
from editorial.models import Movable, WorkingCopy
from editorial.states import CannotNow, State
from editorial.workflow import WORKFLOW


class Translation(UsesNames, WorkingCopy):
    """The working copy of one translation of an appeal."""

    class Method(models.TextChoices):
        HUMAN = "human", gettext_lazy("by a person")
        MACHINE = "machine", gettext_lazy("by a machine")
        POST_EDITED = "post_edited", gettext_lazy("by a machine, edited by a person")

    class Credit(models.TextChoices):
        PUBLIC = "public", gettext_lazy("named")
        WITHHELD = "withheld", gettext_lazy("withheld")
        NOT_GIVEN = "not_given", gettext_lazy("not given")

    moves = WORKFLOW
    parts = {"renderings": ("passage",), "names": ("name",), "dismissals": ()}

    appeal = models.ForeignKey(
        "appeals.Appeal",
        models.PROTECT,
        related_name="translations",
        verbose_name=gettext_lazy("appeal"),
    )
    language = models.CharField(gettext_lazy("language"), max_length=20, validators=[LANGUAGE_TAG])
    title = models.CharField(gettext_lazy("title"), max_length=300, blank=True)
    label = models.CharField(
        pgettext_lazy("translation", "label"),
        max_length=100,
        blank=True,
        help_text=gettext_lazy("What readers are told it is: “informal translation”."),
    )
    method = models.CharField(
        gettext_lazy("method"), max_length=12, choices=Method, default=Method.HUMAN
    )
    translator_status = models.CharField(
        gettext_lazy("translator's credit"),
        max_length=10,
        choices=Credit,
        default=Credit.NOT_GIVEN,
    )
    translator = models.CharField(gettext_lazy("translator"), max_length=200, blank=True)
    is_principal = models.BooleanField(gettext_lazy("principal translation"), default=True)
    #: The checks that had read it when it was submitted, by their codes.
    checked = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        verbose_name = gettext_lazy("translation")
        verbose_name_plural = gettext_lazy("translations")
        ordering = ["appeal", "language", "-is_principal", "pk"]
        permissions = [
            ("review_translation", gettext_lazy("Can review translations")),
            ("publish_translation", gettext_lazy("Can publish translations")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["appeal", "language"],
                condition=Q(is_principal=True),
                name="one_principal_translation",
                violation_error_message=gettext_lazy(
                    "This language already has a principal translation."
                ),
            ),
            models.CheckConstraint(
                condition=Q(translator_status="public") | Q(translator=""),
                name="withheld_translator_not_stored",
                violation_error_message=gettext_lazy(
                    "A translator who is not named must not be stored."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.appeal} [{self.language}]"

    @classmethod
    def named(cls, items: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Join the appeal: an untitled translation goes by its name."""
        return items.select_related("appeal")

    def forget(self, needle: Needle) -> bool:
        """Withhold the translator's name if it is the one looked for."""
        if not needle.is_in(self.translator):
            return False
        self.translator, self.translator_status = "", self.Credit.WITHHELD
        self.save(update_fields=["translator", "translator_status"])
        return True

    def content(self) -> dict[str, Any]:
        """Return everything that a page may show of this translation."""
        content = {
            "title": self.title,
            "slug": self.key,
            "language": self.language,
            "label": self.label,
            "method": self.method,
            "translator": self.translator,
            "translator_status": self.translator_status,
            "principal": self.is_principal,
            "renderings": [
                {
                    "key": rendering.passage.key,
                    "text": rendering.text,
                    "original_digest": rendering.accepted_digest,
                }
                for rendering in self.part("renderings")
                if rendering.text
            ],
        }
        if self.checked:  # an edition from before there were checks says nothing of them
            content["checked"] = self.checked
        if dismissed := self.dismissed():
            content["dismissed"] = dismissed
        return content | self.names_content()

    def dismissed(self) -> list[dict[str, str]]:
        """Return what the checks asked and somebody left, with the reason, as readers get it.

        A dismissal speaks of two texts, and of what else its check had read: of others than
        today's it says nothing.
        """
        texts = {
            rendering.passage.key: (rendering.passage.digest, sha256(rendering.text))
            for rendering in self.part("renderings")
        }
        dismissals = [row for row in self.part("dismissals") if row.is_for_readers]
        if any(row.place not in texts for row in dismissals):  # where nothing is rendered yet
            passages = self.appeal.passages.values_list("key", "digest")
            texts = {key: (digest, sha256("")) for key, digest in passages} | texts
        rows = [row for row in dismissals if row.texts == texts.get(row.place)]
        if doubtful := [row for row in rows if row.is_doubtful]:
            from appeals.checks.dismissing import still_found  # it reads models

            gone = {row.pk for row in doubtful} - still_found(self, doubtful)
            rows = [row for row in rows if row.pk not in gone]
        return [{"key": row.place, "check": row.code, "why": row.reason} for row in rows]

    def own_texts(self) -> list[Said]:
        """Return the renderings, in order."""
        return [
            Said(
                rendering.passage.key,
                Text(rendering.text, self.language),
                rendering.passage.kind in Passage.HEADLINES,
            )
            for rendering in self.renderings.select_related("passage")
        ]

    @classmethod
    def saying(cls, word: str) -> Q:
        return Q(renderings__text__icontains=word)

    def edition_columns(self) -> dict[str, Any]:
        """Return the appeal: readers find translations by it."""
        return {"appeal_id": self.appeal_id}

    def public_path(self, edition: Any) -> str:
        """Return nothing: a translation lives at an address of its appeal."""
        return ""

    def check_ready(self) -> None:
        """Raise ``CannotNow`` while there is nothing to read, or an error that stands."""
        if not self.renderings.exclude(text="").exists():
            raise CannotNow(_("There is no rendering yet: nothing to review."))
        from appeals.checks.dismissing import demand_no_errors  # it reads models

        demand_no_errors(self)

    def check_approvable(self) -> None:
        """Raise ``CannotNow`` while a rendering is not accepted, or no longer fits its original."""
        waiting = self.renderings.open().count() + self.renderings.stale().count()
        if waiting:
            raise CannotNow(
                ngettext(
                    "%(count)d passage is not accepted yet, or its original has changed since.",
                    "%(count)d passages are not accepted yet, or their original has changed since.",
                    waiting,
                )
                % {"count": waiting}
            )

    def check_publishable(self, at: Any) -> None:
        """Raise ``CannotNow`` unless the appeal is public by then.

        Names may have been withheld on the appeal since this was approved: they do not stand here.
        """
        if not self.appeal.edition_model.objects.live(at).filter(item=self.appeal).exists():
            raise CannotNow(_("Publish the appeal first: a translation appears on its page."))
        from appeals.checks.dismissing import demand_no_errors  # it reads models

        demand_no_errors(self, KEPT_FROM_READERS)


class RenderingQuerySet(models.QuerySet[Any]):
    def accepted(self) -> Self:
        """Return the renderings that a second person accepted."""
        return self.filter(state=State.APPROVED)

    def stale(self) -> Self:
        """Return the accepted ones whose original says something else today."""
        return self.accepted().exclude(accepted_digest=F("passage__digest"))

    def open(self) -> Self:
        """Return those with a text that nobody has accepted yet."""
        return self.exclude(state=State.APPROVED).exclude(text="")


class Rendering(Movable):
    """One passage in one translation."""

    moves = PASSAGE_MOVES
    states = [
        (State.DRAFT, gettext_lazy("to be reviewed")),
        (State.CHANGES_REQUESTED, pgettext_lazy("rendering", "sent back")),
        (State.APPROVED, pgettext_lazy("rendering", "accepted")),
    ]

    translation = models.ForeignKey(Translation, models.CASCADE, related_name="renderings")
    passage = models.ForeignKey("appeals.Passage", models.PROTECT, related_name="renderings")
    text = models.TextField(gettext_lazy("rendering"), blank=True)
    state = models.CharField(
        gettext_lazy("state"),
        max_length=20,
        choices=states,
        default=State.DRAFT,
        editable=False,
    )
    #: The digest of the original that it was accepted against: content decides, never time.
    accepted_digest = models.CharField(max_length=64, blank=True, editable=False)
    #: Who says that the meaning is unchanged, and of which original: it waits to be confirmed.
    vouched_by = models.ForeignKey(
        "auth.User",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    vouched_digest = models.CharField(max_length=64, blank=True, editable=False)
    #: Who else's words are in it since it was last accepted, as ",3,17,": passages were merged.
    also_by = models.CharField(max_length=200, blank=True, editable=False)
    author = models.ForeignKey(
        "auth.User",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = RenderingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = gettext_lazy("rendering")
        verbose_name_plural = gettext_lazy("renderings")
        ordering = ["passage__position", "passage_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation", "passage"], name="one_rendering_a_passage"
            )
        ]

    def __str__(self) -> str:
        return f"{self.passage} [{self.translation.language}]"

    def whole(self) -> Translation:
        """Return the translation: its approval speaks of every part."""
        return self.translation

    def desk_path(self) -> str:
        """Return its passage on the page where the translation is reviewed."""
        page = reverse("admin:appeals_translation_review", args=[self.translation_id])
        return f"{page}#{self.passage.key}"

    @classmethod
    def named(cls, items: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Join the passage and the translation."""
        return items.select_related("passage", "translation")

    def is_by(self, user: Any) -> bool:
        """Tell whether somebody's words are in it that nobody accepted yet."""
        return self.author_id == user.pk or f",{user.pk}," in self.also_by

    @property
    def original_changed(self) -> bool:
        """Whether this was once accepted against another original than today's."""
        return self.accepted_digest not in ("", self.passage.digest)

    @property
    def is_stale(self) -> bool:
        """Whether the original says something else than when this was accepted."""
        return self.state == State.APPROVED and self.accepted_digest != self.passage.digest

    @property
    def is_vouched(self) -> bool:
        """Whether somebody says that this still means what the original says today."""
        return self.is_stale and self.vouched_digest == self.passage.digest
