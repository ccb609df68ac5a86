"""Pages of the site at the desk."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from config.pages.models import Page, PageEdition
from editorial.admin.editions import EditionAdmin
from editorial.admin.prose import ProseAdmin


@admin.register(Page)
class PageAdmin(ProseAdmin):
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("title", "body", "summary")}),
        (_("When and where"), {"fields": ("slug", "language", "translation_of", "planned_for")}),
    )


@admin.register(PageEdition)
class PageEditionAdmin(EditionAdmin):
    pass
