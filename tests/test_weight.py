"""What a text of 600 words weighs on the wire: ``python -m pytest -s tests/test_weight.py``."""

import gzip
import re
import socket
import threading
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application

from config.environment import storage
from config.serving import Quiet
from editorial.editing import editing
from editorial.sealing import publish
from tests.cast import approve, join, translate, write_appeal
from tests.readers import publish_post

pytestmark = pytest.mark.django_db(transaction=True)

MOST = 14 * 1024
DEMO = Path(settings.BASE_DIR) / "demo"


def words(*patterns, count=600):
    """Return so many words of the demonstration: random ones would compress otherwise."""
    text = " ".join(path.read_text() for pattern in patterns for path in sorted(DEMO.glob(pattern)))
    text = re.sub(r"---.*?\n---\n|^§[^\n]*|<[^>]+>", " ", text, flags=re.S | re.M)
    found = unescape(text).split()[:count]
    assert len(found) == count
    return found


def paragraphs(words, size=50):
    return [" ".join(words[at : at + size]) for at in range(0, len(words), size)]


@pytest.fixture
def site(settings, tmp_path):
    """Serve as the project does, with the static files collected as a deployment collects them."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": storage(None, tmp_path, demo=False)["staticfiles"]
    }
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_FINDERS = settings.STATICFILES_FINDERS[:2]  # all but the desk's
    call_command("collectstatic", interactive=False, verbosity=0)
    with ThreadedWSGIServer(("127.0.0.1", 0), Quiet) as server:
        server.set_app(get_wsgi_application())
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def ask(port, address):
    """Return all that comes over the wire for an address, and the text in it."""
    with socket.create_connection(("127.0.0.1", port)) as line:
        head = f"GET {address} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n"
        line.sendall(f"{head}Connection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    headers, _, body = answer.partition(b"\r\n\r\n")
    assert headers.startswith(b"HTTP/1.1 200")
    assert b"Content-Encoding: gzip" in headers
    return answer, gzip.decompress(body).decode()


def weigh(port, address):
    """Return the bytes of a page and of its stylesheet, headers included; it loads nothing else."""
    page, html = ask(port, address)
    loaded = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
    loaded += re.findall(r"<(?:script|img|iframe|video|audio|object|embed)\b[^>]*\bsrc=[^>]*", html)
    assert "<style" not in html
    [stylesheet] = loaded
    sheet, _css = ask(port, urlsplit(stylesheet).path)
    print(f"\n{address}: {len(page)} + {len(sheet)} = {len(page) + len(sheet)} bytes", end="")
    return len(page) + len(sheet)


def test_a_post_and_an_appeal_of_600_words_come_in_the_first_window(site):
    text = paragraphs(words("posts/the-*.md"))
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text)
    summary = "What struck me most was the form of protest, and a rope."
    post = publish_post(slug="wells", body=body, title="Salt in the wells", summary=summary)
    original = paragraphs(words("appeals/*/original.ru.txt", "appeals/*/translation.ru.txt"))
    appeal = write_appeal(by=join("tariq"), passages=len(original), slug="lake")
    with editing(appeal, by=join("tariq")):
        for passage, paragraph in zip(appeal.passages.all(), original, strict=True):
            passage.text = paragraph
            passage.save()
        for count in range(2, 7):
            appeal.signatories.create(role="Shepherds", kind="group", count=count)
    publish(approve(appeal), by=join("edda"))
    translation = translate(appeal, by=join("tariq"))
    with editing(translation, by=join("tariq")):
        for rendering, paragraph in zip(translation.renderings.all(), text, strict=True):
            rendering.text = paragraph
            rendering.save()
    publish(approve(translation), by=join("edda"))
    for address in (post.get_absolute_url(), "/appeals/lake/", "/appeals/lake/ru/"):
        assert weigh(site, address) < MOST
