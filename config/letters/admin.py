"""Who gets letters, at the desk: to look and to forget, for those who may."""

from django.contrib import admin
from django.http import HttpRequest

from config.letters.models import Subscription


@admin.register(Subscription)
class SubscriptionAdmin(admin.ModelAdmin):
    list_display = ["address", "rhythm", "asked_at", "confirmed_at", "sent_until", "failures"]
    list_filter = ["rhythm"]
    search_fields = ["address"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody subscribes anybody else."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Subscription | None = None) -> bool:
        """Nobody changes what somebody asked for."""
        return False
