"""The glossary at the desk."""

from django.contrib import admin

from appeals.models import GlossaryTerm
from editorial.admin import DeskAdmin


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(DeskAdmin):
    list_display = ("term", "rendering", "forbidden", "source", "target", "note")
    list_filter = ("source", "target")
    search_fields = ("term", "rendering", "forbidden", "note")
    fields = (("source", "target"), "term", "rendering", "forbidden", "note")
