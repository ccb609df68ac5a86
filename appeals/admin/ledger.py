"""The signatories' ledger at the desk: thousands of rows, one at a time or several at once."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import helpers
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from appeals.admin.signatories import SignatoryForm, SignatoryInline
from appeals.hiding import PERMISSION
from appeals.ledger import ordering
from appeals.ledger.forms import Arranging
from appeals.ledger.listing import A_PAGE, Ledger, Wanted
from appeals.models import Appeal, Signatory
from editorial.admin.locking import LockedForm, compare, last_saved
from editorial.editing import Stale, editing
from editorial.numbers import whole

#: What a refused save is shown with: by whom it was overtaken, when, and where the two differ.
Facts = dict[str, Any]


#: Fields that may be written in any script.
DIRECTED = {"name", "printed_as", "role", "role_original", "group", "group_original"}


class RowForm(LockedForm, SignatoryForm):
    """One row; it is locked by the revision of its appeal."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in DIRECTED & self.fields.keys():
            self.fields[name].widget.attrs["dir"] = "auto"

    @property
    def locked(self) -> Appeal:
        return self.instance.appeal


class RowInline(SignatoryInline):
    """What one row's page shows, with the widgets that it has in the form of its appeal."""

    form = RowForm
    readonly_fields: ClassVar[Any] = ()
    fieldsets: ClassVar[Any] = (
        (
            None,
            {
                "fields": (
                    ("name_status", "kind", "count"),
                    ("name", "printed_as"),
                    "person",
                    ("role", "role_original"),
                    ("group", "group_original"),
                    "organisation",
                    ("verification", "evidence_url"),
                    ("evidence_document", "evidence_page"),
                    "withdrew_on",
                ),
                "description": SignatoryInline.fieldsets[0][1]["description"],
            },
        ),
    )


