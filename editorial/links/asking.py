"""Asking one link, and no address that its name, or a redirect, has no business with."""

import socket
import ssl
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.utils.encoding import iri_to_uri

from editorial.links.addresses import is_public

#: Redirects that are followed before a link is given up.
HOPS = 5
#: Seconds for one answer, however slowly it drips.
PATIENCE = 10.0
#: Addresses of one name that are tried.
ADDRESSES = 2
PORTS = {"http": 80, "https": 443}
#: Servers that do not know HEAD, or forbid it, are asked with GET.
ASK_AGAIN = {400, 403, 404, 405, 406, 429, 500, 501, 503}
REDIRECTS = {301, 302, 303, 307, 308}

Resolve = Callable[[str, int], Collection[str]]


class NoAnswer(Exception):
    """Why there is none, in one of the words that are stored."""


@dataclass(frozen=True)
class Way:
    """How links are asked. Tests bring a resolver and a rule of their own."""

    resolve: Resolve
    may_ask: Callable[[str], bool] = is_public
    ports: Collection[int] = (80, 443)
    patience: float = PATIENCE


def look_up(host: str, port: int) -> list[str]:
    """Return all addresses of a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


PUBLIC = Way(look_up)


def ask(url: str, way: Way = PUBLIC) -> str:
    """Return the status with which a link ends ("200", "404"), or why there is none.

    ``not-asked``: it leads somewhere that is no public web server; ``no-address``: the name is
    not known; ``timeout``, ``certificate``, ``redirects``, and ``no-answer`` for all else.
    """
    try:
        for _hop in range(HOPS + 1):
            status, location = ask_politely(url, way)
            if status not in REDIRECTS or not location:
                return str(status)
            url = urljoin(url, location)
    except NoAnswer as why:
        return str(why)
    return "redirects"


def ask_politely(url: str, way: Way) -> tuple[int, str]:
    """Return the status and the redirect of one address: by its head, if that says anything."""
    status, location = request("HEAD", url, way)
    if status in ASK_AGAIN:
        return request("GET", url, way)
    return status, location


def request(method: str, url: str, way: Way) -> tuple[int, str]:
    """Send one request to an address that was looked up, allowed, and is the one connected to.

    Raises:
        NoAnswer: with the word for it.
    """
    scheme, host, port, path = taken_apart(url, way)
    addresses = allowed(host, port, way)
    context = ssl.create_default_context() if scheme == "https" else None
    connection: Any = (
        HTTPSConnection(host, port, timeout=way.patience, context=context)
        if context
        else HTTPConnection(host, port, timeout=way.patience)
    )
    # Not looked up a second time: between two look-ups a name can change where it points.
    connection._create_connection = lambda _to, timeout, _from: dial(addresses, port, timeout)
    late = threading.Event()
    watch = threading.Timer(way.patience, hang_up, [connection, late])
    watch.start()
    try:
        connection.request(method, path, headers={"User-Agent": "Broadside (link check)"})
        answer = connection.getresponse()
        if late.is_set():  # what came before we hung up is no answer
            raise TimeoutError
        return answer.status, answer.getheader("Location") or ""
    except ssl.SSLError:
        raise NoAnswer("certificate") from None
    except TimeoutError:
        raise NoAnswer("timeout") from None
    except (OSError, HTTPException, ValueError):
        raise NoAnswer("timeout" if late.is_set() else "no-answer") from None
    finally:
        watch.cancel()
        connection.close()


def dial(addresses: Collection[str], port: int, timeout: float) -> socket.socket:
    """Connect to the first of some addresses that takes the call."""
    error: OSError = ConnectionError()
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout)
        except OSError as failed:
            error = failed
    raise error


def hang_up(connection: Any, late: threading.Event) -> None:
    """End a connection whose answer drips so slowly that no time-out sees it."""
    late.set()
    try:
        connection.sock.shutdown(socket.SHUT_RDWR)
    except (AttributeError, OSError):
        pass  # it never came about, or ended by itself


def taken_apart(url: str, way: Way) -> tuple[str, str, int, str]:
    """Return scheme, host, port and path of a link that may be asked at all."""
    try:
        parts = urlsplit(iri_to_uri(url))
        host = (urlsplit(url).hostname or "").encode("idna").decode()
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        raise NoAnswer("not-asked") from None
    if parts.scheme not in PORTS or not host or port not in way.ports or "@" in parts.netloc:
        raise NoAnswer("not-asked")
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    return parts.scheme, host, port, path


def allowed(host: str, port: int, way: Way) -> list[str]:
    """Return the addresses to ask; a name with one that is forbidden is not asked at all."""
    try:
        addresses = list(way.resolve(host, port))
    except OSError:
        raise NoAnswer("no-address") from None
    if not addresses:
        raise NoAnswer("no-address")
    if not all(map(way.may_ask, addresses)):
        raise NoAnswer("not-asked")
    return addresses[:ADDRESSES]
