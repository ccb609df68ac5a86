"""Checking sources: whom we ask, what we keep, and whom we never ask."""

import json
import threading
from collections import Counter
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from appeals.models import AppealSource
from blog.models import PostSource
from editorial.editing import editing
from editorial.links import asking, checking
from editorial.links.addresses import is_public
from editorial.links.asking import Way, ask
from editorial.links.checking import check
from editorial.sealing import publish
from editorial.states import State
from tests import desk
from tests.cast import approve, join, write_appeal, write_post

FORBIDDEN = """
    127.0.0.1 127.8.8.8 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1
    169.254.169.254 100.64.0.1 192.0.0.8 192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.9
    192.88.99.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 ::1 :: fe80::1 fc00::1
    fd12:3456::1 ff02::1 fec0::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1
    64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::1 2002:7f00:1:: 2001::1 2001:db8::1 3fff::1
    4000::1 fe80::1%eth0 localhost 2130706433 0x7f000001 127.1
"""
PUBLIC = "93.184.215.14 1.1.1.1 2606:4700::1111 2a00:1450:4001::64 ::ffff:8.8.8.8 64:ff9b::808:808"


@pytest.mark.parametrize("address", FORBIDDEN.split())
def test_no_address_inside_is_asked(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public_servers_are(address):
    assert is_public(address)


class Answers(BaseHTTPRequestHandler):
    """A server that answers by the path it is asked for."""

    asked: Counter = Counter()

    def do_HEAD(self):
        self.asked[f"{self.command} {self.path}"] += 1
        if self.path == "/slow":
            self.server.patience.wait(5)
        if self.path == "/drip":
            self.wfile.write(b"HTTP/1.0 200 OK\r\n")
            while not self.server.patience.wait(0.05):
                try:
                    self.wfile.write(b"X: y\r\n")
                except OSError:
                    break
            return
        if self.path == "/nonsense":
            self.wfile.write(b"what?\r\n\r\n")
            return
        where = {
            "/moved": "/here",
            "/inside": "http://inside.example/",
            "/file": "file:///etc/passwd",
            "/port": "http://news.example:22/",
            "/round": "/round",
        }
        status = 404 if self.path == "/gone" else 301 if self.path in where else 200
        if self.path == "/shy" and self.command == "HEAD":
            status = 405
        self.send_response(status)
        if self.path in where:
            self.send_header("Location", where[self.path])
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    Answers.asked = Counter()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.patience = threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.patience.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def way(server):
    """The way to a server on this machine, which takes a word: nothing else allows it."""
    addresses = {"news.example": ["127.0.0.1"], "inside.example": ["10.0.0.1"]}

    def resolve(host, port):
        if host not in addresses:
            raise OSError("no such name")
        return addresses[host]

    def may_ask(address):
        return address == "127.0.0.1" or is_public(address)

    return Way(resolve, may_ask, ports={server.server_port}, patience=0.5)


@pytest.mark.parametrize(
    ("path", "result"),
    [("here", "200"), ("moved", "200"), ("gone", "404"), ("shy", "200"), ("inside", "not-asked"),
     ("file", "not-asked"), ("port", "not-asked"), ("round", "redirects"), ("slow", "timeout"),
     ("drip", "timeout"), ("nonsense", "no-answer")],
)  # fmt: skip
def test_a_link_ends_somewhere(server, way, path, result):
    assert ask(f"http://news.example:{server.server_port}/{path}", way) == result


def test_it_is_asked_for_its_head_first(server, way):
    ask(f"http://news.example:{server.server_port}/here", way)
    ask(f"http://news.example:{server.server_port}/shy", way)
    assert Answers.asked == {"HEAD /here": 1, "HEAD /shy": 1, "GET /shy": 1}


@pytest.mark.parametrize(
    ("url", "result"),
    [
        ("http://inside.example/", "not-asked"),
        ("http://nobody.example/", "no-address"),
        ("ftp://news.example/", "not-asked"),
        ("file:///etc/passwd", "not-asked"),
        ("http://news.example:22/", "not-asked"),
        ("http://me:secret@news.example/", "not-asked"),
        ("http://[::1]/", "not-asked"),
        ("http://127.0.0.1/", "not-asked"),
        ("http://[::1", "not-asked"),
        ("http://", "not-asked"),
        ("http://news.example:99999/", "not-asked"),
    ],
)
def test_a_link_that_leads_inside_is_not_asked(way, url, result):
    def resolve(host, port):
        return [host] if host in ("127.0.0.1", "::1") else way.resolve(host, port)

    assert ask(url, Way(resolve, ports=(80, 443))) == result


def test_a_name_with_one_forbidden_address_is_not_asked():
    assert ask("http://a.example/", Way(lambda host, port: ["1.1.1.1", "10.0.0.1"])) == "not-asked"


def test_nothing_of_this_machine_is_asked_without_a_word(server):
    """The way that the command takes: the name resolves here, and is refused."""
    assert asking.PUBLIC.may_ask is is_public
    assert ask(f"http://localhost:{server.server_port}/here") == "not-asked"
    assert ask("http://localhost/here") == "not-asked"
    assert not Answers.asked


@pytest.fixture
def sources(db):
    post = write_post(by=join("wanda"))
    appeal = write_appeal(by=join("tariq"))
    with editing(post, by=join("wanda")), editing(appeal, by=join("tariq")):
        for position, url in enumerate(["https://a.example/1", "", "https://a.example/2"]):
            PostSource.objects.create(post=post, title="A bulletin", url=url, position=position)
        AppealSource.objects.create(appeal=appeal, title="The same", url="https://a.example/1")
    return post, appeal


def test_results_are_kept_at_the_desk_and_change_no_content(sources):
    post, appeal = sources
    edition = publish(approve(post), by=join("edda"))
    before = (post.content_digest(), appeal.content_digest(), post.revision)
    slept: list[float] = []
    found = dict(check(pause=30, asking=lambda url: "404", sleep=slept.append))
    assert found == {"https://a.example/1": "404", "https://a.example/2": "404"}
    assert [round(pause) for pause in slept] == [30]
    assert set(PostSource.objects.exclude(url="").values_list("check_result")) == {("404",)}
    assert AppealSource.objects.get().checked_at
    assert PostSource.objects.get(url="").checked_at is None
    post.refresh_from_db()
    assert (post.content_digest(), appeal.content_digest(), post.revision) == before
    assert post.state == State.APPROVED
    assert edition.says(post.content())
    page = desk.sit("wanda").get(desk.page(post)).content.decode()
    assert "404 (" in page


def test_the_oldest_check_comes_first_and_only_so_many(sources):
    moment = timezone.now() - timedelta(days=20)
    PostSource.objects.filter(url__endswith="1").update(checked_at=moment)
    AppealSource.objects.update(checked_at=moment)
    PostSource.objects.filter(url__endswith="2").update(checked_at=moment - timedelta(days=9))
    assert list(checking.due(1, timedelta(days=7))) == ["https://a.example/2"]
    assert list(checking.due(9, timedelta(days=7))) == [f"https://a.example/{n}" for n in (2, 1)]
    assert list(checking.due(9, timedelta(days=25))) == ["https://a.example/2"]


def test_a_link_that_was_changed_meanwhile_keeps_its_own_result(sources):
    def change(url):
        PostSource.objects.filter(url=url).update(url="https://b.example/")
        return "404"

    list(check(pause=0, asking=change))
    assert not PostSource.objects.filter(check_result="404").exists()


def test_the_command_counts(sources, monkeypatch):
    results = {"https://a.example/1": "200", "https://a.example/2": "no-address"}
    monkeypatch.setattr(checking.check, "__kwdefaults__", checking.check.__kwdefaults__
                        | {"asking": results.get})  # fmt: skip
    output = StringIO()
    call_command("check_links", "--pause", "0", stdout=output)
    *told, last = output.getvalue().splitlines()
    assert told == ["no-address https://a.example/2"]
    assert json.loads(last) == {"200": 1, "no-address": 1}
