"""The two-worlds test is shown to work: whatever leak is planted, it catches."""

from contextlib import nullcontext
from functools import cache

import pytest

from tests.worlds import NONE, B, world
from tests.worlds.addresses import every_address, one_of_each, variations
from tests.worlds.asking import ask, ask_all, differences
from tests.worlds.leaks import AT_SEALING, LEAKS, rewritten

pytestmark = pytest.mark.django_db

SALT = "/2098/09/salt/"


@cache
def questions():
    """Return a short list of questions: some of each kind, whether there is an answer or not."""
    with world(NONE):
        found = {address: ask(address).status for address in every_address()}
    short = {a: s for a, s in found.items() if s == 404 and B.tag in a and a.count("/") < 6}
    answered = {a: s for a, s in found.items() if s != 404}
    return [*one_of_each(answered), *one_of_each(short, most=7), *variations([SALT])]


def told(secrets, name=""):
    plant = LEAKS.get(name, nullcontext)
    if name in AT_SEALING:
        with plant(), world(secrets, anew=True):
            return ask_all(questions())
    with world(secrets), plant():
        return ask_all(questions())


@pytest.mark.parametrize("name", LEAKS)
def test_a_planted_leak_is_caught(name, record_property):
    questions()

    caught = differences(told(NONE, name), told(B, name))

    record_property("caught", caught[:3])
    print(f"{name}: {len(caught)} times, first {caught[:1]}")
    assert caught, f"Nobody noticed that {name}."


def test_without_a_leak_nothing_is_caught():
    questions()

    assert differences(told(NONE), told(B)) == []


def test_a_leak_whose_place_is_gone_says_so():
    leak = rewritten("home.html", "what never stood there", "")

    with pytest.raises(LookupError, match=r"home.html does not say"), leak:
        pass