class LedgerMixin:
    """The ledger's pages, for the appeals' admin."""

    def get_urls(self) -> list[Any]:
        admin: Any = self
        wrap = admin.admin_site.admin_view
        either = require_http_methods(["GET", "HEAD", "POST"])
        base = "<int:object_id>/signatories/"
        return [
            path(base, wrap(either(self.ledger)), name="appeals_ledger"),
            path(f"{base}add/", wrap(either(self.row)), name="appeals_ledger_add"),
            path(f"{base}<int:pk>/", wrap(either(self.row)), name="appeals_ledger_row"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    @staticmethod
    def may_work(request: HttpRequest) -> bool:
        """Tell whether this person may change the rows."""
        return request.user.has_perms(["appeals.change_appeal", "appeals.change_signatory"])

    def appeal_seen(self, request: HttpRequest, object_id: int) -> Appeal:
        """Return an appeal, for those who may look at who signed it; others change nothing.

        Raises:
            PermissionDenied: this person may not.
        """
        admin: Any = self
        if not request.user.has_perm("appeals.view_signatory"):
            raise PermissionDenied
        appeal = get_object_or_404(Appeal, pk=object_id)
        if not admin.has_view_or_change_permission(request, appeal):
            raise PermissionDenied
        if request.method == "POST" and not self.may_work(request):
            raise PermissionDenied
        return appeal

    def signed(self, appeal: Appeal) -> str:
        """Say in an appeal's form what its ledger comes to, and lead there."""
        if appeal.pk is None:
            return _("The ledger is there once this is saved.")
        figures = " · ".join(Ledger(appeal).figures.sentences())
        url = reverse("admin:appeals_ledger", args=[appeal.pk])
        return format_html(
            '{}<br><a class="button" href="{}">{}</a>', figures, url, _("The signatories’ ledger")
        )

    signed.short_description = gettext_lazy("signatories")  # type: ignore[attr-defined]

    # --- the list ----------------------------------------------------------------------------

    def ledger(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Show who signed, and move or remove the rows that were chosen."""
        appeal = self.appeal_seen(request, object_id)
        if request.method != "POST":
            return self.list_page(request, appeal)
        form = Arranging(request.POST, appeal)
        act = {"move": self.move, "order": self.order, "remove": self.remove}.get(
            request.POST.get("do", "")
        )
        if act is None or "revision" in form.errors:
            raise BadRequest
        if act != self.order:
            form.demand_rows()
        if act == self.move:
            form.demand_place()
        if not form.is_valid():
            return self.list_page(request, appeal, form, status=400)
        try:
            with editing(appeal, by=request.user, revision=form.cleaned_data["revision"]):
                place = act(request, appeal, form)
        except Stale as refusal:
            return self.list_page(request, appeal, form, 409, refused(appeal, str(refusal)))
        return HttpResponseRedirect(self.list_url(request, appeal, place))

    def move(self, request: HttpRequest, appeal: Appeal, form: Arranging) -> int:
        """Move the chosen rows to a place; return it."""
        chosen, place = form.cleaned_data["chosen"], form.cleaned_data["to"]
        order = ordering.moved(form.rows, chosen, place)
        ordering.write_order(appeal, order)
        place = 1 + next(i for i, pk in enumerate(order) if pk in set(chosen))
        said = ngettext("%(n)d row now stands at place %(place)d.",
                        "%(n)d rows now stand from place %(place)d on.", len(chosen))  # fmt: skip
        messages.success(request, said % {"n": len(chosen), "place": place})
        return place

    def order(self, request: HttpRequest, appeal: Appeal, form: Arranging) -> int:
        """Put the rows of a page in the order in which they were dragged."""
        some = form.cleaned_data["order"]
        ordering.write_order(appeal, ordering.rearranged(form.rows, some))
        messages.success(request, _("The rows are in the new order."))
        return 0

    def remove(self, request: HttpRequest, appeal: Appeal, form: Arranging) -> int:
        """Remove the chosen rows."""
        if not request.user.has_perm("appeals.delete_signatory"):
            raise PermissionDenied
        chosen = form.cleaned_data["chosen"]
        appeal.signatories.filter(pk__in=chosen).delete()
        said = ngettext("%(n)d row removed.", "%(n)d rows removed.", len(chosen))
        messages.success(request, said % {"n": len(chosen)})
        return 0

    def list_url(self, request: HttpRequest, appeal: Appeal, place: int = 0) -> str:
        """Return the address of the page on which a place stands, or else of the one left."""
        url = reverse("admin:appeals_ledger", args=[appeal.pk])
        if place:
            return f"{url}?page={(place - 1) // A_PAGE + 1}#place-{place}"
        return f"{url}?{request.GET.urlencode()}" if request.GET else url

    def list_page(
        self,
        request: HttpRequest,
        appeal: Appeal,
        form: Arranging | None = None,
        status: int = 200,
        refusal: Facts | None = None,
    ) -> HttpResponse:
        """Return a page of the ledger; after a refusal with what was chosen still chosen."""
        appeal.refresh_from_db()
        ledger = Ledger(appeal)
        wanted = Wanted(request.GET, ledger.groups)
        wanted.is_valid()
        page = ledger.page(wanted, request.GET.get("page", ""))
        asked = {name: value for name in wanted.fields if (value := wanted.value(name))}
        context = (refusal or {}) | {
            "title": _("Signatories of “%(appeal)s”") % {"appeal": appeal},
            "item": appeal,
            "ledger": ledger,
            "wanted": wanted,
            "asked": urlencode(asked),
            "page": page,
            "pages": page.paginator.get_elided_page_range(page.number),
            "form": form or Arranging(None, appeal),
            "chosen": chosen_in(request),
            "may_work": self.may_work(request),
            "may_bring": self.may_work(request) and request.user.has_perm("appeals.add_signatory"),
            "may_remove": request.user.has_perm("appeals.delete_signatory"),
            "may_hide": request.user.has_perm(PERMISSION),
            "can_drag": not asked,
        }
        return self.ledger_page(request, "ledger.html", context, status)

    # --- one row -----------------------------------------------------------------------------

    def row(self, request: HttpRequest, object_id: int, pk: int | None = None) -> HttpResponse:
        """Show one row, and save it; a new one stands at the end."""
        appeal = self.appeal_seen(request, object_id)
        row = appeal.signatories.filter(pk=pk or 0).first()
        if row is None and pk and request.method != "POST":
            raise Http404
        if request.method != "POST":
            form = self.row_form(request, appeal)(instance=row or Signatory(appeal=appeal))
            return self.row_page(request, appeal, form)
        return self.save_row(request, appeal, row, pk)

    def row_form(self, request: HttpRequest, appeal: Appeal) -> Any:
        admin: Any = self
        return RowInline(Appeal, admin.admin_site).get_formset(request, appeal).form

    def save_row(
        self, request: HttpRequest, appeal: Appeal, row: Signatory | None, pk: int | None
    ) -> HttpResponse:
        """Save a row if nobody saved before, or show both versions with what was typed."""
        seen = request.POST.get("revision", "")
        kind = self.row_form(request, appeal)
        try:
            with editing(appeal, by=request.user, revision=whole(seen) or 0):
                form = kind(request.POST, instance=row or Signatory(appeal=appeal))
                if form.is_valid():
                    saved = form.save(commit=False)
                    if saved.pk is None:
                        order = ordering.order_of(appeal)
                        ordering.write_order(appeal, order)
                        saved.position = len(order)
                    saved.save()
        except Stale as refusal:
            appeal.refresh_from_db()
            row = appeal.signatories.filter(pk=pk or 0).first()
            form = kind(request.POST, instance=row or Signatory(appeal=appeal))
            form.is_valid()  # and so it offers today's revision
            facts = refused(appeal, str(refusal))
            facts |= {"differences": [compare(form, name) for name in form.changed_data]}
            facts |= {"is_gone": pk is not None and row is None}
            return self.row_page(request, appeal, form, 409, facts)
        if form.errors:
            return self.row_page(request, appeal, form, 400)
        messages.success(request, _("Saved."))
        place = 1 + ordering.order_of(appeal).index(saved.pk)
        return HttpResponseRedirect(self.list_url(request, appeal, place))

    def row_page(
        self,
        request: HttpRequest,
        appeal: Appeal,
        form: Any,
        status: int = 200,
        refusal: Facts | None = None,
    ) -> HttpResponse:
        """Return the page of one row."""
        admin: Any = self
        order = ordering.order_of(appeal)
        at = order.index(form.instance.pk) if form.instance.pk in order else None
        inline = RowInline(Appeal, admin.admin_site)
        shown = helpers.AdminForm(form, inline.fieldsets, {}, (), model_admin=inline)
        lines = Ledger(appeal).lines if at is not None else []
        context = (refusal or {}) | {
            "title": _("Signature no. %d") % (at + 1) if at is not None else _("A new signature"),
            "item": appeal,
            "form": form,
            "adminform": shown,
            "media": admin.media + form.media,
            "line": lines[at] if at is not None else None,
            "previous": order[at - 1] if at else None,
            "next": order[at + 1] if at is not None and at + 1 < len(order) else None,
            "back": self.list_url(request, appeal, (at if at is not None else len(order) - 1) + 1),
            "may_work": self.may_work(request),
        }
        return self.ledger_page(request, "row.html", context, status)

    def ledger_page(
        self, request: HttpRequest, name: str, context: Facts, status: int
    ) -> HttpResponse:
        admin: Any = self
        context = admin.admin_site.each_context(request) | {"opts": admin.opts} | context
        context["is_nav_sidebar_enabled"] = False
        page = TemplateResponse(request, f"admin/appeals/ledger/{name}", context, status=status)
        page.headers["Cache-Control"] = "no-store"
        return page


def chosen_in(request: HttpRequest) -> set[int]:
    """Return the rows that were chosen on a page which comes back."""
    return {pk for said in request.POST.getlist("chosen") if (pk := whole(said)) is not None}


def refused(appeal: Appeal, refusal: str) -> Facts:
    """Return what a page says when somebody else was faster."""
    saved_by, saved_at = last_saved(appeal)
    return {"refusal": refusal, "saved_by": saved_by, "saved_at": saved_at}
