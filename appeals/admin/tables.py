"""Bringing a table into the ledger and taking one out. Between the two steps nothing is stored."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from appeals.admin.ledger import Facts, LedgerMixin, refused
from appeals.ledger.exporting import TYPES, packed
from appeals.ledger.forms import Bringing
from appeals.ledger.importing import Parcel, Plan, bring, plan
from appeals.ledger.tables import BYTES, NotRead
from appeals.models import Appeal, AppealEdition
from editorial.editing import Stale
from editorial.numbers import whole

#: So many lines of a kind are shown in a preview.
SHOWN = 200


class InMemory(MemoryFileUploadHandler):
    """Keeps a file in memory: it may hold names that must never rest on a disk."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        self.activated = content_length <= BYTES + 100_000


def in_memory(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view's uploads stay in memory; its own check of the CSRF token reads them later."""

    @csrf_exempt
    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        request.upload_handlers = [InMemory(request)]
        return view(request, *args, **options)

    return kept


class TablesMixin(LedgerMixin):
    """The ledger's pages for tables."""

    def get_urls(self) -> list[Any]:
        admin: Any = self
        wrap = admin.admin_site.admin_view
        either = require_http_methods(["GET", "HEAD", "POST"])
        base = "<int:object_id>/signatories/"
        bring_in = sensitive_post_parameters()(either(self.bring_in))
        return [
            path(f"{base}import/", in_memory(wrap(bring_in)), name="appeals_ledger_import"),
            path(
                f"{base}signatories.<slug:form>",
                wrap(require_safe(self.take_out)),
                name="appeals_ledger_export",
            ),
            *super().get_urls(),
        ]

    def take_out(self, request: HttpRequest, object_id: int, form: str) -> HttpResponse:
        """Send the ledger as a table."""
        appeal = self.appeal_seen(request, object_id)
        if form not in TYPES:
            raise Http404
        answer = HttpResponse(packed(appeal, form), content_type=TYPES[form])
        answer.headers["Content-Disposition"] = f'attachment; filename="signatories.{form}"'
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def bring_in(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Read a file, show what it would do, and do it when that is confirmed."""
        appeal = self.appeal_seen(request, object_id)
        if not self.may_bring(request):
            raise PermissionDenied
        if request.method != "POST":
            return self.import_page(request, appeal, Bringing())
        if "parcel" in request.POST:
            return self.confirm(request, appeal)
        form = Bringing(request.POST, request.FILES)
        if not form.is_valid():
            return self.import_page(request, appeal, form, status=400)
        file = form.cleaned_data.pop("file")
        try:
            parcel = Parcel.read(file.read(), **form.cleaned_data)
            return self.preview(request, appeal, parcel)
        except NotRead as why:
            form.add_error("file", str(why))
        return self.import_page(request, appeal, form, status=400)

    def confirm(self, request: HttpRequest, appeal: Appeal) -> HttpResponse:
        """Do what was looked at, unless somebody saved since."""
        seen = request.POST.get("revision", "")
        try:
            parcel = Parcel.opened(request.POST["parcel"], appeal, request.user)
        except NotRead as why:
            messages.error(request, str(why))
            return HttpResponseRedirect(reverse("admin:appeals_ledger_import", args=[appeal.pk]))
        try:
            done = bring(
                appeal,
                parcel,
                by=request.user,
                revision=whole(seen) or 0,
                may_make=may_make(request),
            )
        except Stale as why:
            appeal.refresh_from_db()
            return self.preview(request, appeal, parcel, 409, refused(appeal, str(why)))
        messages.success(request, said_of(done))
        return HttpResponseRedirect(reverse("admin:appeals_ledger", args=[appeal.pk]))

    @staticmethod
    def may_bring(request: HttpRequest) -> bool:
        return LedgerMixin.may_work(request) and request.user.has_perm("appeals.add_signatory")

    def preview(
        self,
        request: HttpRequest,
        appeal: Appeal,
        parcel: Parcel,
        status: int = 200,
        refusal: Facts | None = None,
    ) -> HttpResponse:
        """Show what a parcel does, with the parcel itself sealed in the page."""
        found = plan(appeal, parcel, may_make=may_make(request))
        live = AppealEdition.objects.live().filter(item=appeal).exists()
        context = (refusal or {}) | {
            "title": _("What this file does"),
            "item": appeal,
            "plan": found,
            "parcel": parcel.sealed(appeal, request.user),
            "made": found.doing("made")[:SHOWN],
            "updated": found.doing("updated")[:SHOWN],
            "refused": found.doing("refused")[:SHOWN],
            "left_out": [entry.number for entry in found.entries if entry.left_out],
            "alike": found.alike[:SHOWN],
            "exposed": found.exposed[:SHOWN],
            "still_public": found.withheld_now if live else [],
            "shown_now": found.shown_now,
            "shown": SHOWN,
        }
        return self.ledger_page(request, "preview.html", context, status)

    def import_page(
        self, request: HttpRequest, appeal: Appeal, form: Bringing, status: int = 200
    ) -> HttpResponse:
        context = {"title": _("Bring in a table"), "item": appeal, "form": form}
        return self.ledger_page(request, "import.html", context, status)


def may_make(request: HttpRequest) -> bool:
    """Tell whether this person may make organisations and people."""
    return request.user.has_perms(["appeals.add_organisation", "appeals.add_person"])


def said_of(done: Plan) -> str:
    """Say what was done."""
    counts = done.counts
    total = counts["made"] + counts["updated"]
    said = ngettext(
        "%(n)d row brought in: %(made)d made, %(updated)d updated; %(left)d left as they were,"
        " %(refused)d refused.",
        "%(n)d rows brought in: %(made)d made, %(updated)d updated; %(left)d left as they were,"
        " %(refused)d refused.",
        total,
    )
    return said % (counts | {"n": total})
