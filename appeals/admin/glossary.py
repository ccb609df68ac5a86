"""The glossary at the desk, and as a table that comes and goes."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from appeals.ledger.tables import BYTES, NotRead
from appeals.models import GlossaryTerm
from appeals.wording.tables import bring, exported, rows_of
from editorial.admin import DeskAdmin

#: What was looked at travels with the form that confirms it, signed: nothing is kept here.
SALT, A_DAY = "appeals.glossary", 60 * 60 * 24
#: So many rows are shown before they are taken in.
SHOWN = 200


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(DeskAdmin):
    list_display = ("term", "rendering", "forbidden", "source", "target", "note")
    list_filter = ("source", "target")
    search_fields = ("term", "rendering", "forbidden", "note")
    fields = (("source", "target"), "term", "rendering", "forbidden", "note")
    change_list_template = "admin/appeals/glossary/change_list.html"

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        bring_in = require_http_methods(["GET", "HEAD", "POST"])(self.bring_in)
        return [
            path("glossary.csv", wrap(require_safe(self.take_out)), name="appeals_glossary_export"),
            path("import/", wrap(bring_in), name="appeals_glossary_import"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {"may_bring": self.may_bring(request)} | (extra_context or {})
        return super().changelist_view(request, context)

    def may_bring(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def take_out(self, request: HttpRequest) -> HttpResponse:
        """Send the glossary as a table."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        disposition = {"Content-Disposition": 'attachment; filename="glossary.csv"'}
        return HttpResponse(exported(), content_type="text/csv; charset=utf-8", headers=disposition)

    def bring_in(self, request: HttpRequest) -> HttpResponse:
        """Show what a table would do, and do it when that is confirmed."""
        if not self.may_bring(request):
            raise PermissionDenied
        try:
            if "table" in request.POST:
                return self.confirm(request)
            if request.method == "POST":
                return self.preview(request)
        except NotRead as why:
            return self.asked(request, status=400, refusal=str(why))
        return self.asked(request)

    def preview(self, request: HttpRequest) -> HttpResponse:
        file = request.FILES.get("file")
        if file is None:
            raise NotRead(_("Choose a file first."))
        columns, rows, numbers = rows_of(file.read(BYTES + 1))
        packed = signing.dumps([request.user.pk, columns, rows], salt=SALT, compress=True)
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if limit and len(packed) + 100_000 > limit:
            raise NotRead(_("This is too much for one go: bring it in several files."))
        entries = bring(columns, rows, numbers, is_trial=True)
        counts = Counter(entry.doing for entry in entries)
        shown = sorted(entries, key=lambda entry: entry.doing != "refused")[:SHOWN]
        is_news = bool(counts["made"] + counts["updated"])
        return self.asked(
            request,
            table=packed if is_news else "",
            entries=shown,
            columns=columns,
            counts=counts,
            more=len(entries) - SHOWN,
        )

    def confirm(self, request: HttpRequest) -> HttpResponse:
        try:
            by, columns, rows = signing.loads(request.POST["table"], salt=SALT, max_age=A_DAY)
        except signing.BadSignature:
            by, columns, rows = None, [], []
        if by != request.user.pk:
            raise NotRead(_("This preview is older than a day, or broken: send the file again."))
        counts = Counter(entry.doing for entry in bring(columns, rows, is_trial=False))
        total = counts["made"] + counts["updated"]
        said = ngettext("%(n)d term brought in.", "%(n)d terms brought in.", total)
        messages.success(request, said % {"n": total})
        return HttpResponseRedirect(reverse("admin:appeals_glossaryterm_changelist"))

    def asked(self, request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
        """Return the page that asks for a file, or shows what one does."""
        context = self.admin_site.each_context(request) | {
            "title": _("Bring in a glossary"),
            "opts": self.opts,
        }
        page = "admin/appeals/glossary/import.html"
        return TemplateResponse(request, page, context | more, status=status)
