"""python -m tests.soak.flood: 2,000 comments from 50 sources against a server of its own.

Starts gunicorn on this machine with a new database (SQLite, or with --postgres a throw-away one),
floods it, and says what became of it. Ends with 1 if a comment became public, one was lost, or a
page did not answer.
"""

import argparse
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests import postgres

PROJECT = Path(__file__).parent.parent.parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=2000)
    parser.add_argument("--sources", type=int, default=50)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    if not (0 < asked.posts <= 20_000 and 0 < asked.sources <= 254):
        parser.error("at most 20,000 posts from 254 sources")
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(1))  # and the server goes too
    with tempfile.TemporaryDirectory(prefix="broadside-flood-") as folder:
        port = free_port()
        set_up(folder, port)
        server = serve(port)
        try:
            return report(*run(port, asked.posts, asked.sources))
        finally:
            server.terminate()
            server.wait(30)


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def set_up(folder: str, port: int) -> None:
    """Make an empty site."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VAR_DIR": folder,
        "SECRET_KEY": secrets.token_urlsafe(48),
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "TRUSTED_PROXIES": "127.0.0.1",
        "EMAIL_URL": "dummy://",
    }
    os.environ.pop("DATABASE_URL", None)
    if server := postgres.url():
        os.environ["DATABASE_URL"] = server
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def serve(port: int) -> subprocess.Popen[bytes]:
    """Start the server as in production, and wait until it answers."""
    command = ["gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        [sys.executable, "-m", *command, "config.wsgi"], cwd=PROJECT, stderr=subprocess.DEVNULL
    )
    for _try in range(300):
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return server
        time.sleep(0.1)
    raise SystemExit("the server did not start")


def run(port: int, posts: int, sources: int) -> Any:
    from tests.readers import publish_post
    from tests.soak.flooding import flood

    path = publish_post().get_absolute_url()
    paths = [path, "/", "/posts/", "/appeals/"]
    return flood(f"http://127.0.0.1:{port}", paths, posts=posts, sources=sources), path


def report(done: Any, path: str) -> int:
    from django.db import connection

    from blog.models import Comment
    from tests.soak.flooding import milliseconds

    kept = Counter(Comment.objects.values_list("text", flat=True))
    reasons = Counter(code for codes in Comment.objects.values_list("reasons") for code in codes[0])
    lost = Counter(done.accepted) - kept
    states = Counter(Comment.objects.values_list("state", flat=True))
    told = {
        "database": connection.vendor,
        "answers": dict(done.answers),
        "accepted": len(done.accepted),
        "kept": kept.total(),
        "lost": lost.total(),
        "public": Comment.objects.public().count(),
        "states": dict(states),
        "sources": Comment.objects.values("source").distinct().count(),
        "stacks": Comment.objects.values("alike").distinct().count(),
        "reasons": dict(reasons),
        "pages read": dict(done.pages),
        "failures": len(done.failures),
    }
    print(f"{len(done.accepted) / done.seconds:.0f} comments a second for {done.seconds:.0f} s")
    print(f"sending (median / 95 % / longest): {milliseconds(done.sending)}")
    print(f"reading meanwhile (median / 95 % / longest): {milliseconds(done.reading)}")
    print(json.dumps(told))
    stayed_up = set(done.pages) == {200} and not done.failures
    return 0 if stayed_up and not told["public"] and not told["lost"] else 1


if __name__ == "__main__":
    sys.exit(main())
