"""Settings of a Broadside site, read from the environment.

With nothing set the site lives under ``var/``: SQLite, local files, a cache in the process and
mail on the console. Values that would be unsafe to guess (``SECRET_KEY``, ``ALLOWED_HOSTS``) are
never guessed: without them the start stops with one line. ``manage.py demo`` brings its own.
"""

import sys
from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF
from environs import Env

from config.environment import allowed_hosts, interface_languages, is_demo, secret_key, storage

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var"))).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEMO = is_demo(sys.argv)
DEBUG = False
SECRET_KEY = secret_key(env, VAR_DIR, sys.argv)
ALLOWED_HOSTS = allowed_hosts(env, sys.argv)
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
SITE_NAME = env.str("SITE_NAME", "Broadside")
#: The name under which entries of feeds are known for ever, when the site has moved to another.
TAG_AUTHORITY = env.str("TAG_AUTHORITY", "")
#: The WebSub hub that feeds name and that is told of changes; none unless it is set.
WEBSUB_HUB = env.str("WEBSUB_HUB", "")
#: Where a weakness can be reported, as mailto: or https: addresses (RFC 9116).
SECURITY_CONTACT: list[str] = env.list("SECURITY_CONTACT", [])
SECURITY_POLICY = env.str("SECURITY_POLICY", "")
#: The same site as an onion service; browsers that can reach it are told.
ONION_URL = env.str("ONION_URL", "").rstrip("/")
IS_SECURE = SITE_URL.startswith("https://")

#: Nobody who contributed may approve. "off" is for a newsroom of one, and readers are told.
EDITORIAL_FOUR_EYES = env.bool("EDITORIAL_FOUR_EYES", True)
#: Checks of translations besides the usual ones, or without some: "spelling,-length".
EDITORIAL_CHECKS: list[str] = env.list("EDITORIAL_CHECKS", [])

#: Networks of our own proxies, which say where a request came from; "unix" is one on a socket.
TRUSTED_PROXIES: list[str] = env.list("TRUSTED_PROXIES", [])
#: The key of the day for the marks of comments' sources; better in memory (tmpfs) than on a disk.
SOURCE_KEY_FILE = env.str("SOURCE_KEY_FILE", str(VAR_DIR / "source-key"))
#: The keys for the marks of addresses that were asked or left; each lives for a year at most.
ADDRESS_KEY_FILE = env.str("ADDRESS_KEY_FILE", str(VAR_DIR / "address-key"))
#: What comes beyond these waits for a moderator in every mode: from a source in ten minutes and in
#: a day, and for a post in ten minutes.
COMMENTS_FROM_SOURCE = env.int("COMMENTS_FROM_SOURCE", 5)
COMMENTS_FROM_SOURCE_A_DAY = env.int("COMMENTS_FROM_SOURCE_A_DAY", 30)
COMMENTS_ON_POST = env.int("COMMENTS_ON_POST", 40)
#: What was learnt of spam (manage.py learn_spam): counts under keyed hashes.
COMMENT_SCORE_FILE = str(VAR_DIR / "comment-score.json")
#: Countries whose telephone numbers are recognised in comments without the international prefix.
PHONE_REGIONS: list[str] = env.list("PHONE_REGIONS", ["RU", "US", "GB", "DE"])

#: How long a moderator can undo what they decided. Readers see it some seconds after that.
COMMENTS_UNDO_SECONDS = env.int("COMMENTS_UNDO_SECONDS", 30)
#: Of how many decisions in a hundred another moderator takes a second look.
COMMENTS_SECOND_LOOK_PERCENT = env.float("COMMENTS_SECOND_LOOK_PERCENT", 5)
#: When a comment has waited so long, moderators are told by mail, once a day. 0: never.
COMMENTS_MAIL_AFTER_HOURS = env.float("COMMENTS_MAIL_AFTER_HOURS", 6)

INSTALLED_APPS = [
    "config.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "crispy_forms",
    "csp",
    "django_prose_editor",
    "simple_history",
    "config.apps.SiteConfig",
    "blog",
    "appeals",
    "editorial",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.conditional_middleware",
    "config.middleware.CompressionMiddleware",
    "config.masthead.showing.middleware",
    "config.middleware.language_middleware",
    "config.middleware.PolicyMiddleware",
    "config.middleware.policy_middleware",
    "config.middleware.onion_middleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "editorial.methods.MethodMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "editorial.middleware.AddressMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "config.context.site",
            ],
        },
    }
]

# What the admin needs stays out of public pages: there, looking at the user would look at the
# session. The admin's own templates get these two through config.admin.DeskSite.
SILENCED_SYSTEM_CHECKS = ["admin.E402", "admin.E404"]

DATABASES: dict[str, Any] = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'broadside.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Measured under eight writing processes and simulated power cuts: nothing acknowledged is lost.
    # What is deleted is overwritten: a text that was purged is not to be found in free pages.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728;"
            "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=2000;"
            # What is deleted or changed is overwritten, for people who are at risk.
            "PRAGMA secure_delete=ON"
        ),
    }
else:
    DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)

CACHES = {"default": env.dj_cache_url("CACHE_URL", "locmem://")}

_email = env.dj_email_url("EMAIL_URL", "console://")
EMAIL_BACKEND = _email["EMAIL_BACKEND"]
EMAIL_HOST = _email.get("EMAIL_HOST", "")
EMAIL_PORT = _email.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _email.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = _email.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _email.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Broadside <desk@localhost>")

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# The session belongs to the desk: browsers never send it to a public address.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL] if IS_SECURE else []
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGIN_URL = "admin:login"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_SECURE else 0
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", False)
if env.bool("BEHIND_TLS_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
# An appeal with its passages and signatories is one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

_POLICY = {
    "default-src": [NONE],
    "style-src": [SELF],
    "img-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": _POLICY}
#: The desk may run its own scripts; pages for readers run none.
ADMIN_CONTENT_SECURITY_POLICY = _POLICY | {
    "script-src": [SELF, NONCE],
    "style-src": [SELF, NONCE],
    "connect-src": [SELF],
    "font-src": [SELF],
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}

LANGUAGE_CODE = env.str("LANGUAGE_CODE", "en")
#: What readers and colleagues can be spoken to in, each by its own name. The newsroom's own is one.
LANGUAGES = interface_languages(LANGUAGE_CODE)
#: What readers can say their comment is written in, beside the language of the page.
COMMENT_LANGUAGES = env.str(
    "COMMENT_LANGUAGES",
    "ar,az,ba,be,bua,ce,cs,de,en,es,fa,fr,he,hy,it,ja,ka,kk,ky,mn,nl,pl,pt,ro,ru,sah,tg,tk,tr,tt,"
    "tyv,uk,uz,xal,zh",
).split(",")
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"
TIME_ZONE = env.str("TIME_ZONE", "UTC")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "config.stylesheet.StylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR_DIR / "media")))
MEDIA_URL = "/media/"
STORAGES = storage(env, MEDIA_ROOT, DEMO)
WHITENOISE_USE_FINDERS = DEMO

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "broadside"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django.request": {
            "handlers": ["console"],
            "level": "ERROR",
            "propagate": False,
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
