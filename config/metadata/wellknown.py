"""Small files that programs ask every site for."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from editorial.addresses import whole


def text(*lines: str) -> HttpResponse:
    body = "".join(f"{line}\n" for line in lines)
    return HttpResponse(body, content_type="text/plain; charset=utf-8")


def robots(request: HttpRequest) -> HttpResponse:
    """Let everybody read everything but the desk, and say where the sitemap is."""
    rules = ["User-agent: *", "Disallow: /admin/", "Disallow: /preview/", ""]
    return text(*rules, f"Sitemap: {whole('/sitemap.xml')}")


def security(request: HttpRequest) -> HttpResponse:
    """Say where a weakness can be reported (RFC 9116), if the settings name a contact."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    policy = [f"Policy: {settings.SECURITY_POLICY}"] if settings.SECURITY_POLICY else []
    return text(
        *(f"Contact: {contact}" for contact in settings.SECURITY_CONTACT),
        f"Expires: {expiry(timezone.now()):%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {settings.LANGUAGE_CODE}",
        f"Canonical: {whole('/.well-known/security.txt')}",
        *policy,
    )


def expiry(now: datetime) -> datetime:
    """Return the first day of the month after next: while the site runs, its settings hold."""
    month = now.year * 12 + now.month + 1
    return datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC)
