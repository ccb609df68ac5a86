"""The stylesheet: one file from many, small, and asking nobody for anything."""

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.checks import Tags, run_checks
from django.core.files.storage import storages
from django.core.management import call_command
from django.http import HttpResponse
from django.utils.functional import empty
from whitenoise.middleware import WhiteNoiseMiddleware

from config.collected import demand, names
from config.stylesheet import joined

CSS = Path(settings.BASE_DIR) / "static" / "css"


def test_every_part_is_in_it():
    named = re.findall(r'@import "parts/([^"]+)"', (CSS / "index.css").read_text())
    assert sorted(named) == sorted(path.name for path in (CSS / "parts").iterdir())


def test_it_is_small_and_calls_nobody():
    css = joined(CSS / "index.css")
    assert len(gzip.compress(css.encode())) < 7 * 1024
    assert not re.search(r"url\(|@import|@font-face|//", css)


def test_directions_are_logical():
    physical = (
        r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)|[;{](?:left|right|width)\s*:"
    )
    css = joined(CSS / "index.css")
    assert re.findall(physical, css) == []
    for shorthand in re.findall(r"[{;](?:margin|padding|inset):([^;}]+)", css):
        sides = re.findall(r"(?:[^\s(]|\((?:[^()]|\([^()]*\))*\))+", shorthand)
        assert len(sides) < 4 or sides[1] == sides[3], shorthand


def test_it_is_found_and_collected(tmp_path, settings):
    found = Path(finders.find("css/site.css"))
    assert found.read_text() == joined(CSS / "index.css")
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "css" / "site.css").read_text() == joined(CSS / "index.css")


@pytest.mark.django_db  # the end of a request looks after connections
def test_where_nothing_is_collected_it_is_sent_compressed(rf, settings):
    settings.WHITENOISE_USE_FINDERS = True  # as in the demonstration
    send = WhiteNoiseMiddleware(lambda request: HttpResponse(status=404))
    asked = {
        encoding: rf.get("/static/css/site.css", headers={"Accept-Encoding": encoding})
        for encoding in ("gzip", "identity")
    }
    small, plain = (send(asked[encoding]) for encoding in ("gzip", "identity"))
    css = b"".join(plain.streaming_content)
    assert css.decode() == joined(CSS / "index.css")
    assert gzip.decompress(b"".join(small.streaming_content)) == css
    assert small.headers["Content-Encoding"] == "gzip"
    assert small.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    small.close()
    plain.close()


@pytest.fixture
def deployed(tmp_path, settings):
    """The storage of a deployment, into which nothing is collected yet."""
    settings.STATIC_ROOT = tmp_path
    backend = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": backend}}


def said():
    with pytest.raises(SystemExit) as stopped:
        demand()
    line = str(stopped.value)
    [error] = run_checks(tags=[Tags.staticfiles], include_deployment_checks=True)
    assert error.msg == line
    return line.removeprefix("Broadside does not start: ")


def test_a_server_without_its_static_files_says_so_and_does_not_start(deployed, settings):
    assert said() == "the static files are not collected (manage.py collectstatic)."
    index = {"paths": {name: name for name in names()}, "version": "1.1"}
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    manifest.write_text(json.dumps(index))
    reset()
    demand()
    assert run_checks(tags=[Tags.staticfiles], include_deployment_checks=True) == []

    del index["paths"]["css/site.css"]
    manifest.write_text(json.dumps(index))
    reset()
    assert said() == "the collected static files lack css/site.css (manage.py collectstatic)."


def reset():
    """Let the storage read its manifest anew, as another process does."""
    staticfiles_storage._wrapped = empty
    storages._storages = {}


def test_where_names_are_plain_nothing_has_to_be_collected():
    demand()


def test_a_server_that_does_not_start_is_not_started_again_and_again(tmp_path):
    environment = os.environ | {"SECRET_KEY": "x", "ALLOWED_HOSTS": "a.example"}
    environment |= {"VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    started = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", "import config.wsgi"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode == 3  # gunicorn ends then, and starts no other worker
    said = "Broadside does not start: the static files are not collected (manage.py collectstatic)."
    assert started.stderr.splitlines() == [said]


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_text_stands_out_in_both_themes():
    for theme in (CSS / "parts" / "tokens.css").read_text().split("@media")[:2]:
        tokens = dict(re.findall(r"--(\w+): (#\w{6});", theme))
        for ink in ("ink", "soft", "rubric"):
            for paper in ("paper", "tint"):
                assert contrast(tokens[ink], tokens[paper]) >= 4.5, (ink, paper)
        for marked in ("added", "removed"):
            assert contrast(tokens["ink"], tokens[marked]) >= 4.5
