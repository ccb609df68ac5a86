"""What every page of the desk has in common."""

import json
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from js_asset import Media

from editorial.admin.rows import ASKED, AskingForm, asks_for_rows, with_more_rows
from editorial.admin.tongues import LanguageField, LanguageInput
from editorial.admin.typed import TypedMixin
from editorial.fields import SlugField, slug_of
from editorial.languages import for_keeps
from editorial.numbers import whole

#: Columns that hold the code of a language.
LANGUAGES = {"language", "original_language"}


class Moment(forms.DateTimeInput):
    """A moment in the newsroom's own time, in the browser's own control."""

    input_type = "datetime-local"

    def format_value(self, value: Any) -> str | None:
        if hasattr(value, "strftime"):
            value = timezone.localtime(value) if timezone.is_aware(value) else value
            return value.strftime("%Y-%m-%dT%H:%M:%S" if value.second else "%Y-%m-%dT%H:%M")
        return value


class DeskForm(AskingForm, forms.ModelForm):
    """A form that makes an empty slug at once, so that a slug that is taken is said beside it."""

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        for field in self._meta.model._meta.fields:
            if not isinstance(field, SlugField) or field.name not in self.fields:
                continue
            if not cleaned.get(field.name) and field.name not in self.errors:
                cleaned[field.name] = slug_of(cleaned.get(field.of) or "")
                if not cleaned[field.name] and cleaned.get(field.of):
                    self.add_error(field.name, _("Give a slug: no letter could be made of this."))
        return cleaned


class DeskAdmin(TypedMixin, admin.ModelAdmin):
    """A page of the desk under its content security policy, with a log that keeps no names.

    Django's log copies every object's text, and those of an appeal's parts: names that may have
    to be forgotten. Ours says who changed which row when; what changed stands in the history.
    """

    form = DeskForm
    formfield_overrides: ClassVar[Any] = {
        models.DateTimeField: {"form_class": forms.DateTimeField, "widget": Moment}
    }
    list_per_page = 50
    show_full_result_count = False

    class Media:
        css = {"all": ["desk/panel.css", "desk/lists.css", "desk/rows.css"]}
        js = ["desk/desk.js"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Let a language be said by its name."""
        if db_field.name in LANGUAGES:
            options["form_class"] = LanguageField
            options["widget"] = LanguageInput(attrs={"class": "vTextField"})
        return super().formfield_for_dbfield(db_field, request, **options)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin with what the address says, but for a related row that no number names."""
        initial = super().get_changeform_initial_data(request)
        relations = {field.name for field in self.opts.get_fields() if field.many_to_one}
        return {
            name: value
            for name, value in initial.items()
            if name not in relations or whole(str(value)) is not None
        }

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        """Give the editor's inline import map this request's nonce."""
        nonce = str(getattr(request, "csp_nonce", ""))
        context["media"] = Media.from_media(context["media"]).with_nonce(nonce)
        if asks_for_rows(request.POST) and request.FILES:
            self.message_user(request, _("Choose the files again."), messages.WARNING)
        return super().render_change_form(request, context, *args, **options)

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Give rows more than were sent to whoever asked for them."""
        options = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.POST.get(ASKED) == prefix:
            formset = inline.get_formset(request, obj)(**options)
            options["data"] = with_more_rows(options["data"], formset)
        return options

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """Say which fields changed, and nothing of what was in them.

        Stored are the source's words, which Django puts into the reader's language.
        """
        if add:
            return [{"added": {}}]
        with override(None):
            changed = [
                str(form.fields[name].label or name)
                for name in form.changed_data
                if name != "revision"
            ]
            changed += [
                str(formset.model._meta.verbose_name_plural)
                for formset in formsets
                if formset.has_changed()
            ]
        return [{"changed": {"fields": changed}}] if changed else []

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        return log(request, obj, ADDITION, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        return log(request, obj, CHANGE, message)

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Any]) -> list[LogEntry]:
        return [log(request, obj, DELETION) for obj in queryset]


def log(request: HttpRequest, obj: Any, flag: int, message: Any = "") -> LogEntry:
    """Write one entry of Django's log: the row's kind and number, never its text."""
    with for_keeps():
        called = f"{obj._meta.verbose_name} {obj.pk}"
    entry = LogEntry(
        user_id=request.user.pk or 0,
        content_type=get_content_type_for_model(obj),
        object_id=obj.pk,
        object_repr=called,
        action_flag=flag,
    )
    entry.change_message = message if isinstance(message, str) else json.dumps(message)
    entry.save()
    return entry


class ReadOnlyAdmin(DeskAdmin):
    """Rows that are written by what people do, and looked at here."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
