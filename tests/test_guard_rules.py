"""Words, links and patterns: tried first, held by, and judged by what became of what they held."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from blog.guarding.reasons import said
from blog.guarding.rules import Text, holds
from blog.models import Catch, Comment, Rule
from editorial.moving import move
from tests.cast import join
from tests.readers import publish_post, send
from tests.readers import said as was_said
from tests.timing import grows_in_proportion

RULES = "/admin/blog/rule/"
TRY = f"{RULES}try/"


@pytest.fixture
def edition():
    return publish_post()


@pytest.fixture
def desk():
    client = Client()
    client.force_login(join("mato"))
    return client


HELD = [
    ("word", "casino", "The best Саsinо in town"),
    ("word", "casino", "CASÍNO!"),
    ("word", "casino", "c4s1no bonus"),
    ("word", "быстрый кредит", "Быстрый, кредит"),
    ("word", "win7", "get win7 here"),
    ("link", "pills.example", "see https://www.cheap.pills.example/x"),
    ("link", "https://pills.example/anything", "pills (dot) example"),
    ("link", "новости.рф", "на новости.рф читайте"),
    ("pattern", "earn * a day", "EARN about $500 A  DAY now"),
    ("pattern", "№ ######", "справка № 123456"),
    ("pattern", "v?agra", "V*AGRA"),
    ("pattern", "*bonus*", "a bonus"),
]
LEFT = [
    ("word", "casino", "casinos and occasionally"),
    ("word", "ass", "a classic passage"),
    ("link", "pills.example", "https://spills.example"),
    ("link", "pills.example", "pills, for example"),
    ("pattern", "earn * a day", "earn it\nnot in a day"),
    ("pattern", "######", "12345"),
    ("pattern", "a.b", "axb"),
]


@pytest.mark.parametrize(("kind", "wanted", "text"), HELD)
def test_held(kind, wanted, text):
    assert holds(kind, wanted, Text(text))


@pytest.mark.parametrize(("kind", "wanted", "text"), LEFT)
def test_left(kind, wanted, text):
    assert not holds(kind, wanted, Text(text))


@given(st.text("ab?*#.1 ", max_size=12), st.text("ab.1 c", max_size=30))
def test_a_pattern_says_the_same_as_a_regular_expression_would(wanted, text):
    import re

    signs = {"*": ".*", "?": ".", "#": r"\d"}
    expression = "".join(signs.get(char) or re.escape(char) for char in wanted)
    line = " ".join(text.split())
    assert holds("pattern", wanted, Text(text)) == bool(re.search(expression, line))


@pytest.mark.parametrize("wanted", ["*a" * 90 + "b", "?" * 199 + "b", "a?" * 99 + "b", "#*" * 99])
def test_no_pattern_takes_long(wanted):
    """Against five thousand characters made for it; a regular expression would need ages."""
    few, many = Text("a" * 625), Text("a" * 5000)
    assert grows_in_proportion(lambda text: holds("pattern", wanted, text), few, many, 8)


# --- what they hold --------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_rule_holds_and_is_named(edition):
    casino = Rule.objects.create(kind="word", text="casino")
    Rule.objects.create(kind="word", text="bonus", is_active=False)
    send(edition, text="A casino with a bonus")
    comment = Comment.objects.get()
    assert comment.reasons == [f"rule:{casino.pk}"]
    assert said(comment.reasons) == [f"The newsroom’s rule {casino.pk} holds it."]
    assert list(Catch.objects.values_list("rule", "comment")) == [(casino.pk, comment.pk)]


@pytest.mark.django_db
def test_a_hundred_rules_ask_no_more_than_one(edition):
    counts = []
    for size in (1, 99):
        Rule.objects.bulk_create(Rule(text=f"casino {size} {n}") for n in range(size))
        Rule.objects.create(text=f"word{size}")
        with CaptureQueriesContext(connection) as asked:
            send(edition, text=f"word{size} " + "casino 1 0 casino 99 7" * (size > 1))
        counts.append(len(asked))
    assert counts[0] == counts[1]


# --- at the desk -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_report_card_tells_what_became_of_what_was_held(edition, desk):
    rule = Rule.objects.create(kind="word", text="casino")
    for number, name in enumerate(["approve", "approve", "mark_spam", "reject", None]):
        send(edition, text=f"casino {'x' * number}")
        if name:
            move(
                Comment.objects.order_by("pk").last(),
                name,
                by=join("mato"),
                reason="Off the subject",
            )
    report = Rule.objects.with_report().get(pk=rule.pk)
    assert (report.held, report.overruled, report.confirmed) == (5, 2, 2)
    row = desk.get(RULES).content.decode()
    assert '<td class="field-held">5</td>' in row
    assert '<td class="field-overruled_share">50%</td>' in row


@pytest.mark.django_db
def test_a_rule_is_tried_before_it_is_made(edition, desk):
    was_said(edition, "The casino was built in 1927.")
    was_said(edition, "CASINO bonus", state="spam")
    was_said(edition, "They did.")
    sent = {"kind": "word", "text": "casino", "sample": "Cas1no?"}

    html = desk.post(TRY, sent).content.decode()
    assert "It would have held 2 of the newest 3 comments" in html
    assert "1 of them was approved" in html
    assert "The text above would be held." in html
    assert "?kind=word&amp;text=casino" in html
    assert Rule.objects.count() == 0

    form = desk.get(f"{RULES}add/?kind=word&text=casino").content.decode()
    assert f'formaction="{TRY}"' in form
    assert 'value="casino"' in form
    desk.post(f"{RULES}add/", {"kind": "word", "text": " casino ", "is_active": "on"})
    assert Rule.objects.get().text == "casino"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "text"), [("pattern", "*"), ("pattern", "?a*"), ("word", "!?"), ("link", "com")]
)
def test_a_rule_that_would_hold_everything_or_nothing_is_not_taken(desk, kind, text):
    answer = desk.post(f"{RULES}add/", {"kind": kind, "text": text, "is_active": "on"})
    assert "nearly everything, or nothing" in answer.content.decode()
    assert Rule.objects.count() == 0


@pytest.mark.django_db
def test_only_moderators_try_and_make_rules(client):
    for who, status in [("wanda", 403), ("mato", 200)]:
        client.force_login(join(who))
        for url in (TRY, f"{RULES}add/", RULES):
            assert client.get(url).status_code == status


@pytest.mark.django_db
def test_a_rule_keeps_its_report_card(desk):
    rule = Rule.objects.create(kind="word", text="casino")
    assert desk.post(f"{RULES}{rule.pk}/delete/", {"post": "yes"}).status_code == 403
