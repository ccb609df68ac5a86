"""Three worlds: the same public facts with secrets A, with secrets B, and without any.

A reader asks each of them for everything there is an address for. Whatever differs tells the
reader something about what is secret.
"""

import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from unittest.mock import patch

from django.core.cache import cache
from django.db import transaction

from editorial.canonical import sha256
from tests.worlds.clock import NOW, at
from tests.worlds.facts import Facts, make_facts
from tests.worlds.rows import Rows, remember, restore
from tests.worlds.secrets import A, B, Secrets, make_before, make_beside, make_between

__all__ = ["NONE", "A", "B", "Facts", "Secrets", "world"]

NONE: Secrets | None = None
REMEMBERED: dict[tuple[Secrets | None, int], tuple[Facts, Rows]] = {}


@contextmanager
def world(secrets: Secrets | None, *, many: int = 0, anew: bool = False) -> Iterator[Facts]:
    """Build a world, let it be asked at one moment, and take it down again.

    An edition's digest is as good as random to readers, for its salts are; here it follows from
    its item and its date alone, so that the same edition has the same one in each world.

    Args:
        many: how many more posts there are under one label, for lists that turn pages.
        anew: build it by the ways of the newsroom, even if its rows are remembered.
    """
    plan = (secrets, many)
    with transaction.atomic(), ExitStack() as stack:
        stack.enter_context(patch("editorial.canonical.digest", public_digest))
        # A PDF says what its HTML says, and printing every one would take minutes.
        stack.enter_context(patch("config.keeping.pdf.printed", str.encode))
        stack.enter_context(at(NOW))
        cache.clear()
        if anew or plan not in REMEMBERED:
            facts = build(secrets, many)
            if not anew:
                REMEMBERED[plan] = facts, remember()
        else:
            facts, rows = REMEMBERED[plan]
            restore(rows)
        yield facts
        cache.clear()
        transaction.set_rollback(True)


def build(secrets: Secrets | None, many: int) -> Facts:
    """Make the public facts, and the secrets before, between and beside them."""
    random.seed(secrets.tag if secrets else "")
    if secrets is None:
        return make_facts(many=many)
    make_before(secrets)
    between = partial(make_between, secrets)
    facts = make_facts(many=many, backwards=secrets.backwards, between=between)
    make_beside(secrets, facts)
    return facts


def public_digest(envelope: dict[str, str], hashes: object) -> str:
    return sha256(f"{envelope['item']} {envelope['live_from']}")
