"""Two people, one form: a save that would undo somebody else's is refused, and both are shown."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from editorial.admin.base import DeskForm
from editorial.languages import listed
from editorial.models import Contribution


class Seen(forms.IntegerField):
    """The revision that this person had before their eyes. It is never a change by itself."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class LockedForm(DeskForm):
    """A form of a working copy, valid only on the revision it was opened on."""

    revision = Seen(required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["revision"] = self.locked.revision

    @property
    def locked(self) -> Any:
        """The working copy whose revision counts: what is edited, or what that is a part of."""
        return self.instance

    def clean_revision(self) -> int:
        """Refuse an older revision, and offer today's, so that a second save is a decision.

        The row is locked by now (``editorial.editing.editing`` is around the whole save).
        """
        seen, now = self.cleaned_data["revision"], self.locked.revision
        if self.locked.pk and seen != now:
            data: Any = self.data.copy()
            data[self.add_prefix("revision")] = str(now)
            self.data = data
            raise ValidationError(_("Somebody saved this after you opened it."), code="stale")
        return now

    @property
    def is_stale(self) -> bool:
        return self.is_bound and self.has_error("revision", "stale")


@dataclass(frozen=True)
class Difference:
    """One value as it is stored now, and as this person's form has it."""

    place: str
    theirs: str
    yours: str


def differences(form: Any, formsets: list[Any]) -> list[Difference]:
    """Return what differs between a refused form, inlines included, and what is stored."""
    found = [compare(form, name) for name in form.changed_data]
    for formset in formsets:
        found += row_differences(formset)
    return found


def compare(form: Any, name: str, place: str = "") -> Difference:
    """Return both values of one field."""
    field, bound = form.fields[name], form[name]
    label = str(bound.label)
    yours, theirs = shown(field, bound.data), shown(field, bound.initial)
    if plain(yours) != plain(theirs):
        yours, theirs = plain(yours), plain(theirs)
    return Difference(f"{place}: {label}" if place else label, theirs, yours)


def row_differences(formset: Any) -> list[Difference]:
    """Return what differs in the rows of an inline: changed, only stored, only here, removed."""
    found = []
    name = str(formset.model._meta.verbose_name)
    # Asked again: the forms have put this person's values into the rows they know.
    rows = {row.pk: str(row) for row in formset.queryset.all()}
    for form in formset.forms:
        if not form.has_changed():
            continue
        is_stored = form.instance.pk is not None
        stored = rows.get(form.instance.pk, "")
        if formset.can_delete and formset._should_delete_form(form):
            if is_stored:
                found.append(Difference(name, stored, _("You remove it.")))
        elif is_stored:
            place = f"{name} {stored}"
            found += [compare(form, field, place) for field in form.changed_data]
        else:
            found.append(Difference(name, _("Not there."), row_text(form)))
    posted = {form.instance.pk for form in formset.forms}
    found += [
        Difference(name, text, _("Not in your form; it stays."))
        for pk, text in rows.items()
        if pk not in posted
    ]
    return found


def row_text(form: Any) -> str:
    """Return a new row's values in one text."""
    values = [
        shown(form.fields[name], form[name].data)
        for name in form.changed_data
        if name != "position" and not isinstance(form.fields[name].widget, forms.HiddenInput)
    ]
    return " · ".join(value for value in values if value)


def shown(field: Any, value: Any) -> str:
    """Return a field's value, posted or stored, as people read it."""
    if value in (None, "", []):
        return ""
    if hasattr(value, "strftime"):
        return moment(value)
    if isinstance(value, list) and all(hasattr(row, "_meta") for row in value):
        return listed(value)
    try:
        value = field.clean(value)
    except (ValidationError, TypeError):
        return str(value)
    if value in (None, ""):
        return ""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return listed(value)
    if isinstance(field, forms.ChoiceField) and not hasattr(value, "_meta"):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    return moment(value) if hasattr(value, "strftime") else str(value)


def moment(value: Any) -> str:
    """Return a day or a moment, in the newsroom's time."""
    if hasattr(value, "hour"):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
        return date_format(value, "DATETIME_FORMAT")
    return date_format(value, "DATE_FORMAT")


def plain(text: str) -> str:
    """Return a text without markup, a line for each block."""
    if "</" not in text:
        return text
    for tag in ("</p>", "</li>", "</h2>", "</h3>", "</h4>", "</blockquote>", "<br>"):
        text = text.replace(tag, f"{tag}\n")
    return strip_tags(text).strip()


def last_saved(item: Any) -> tuple[str, Any]:
    """Return who saved an item last, and when, as far as it is known."""
    kind = ContentType.objects.get_for_model(item)
    about = {"content_type": kind, "object_id": item.pk}
    found = []
    if row := Contribution.objects.filter(**about).order_by("-at").first():
        found.append((row.at, row.user_name))
    if entry := LogEntry.objects.filter(**about).select_related("user").first():
        name = entry.user.get_full_name() or entry.user.get_username()
        found.append((entry.action_time, name))
    at, name = max(found, default=(item.updated_at, _("Somebody")))
    return name, at


def without_gone_rows(data: Any, prefix: str, pk_name: str, stored: set[str]) -> Any:
    """Return a formset's data in which rows that somebody else removed are new ones.

    A form that was opened before a colleague removed a row would otherwise never save again.
    """
    try:
        initial = int(data.get(f"{prefix}-INITIAL_FORMS", 0))
        total = int(data.get(f"{prefix}-TOTAL_FORMS", 0))
    except ValueError:
        return data
    kept = [n for n in range(min(initial, total)) if data.get(f"{prefix}-{n}-{pk_name}") in stored]
    if len(kept) == initial:
        return data
    gone = [n for n in range(min(initial, total)) if n not in kept]
    order = kept + list(range(initial, total)) + gone
    moved = data.copy()
    for old in range(total):
        for key in [key for key in moved if key.startswith(f"{prefix}-{old}-")]:
            del moved[key]
    for new, old in enumerate(order):
        start = f"{prefix}-{old}-"
        for key in [key for key in data if key.startswith(start)]:
            moved.setlist(f"{prefix}-{new}-{key[len(start) :]}", data.getlist(key))
        if old in gone:
            moved[f"{prefix}-{new}-{pk_name}"] = ""
    moved[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
    return moved
