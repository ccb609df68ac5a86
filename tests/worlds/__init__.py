"""Three worlds: the same public facts with secrets A, with secrets B, and without any.

A reader asks each of them for everything there is an address for. Whatever differs tells the
reader something about what is secret.
"""

import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from django.core.cache import cache
from django.db import transaction

from editorial.canonical import sha256
from tests.worlds.clock import NOW, at
from tests.worlds.facts import Facts, make_facts
from tests.worlds.secrets import A, B, Secrets, make_before, make_beside

__all__ = ["NONE", "A", "B", "Facts", "Secrets", "world"]

NONE: Secrets | None = None


@contextmanager
def world(secrets: Secrets | None, *, many: int = 0) -> Iterator[Facts]:
    """Build a world, let it be asked at one moment, and take it down again.

    An edition's digest is as good as random to readers, for its salts are; here it follows from
    its item and its date alone, so that the same edition has the same one in each world.

    Args:
        many: how many more posts there are under one label, for lists that turn pages.
    """
    with transaction.atomic(), ExitStack() as stack:
        stack.enter_context(patch("editorial.canonical.digest", public_digest))
        stack.enter_context(at(NOW))
        random.seed(secrets.tag if secrets else "")
        cache.clear()
        if secrets:
            make_before(secrets)
        facts = make_facts(backwards=bool(secrets and secrets.backwards), many=many)
        if secrets:
            make_beside(secrets, facts)
        yield facts
        cache.clear()
        transaction.set_rollback(True)


def public_digest(envelope: dict[str, str], hashes: object) -> str:
    return sha256(f"{envelope['item']} {envelope['live_from']}")
