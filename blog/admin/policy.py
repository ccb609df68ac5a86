"""The rules for comments on the whole site: one form."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.models import CommentPolicy
from editorial.languages import for_keeps, listed
from editorial.moving import record


@admin.register(CommentPolicy)
class CommentPolicyAdmin(admin.ModelAdmin):
    list_display = ("mode", "days", "is_for_all")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one row at most."""
        return super().has_add_permission(request) and not CommentPolicy.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save it, and record who did and what holds since."""
        super().save_model(request, obj, form, change)
        with for_keeps():
            record(obj, "set_policy", by=request.user, reason=said(obj))


def said(policy: CommentPolicy) -> str:
    """Return the rules in one line."""
    days = policy.days or 0
    after = ngettext("closed after %(days)d day", "closed after %(days)d days", days)
    everywhere = _("on every post") if policy.is_for_all else ""
    after = after % {"days": days} if days else ""
    return listed(filter(None, [str(policy), after, everywhere]), ";")
