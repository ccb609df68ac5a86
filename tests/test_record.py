"""The record of decisions about comments: everything that was decided, and no erased word."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog.comments.deciding import Choice, decide_each
from blog.comments.receipts import erase
from tests.cast import join
from tests.people import arrive
from tests.readers import publish_post, said

pytestmark = pytest.mark.django_db
PAGE = "/admin/blog/comment/record/"


@pytest.fixture
def decided():
    """Return two comments about which something was decided; one was erased after it."""
    edition = publish_post()
    kept = said(edition, "=HYPERLINK(1)", state="held")
    gone = said(edition, "My address is Reed Lane 4", name="Ana", state="held")
    choices = [
        Choice(kept, "approve", "held"),
        Choice(gone, "reject", "held", "she says where, she lives", ground="private"),
    ]
    decide_each(choices, by=join("mato"))
    erase(gone)
    return kept, gone


def sent(response):
    return b"".join(response.streaming_content).decode("utf-8-sig")


def test_the_record_is_a_table_without_formulas_and_erased_words(decided):
    mato = arrive("mato").open("/admin/blog/comment/").follow("The record")
    assert mato.status == 200
    text = sent(mato.client.get(f"{PAGE}?format=csv"))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["decision"], row["by"], row["state"], row["text"]) for row in rows] == [
        ("approve", "Mato", "approved", "'=HYPERLINK(1)"),
        ("reject", "Mato", "withdrawn", ""),
        ("erase", "its writer", "withdrawn", ""),
    ]
    assert rows[1]["reason"] == "Reveals personal data: she says where, she lives"
    assert "Reed Lane" not in text
    assert rows[0]["on"] == "salt"


def test_the_record_is_json_too_and_of_some_days(decided):
    mato = arrive("mato")
    everything = json.loads(sent(mato.client.get(f"{PAGE}?format=json")))
    assert [row["decision"] for row in everything] == ["approve", "reject", "erase"]
    today = everything[0]["at"][:10]
    assert len(json.loads(sent(mato.client.get(f"{PAGE}?format=json&since={today}")))) == 3
    assert json.loads(sent(mato.client.get(f"{PAGE}?format=json&until={today}"))) == []
    assert mato.client.get(f"{PAGE}?format=xml").status_code == 400
    assert arrive("wanda").client.get(f"{PAGE}?format=csv").status_code == 403
    assert arrive("edda").client.get(f"{PAGE}?format=csv").status_code == 403


def test_a_long_record_is_asked_for_in_stretches(decided, monkeypatch):
    monkeypatch.setattr("blog.comments.recording.AT_ONCE", 2)
    mato = arrive("mato")
    with CaptureQueriesContext(connection) as asked:
        sent(mato.client.get(f"{PAGE}?format=csv"))
    assert len([q for q in asked if "blog_comment" in q["sql"] and "SELECT" in q["sql"]]) == 2
