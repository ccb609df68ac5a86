"""Serving the site from one process on this machine, as the demonstration does."""

import signal
import socket
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application


def is_free(host: str, port: int) -> bool:
    """Tell whether nobody listens at an address yet."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


class Quiet(WSGIRequestHandler):
    """Answers without writing down who asked for what."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def serve(host: str, port: int) -> None:
    """Serve, a thread a request, until Ctrl-C (or SIGTERM)."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)
    server = ThreadedWSGIServer((host, port), Quiet)
    server.set_app(get_wsgi_application())
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass  # this is how it ends
    finally:
        server.server_close()
