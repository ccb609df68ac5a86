"""What a working copy said before: for models that keep their drafts' history."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from editorial.admin.locking import moment, plain


class VersionsMixin(SimpleHistoryAdmin):
    """Looks back only. Reverting by a button would pass by contributions and approvals."""

    object_history_list_template = "admin/editorial/versions.html"

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Show one version beside today's text."""
        item = self.get_object(request, object_id)
        version = self.model.history.filter(id=object_id, history_id=version_id).first()
        if item is None or version is None:
            raise Http404
        if not self.has_view_or_change_permission(request, item):
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        rows = [
            {"label": field.verbose_name, "then": then, "now": now, "differs": then != now}
            for field in self.model._meta.fields
            if field.editable and not field.primary_key
            for then, now in [(told(version, field), told(item, field))]
        ]
        context = self.admin_site.each_context(request) | {
            "title": _("Version of %s") % moment(version.history_date),
            "subtitle": str(item),
            "rows": rows,
            "version": version,
            "original": item,
            "opts": self.opts,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/editorial/version.html", context)


def told(row: Any, field: Any) -> str:
    """Return a field's value as people read it."""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    value = getattr(row, field.attname if field.is_relation else field.name)
    if value in (None, ""):
        return ""
    return moment(value) if hasattr(value, "strftime") else plain(str(value))
