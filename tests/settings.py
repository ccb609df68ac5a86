"""Settings for the tests: nothing of the developer's own environment shows through."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests import postgres


def var_dir() -> Path:
    """Return this process's own folder under one that goes when the test run ends."""
    if "mypy" in sys.modules:  # reads the settings and never tidies up
        return Path(tempfile.gettempdir())
    if "BROADSIDE_TESTS_DIR" not in os.environ:
        run = tempfile.mkdtemp(prefix="broadside-tests-")
        os.environ["BROADSIDE_TESTS_DIR"] = run
        atexit.register(shutil.rmtree, run, ignore_errors=True)
    folder = Path(os.environ["BROADSIDE_TESTS_DIR"], os.environ.get("PYTEST_XDIST_WORKER", "main"))
    folder.mkdir(exist_ok=True)
    return folder


for name in ("CACHE_URL", "DATABASE_URL", "EMAIL_URL", "MEDIA_ROOT", "MEDIA_STORAGE_URL"):
    os.environ.pop(name, None)
os.environ["VAR_DIR"] = str(var_dir())
os.environ["SECRET_KEY"] = "only-for-tests"
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["SITE_URL"] = "http://testserver"

if server := postgres.url():
    os.environ["DATABASE_URL"] = server

from config.settings import *  # noqa: E402

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, for the tests that write from several threads; in memory each would have its own.
    DATABASES["default"].setdefault("TEST", {})["NAME"] = str(var_dir() / "test.sqlite3")
