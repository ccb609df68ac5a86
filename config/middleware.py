"""What differs between the readers' pages and the desk: the language, and response headers."""

from collections.abc import Callable
from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.urls import set_urlconf
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe
from django.utils.translation import get_language_from_request, override

from config.answering import etag
from editorial.addresses import split
from editorial.methods import READING

Handler = Callable[[HttpRequest], HttpResponse]


class CompressionMiddleware(GZipMiddleware):
    """Compresses the texts that readers get, and leaves the desk alone.

    Where a page holds a secret of who asks for it, and somebody else has a say in what stands
    beside it, its length gives the secret away (BREACH). The desk's pages hold one, the readers'
    none. So nothing random is put in: a page is the same bytes for everybody.
    """

    max_random_bytes = 0

    def process_response(self, request: Any, response: Any) -> Any:
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        is_text = kind.startswith("text/") or kind.endswith(("json", "xml"))
        if is_text and not request.path.startswith("/admin/"):
            return super().process_response(request, response)
        return response


def conditional_middleware(get_response: Handler) -> Handler:
    """Answer 304 to who has just this already, where an answer says by what it is known.

    It stands around what compresses: a 304 has the ETag and the Vary of the 200 that it stands for
    (RFC 9110, 15.4.5), or a cache would take it for that of another answer.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        etag, date = (response.headers.get(name) for name in ("ETag", "Last-Modified"))
        if request.method not in READING or response.status_code != 200 or not etag:
            return response
        modified = parse_http_date_safe(date) if date else None
        return get_conditional_response(request, etag, modified, response) or response

    return handle


def language_middleware(get_response: Handler) -> Handler:
    """Speak the language that the address asks for; at the desk, the one that the browser does.

    Nothing else has a say on a public page: no cookie and no header, so that a page is one and
    the same for all who ask for it. On pages with a language in front, links keep it.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        from config.urls import fronted  # which needs all that is installed

        if is_desk := request.path_info.startswith("/admin/"):
            language = get_language_from_request(request)
        else:
            language, _path = split(request.path_info)
            if language in fronted:
                request.urlconf = fronted[language]
        try:
            with override(language):
                response = get_response(request)
        finally:
            set_urlconf(None)
        if is_desk:
            patch_vary_headers(response, ["Accept-Language"])
        return response

    return handle


class PolicyMiddleware(CSPMiddleware):
    """Writes the content security policy in one order, where django-csp has that of a set.

    Python shakes the order of sets from process to process; a page is the same from each of them.
    """

    def process_response(self, request: Any, response: Any) -> Any:
        response = super().process_response(request, response)
        if policy := response.headers.get(HEADER):
            response.headers[HEADER] = "; ".join(sorted(policy.split("; ")))
        return response


def policy_middleware(get_response: Handler) -> Handler:
    """Give the desk its own content security policy, and keep it out of caches and indexes.

    What readers get may be kept, if it is asked for each time whether it still holds: the next
    edition may be a second away. A browser would keep a 301 for ever, and go round in a circle
    once an item has its old address back.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith("/admin/"):
            stricter = getattr(response, "_csp_replace", {})
            policy = settings.ADMIN_CONTENT_SECURITY_POLICY | stricter
            response._csp_replace = policy  # type: ignore[attr-defined]
            response.headers["Cache-Control"] = "no-store"
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        else:
            response.headers.setdefault("Cache-Control", "public, no-cache")
            may_be_kept = "no-store" not in response.headers["Cache-Control"]
            if may_be_kept and response.status_code == 200 and not response.streaming:
                response.headers.setdefault("ETag", etag(response.content))
        return response

    return handle


def onion_middleware(get_response: Handler) -> Handler:
    """Tell browsers that can go there where a page is on the onion service, if there is one."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if settings.ONION_URL and is_page and not request.path.startswith("/admin/"):
            response.headers["Onion-Location"] = settings.ONION_URL + request.get_full_path()
        return response

    return handle
