"""A hub on this machine is told what changed, after it changed, and again if it did not answer."""

from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pytest
from django.core.management import call_command

from blog.models import Post
from config.masthead.models import Masthead
from config.pages.models import Page
from config.websub import pinging
from config.websub.models import Ping
from config.websub.pinging import LONGEST_WAIT, ping
from editorial.editing import editing
from editorial.sealing import cancel_schedule, publish, withdraw
from tests.cast import approve, join, translate, write_appeal, write_post
from tests.shelves import shelved_appeal, shelved_post
from tests.worlds.clock import at

pytestmark = pytest.mark.django_db

NOW = datetime(2099, 3, 5, 9, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Hub(HTTPServer):
    """Keeps what it is told, and answers as it is bidden."""

    answer = 204
    #: What it answers first.
    answers: tuple[int, ...] = ()

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Ear)
        self.told = []
        self.url = f"http://127.0.0.1:{self.server_port}/hub?key=1"

    def heard(self):
        """Return the paths of the feeds it was told of since it was asked last, in their order."""
        told, self.told = self.told, []
        assert all(said["hub.mode"] == ["publish"] for said in told)
        assert all(said["hub.url"] == said["hub.topic"] for said in told)
        return sorted(said["hub.url"][0].removeprefix("http://testserver") for said in told)


