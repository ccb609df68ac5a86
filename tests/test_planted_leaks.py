"""The two-worlds test is shown to work: whatever leak is planted, it catches."""

from contextlib import ExitStack, contextmanager, nullcontext
from functools import cache
from itertools import islice

import pytest

from tests.worlds import NONE, B, world
from tests.worlds.addresses import crawl, every_address, one_of_each, queries, variations
from tests.worlds.asking import ask_all, ask_each, difference
from tests.worlds.leaks import AT_SEALING, LEAKS, rewritten

pytestmark = pytest.mark.django_db

SALT = "/2098/09/salt/"


@cache
def questions():
    """Return a short list of questions: some of each kind, whether there is an answer or not."""
    with world(NONE):
        answers = ask_all(one_of_each({a: B.tag in a for a in every_address()}, most=7))
        crawl(answers)
    found = {question.removeprefix("GET "): answer.status for question, answer in answers.items()}
    short = {a: s for a, s in found.items() if s == 404 and B.tag in a and a.count("/") < 6}
    pages = {a: s for a, s in found.items() if s == 200}
    others = {a: s for a, s in found.items() if s not in (200, 404)}
    few = [*one_of_each(pages), *one_of_each(others, most=1), *one_of_each(short, most=7)]
    return [*few, *variations([SALT]), *queries([SALT])]


@cache
def well():
    """Return what a world without secrets answers while nothing leaks."""
    asked = questions()
    with world(NONE):
        return ask_all(asked)


def where(name=""):
    """Return the first question that the two worlds answer differently, and how, or nothing.

    The first answers that are unlike a sound site's are compared first, for most leaks show there;
    only where those tell nothing is everything asked.
    """
    plant, anew, sound = LEAKS.get(name, nullcontext), name in AT_SEALING, well()
    with planted_world(B, plant, anew):
        odd = list(islice(unlike(sound, ask_each(questions())), 4))
    return told(plant, anew, odd) or told(plant, anew, questions())


def unlike(sound, asked):
    """Yield the questions that are not answered as on a sound site, as they can be asked again."""
    for question, (spelled, answer) in zip(questions(), asked, strict=False):
        if answer != sound[spelled]:
            yield question


def told(plant, anew, asked):
    """Return the first of these questions that tells the two worlds apart, and how."""
    with planted_world(B, plant, anew):
        answers = dict(ask_each(asked))
    with planted_world(NONE, plant, anew):
        for spelled, plain in ask_each(asked):
            if how := difference(plain, answers[spelled]):
                return f"{spelled}: {how}"
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
