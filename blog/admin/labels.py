"""Labels: few, and each with one spelling."""

from django.contrib import admin

from blog.models import Label
from editorial.admin import SharedAdmin


@admin.register(Label)
class LabelAdmin(SharedAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    fields = ("name", "slug")
