"""Comments at the desk: read in full, decided by moves, never written or deleted."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest
from django.db.models import Case, F, Q, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from blog.admin.by_mail import by_mail
from blog.admin.comment_page import act, public_titles, show
from blog.admin.queue import queue, report, take_back
from blog.admin.record import record
from blog.admin.second_look import second_look
from blog.comments.deciding import Choice, decide_each, revision_seen
from blog.comments.moderating import MODERATION, Ground, Status
from blog.comments.reporting import reported
from blog.comments.undoing import undoable
from blog.models import Comment
from editorial.numbers import whole

Ticked = QuerySet[Comment]
#: How many the list decides at one time, at most.
AT_ONCE = 100


class PostFilter(admin.SimpleListFilter):
    """The posts on which comments wait, and the one that is chosen."""

    title = _("post")
    parameter_name = "post"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        wanted = Q(state=Status.HELD)
        if self.chosen is not None:
            wanted |= Q(post=self.chosen)
        found = public_titles(Comment.objects.filter(wanted, post__isnull=False)).order_by("on")
        rows = found.values_list("post_id", "on").distinct()
        return [(str(pk), str(title or _("not public now"))) for pk, title in rows[:50]]

    def queryset(self, request: HttpRequest, comments: Ticked) -> Ticked:
        return comments if self.chosen is None else comments.filter(post=self.chosen)

    @property
    def chosen(self) -> int | None:
        return whole(str(self.value()))


class ReportedFilter(admin.SimpleListFilter):
    """What readers reported, and nobody has decided about since."""

    title = _("reports")
    parameter_name = "reported"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("reported by readers"))]

    def queryset(self, request: HttpRequest, comments: Ticked) -> Ticked:
        if self.value() != "1":
            return comments
        return comments.filter(pk__in=reported().order_by().values("pk"))


def action(name: str, label: Any) -> Callable[..., HttpResponse | None]:
    """Return the list's action that makes one move with every comment that was ticked."""

    @admin.action(description=label, permissions=["moderate"])
    def move_ticked(
        self: "CommentAdmin", request: HttpRequest, ticked: Ticked
    ) -> HttpResponse | None:
        return self.move_ticked(request, ticked, name)

    move_ticked.__name__ = name
    return move_ticked


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    list_display = ["words", "where", "status", "sent_at"]
    list_display_links = None
    list_filter = ["state", ReportedFilter, PostFilter]
    list_per_page = 25
    list_select_related = ["parent"]
    search_fields = ["name", "text"]
    show_full_result_count = False
    actions = [
        action("approve", _("Approve")),
        action("reject", _("Reject with a reason…")),
        action("mark_spam", _("Mark as spam")),
        action("hold", _("Hold")),
    ]

    class Media:
        css = {"all": ["desk/comments.css"]}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody edits what a reader wrote."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("blog.moderate_comment")

    def get_urls(self) -> list[Any]:
        pages: dict[str, Any] = {
            "queue/": queue,
            "undo/": take_back,
            "second-look/": second_look,
            "record/": record,
            "by-mail/<str:token>/": by_mail,
        }
        names = (route.partition("/")[0].replace("-", "_") for route in pages)
        own = [
            path(route, self.admin_site.admin_view(view), name=f"blog_comment_{name}")
            for (route, view), name in zip(pages.items(), names, strict=True)
        ]
        return [*own, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> Ticked:
        return public_titles(super().get_queryset(request))

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """Put what waits first, the longest wait on top; then the rest, newest first."""
        held = Case(When(state=Status.HELD, then=F("sent_at")))
        return [held.asc(nulls_last=True), "-sent_at"]

    @admin.display(description=_("comment"))
    def words(self, comment: Comment) -> str:
        return render_to_string("admin/blog/comment/_in_list.html", {"comment": comment})

    @admin.display(description=_("post"), ordering="on")
    def where(self, comment: Any) -> str:
        if comment.translation_id is not None:
            said = _("A correction of § %(key)s of a translation") % {"key": comment.passage}
            return format_html('<a href="{}">{}</a>', comment.desk_path(), said)
        title = comment.on or _("not public now")
        return format_html('<a href="?post={}">{}</a>', comment.post_id, title)

    @admin.display(description=_("status"), ordering="state")
    def status(self, comment: Comment) -> str:
        """Show the status, and send it along: a move is for the status that was seen."""
        seen = '{0}<input type="hidden" name="seen-{1}" value="{2}">'
        seen += '<input type="hidden" name="revision-{1}" value="{3}">'
        state = comment.get_state_display()
        return format_html(seen, state, comment.pk, comment.state, comment.revision)

    def move_ticked(self, request: HttpRequest, ticked: Ticked, name: str) -> HttpResponse | None:
        """Make one move with every comment that was ticked; ask for the reason it needs first.

        What a colleague has decided meanwhile may have left the list's filter: it is looked up
        by its number, so that it is reported and not passed over. Of all that match, the first
        are shown before they are decided: nobody decides what they have not seen.
        """
        is_across = request.POST.get("select_across") == "1"
        if is_across:
            ticked = ticked.filter(state__in=MODERATION[name].sources)
        else:
            ticked = Comment.objects.filter(pk__in=request.POST.getlist(ACTION_CHECKBOX_NAME))
        reason, ground = request.POST.get("reason", ""), request.POST.get("ground", "")
        if ground not in ("", *Ground.values):
            raise BadRequest
        choices = [
            Choice(
                comment,
                name,
                request.POST.get(f"seen-{comment.pk}", comment.state),
                reason,
                revision_seen(request.POST.get(f"revision-{comment.pk}", "")),
                ground,
            )
            for comment in ticked.select_related(None).order_by("sent_at", "pk")[: AT_ONCE + 1]
        ]
        is_unexplained = not all(choice.explanation for choice in choices)
        if is_across or (MODERATION[name].needs_reason and is_unexplained):
            return self.ask(request, name, choices)
        if len(choices) > AT_ONCE:
            raise BadRequest
        report(request, decide_each(choices, by=request.user))
        return None

    def ask(self, request: HttpRequest, name: str, choices: list[Choice]) -> HttpResponse:
        """Show what was ticked, so far as one can be asked to read it; ask for a reason."""
        context = self.admin_site.each_context(request) | {
            "title": MODERATION[name].label,
            "opts": self.opts,
            "media": self.media,
            "choices": choices[:AT_ONCE],
            "are_more": len(choices) > AT_ONCE,
            "needs_reason": MODERATION[name].needs_reason,
            "grounds": Ground.choices,
            "name": name,
            "checkbox": ACTION_CHECKBOX_NAME,
            "is_missing": "reason" in request.POST,
        }
        return TemplateResponse(request, "admin/blog/comment/reason.html", context)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the list; what was just decided in it can be undone."""
        extra = (extra_context or {}) | {
            "sheet": undoable(request.user),
            "may_moderate": self.has_moderate_permission(request),
        }
        return super().changelist_view(request, extra)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show a comment where it stands, or make the move that its page asks for."""
        comment = self.get_object(request, object_id)
        if comment is None:
            raise Http404
        return act(request, comment) if request.method == "POST" else show(request, comment)
