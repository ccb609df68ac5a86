"""After a redaction nobody can tell whose name it was: two worlds, every address, one answer."""

from contextlib import ExitStack, contextmanager
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import transaction

from editorial.matching import MARK
from editorial.redacting import redact
from editorial.verifying import verify
from tests.cast import join
from tests.newsroom import ANA, IVO, build, steady_keys
from tests.worlds import public_digest
from tests.worlds.addresses import crawl
from tests.worlds.asking import ask_all, differences
from tests.worlds.clock import NOW, at

pytestmark = pytest.mark.django_db


@contextmanager
def redacted(name):
    """Build a newsroom around a name and take the name out of it."""
    with transaction.atomic(), ExitStack() as stack:
        stack.enter_context(patch("editorial.canonical.digest", public_digest))
        stack.enter_context(at(NOW))
        stack.enter_context(patch("config.keeping.pdf.printed", str.encode))
        stack.enter_context(steady_keys())
        build(name)
        redact(name.values, by=join("edda"), ground="At their request")
        yield
        cache.clear()
        transaction.set_rollback(True)


def old_addresses(name):
    """Return where readers found the name."""
    return [
        f"/appeals/statement-of-{name.slug}/",
        f"/people/{name.slug}/",
        f"/labels/{name.slug}/",
        f"/organisations/friends-of-{name.slug}/",
        f"/{NOW:%Y/%m}/{name.slug}-speaks/",
    ]


def test_the_whole_site_is_the_same_whoever_was_named():
    with redacted(ANA):
        asked = [*crawl(), *old_addresses(ANA), *old_addresses(IVO)]
        one = ask_all(asked)
    with redacted(IVO):
        assert set(crawl()) <= set(asked)
        other = ask_all(asked)
    assert differences(one, other) == []
    assert len(asked) > 25
    pages = {question: answer.body.decode(errors="replace") for question, answer in one.items()}
    assert MARK in pages["GET /"]
    assert f"Said {MARK}" in pages["GET /appeals/kappeal/"]
    found = {one[f"GET {address}"].status for address in old_addresses(ANA)}
    assert found == {404}


def test_what_was_redacted_verifies(monkeypatch):
    build(IVO)
    redact(IVO.values, by=join("edda"), ground="At their request")
    assert list(verify()) == []
