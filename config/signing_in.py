"""Signing in at the desk: nobody tries passwords by the thousand."""

import unicodedata
from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from blog.guarding.sources import mark

#: So many wrong passwords for one name from one source, and for so long no other is looked at.
ATTEMPTS, MINUTES = 10, 15


class SignInForm(AdminAuthenticationForm):
    """Refuses a name for a while after too many wrong passwords from where they came.

    Elsewhere the same person signs in: nobody can lock a colleague out. What is counted is in the
    cache, under a hash, and names neither.
    """

    def clean(self) -> dict[str, Any]:
        key = self.key()
        if cache.get(key, 0) >= ATTEMPTS:
            raise ValidationError(
                ngettext(
                    "Too many wrong passwords. Wait %(minutes)d minute, then try again.",
                    "Too many wrong passwords. Wait %(minutes)d minutes, then try again.",
                    MINUTES,
                ),
                code="too_many",
                params={"minutes": MINUTES},
            )
        try:
            cleaned = super().clean()
        except ValidationError:
            cache.add(key, 0, MINUTES * 60)
            cache.incr(key)
            raise
        cache.delete(key)
        return cleaned

    def key(self) -> str:
        name = unicodedata.normalize("NFKC", self.data.get("username", "")).casefold().strip()
        source = mark(self.request.META) if self.request else ""
        return salted_hmac("config.signing_in", f"{source}\0{name}", algorithm="sha256").hexdigest()
