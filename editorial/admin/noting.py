"""Notes of colleagues at a place of a working copy: added and resolved beside its form."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from editorial.models import Note
from editorial.noting import add_note, resolve_note
from editorial.states import CannotNow, MayNot


class NoteForm(forms.Form):
    """A remark, and where it belongs."""

    weight = forms.ChoiceField(
        label=gettext_lazy("Weight"),
        choices=Note.Weight.choices,
        initial=Note.Weight.QUESTION,
        required=False,
    )
    place = forms.ChoiceField(label=gettext_lazy("Place (optional)"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Note"), widget=forms.Textarea(attrs={"rows": 3}), max_length=5000
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.auto_id = "note-%s"
        self.fields["place"].choices = [("", _("The whole")), *places]  # type: ignore[attr-defined]


class NotesMixin:
    """The two views of notes, for an admin of working copies."""

    def note_places(self, item: Any) -> list[tuple[str, str]]:
        """Return the places that a note may belong to: the fields, by their names."""
        admin: Any = self
        return [
            (field.name, str(field.verbose_name))
            for field in admin.model._meta.fields
            if field.editable and not field.primary_key
        ]

    def notes(self, request: HttpRequest, item: Any, standing: Any) -> dict[str, Any]:
        """Return what the panel needs to show notes and to take new ones."""
        admin: Any = self
        places = self.note_places(item)
        for note in standing.notes:
            note.place_label = dict(places).get(note.place, note.place)
        may = request.user.has_perm
        return {
            "note_url": admin.address(item, "note"),
            "note_form": NoteForm(places=places) if may("editorial.add_note") else None,
            "can_resolve": may("editorial.change_note"),
        }

    @method_decorator(require_POST)
    def note_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Add a note."""
        admin: Any = self
        item = admin.seen(request, object_id)
        form = NoteForm(request.POST, places=self.note_places(item))
        form.is_valid()
        try:
            add_note(
                item,
                request.POST.get("text", ""),
                by=request.user,
                place=form.cleaned_data.get("place", ""),
                weight=form.cleaned_data.get("weight", ""),
            )
        except (MayNot, CannotNow) as refusal:
            admin.message_user(request, str(refusal), messages.WARNING)
        else:
            admin.message_user(request, _("Noted."), messages.SUCCESS)
        return HttpResponseRedirect(admin.address(item) + "#notes")

    @method_decorator(require_POST)
    def resolve_view(self, request: HttpRequest, object_id: str, note_id: int) -> HttpResponse:
        """Mark a note as resolved; the first to do so stays recorded."""
        admin: Any = self
        item = admin.seen(request, object_id)
        note = get_object_or_404(Note.objects.about(item), pk=note_id)
        try:
            resolve_note(note, by=request.user)
        except MayNot as refusal:
            admin.message_user(request, str(refusal), messages.WARNING)
        else:
            admin.message_user(request, _("Resolved."), messages.SUCCESS)
        return HttpResponseRedirect(admin.address(item) + "#notes")
