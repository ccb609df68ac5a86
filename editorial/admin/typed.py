"""Boxes that search as one types; without scripts, a name is typed and looked up at the save."""

from typing import Any

from django.contrib.admin import widgets
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string

from editorial.numbers import whole

#: What is typed is a row's address, its number, or what it is called: the first that fits.
CALLED = ("name", "title", "text")


class Typed:
    """What both kinds of box have in common. The box to type in is there without scripts only."""

    choices: Any

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        values = value if isinstance(value, list | tuple) else [value]
        unknown = [str(one) for one in values if one and whole(str(one)) is None]
        box = {"name": f"{name}-typed", "typed": ", ".join(unknown)}
        drawn: Any = super().render(name, value, attrs, renderer)  # type: ignore[misc]
        return drawn + render_to_string("admin/editorial/_typed.html", box)

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """Look up numbers only: what nothing is called stays in the box it was typed in."""
        numbers = [one for one in value if whole(str(one)) is not None]
        return super().optgroups(name, numbers, attr)  # type: ignore[misc]

    def looked_up(self, text: str) -> str:
        """Return the number of the row that is meant, or what was typed, which no row has."""
        row = named(self.choices.queryset, text)
        return str(row) if row is not None else f"“{text}”" if whole(text) is not None else text


class ChoiceOrTyped(Typed, widgets.AutocompleteSelect):
    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        text = data.get(f"{name}-typed", "").strip()
        return self.looked_up(text) if text else super().value_from_datadict(data, files, name)


class ChoicesOrTyped(Typed, widgets.AutocompleteSelectMultiple):
    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        chosen = super().value_from_datadict(data, files, name)
        texts = map(str.strip, data.get(f"{name}-typed", "").split(","))
        return [*chosen, *(self.looked_up(text) for text in texts if text)]


class TypedMixin:
    """For pages of the admin: gives their searching boxes a way without scripts."""

    admin_site: Any

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        return super().formfield_for_foreignkey(  # type: ignore[misc]
            db_field, request, **self.with_widget(ChoiceOrTyped, db_field, request, options)
        )

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        return super().formfield_for_manytomany(  # type: ignore[misc]
            db_field, request, **self.with_widget(ChoicesOrTyped, db_field, request, options)
        )

    def with_widget(self, widget: Any, db_field: Any, request: Any, options: Any) -> dict[str, Any]:
        admin: Any = self
        if "widget" in options or db_field.name not in admin.get_autocomplete_fields(request):
            return options
        return options | {"widget": widget(db_field, self.admin_site, using=options.get("using"))}


def named(rows: QuerySet[Any], text: str) -> int | None:
    """Return the number of the one row with this address, number or name; None if none is it."""
    fields = {field.name for field in rows.model._meta.fields}
    ways: list[dict[str, Any]] = [{"slug": text}] if "slug" in fields else []
    if (number := whole(text)) is not None:
        ways.append({"pk": number})
    ways += [{f"{name}__iexact": text} for name in CALLED if name in fields]
    for way in ways:
        found = list(rows.filter(**way).values_list("pk", flat=True)[:2])
        if len(found) == 1:
            return int(found[0])
    return None
