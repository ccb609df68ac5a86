"""The newsroom's rules at the desk: each with its report card, and a page to try one first."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blog.comments.moderating import Status
from blog.guarding.rules import Text, holds, is_too_wide, tried
from blog.models import Comment, Rule
from editorial.admin import DeskAdmin

#: On how many comments, counted from the newest, a rule is tried.
RECENT = 500
SHOWN = 25


class TrialForm(forms.ModelForm):
    """A rule that is not kept yet, and a text to try it on."""

    sample = forms.CharField(
        label=_("Try it on this text"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    class Meta:
        model = Rule
        fields = ("kind", "text")

    def validate_unique(self) -> None:
        """Leave it: one that is there already may be tried too."""

    def validate_constraints(self) -> None:
        """Leave it, as above."""


@admin.register(Rule)
class RuleAdmin(DeskAdmin):
    list_display = (
        "id",
        "text",
        "kind",
        "is_active",
        "held",
        "confirmed",
        "overruled",
        "overruled_share",
        "last_held",
    )
    list_display_links = ("text",)
    list_filter = ("is_active", "kind")
    search_fields = ("text", "note")
    fields = ("kind", "text", "note", "is_active")

    def get_queryset(self, request: HttpRequest) -> Any:
        return Rule.objects.with_report().order_by(*self.get_ordering(request) or ["kind", "text"])

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A rule is switched off: its report card stays."""
        return False

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.trial)
        return [path("try/", view, name="blog_rule_try"), *super().get_urls()]

    @admin.display(description=pgettext_lazy("rule", "held"), ordering="held")
    def held(self, rule: Any) -> int:
        return rule.held

    @admin.display(description=_("of these rejected or spam"), ordering="confirmed")
    def confirmed(self, rule: Any) -> int:
        return rule.confirmed

    @admin.display(description=_("of these approved all the same"), ordering="overruled")
    def overruled(self, rule: Any) -> int:
        return rule.overruled

    @admin.display(description=_("overruled"), empty_value="–")
    def overruled_share(self, rule: Any) -> str | None:
        decided = rule.overruled + rule.confirmed
        return f"{rule.overruled / decided:.0%}" if decided else None

    @admin.display(description=_("last"), ordering="last_held", empty_value="–")
    def last_held(self, rule: Any) -> Any:
        return rule.last_held

    def trial(self, request: HttpRequest) -> HttpResponse:
        """Run a rule on the newest comments and on a text that was typed; keep nothing."""
        if not request.user.has_perms(["blog.view_rule", "blog.moderate_comment"]):
            raise PermissionDenied
        form = TrialForm(request.POST if request.method == "POST" else None)
        context = self.admin_site.each_context(request) | {
            "title": _("Try a rule"),
            "opts": self.opts,
            "media": self.media,
            "form": form,
        }
        if form.is_valid():
            context |= trial(**form.cleaned_data)
        return TemplateResponse(request, "admin/blog/rule/try.html", context)


def trial(kind: str, text: str, sample: str) -> dict[str, Any]:
    """Return what a rule does to the sample and to the newest comments. One query."""
    newest = Comment.objects.order_by("-sent_at").only("name", "text", "state", "sent_at")[:RECENT]
    recent = list(newest)
    found = list(tried(kind, text, recent))
    states = [comment.state for comment in found]
    return {
        "sample": sample,
        "sample_is_held": holds(kind, text, Text(sample)),
        "is_too_wide": is_too_wide(kind, text),
        "recent": len(recent),
        "found": found[:SHOWN],
        "count": len(found),
        "approved": states.count(Status.APPROVED),
        "query": {"kind": kind, "text": text},
    }
