"""What is refused before any view is asked, and what every answer of the site has in common."""

from datetime import UTC, date, datetime
from urllib.parse import quote

import pytest
from django.forms import DateField
from django.test import Client
from django.utils.formats import date_format

from editorial.editing import editing
from editorial.sealing import publish, withdraw
from tests.cast import approve, join, translate, write_appeal, write_post
from tests.desk import page, sit

pytestmark = pytest.mark.django_db
MUCH = {"username": "x" * 2_700_000, "text": "x"}


def test_who_sends_too_much_is_told_how_much_it_may_be(client):
    post = publish(approve(write_post(slug="salt")), by=join("edda"))
    for address in ("/admin/login/", f"{post.get_absolute_url()}comment/"):
        response = client.post(address, MUCH)
        assert response.status_code == 413
        assert "2.5\xa0MB" in response.content.decode()
        assert not response.cookies


def test_a_request_that_means_nothing_is_answered_in_words(client):
    response = client.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "That was not understood" in response.content.decode()


def test_a_form_that_stood_open_too_long_is_refused_in_words():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/admin/login/", {"username": "edda", "password": "edda"})
    assert response.status_code == 403
    assert "may have stood open too long" in response.content.decode()


def test_the_policy_is_written_in_one_order(client):
    desk = sit("edda").get("/admin/blog/post/add/").headers["Content-Security-Policy"]
    readers = client.get("/").headers["Content-Security-Policy"]
    for policy in (desk, readers):
        assert policy.split("; ") == sorted(policy.split("; "))
    assert readers == (
        "base-uri 'none'; default-src 'none'; form-action 'self'; frame-ancestors 'none'; "
        "img-src 'self'; style-src 'self'"
    )


def test_nothing_outlives_the_next_edition_in_a_cache(client):
    edda = join("edda")
    post = publish(approve(write_post(slug="salt")), by=edda).item
    old = post.latest_edition().get_absolute_url()
    with editing(post, by=edda):
        post.slug = "wells"
        post.save()
    new = publish(approve(post), by=edda).get_absolute_url()
    withdrawn = publish(approve(write_post(slug="gone")), by=edda)
    withdraw(withdrawn.item, by=edda, note="A mistake.")
    asked = {"/": 200, new: 200, old: 301, "/nowhere/": 404, withdrawn.get_absolute_url(): 410}
    for address, status in asked.items():
        response = client.get(address)
        kept = response.headers["Cache-Control"]
        assert (response.status_code, kept) == (status, "public, no-cache")


def test_no_day_can_be_read_as_another():
    moment = datetime(2026, 12, 3, 14, 5, tzinfo=UTC)
    assert date_format(moment, "DATETIME_FORMAT") == "3 Dec 2026, 14:05"
    assert date_format(moment, "SHORT_DATE_FORMAT") == "3 Dec 2026"
    field = DateField()
    assert {field.to_python(text) for text in ("2026-12-03", "3 Dec 2026")} == {date(2026, 12, 3)}
    with pytest.raises(Exception, match="Enter a valid date"):
        field.to_python("12/03/2026")


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 30, "x", "²", "\0", "-1"], ids=ascii)
def test_what_is_no_number_breaks_no_page_of_the_desk(number):
    appeal = write_appeal(by=join("tariq"), slug="lake")
    with editing(appeal, by=join("tariq")):
        appeal.signatories.create(name_status="public", name="Anna Petrel")
    publish(approve(appeal), by=join("edda"))
    translation, edda = translate(appeal), sit("edda")
    desk = page(appeal).removesuffix("change/")
    review = page(translation).replace("change/", "review/")
    sent = [
        (f"{desk}names-left/", {"revision": number, "reason": "Another."}),
        (f"{desk}names/", {"at": f"edition-1-{number}"}),
        (f"{desk}signatories/add/", {"revision": number}),
        (f"{desk}signatories/import/", {"revision": number, "parcel": "x"}),
        (review, {"passage": "p1", "resolve": number}),
    ]
    for address, data in sent:
        assert edda.post(address, data).status_code < 500, address
    for address in ("/admin/appeals/translation/add/?appeal=", f"{desk}signatories/?page="):
        assert edda.get(address + quote(number)).status_code < 500, address
