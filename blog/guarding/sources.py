"""Where comments come from, as marks that mean nothing once their day is over.

A mark is an HMAC of the client's network address. Its key is random, lies in a file beside the
database and never in it, and is overwritten with the next one when the day (UTC) has changed. The
address itself is written nowhere.
"""

import hashlib
import hmac
import logging
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path
from typing import Any

from django.conf import settings

from blog.guarding.keys import KEY_LENGTH, kept_keys

logger = logging.getLogger(__name__)

Address = IPv4Address | IPv6Address
MARK_LENGTH = 24
#: A provider gives a subscriber a network of this size (or a larger one), not one address.
IPV6_PREFIX = 64
#: What TRUSTED_PROXIES calls a proxy on this machine that speaks through a socket.
SOCKET = "unix"


def mark(meta: Mapping[str, Any]) -> str:
    """Return today's mark of where a request came from (``request.META``)."""
    return mark_of(client_address(meta))


def mark_of(address: Address | None) -> str:
    """Return today's mark of an address; all whose address is unknown are one source."""
    return hmac.new(day_key(), network(address), hashlib.sha256).hexdigest()[:MARK_LENGTH]


def network(address: Address | None) -> bytes:
    """Return the bytes of what counts as one source: an IPv4 address, an IPv6 network of /64."""
    if address is None:
        return b""
    return address.packed[: IPV6_PREFIX // 8] if address.version == 6 else address.packed


def client_address(meta: Mapping[str, Any]) -> Address | None:
    """Return the nearest address in front of our own proxies: what lies beyond may be invented."""
    forwarded = str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    hops = [str(meta.get("REMOTE_ADDR", "")), *reversed(forwarded)]
    for hop in hops:
        if not is_proxy(hop.strip()):
            return parse(hop)
    return None


def is_proxy(hop: str) -> bool:
    """Tell whether a hop is one of our own proxies (``TRUSTED_PROXIES``)."""
    if not hop or hop == SOCKET:
        return SOCKET in settings.TRUSTED_PROXIES
    address = parse(hop)
    networks = [ip_network(text) for text in settings.TRUSTED_PROXIES if text != SOCKET]
    return address is not None and any(address in network for network in networks)


def parse(hop: str) -> Address | None:
    """Return the address that a proxy or a server wrote, or None for anything else."""
    text = hop.strip().strip("[]")
    if text.count(":") == 1:  # some add the port
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("]")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


#: The key of a process that cannot write the file: comments are taken all the same.
own_key: tuple[bytes, bytes] = (b"", b"")


def day_key() -> bytes:
    """Return today's key, the same in every process; the one before is gone for good.

    Where the file cannot be written each process has a key of its own, in its memory alone.
    """
    global own_key
    day = today()
    try:
        [key] = kept_keys(settings.SOURCE_KEY_FILE, day)
    except OSError as error:
        logger.error("SOURCE_KEY_FILE cannot be written (%s): limits hold per process.", error)
        if own_key[0] != day:
            own_key = (day, secrets.token_bytes(KEY_LENGTH))
        return own_key[1]
    return key


def destroy_old_key() -> None:
    """Overwrite the key of a day that is over: for nights on which nobody comments."""
    if Path(settings.SOURCE_KEY_FILE).exists():
        day_key()


def today() -> bytes:
    return datetime.now(UTC).date().isoformat().encode()
