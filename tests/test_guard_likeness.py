"""Comments that say nearly the same find each other, whatever they are dressed up as."""

import random

import pytest

from blog.comments.queueing import pick, stacks_of
from blog.guarding.folding import folded
from blog.guarding.likeness import bands, shingles, words
from blog.models import Band, Comment
from editorial.moving import move
from editorial.redacting import redact
from tests.cast import join
from tests.racing import race
from tests.readers import publish_post, send
from tests.test_guard import come_from
from tests.timing import grows_in_proportion

pytestmark = pytest.mark.django_db

OFFER = (
    "Earn 500 dollars a day from home, no experience needed, write to our manager now and start "
    "today with a bonus for the first hundred people who join"
)


@pytest.fixture
def edition(settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    return publish_post()


@pytest.mark.parametrize(
    ("dressed", "plain"),
    [
        ("Сasinо", "casino"),
        ("c4sin0", "casino"),
        ("ＣＡＳＩＮＯ", "casino"),
        ("ca\u200bsi\u00adno", "casino"),
        ("cásïno", "casino"),
        ("1937", "1937"),
        ("Ёлка", "елка"),
        ("в 2022", "в 2022"),
    ],
)
def test_folded(dressed, plain):
    assert folded(dressed) == plain


@pytest.mark.parametrize(
    "varied",
    [
        OFFER.replace("500", "750"),
        OFFER.upper() + "!!!",
        OFFER.replace("manager", "director"),
        OFFER.replace("e", "е").replace("o", "о"),
        OFFER.replace("today ", "today — ").replace("dollars", "euros"),
        "Hello! " + OFFER + " https://pills.example/7781",
    ],
)
def test_a_variation_is_found_and_stacked(edition, varied):
    send(edition, come_from("203.0.113.1"), text=OFFER)
    send(edition, come_from("203.0.113.2"), text=varied)
    send(edition, come_from("203.0.113.3"), text="The wells were salt long before that letter.")
    first, second, third = Comment.objects.order_by("pk")
    assert (first.alike, second.alike, third.alike) == (first.key, first.key, third.key)
    assert "alike" in second.reasons
    assert "alike" not in first.reasons + third.reasons
    stack = stacks_of([first], Comment.objects.held())[first.key]
    assert (stack.count, len(stack.sources)) == (2, 2)
    assert pick(Comment.objects.held(), 25) == [first, third]
    Comment.objects.update(source="")
    assert stacks_of([first], Comment.objects.held())[first.key].sources == set()


def test_what_two_people_say_by_chance_is_stacked_and_not_held_for_it(edition):
    for text in ("Thank you!", "thank you"):
        send(edition, text=text)
    assert pick(Comment.objects.held(), 25) == [Comment.objects.order_by("pk")[0]]
    assert list(Comment.objects.values_list("reasons", flat=True)) == [[], []]


def test_what_was_decided_leaves_the_stack_and_is_still_remembered(edition):
    send(edition, text=OFFER)
    first = Comment.objects.get()
    move(first, "mark_spam", by=join("mato"))
    send(edition, text=OFFER + "!")
    second = Comment.objects.get(state="held")
    assert second.alike == first.key
    assert pick(Comment.objects.held(), 25) == [second]


@pytest.mark.django_db(transaction=True)
def test_of_eight_that_say_the_same_at_once_one_is_the_first(edition):
    acts = [
        lambda n=n: send(edition, come_from(f"203.0.113.{n}"), text=f"{OFFER} {n}").status_code
        for n in range(8)
    ]
    assert race(*acts) == [303] * 8
    assert Comment.objects.values("alike").distinct().count() == 1
    assert Band.objects.values("founder").distinct().count() == 1


def test_a_redaction_forgets_what_a_text_was_like(edition):
    send(edition, text=f"Ana Petrel says: {OFFER}")
    assert Band.objects.exists()
    redact(["Ana Petrel"], by=join("edda"), ground="At her request")
    assert not Band.objects.exists()
    assert Comment.objects.get().alike is None


def test_few_of_many_texts_share_a_band_by_chance():
    """And most that have four words of five in common do."""
    draw = random.Random(4)
    vocabulary = [f"w{n}" for n in range(400)]
    texts = [draw.choices(vocabulary, k=30) for _text in range(200)]
    kept = [set(bands(shingles(text))) for text in texts]
    strangers = sum(bool(kept[n] & kept[n + 1]) for n in range(199))
    twins = sum(
        bool(kept[n] & set(bands(shingles([*text[:14], "new", *text[15:]]))))
        for n, text in enumerate(texts)
    )
    assert strangers == 0
    assert twins > 195


def test_a_longer_text_takes_no_more_than_its_length():
    text = " ".join(f"w{n}" for n in range(1100))[:5000]
    assert grows_in_proportion(compared, text[:625], text, 8)


@pytest.mark.parametrize(
    "piece", ["a", "é", "а", "aа", "1a", "a.", "a[.]", "x\u200b", "www.", "٣ "]
)
def test_no_text_takes_long(piece):
    """Five thousand characters made to be tried again and again."""
    text = (piece * 5000)[:5000]
    assert grows_in_proportion(compared, text[:625], text, 8)


def compared(text):
    return bands(shingles(words(text)))
