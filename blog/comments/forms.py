"""The form under a post."""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from blog.comments.commenting import find_public, token_for, token_hour
from blog.comments.moderating import Ground
from blog.comments.tidying import tidy_name, tidy_text
from blog.comments.tongues import fitting, language_of, offered
from blog.guarding import tickets
from blog.models import Comment, Report


class TidyField(forms.CharField):
    """A text that is tidied before anything is asked of it: what is measured is what is kept."""

    def __init__(self, tidy: Any, too_long: Any, **options: Any) -> None:
        self.tidy = tidy
        super().__init__(strip=False, **options)
        self.error_messages["max_length"] = too_long
        for validator in self.validators:
            if getattr(validator, "code", "") == "max_length":
                validator.message = too_long  # type: ignore[attr-defined]

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if "\0" in text:
            raise ValidationError(
                _(
                    "There was a character in it that cannot be kept (NUL). It is taken out now: "
                    "please look, and send it again."
                ),
                code="null_characters_not_allowed",
            )
        return self.tidy(text)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave out ``maxlength``: browsers would cut what is pasted, and say nothing."""
        return {k: v for k, v in super().widget_attrs(widget).items() if k != "maxlength"}


class HiddenField(forms.CharField):
    """What the page itself filled in; whatever it holds, the form answers for it as a whole."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)
        self.validators = []


TOO_LONG = ngettext_lazy(
    "Please keep it to %(limit_value)d character; it has %(show_value)d.",
    "Please keep it to %(limit_value)d characters; it has %(show_value)d.",
    "limit_value",
)


def words(too_long: Any, *, model: Any = Comment, rows: int = 6, **options: Any) -> TidyField:
    """Return the field of what a reader writes: as long as the model's text may be."""
    return TidyField(
        tidy_text,
        too_long,
        max_length=model._meta.get_field("text").max_length,
        error_messages={"required": gettext_lazy("Please write something.")},
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        **options,
    )


class CommentForm(forms.Form):
    """A comment on a post, or a reply to another comment.

    The page it stands on is the same for all readers, so it carries no cookie's token but one of
    the page itself (``blog.commenting``).
    """

    name = TidyField(
        tidy_name,
        ngettext_lazy(
            "Please keep the name to %(limit_value)d character; it has %(show_value)d.",
            "Please keep the name to %(limit_value)d characters; it has %(show_value)d.",
            "limit_value",
        ),
        label=gettext_lazy("Name"),
        required=False,
        max_length=Comment._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "dir": "auto"}),
    )
    text = words(
        ngettext_lazy(
            "Please keep the comment to %(limit_value)d character; it has %(show_value)d.",
            "Please keep the comment to %(limit_value)d characters; it has %(show_value)d.",
            "limit_value",
        ),
        label=gettext_lazy("Comment"),
        help_text=gettext_lazy("Plain text, up to 5,000 characters. Links are not made clickable."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        widget=forms.Select(attrs={"autocomplete": "off"}),
    )
    topic = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        help_text=gettext_lazy("It is there to catch machines that fill in everything."),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    #: What is filled in, in this order.
    shown: ClassVar[tuple[str, ...]] = ("name", "text", "language")

    parent = HiddenField()
    token = HiddenField()
    ticket = HiddenField()

    data: Any

    def __init__(
        self,
        edition: Any,
        data: QueryDict | None = None,
        *,
        path: str = "",
        home: str = "",
        answered: Comment | None = None,
    ) -> None:
        """Prepare the form of an edition's page.

        Args:
            path: of the page it was sent from, where that is no longer its home.
            home: the page it stands on, where that is not the edition's own.
            answered: the comment that an empty form is to answer.
        """
        self.edition = edition
        self.home = home or edition.get_absolute_url()
        self.path = path or self.home
        self.answered = answered
        self.hour = 0
        language = language_of(edition)
        initial = {
            "parent": answered.key if answered else "",
            "token": token_for(self.path),
            "language": language,
        }
        super().__init__(data, initial=initial, auto_id="comment-form-%s")
        if "language" in self.fields:
            self.fields["language"].choices = offered(language)  # type: ignore[attr-defined]

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(
            *self.shown,
            Field("topic", wrapper_class="trap"),
            "parent",
            "token",
            "ticket",
        )
        return helper

    def clean_parent(self) -> str:
        """Find the comment that is answered among those that readers see."""
        key = self.cleaned_data["parent"]
        self.answered = find_public(self.edition.item_id, key) if key else None
        if key and self.answered is None:
            self.add_error(
                None,
                _(
                    "The comment you are answering is not there any more. If yours can stand "
                    "alone, send it again."
                ),
            )
        return key

    def clean_token(self) -> str:
        hour = token_hour(self.path, self.cleaned_data["token"])
        if hour is None:
            self.add_error(
                None,
                _(
                    "This page had been open for more than a day, or was not quite whole. "
                    "Nothing is lost: please send your comment again."
                ),
            )
        else:
            self.hour = hour
        return self.cleaned_data["token"]

    def can_be_shown(self) -> bool:
        """Tell whether all that was typed can be taken; a token too old is renewed with it."""
        is_answer = bool(self.data.get("parent"))
        wrong = any(self.has_error(name) for name in ("name", "text", "language"))
        return not wrong and is_answer == bool(self.answered)

    def previewed(self) -> Comment:
        """Return what was typed as the comment it would be."""
        said = {name: self.cleaned_data[name] for name in ("name", "text")}
        language = fitting(self.cleaned_data["language"], said["text"])
        self._errors = forms.utils.ErrorDict()
        return Comment(language=language, **said)

    def renew(self) -> None:
        """Prepare a refused form to be shown again: a fresh token, and the place to begin at.

        Whoever sees it sees it alone, so that it carries a ticket.
        """
        self.path = self.home
        self.data = self.data.copy()
        for name in ("name", "text"):
            self.data[name] = self.data.get(name, "").replace("\0", "")
        self.data["token"] = token_for(self.path)
        self.data["ticket"] = tickets.issue(self.path)
        self.data["parent"] = self.answered.key if self.answered else ""
        invalid = [name for name in self.fields if self.has_error(name)]
        if invalid and not self.non_field_errors():
            self.fields[invalid[0]].widget.attrs["autofocus"] = True


class ProposalForm(CommentForm):
    """How a passage of a translation should read, and why."""

    text = words(
        TOO_LONG,
        label=gettext_lazy("Your correction"),
        help_text=gettext_lazy("How should it read, and why? Plain text, up to 5,000 characters."),
    )


class ReportForm(CommentForm):
    """What is wrong with a comment, in a word and in a reader's own words."""

    ground = forms.ChoiceField(
        label=gettext_lazy("What is wrong with it?"),
        choices=Ground.choices,
        error_messages={"required": gettext_lazy("Please choose what is wrong.")},
        widget=forms.RadioSelect,
    )
    text = words(
        TOO_LONG,
        model=Report,
        rows=3,
        label=gettext_lazy("In your words"),
        required=False,
        help_text=gettext_lazy("Only the moderators read this."),
    )
    name = language = None  # type: ignore[assignment]

    shown = ("ground", "text")
