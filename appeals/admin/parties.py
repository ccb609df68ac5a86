"""Organisations and people: who issued, signed and wrote."""

from django.contrib import admin

from appeals.models import Organisation, Person
from editorial.admin import SharedAdmin


class PartyAdmin(SharedAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "names")
    fields = ("name", "names", "slug")


@admin.register(Organisation)
class OrganisationAdmin(PartyAdmin):
    pass


@admin.register(Person)
class PersonAdmin(PartyAdmin):
    pass
