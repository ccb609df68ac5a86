"""What the end of a post or an appeal leads to, and why: live, explained, the same every time."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from appeals.hiding import hide
from appeals.models import Appeal
from config.browsing.likeness import around
from editorial.editing import editing
from editorial.redacting import redact
from editorial.sealing import cancel_schedule, publish, withdraw
from tests.cast import approve, join, translate, write_post
from tests.shelves import post_of, shelved_appeal, shelved_post
from tests.worlds.clock import at

pytestmark = pytest.mark.django_db

NOW = datetime(2099, 3, 5, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SALT = "/2099/03/salt/"
ROW = re.compile(
    r'<a href="[^"]+"[^>]*>([^<]+)</a>\s*<span class="soft"><time[^>]*>[^<]*</time>(.*?)</span>'
)


def body(client, url, moment=NOW + 30 * DAY):
    with at(moment):
        answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def related(client, url, moment=NOW + 30 * DAY):
    """Return what a page calls related, with the reasons it gives."""
    rows = ROW.findall(body(client, url, moment))
    return {title: re.sub("</?bdi>", "", why).removeprefix(" · ") for title, why in rows}


def beside(client, url, moment=NOW + 30 * DAY):
    turn = body(client, url, moment).partition('class="turn neighbours"')[2]
    return re.findall(r'href="([^"]+)" rel="(\w+)"', turn.partition("</nav>")[0])


def test_each_reason_is_said_the_weightiest_first(client):
    with at(NOW):
        lake = shelved_appeal(
            "Lake",
            place="Elista",
            issued_by=["Ferry Union"],
            signed_by=["Ana Petrel", "Ivo Marsh"],
            summary="About the reservoir.",
        )
        post = write_post(title="Presenting", slug="presenting", body="<p>Here it is.</p>")
        with editing(post, by=join("wanda")):
            post.presented.create(appeal=lake, position=0)
        publish(approve(post), by=join("edda"))
    with at(NOW + DAY):
        shelved_appeal(
            "Hill",
            issued_by=["Ferry Union"],
            signed_by=["Ivo Marsh", "Ana Petrel"],
            transcribed=False,
        )
        shelved_appeal("Wood", place="ELISTA", transcribed=False)
        shelved_post("Dated", dateline="Элиста, 3 марта", body="<p>Elsewhere.</p>")
        shelved_post("Salt", labels=["Water", "Суд"], by=["Ana Petrel"], body="<p>One.</p>")
        shelved_post("Wells", labels=["Суд", "Water"], by=["Ana Petrel"], body="<p>Two.</p>")
        shelved_post("Nothing", body="<p>Else entirely.</p>")
    assert related(client, "/appeals/lake/") == {
        "Hill": "also signed by Ana Petrel, Ivo Marsh · same organisation: Ferry Union",
        "Presenting": "about this appeal",
        "Salt": "by Ana Petrel",
        "Wells": "by Ana Petrel",
    }
    assert related(client, "/appeals/lake/ru/") == related(client, "/appeals/lake/")
    assert related(client, SALT) == {
        "Wells": "also by Ana Petrel · same labels: Water, Суд",
        "Lake": "signed by Ana Petrel",
        "Hill": "signed by Ana Petrel",
    }
    assert related(client, "/2099/03/dated/") == {
        "Lake": "same place: Элиста",
        "Wood": "same place: Элиста",
    }
    # the appeal that a post presents stands on its page already
    assert "Lake" not in related(client, "/2099/03/presenting/")
    assert related(client, "/2099/03/nothing/") == {}


def test_rare_words_are_a_reason_in_a_translation_too(client):
    with at(NOW):
        shelved_post("Reservoir", slug="salt", body="<p>The sluices overflowed meadows.</p>")
        shelved_post("Sluices", body="<p>A reservoir in meadows.</p>")
        shelved_post("Two words", body="<p>Meadows overflowed.</p>")
        lake = shelved_appeal("Lake")
        text = translate(lake, by=join("tariq"))
        with editing(text, by=join("tariq")):
            text.renderings.update(text="Sluices overflowed: meadows.")
        publish(approve(text), by=join("edda"))
    found = related(client, SALT)
    assert found["Sluices"] == "same words: Reservoir, meadows, sluices"
    assert found["Lake"] == "same words: overflowed, meadows, sluices"


def test_only_what_is_live_is_related_to_the_second(client):
    with at(NOW):
        shelved_post("Salt", labels=["Water"], body="<p>One.</p>")
        soon = shelved_post("Soon", labels=["Water"], body="<p>Two.</p>", at=NOW + DAY)
        never = shelved_post("Never", labels=["Water"], body="<p>Three.</p>", at=NOW + DAY)
        cancel_schedule(post_of(never), by=join("edda"))
        draft = write_post(title="Draft", slug="draft")
        draft.labels.set(post_of(soon).labels.all())
    before = NOW + DAY - timedelta(seconds=1)
    assert related(client, SALT, before) == {}
    assert beside(client, SALT, before) == []
    assert related(client, SALT, NOW + DAY) == {"Soon": "same label: Water"}
    assert beside(client, SALT, NOW + DAY) == [("/2099/03/soon/", "next")]
    assert beside(client, "/2099/03/soon/", NOW + DAY) == [(SALT, "prev")]
    with at(NOW + 2 * DAY):
        withdraw(post_of(soon), by=join("edda"), note="A mistake.")
    assert related(client, SALT, NOW + 2 * DAY) == {}
    assert beside(client, SALT, NOW + 2 * DAY) == []


def test_a_name_that_is_hidden_or_struck_is_no_reason(client):
    with at(NOW):
        lake = shelved_appeal("Lake", signed_by=["Ana Petrel"], withheld=2)
        shelved_appeal("Hill", signed_by=["Ana Petrel"], withheld=2)
        shelved_appeal("Wood", signed_by=["Ivo Marsh"], withheld=2)
        shelved_post("Salt", by=["Ivo Marsh"])
    why = "also signed by Ana Petrel · same word: Абзац"
    assert related(client, "/appeals/lake/")["Hill"] == why
    with at(NOW + HOUR):
        signed = lake.signatories.get(name="Ana Petrel")
        hide(Appeal.objects.get(pk=lake.pk), f"draft-{signed.pk}", by=join("edda"))
    assert related(client, "/appeals/lake/") == related(client, "/appeals/hill/") == {}
    assert related(client, "/appeals/wood/") == {"Salt": "by Ivo Marsh"}
    redact(["Ivo Marsh"], by=None, ground="asked")
    assert related(client, "/appeals/wood/") == {}


def test_neighbours_are_of_one_kind_and_one_language(client):
    for number, title in enumerate(("First", "Second", "Third")):
        with at(NOW + number * DAY):
            shelved_post(title)
            shelved_post(f"{title} in French", language="fr")
            shelved_appeal(title)
    assert beside(client, "/2099/03/second/") == [
        ("/2099/03/first/", "prev"),
        ("/2099/03/third/", "next"),
    ]
    assert beside(client, "/appeals/first/") == [("/appeals/second/", "next")]


def test_what_nearly_everything_has_says_nothing_and_costs_nothing(client, monkeypatch):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            found = related(client, SALT)
        return found, len(queries)

    monkeypatch.setattr("config.browsing.likeness.COMMON", 3)
    monkeypatch.setattr("config.browsing.likeness.COMMON_WORD", 1)
    with at(NOW):
        salt = shelved_post("Salt", labels=["Water", "Суд"], body="<p>One.</p>")
        shelved_post("Near", labels=["Water"], body="<p>Two.</p>")
    few = asked()
    assert few[0] == {"Near": "same label: Water"}
    for number in range(4):
        with at(NOW + number * HOUR):
            shelved_post(f"Other {number}", labels=["Water"], body="<p>Two.</p>")
    with at(NOW + DAY):
        shelved_post("Court", labels=["Суд"], body="<p>Two.</p>")
    many = asked()
    assert many == ({"Court": "same label: Суд"}, few[1])
    with CaptureQueriesContext(connection) as queries:
        around(salt)
    assert len(queries) == 1
