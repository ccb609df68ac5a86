"""The demonstration loads, serves, and leaves every other database alone."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.contrib.auth.models import User

from appeals.models import AppealEdition, Translation, TranslationEdition
from blog.models import Comment, Post, PostEdition
from config import demonstrating
from editorial.models import Decision, Notice
from editorial.states import State
from editorial.verifying import verify
from tests.cast import write_post


@contextmanager
def start(tmp_path, *options):
    """Start the command as a person would, with nothing set but where its files go.

    It ends with the test: one that failed would wait for it for ever.
    """
    unset = {"SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DJANGO_SETTINGS_MODULE"}
    kept = {key: value for key, value in os.environ.items() if key not in unset}
    kept.pop("DATABASE_URL", None)
    process = subprocess.Popen(
        [sys.executable, "manage.py", "demo", *options],
        cwd=settings.BASE_DIR,
        env=kept | {"VAR_DIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.django_db
def test_the_demonstration_has_something_at_every_step():
    assert demonstrating.is_there() is False
    demonstrating.load()
    assert demonstrating.is_there() is True
    assert list(verify()) == []
    assert set(State.values) == {post.state for post in Post.objects.all()}
    assert set(State.values) == {translation.state for translation in Translation.objects.all()}
    assert {comment.state for comment in Comment.objects.all()} == {
        "held", "approved", "rejected", "spam"
    }  # fmt: skip
    assert AppealEdition.objects.scheduled().exists()
    assert TranslationEdition.objects.scheduled().exists()
    assert {edition.kind for edition in PostEdition.objects.was_live()} == {
        "first", "update", "correction", "withdrawal"
    }  # fmt: skip
    assert not Notice.objects.exists()


@pytest.mark.django_db
def test_the_story_happened_when_it_says():
    demonstrating.load()
    edition = PostEdition.objects.get(slug="salt-in-the-wells", kind="correction")
    assert edition.live_from.date().isoformat() == "2025-03-14"
    decisions = Decision.objects.about(edition.item)
    assert [decision.name for decision in decisions] == [
        "import", "reopen", "submit", "approve", "publish"
    ]  # fmt: skip
    assert decisions.last().at == edition.live_from
    assert edition.approved_by_name == "Rosa Kettle"


@pytest.mark.django_db
def test_everybody_gets_a_new_password_each_time():
    demonstrating.load()
    first, second = demonstrating.give_passwords(), demonstrating.give_passwords()
    assert {role for user, _ in first for role in [demonstrating.role_of(user)]} == {
        "Writers", "Translators", "Reviewers", "Editors", "Moderators"
    }  # fmt: skip
    assert not {password for _, password in first} & {password for _, password in second}
    assert User.objects.get(username="edith_editor").check_password(dict(second)[first[5][0]])


@pytest.mark.django_db
def test_a_database_with_something_else_is_left_alone():
    write_post()
    with pytest.raises(demonstrating.SomethingElse):
        demonstrating.is_there()


def test_from_nothing_to_a_served_site_and_a_clean_end(tmp_path):
    with start(tmp_path, "--no-server") as process:
        output, errors = process.communicate()
    assert (process.returncode, errors) == (0, "")
    assert "Loading" in output
    assert "SECRET_KEY=" in output
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with start(tmp_path, "--port", str(port)) as process:
        assert process.stdout
        assert process.stderr
        said = ""
        while "Serving" not in said:
            line = process.stdout.readline()
            assert line, process.stderr.read()
            said += line
        assert "there already" in said
        assert len(passwords(output)) == len(passwords(said)) == 7
        site = f"http://127.0.0.1:{port}"
        assert f"{site}/admin/" in said
        page = fetch(f"{site}/")
        assert "/static/" in page
        stylesheet = re.search(r'href="(/static/[^"]+\.css)"', page)
        assert stylesheet
        assert "{" in fetch(site + stylesheet[1])
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0
        assert process.stderr.read() == ""


def passwords(said):
    """Return the passwords that the command printed."""
    return re.findall(r"^\w+_\w+ .* (\S+)$", said, re.MULTILINE)


def fetch(url):
    """Return a page, as soon as somebody answers."""
    for _attempt in range(100):
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return answer.read().decode()
        except (ConnectionError, urllib.error.URLError) as error:
            if isinstance(error, urllib.error.HTTPError):
                raise
            time.sleep(0.1)
    raise AssertionError(f"nobody answers at {url}")


def test_a_port_that_is_taken_is_one_clear_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with start(tmp_path, "--port", str(taken.getsockname()[1])) as process:
            _output, errors = process.communicate()
    assert process.returncode == 1
    assert errors.count("\n") == 1
    assert "--port" in errors
