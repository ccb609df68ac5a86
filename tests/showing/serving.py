"""A site of its own with the demonstration and the invented texts, served while one looks at it."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def served() -> Iterator[str]:
    """Make a site in a folder that goes with the process, serve it, and yield its address.

    Nothing of the project may be imported before, for it is set up here.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs in the thread of the database
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.management import call_command
    from django.core.servers.basehttp import ThreadedWSGIServer
    from django.core.wsgi import get_wsgi_application

    from config.serving import Quiet
    from tests.showing import addresses

    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    # The only host that the browser of the tests can go to.
    settings.SITE_URL = f"http://localhost:{server.server_port}"
    call_command("migrate", verbosity=0)
    addresses.load()
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield settings.SITE_URL
    finally:
        server.shutdown()
