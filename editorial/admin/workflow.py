"""The page of a working copy: its form, and beside it what can be done with it."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from editorial.admin.acts import ACTS, ActForm, was_public
from editorial.admin.base import DeskAdmin
from editorial.admin.lists import WaitingListAdmin
from editorial.admin.locking import LockedForm, differences, last_saved, without_gone_rows
from editorial.admin.noting import NotesMixin
from editorial.admin.standing import Attempt, Standing
from editorial.editing import bump, contribute, editing, fresh
from editorial.moving import move
from editorial.states import CannotNow, MayNot, State

Posted = method_decorator(require_POST)


class WorkflowAdmin(WaitingListAdmin, NotesMixin, DeskAdmin):
    """A short class per model: fields and inlines in reading order; the rest is here.

    The form saves inside ``editing``, so contributions, revisions and lapsed approvals are seen
    to. Every other act is a form of its own that posts to ``move/``.
    """

    form = LockedForm
    #: Templates of what a kind of item adds to the panel.
    panels: tuple[str, ...] = ()
    change_form_template = "admin/editorial/change_form.html"

    # --- saving ------------------------------------------------------------------------------

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Save the form and its inlines as one edit, or nothing of them."""
        asked = (request, object_id, form_url, extra_context)
        if request.method != "POST":
            return super().changeform_view(*asked)
        item = self.get_object(request, unquote(object_id)) if object_id else None
        if item is None:
            response = super().changeform_view(*asked)
        else:
            with transaction.atomic():
                with editing(item, by=request.user):
                    revision = fresh(item).revision
                    response = super().changeform_view(*asked)
                if getattr(request, "has_changes", False) and item.revision == revision:
                    bump(item)  # no content, such as a plan: other people's forms are stale too
        if "_submit" in request.POST and (saved := getattr(request, "saved_item", None)):
            self.submit(request, fresh(saved))
        return response

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Save the inlines; whoever makes an item has contributed to it."""
        super().save_related(request, form, formsets, change)
        request.saved_item = form.instance
        request.has_changes = form.has_changed() or any(f.has_changed() for f in formsets)
        if not change:
            contribute(form.instance, by=request.user)

    def submit(self, request: HttpRequest, item: Any) -> None:
        """Submit what was just saved. If that cannot be, it stays saved, and we say why."""
        try:
            move(item, "submit", by=request.user)
        except (MayNot, CannotNow) as refusal:
            self.message_user(request, _("Saved, but: %s") % refusal, messages.WARNING)
        else:
            self.message_user(request, _("Submitted for review."), messages.SUCCESS)

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> HttpResponse:
        return self._back(request, obj) or super().response_add(request, obj, *args)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._back(request, obj) or super().response_change(request, obj)

    def _back(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        if "_submit" not in request.POST:
            return None
        return HttpResponseRedirect(self.address(obj))

    def address(self, obj: Any, verb: str = "change", *more: Any) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{verb}"
        return reverse(name, args=[quote(obj.pk), *more], current_app=self.admin_site.name)

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Take rows that a colleague removed for new ones, so that the form still saves."""
        options = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in options and obj.pk:
            fk = inline.get_formset(request, obj).fk.name
            stored = inline.model._base_manager.filter(**{fk: obj}).values_list("pk", flat=True)
            options["data"] = without_gone_rows(
                options["data"], prefix, inline.model._meta.pk.name, {str(pk) for pk in stored}
            )
        return options

    # --- the page ----------------------------------------------------------------------------

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        """Add the panel, and both versions when the save was refused as stale."""
        obj = options.get("obj")
        form = context["adminform"].form
        works = request.user.has_perm(self.model.permission("change"))
        context["can_submit"] = works and (obj is None or obj.state != State.IN_REVIEW)
        if obj is not None and obj.pk:
            item = fresh(obj)  # the form may have put what was typed into the other
            context["standing"] = Standing(item, request.user, context.pop("attempt", None))
            context |= {"original": item, "subtitle": str(item)}
            context["panels"] = self.panels
            context["move_url"] = self.address(obj, "move")
            context |= self.notes(request, item, context["standing"])
        if form.is_bound and getattr(form, "is_stale", False):
            context["differences"] = differences(
                form, [inline.formset for inline in context["inline_admin_formsets"]]
            )
            context["saved_by"], context["saved_at"] = last_saved(obj)
            others = [error for name, error in form.errors.items() if name != "revision"]
            if not others and all(i.formset.is_valid() for i in context["inline_admin_formsets"]):
                context["errors"] = []
        return super().render_change_form(request, context, *args, **options)

    def get_urls(self) -> list[Any]:
        own = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("<path:object_id>/move/", view(self.move_view), name=f"{own}_move"),
            path("<path:object_id>/note/", view(self.note_view), name=f"{own}_note"),
            path(
                "<path:object_id>/note/<int:note_id>/resolve/",
                view(self.resolve_view),
                name=f"{own}_resolve",
            ),
            *super().get_urls(),
        ]

    @Posted
    def move_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Do what a button of the panel says, or show the page again with the refusal in place."""
        item = self.seen(request, object_id)
        act = ACTS.get(request.POST.get("act", ""))
        if item is None or act is None:
            return self._get_obj_does_not_exist_redirect(  # type: ignore[attr-defined]
                request, self.opts, object_id
            )
        form = ActForm(act, item, request.POST, was_public=was_public(item))
        if not form.is_valid():
            return self.again(request, item, Attempt(act.name, "", request.POST), 400)
        try:
            act.do(item, request.user, form.cleaned_data["revision"], form.answers())
        except (MayNot, CannotNow) as refusal:
            status = 403 if isinstance(refusal, MayNot) else 409
            return self.again(request, item, Attempt(act.name, str(refusal), request.POST), status)
        self.message_user(request, _("“%(title)s”: %(done)s.") % {"title": item, "done": act.done})
        return HttpResponseRedirect(self.address(item))

    def seen(self, request: HttpRequest, object_id: str) -> Any:
        """Return the item, or None; whoever may not look at it may do nothing with it."""
        item = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, item):
            raise PermissionDenied
        return item

    def again(self, request: HttpRequest, item: Any, attempt: Attempt, status: int) -> HttpResponse:
        """Show the item's page as it is now, with what was tried and why it was refused."""
        request.method = "GET"
        response = super().changeform_view(
            request, str(item.pk), self.address(item), {"attempt": attempt}
        )
        response.status_code = status
        return response

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was sealed once is withdrawn, never deleted."""
        if obj is not None and obj.pk and obj.editions.exists():
            return False
        return super().has_delete_permission(request, obj)
