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


OWN = """
    ADDRESS_KEY_FILE BEHIND_TLS_PROXY CACHE_URL COMMENTS_FROM_SOURCE COMMENTS_FROM_SOURCE_A_DAY
    COMMENTS_MAIL_AFTER_HOURS COMMENTS_ON_POST COMMENTS_SECOND_LOOK_PERCENT
    COMMENTS_UNDO_SECONDS DATABASE_URL DEFAULT_FROM_EMAIL EDITORIAL_CHECKS EDITORIAL_FOUR_EYES
    EMAIL_URL LANGUAGE_CODE MEDIA_ROOT MEDIA_STORAGE_URL ONION_URL PHONE_REGIONS
    SECURE_SSL_REDIRECT SECURITY_CONTACT SECURITY_POLICY SITE_NAME SOURCE_KEY_FILE TAG_AUTHORITY
    TIME_ZONE TRUSTED_PROXIES WEBSUB_HUB
"""
server = postgres.url()
for name in OWN.split():
    os.environ.pop(name, None)
os.environ |= {
    "VAR_DIR": str(var_dir()),
    "SECRET_KEY": "only-for-tests",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "SITE_URL": "http://testserver",
}
if server:
    os.environ["DATABASE_URL"] = server

from config.settings import *  # noqa: E402

DEBUG = False
COMMENTS_SECOND_LOOK_PERCENT = 0
COMMENTS_UNDO_SECONDS = 0  # what is decided holds at once; tests of the undo give it time
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns without

DATABASES["default"]["CONN_MAX_AGE"] = 0
if not server:
    # A file, for the tests that write from several threads; in memory each would have its own.
    DATABASES["default"].setdefault("TEST", {})["NAME"] = str(var_dir() / "test.sqlite3")
