"""``python -m tests.showing FOLDER [WORD ...]``: the contact sheet, or that of some addresses."""

import os
import sys
import threading
from pathlib import Path


def main(folder: Path, words: list[str]) -> None:
    """Make a site in a folder that goes with the process, serve it, and take its pictures."""
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
    from tests.showing import addresses, sheet

    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    # The only host that the browser of the tests can go to.
    site = settings.SITE_URL = f"http://localhost:{server.server_port}"
    call_command("migrate", verbosity=0)
    addresses.load()
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    every = [*addresses.every_address(), *sheet.FRONTS]
    chosen = [it for it in every if not words or any(word in it for word in words)]
    folder.mkdir(parents=True, exist_ok=True)
    sheet.take(site, list(sheet.shots(chosen)), folder)
    server.shutdown()
    print(f"{len(chosen)} pages: {folder / 'index.html'}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
