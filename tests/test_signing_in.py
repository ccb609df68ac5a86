"""Passwords are not tried by the thousand, and nobody locks a colleague out."""

import pytest
from django.core.cache import cache

from config.signing_in import ATTEMPTS
from tests.cast import join

pytestmark = pytest.mark.django_db


def attempt(client, password, name="edda", source="192.0.2.7"):
    """Try to sign in, and return whether that went well, and what the page says."""
    told = {"username": name, "password": password, "next": "/admin/"}
    response = client.post("/admin/login/", told, REMOTE_ADDR=source)
    return response.status_code == 302, response.content.decode()


def test_after_too_many_wrong_passwords_even_the_right_one_waits(client):
    join("edda")
    join("rosa")
    for _number in range(ATTEMPTS):
        assert "Too many" not in attempt(client, "wrong", name=" EDDA")[1]
    done, said = attempt(client, "edda")
    assert (done, "Too many wrong passwords. Wait 15 minutes" in said) == (False, True)
    assert attempt(client, "rosa", name="rosa")[0]
    assert attempt(client, "edda", source="198.51.100.4")[0]
    cache.clear()  # as the quarter of an hour does
    assert attempt(client, "edda")[0]


def test_who_signs_in_begins_to_count_anew(client):
    join("edda")
    for _round in range(2):
        for _number in range(ATTEMPTS - 1):
            attempt(client, "wrong")
        assert attempt(client, "edda")[0]


def test_what_is_counted_names_nobody(client):
    join("edda")
    attempt(client, "wrong")
    kept = " ".join(str(key) for key in cache._cache)
    assert kept
    assert not any(word in kept for word in ("edda", "192.0.2.7"))
