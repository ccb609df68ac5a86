"""The WSGI application that a server runs, or one line that says why it does not start."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

#: Workers that end in another way are started anew by gunicorn, for ever.
WORKER_BOOT_ERROR = 3

try:
    application = get_wsgi_application()
    from config.collected import demand  # which needs the apps

    demand()
except SystemExit as refusal:
    print(refusal, file=sys.stderr)
    raise SystemExit(WORKER_BOOT_ERROR) from None
