"""Keys that die: random, in a file beside the database, overwritten when their time is over."""

import fcntl
import os
import secrets

KEY_LENGTH = 32
LABEL_LENGTH = len("2026-11-23")
ENTRY = LABEL_LENGTH + KEY_LENGTH


def kept_keys(path: str, label: bytes, before: bytes = b"") -> list[bytes]:
    """Return the key of a stretch of time, and the one before it if that is still to be known.

    Every process gets the same. A key whose time is over is overwritten in its place.

    Args:
        label: of the stretch of time that is now, as long as a date.
        before: of the stretch before, whose key lives on beside the new one; empty for none.

    Raises:
        OSError: the file cannot be written.
    """
    wanted = [label, before] if before else [label]
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        kept = dict(entries(os.pread(file, ENTRY * 2, 0)))
        keys = {name: kept[name] for name in wanted if name in kept}
        keys.setdefault(label, secrets.token_bytes(KEY_LENGTH))
        if keys != kept:
            whole = b"".join(name + keys[name] for name in wanted if name in keys)
            # In place: a new file would leave the old one's bytes.
            os.pwrite(file, whole.ljust(ENTRY * len(wanted), b"\0"), 0)
            os.fsync(file)
        return [keys[name] for name in wanted if name in keys]
    finally:
        os.close(file)


def entries(kept: bytes) -> list[tuple[bytes, bytes]]:
    """Read what a file holds: labels and keys, none of them cut short."""
    whole = [kept[at : at + ENTRY] for at in range(0, len(kept), ENTRY)]
    return [
        (e[:LABEL_LENGTH], e[LABEL_LENGTH:]) for e in whole if len(e) == ENTRY and e.strip(b"\0")
    ]
