"""A flood of comments from many sources at once, and readers who go on reading meanwhile."""

import http.client
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

WORDS = re.split(
    " ",
    "earn win bonus casino pills cheap today manager write home money crypto invest offer free "
    "click first hundred people start join now easy credit loan without papers доход бонус кредит",
)
FIELD = re.compile(r'<(?:input|select|textarea)[^>]* name="(\w+)"(?: value="([^"]*)")?')
PATIENCE = 60


@dataclass
class Flood:
    """What became of a flood: of its comments, and of the pages that were read meanwhile."""

    answers: Counter[int] = field(default_factory=Counter)
    accepted: list[str] = field(default_factory=list)
    sending: list[float] = field(default_factory=list)
    pages: Counter[int] = field(default_factory=Counter)
    reading: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0


def flood(base: str, paths: list[str], *, posts: int, sources: int, workers: int = 8) -> Flood:
    """Send comments to the first path from many sources, while readers read all the paths.

    Args:
        base: of a server on this machine; any other one is refused.
        sources: each is an address that the server's trusted proxy (this process) names.

    Raises:
        ValueError: the server is elsewhere.
    """
    host = urlsplit(base)
    if host.hostname not in ("127.0.0.1", "localhost"):
        raise ValueError("a flood is for a server on this machine")
    done = Flood()
    fields = fields_of(ask(host, "GET", paths[0])[1])
    over = threading.Event()
    readers = [threading.Thread(target=read, args=(host, paths, done, over)) for _reader in "ab"]
    writers = [
        threading.Thread(target=write, args=(host, paths[0], fields, numbers, sources, done))
        for first in range(workers)
        for numbers in [range(first, posts, workers)]
    ]
    began = time.perf_counter()
    for thread in [*readers, *writers]:
        thread.start()
    for thread in writers:
        thread.join()
    done.seconds = time.perf_counter() - began
    over.set()
    for thread in readers:
        thread.join()
    return done


def fields_of(page: str) -> dict[str, str]:
    """Return the fields of a page's form as a browser would send them by its first button."""
    form = page[page.index('id="write"') :]
    return dict(FIELD.findall(form[: form.index("</form>")]))


def text(number: int) -> str:
    """Return the words of one comment: one in three is a variation of the same offer."""
    if number % 3 == 0:
        return f"Earn {number} dollars a day from home, no papers needed, write to our manager now"
    picked = " ".join(WORDS[(number * step) % len(WORDS)] for step in range(3, 12))
    return f"{picked} {number}" + (" www.casino.example" if number % 5 == 0 else "")


def write(host, path, fields, numbers, sources, done: Flood) -> None:  # type: ignore[no-untyped-def]
    for number in numbers:
        said = text(number)
        source = f"198.51.100.{number % sources}"
        sent = fields | {"name": "", "text": said}
        with timed(done.sending):
            try:
                status, page = ask(host, "POST", f"{path}comment/", urlencode(sent), source)
                if status == 200:  # it is shown before it is sent
                    sent = fields_of(page) | {"name": "", "text": said}
                    status, page = ask(host, "POST", f"{path}comment/", urlencode(sent), source)
            except OSError as error:
                done.failures.append(f"{error}")
                continue
        done.answers[status] += 1
        if status == 303:
            done.accepted.append(said)


def read(host, paths, done: Flood, over: threading.Event) -> None:  # type: ignore[no-untyped-def]
    while not over.is_set():
        for path in paths:
            with timed(done.reading):
                try:
                    done.pages[ask(host, "GET", path)[0]] += 1
                except OSError as error:
                    done.failures.append(f"{error}")
        over.wait(0.1)


def ask(host, method: str, path: str, body: str = "", source: str = "203.0.113.1"):  # type: ignore[no-untyped-def]
    """Return the status and the text of an answer."""
    connection = http.client.HTTPConnection(host.hostname, host.port, timeout=PATIENCE)
    headers = {"X-Forwarded-For": source}
    if body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@contextmanager
def timed(times: list[float]) -> Iterator[None]:
    began = time.perf_counter()
    yield
    times.append(time.perf_counter() - began)


def milliseconds(times: list[float]) -> str:
    """Return the median, the 95th percentile and the longest of some times."""
    ordered = sorted(times)
    picked = [ordered[int(len(ordered) * share)] for share in (0.5, 0.95)] + [ordered[-1]]
    return " / ".join(f"{seconds * 1000:.0f}" for seconds in picked) + " ms"
