"""What can be done with every public address, and what is answered to who has a page already."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from config.pages.models import Page
from editorial.sealing import publish
from tests.cast import approve, join, translate, write_appeal
from tests.readers import publish_post
from tests.worlds.addresses import of_pattern, patterns
from tests.worlds.clock import at

pytestmark = pytest.mark.django_db

#: What takes more than reading, or is not read: by the end of its route.
FORMS = {
    **dict.fromkeys(
        (
            *("comment/", "report/", "correct/", "erase/", "passages/<slug:passage>/", "letters/"),
            *("comments/replies/<str:token>/", "confirm/<slug:key>/", "leave/<slug:key>/"),
        ),
        "GET, HEAD, POST, OPTIONS",
    ),
    "<str:token>/withdraw/": "POST, OPTIONS",
    "<str:token>/replies/": "POST, OPTIONS",
}


def allowed(route):
    own = [methods for end, methods in FORMS.items() if f"/{route}".endswith(f"/{end}")]
    own += [methods for end, methods in FORMS.items() if end[0] == "<" and route.endswith(end)]
    return own[0] if own else "GET, HEAD, OPTIONS"


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def addresses():
    """One address of every public pattern, by its route."""
    return {route: next(of_pattern(route, pattern)) for route, pattern in patterns()}


def test_every_address_says_what_it_takes_and_refuses_the_rest(client, addresses):
    for route, address in addresses.items():
        for front in ("", "/ar"):
            asked = client.options(front + address)
            if asked.status_code in (301, 404):  # there is one of each file
                assert front
                continue
            assert (asked.status_code, asked.content) == (200, b""), route
            assert asked.headers["Allow"] == allowed(route), route
            assert asked.headers["Content-Length"] == "0"
        for method in ("PUT", "DELETE", "PATCH", "POST", "GET"):
            answer = getattr(client, method.lower())(address)
            refused = method not in allowed(route)
            assert (answer.status_code == 405) == refused, f"{method} {route}"
            assert not refused or answer.headers["Allow"] == allowed(route)
            assert not answer.cookies


def test_what_is_not_there_takes_what_a_page_takes(client):
    publish_post(slug="salt")
    there, missing = (client.options(f"/2022/03/{slug}/") for slug in ("salt", "nothing"))
    assert there.headers == missing.headers
    assert client.options("/nothing/at/all/").status_code == 404
    assert client.post("/nothing/at/all/").status_code in (403, 404)


def test_a_head_is_that_of_the_page_and_a_304_that_of_its_200(client, addresses):
    edda = join("edda")
    appeal = write_appeal(slug="lake")
    publish(approve(appeal), by=edda)
    publish(approve(translate(appeal, by=join("tariq"))), by=edda)
    publish(approve(Page.objects.create(title="About", slug="about", body="<p>A.</p>")), by=edda)
    post = publish_post(slug="salt").get_absolute_url()
    asked = [
        *(address for route, address in addresses.items() if "<" not in route),
        *("/appeals/lake/", "/appeals/lake/en/", "/about/", post, f"{post}comments/feed/"),
        *(f"{post}timemap/", f"{post}editions/1/cite.ris", "/appeals/lake/text.epub"),
    ]
    # Of the second in which something appeared nothing is promised.
    with at(datetime.now(UTC) + timedelta(hours=1)):
        for encoding in ("gzip", "identity"):
            known = [compared(client, url, {"Accept-Encoding": encoding}) for url in asked]
            assert sum(known) > 10
        assert compared(client, post, {})
        assert compared(client, "/ar/", {})


def compared(client, address, headers):
    """Compare what is answered to one question; tell whether a 304 can be had."""
    page, head = (ask(address, headers=headers) for ask in (client.get, client.head))
    etag = page.headers.get("ETag")
    unsteady = set() if etag else {"Content-Length"}  # a form has a ticket in it
    assert head.content == b""
    assert named(head, unsteady) == named(page, unsteady), address
    if etag is None:
        return False
    again = client.get(address, headers=headers | {"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b""), address
    for name in ("ETag", "Vary", "Cache-Control", "Last-Modified"):
        assert again.headers.get(name) == page.headers.get(name), f"{name} {address}"
    other = client.get(address, headers=headers | {"If-None-Match": '"other"'})
    assert other.content == page.content
    return True


def named(response, unsteady):
    return {name: said for name, said in response.headers.items() if name not in unsteady}
