"""Rows that many working copies show, at the desk."""

from typing import Any

from django.http import HttpRequest

from editorial.admin.base import DeskAdmin
from editorial.sharing import worked_on_all


class SharedAdmin(DeskAdmin):
    """Four eyes hold here too: another name is another text wherever it stands."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        before = self.model._base_manager.filter(pk=obj.pk).first() if change else None
        super().save_model(request, obj, form, change)
        if before is not None and before.content() != obj.content():
            worked_on_all(obj, by=request.user)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        worked_on_all(obj, by=request.user)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for shared in queryset:
            worked_on_all(shared, by=request.user)
        super().delete_queryset(request, queryset)
