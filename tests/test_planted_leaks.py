"""The two-worlds test is shown to work: whatever leak is planted, it catches."""

from contextlib import ExitStack, contextmanager, nullcontext
from functools import cache

import pytest

from tests.worlds import NONE, B, world
from tests.worlds.addresses import every_address, one_of_each, variations
from tests.worlds.asking import ask, ask_all, ask_each, difference
from tests.worlds.leaks import AT_SEALING, LEAKS, rewritten

pytestmark = pytest.mark.django_db

SALT = "/2098/09/salt/"


@cache
def questions():
    """Return a short list of questions: some of each kind, whether there is an answer or not."""
    with world(NONE):
        found = {address: ask(address).status for address in every_address()}
    short = {a: s for a, s in found.items() if s == 404 and B.tag in a and a.count("/") < 6}
    pages = {a: s for a, s in found.items() if s == 200}
    others = {a: s for a, s in found.items() if s not in (200, 404)}
    few = [*one_of_each(pages), *one_of_each(others, most=1), *one_of_each(short, most=7)]
    return [*few, *variations([SALT])]


def where(name=""):
    """Return the first question that the two worlds answer differently, and how, or nothing."""
    plant, anew = LEAKS.get(name, nullcontext), name in AT_SEALING
    asked = questions()
    with planted_world(NONE, plant, anew):
        plain = ask_all(asked)
    with planted_world(B, plant, anew):
        for question, answer in ask_each(asked):
            if told := difference(plain[question], answer):
                return f"{question}: {told}"
    return ""


@contextmanager
def planted_world(secrets, plant, anew):
    """Plant before the world is made, if that is where the mistake is."""
    with ExitStack() as stack:
        if anew:
            stack.enter_context(plant())
        stack.enter_context(world(secrets, anew=anew))
        if not anew:
            stack.enter_context(plant())
        yield


@pytest.mark.parametrize("name", LEAKS)
def test_a_planted_leak_is_caught(name, record_property):
    caught = where(name)

    record_property("caught", caught)
    print(f"{name} | {caught}")
    assert caught, f"Nobody noticed that {name}."


def test_without_a_leak_nothing_is_caught():
    assert where() == ""


def test_a_leak_whose_place_is_gone_says_so():
    leak = rewritten("home.html", "what never stood there", "")

    with pytest.raises(LookupError, match=r"home.html does not say"), leak:
        pass