class Ear(BaseHTTPRequestHandler):
    def do_POST(self):
        assert self.path == "/hub?key=1"
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.told.append(parse_qs(body))
        answers = [*self.server.answers, self.server.answer]
        self.server.answers = answers[1:-1]
        self.send_response(answers[0])
        self.send_header("Location", "http://elsewhere.example/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def hub(settings):
    with Hub() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        settings.WEBSUB_HUB = server.url
        yield server
        server.shutdown()


def told_at(hub, moment):
    with at(moment):
        ping(moment)
    return hub.heard()


def feeds(*pages):
    return sorted(f"{page}{form}" for page in pages for form in ("feed/", "feed.json"))


def test_the_hub_hears_of_what_appears_ends_and_comes_due(hub):
    edda = join("edda")
    with at(NOW - HOUR):
        shelved_post("before")
    assert told_at(hub, NOW) == []  # the first time it is told of nothing that was before

    with at(NOW + MINUTE):
        soon = write_post(slug="soon", language="fr")
        publish(approve(soon), by=edda, at=NOW + HOUR)
        never = write_post(slug="never", language="de")
        publish(approve(never), by=edda, at=NOW + HOUR)
        cancel_schedule(never, by=edda)
        salt = shelved_post("Salt", labels=["Water"], by=["Anna"])
    salt_feeds = feeds("/", "/languages/en/", "/labels/water/", "/people/anna/")
    assert told_at(hub, NOW + 2 * MINUTE) == salt_feeds
    assert told_at(hub, NOW + 4 * MINUTE) == []

    assert told_at(hub, NOW + HOUR + MINUTE) == feeds("/", "/languages/fr/")
    assert told_at(hub, NOW + HOUR + 3 * MINUTE) == []

    with at(NOW + 2 * HOUR):
        withdraw(Post.objects.get(pk=salt.item_id), by=edda, note="A mistake.")
    # its label and its writer have no feed any more
    pages = feeds("/", "/corrections/", "/languages/en/")
    assert told_at(hub, NOW + 2 * HOUR + MINUTE) == pages

    with at(NOW + 3 * HOUR):
        appeal = write_appeal(slug="lake")
        publish(approve(appeal), by=edda)
        publish(approve(translate(appeal, by=join("tariq"))), by=edda)
    pages = feeds("/", "/appeals/", "/languages/en/", "/languages/ru/")
    assert told_at(hub, NOW + 3 * HOUR + MINUTE) == pages


def test_the_hub_hears_that_a_page_of_the_site_was_corrected(hub):
    edda = join("edda")
    told_at(hub, NOW)
    with at(NOW + MINUTE):
        about = Page.objects.create(title="About us", slug="about", body="<p>We read.</p>")
        publish(approve(about), by=edda)
    assert told_at(hub, NOW + 2 * MINUTE) == []  # it stands in no feed
    with at(NOW + HOUR):
        with editing(about, by=edda):
            about.body = "<p>We read twice.</p>"
            about.save()
        publish(approve(about), by=edda, kind="correction", note="We read twice.")
    assert told_at(hub, NOW + HOUR + MINUTE) == feeds("/corrections/")


def test_a_hub_that_does_not_take_it_is_told_later_and_ever_more_rarely(hub, capsys):
    told_at(hub, NOW)
    with at(NOW + MINUTE):
        shelved_post("salt")
    hub.answer = 503
    [first] = told_at(hub, NOW + 2 * MINUTE)
    assert told_at(hub, NOW + 2.5 * MINUTE) == []  # it waits
    hub.answer = 302  # and is not followed anywhere
    assert told_at(hub, NOW + 4 * MINUTE) == [first]
    assert told_at(hub, NOW + 5 * MINUTE) == []
    hub.answer = 202
    whole = feeds("/", "/languages/en/")
    assert told_at(hub, NOW + 7 * MINUTE) == whole
    assert Ping.objects.get().failures == 0

    hub.answer = 500
    with at(NOW + HOUR):
        shelved_post("wells")
    Ping.objects.update(failures=40)
    told_at(hub, NOW + 2 * HOUR)
    assert Ping.objects.get().not_before == NOW + 2 * HOUR + LONGEST_WAIT
    hub.answer = 204
    Ping.objects.update(not_before=NOW)
    with at(NOW + 3 * HOUR):
        call_command("ping_hub")
    assert hub.heard() == whole
    assert "told of 4 feeds" in capsys.readouterr().out


def test_a_round_that_is_broken_off_goes_on_where_it_was(hub, monkeypatch):
    told_at(hub, NOW)
    with at(NOW + MINUTE):
        shelved_post("salt", labels=["Water"], by=["Anna"])
    every = feeds("/", "/languages/en/", "/labels/water/", "/people/anna/")
    hub.answers = (204, 204, 503)
    heard = told_at(hub, NOW + 2 * MINUTE)
    row = Ping.objects.get()
    assert (len(heard), row.failures) == (3, 1)
    assert not any(word in row.told_mark for word in ("anna", "feed", "water"))

    # Anna's other post comes meanwhile: it waits for the next round
    with at(NOW + 2.5 * MINUTE):
        shelved_post("wells", by=["Anna"])

    def tell_one_and_die(_hub, topic, tell=pinging.tell):
        if hub.told:
            raise KeyboardInterrupt
        tell(hub.url, topic)

    with monkeypatch.context() as context:
        context.setattr(pinging, "tell", tell_one_and_die)
        with pytest.raises(KeyboardInterrupt):
            told_at(hub, NOW + 4 * MINUTE)
    [fourth] = hub.heard()
    assert told_at(hub, NOW + 5 * MINUTE) == []  # another process may be at it
    rest = told_at(hub, NOW + 15 * MINUTE)
    assert len(rest) == 5
    # all but the one that was refused were told once
    assert sorted({*heard, fourth, *rest}) == every
    assert len(heard) + 1 + len(rest) == len(every) + 1
    assert told_at(hub, NOW + 16 * MINUTE) == feeds("/", "/languages/en/", "/people/anna/")
    assert told_at(hub, NOW + 18 * MINUTE) == []


def test_one_feed_that_a_hub_does_not_want_stops_no_other(hub, capsys):
    told_at(hub, NOW)
    with at(NOW + MINUTE):
        shelved_post("salt")
    hub.answers = (204, 422)
    with at(NOW + 2 * MINUTE):
        call_command("ping_hub")
    said = capsys.readouterr()
    assert "told of 3 feeds" in said.out
    assert "did not want 1 feeds" in said.err
    assert hub.heard() == feeds("/", "/languages/en/")
    assert told_at(hub, NOW + 4 * MINUTE) == []


def test_the_hub_hears_of_a_new_name_in_every_feed(hub):
    with at(NOW - HOUR):
        shelved_post("salt", labels=["Water"], by=["Anna"])
        shelved_appeal("lake", issued_by=["Lake Union"])
    told_at(hub, NOW)
    every = feeds(
        *("/", "/appeals/", "/corrections/", "/languages/en/", "/languages/ru/"),
        *("/labels/water/", "/people/anna/", "/organisations/lake-union/"),
    )
    with at(NOW + MINUTE):
        masthead = Masthead.objects.create(name="The Lake")
        publish(approve(masthead), by=join("edda"))
    assert told_at(hub, NOW + 2 * MINUTE) == every
    with at(NOW + HOUR):
        with editing(masthead, by=join("wanda")):
            masthead.tagline = "What the water says."
            masthead.save()
        publish(approve(masthead), by=join("edda"))
    assert told_at(hub, NOW + HOUR + MINUTE) == []  # no feed has a tagline
    with at(NOW + 2 * HOUR):
        withdraw(masthead, by=join("edda"), note="We have no name.")
    assert told_at(hub, NOW + 2 * HOUR + MINUTE) == every


def test_nobody_is_told_of_anything_while_no_hub_is_set(settings, no_network):
    settings.WEBSUB_HUB = ""
    shelved_post("salt")
    call_command("ping_hub")
    assert not Ping.objects.exists()
    assert no_network == []


@pytest.mark.parametrize("wrong", ["ftp://127.0.0.1/", "nonsense", "http://127.0.0.1:1/"])
def test_a_hub_that_is_not_there_fails_the_command(settings, wrong):
    settings.WEBSUB_HUB = wrong
    call_command("ping_hub")
    shelved_post("salt")
    with pytest.raises(SystemExit):
        call_command("ping_hub")
    assert Ping.objects.get().failures == 1
