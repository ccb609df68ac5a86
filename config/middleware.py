"""Response headers that differ between the readers' pages and the desk."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]


def policy_middleware(get_response: Handler) -> Handler:
    """Give the desk its own content security policy, and keep it out of caches and indexes."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith("/admin/"):
            stricter = getattr(response, "_csp_replace", {})
            policy = settings.ADMIN_CONTENT_SECURITY_POLICY | stricter
            response._csp_replace = policy  # type: ignore[attr-defined]
            response.headers["Cache-Control"] = "no-store"
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return handle
