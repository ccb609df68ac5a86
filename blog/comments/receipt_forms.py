"""The form in which a writer corrects their comment."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from blog.comments.forms import CommentForm
from blog.comments.tongues import offered
from blog.models import Comment


class CorrectionForm(forms.Form):
    """What can be corrected: all that was typed. Whoever can send it holds the link."""

    name = CommentForm.base_fields["name"]
    text = CommentForm.base_fields["text"]
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)

    data: Any

    def __init__(self, comment: Comment, data: QueryDict | None = None) -> None:
        said = {"name": comment.name, "text": comment.text, "language": comment.language}
        super().__init__(data, initial=said, auto_id="correction-%s")
        self.fields["language"].choices = offered(comment.language)  # type: ignore[attr-defined]

    def renew(self) -> None:
        """Prepare a refused form to be shown again, without what cannot be kept."""
        self.data = self.data.copy()
        for name in ("name", "text"):
            self.data[name] = self.data.get(name, "").replace("\0", "")

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout("name", "text", "language")
        return helper
