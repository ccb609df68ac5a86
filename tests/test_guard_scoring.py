"""The score learns from the moderators, only sorts, and is measured on labelled texts."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog.guarding import scoring
from blog.guarding.measuring import read
from blog.models import Comment
from tests.cast import join
from tests.readers import publish_post, said, send

LABELLED = Path(__file__).parent / "spam/labelled.tsv"
SPAM = "Casino bonus number {0}, join lake {0} today"
TALK = "The well number {0} was bitter, and village {0} left"


@pytest.fixture(autouse=True)
def score_file(settings, tmp_path):
    settings.COMMENT_SCORE_FILE = str(tmp_path / "score.json")
    return tmp_path / "score.json"


def run(capsys, *words):
    call_command(*words)
    *lines, last = capsys.readouterr().out.splitlines()
    return lines, json.loads(last)


@pytest.fixture
def decided(db, settings):
    settings.COMMENTS_ON_POST = 1000
    edition = publish_post()
    for number in range(scoring.LEAST_LEARNT):
        said(edition, SPAM.format(number), state="spam")
        said(edition, TALK.format(number))
    return edition


def test_it_learns_from_what_moderators_decided(decided, capsys, score_file):
    send(decided, text="A casino bonus?")
    assert run(capsys, "learn_spam")[1] == {"spam": 20, "approved": 20, "kept": True}
    send(decided, text="A casino bonus for those who join")
    send(decided, text="The bitter well, and the village")
    before, spam, talk = Comment.objects.filter(state="held").order_by("pk")
    assert before.score == scoring.UNKNOWN
    assert spam.score > 90
    assert talk.score < 10
    assert (spam.state, spam.reasons) == ("held", [])
    kept = score_file.read_text()
    assert not [word for word in ("casino", "bonus", "bitter") if word in kept]


def test_from_a_few_decisions_it_learns_nothing(decided, capsys, score_file):
    Comment.objects.filter(state="spam")[0].delete()
    assert run(capsys, "learn_spam")[1]["kept"] is False
    assert not score_file.exists()
    assert scoring.score(SPAM.format(1)) == scoring.UNKNOWN


def test_what_was_learnt_anew_is_used_at_once_and_read_once(decided, capsys):
    run(capsys, "learn_spam")
    assert scoring.learnt() is scoring.learnt()
    assert scoring.score("casino bonus") > 50
    Comment.objects.filter(state="spam").update(state="x")
    Comment.objects.filter(state="approved").update(state="spam")
    Comment.objects.filter(state="x").update(state="approved")
    run(capsys, "learn_spam")
    assert scoring.score("casino bonus") < 50
    with CaptureQueriesContext(connection) as asked:
        scoring.score("casino bonus")
    assert len(asked) == 0


def test_one_command_measures_and_these_are_its_figures(capsys, django_assert_num_queries, db):
    """Whoever changes the guard sees here what it does to the figures."""
    with django_assert_num_queries(0):
        lines, told = run(capsys, "measure_spam")
    assert lines[0].startswith("held: caught 26 of 84, missed 58; wrongly held 3 of 127")
    assert len(read(LABELLED)) == told["texts"] >= 200
    assert len({case.language for case in read(LABELLED)}) > 8
    assert told["exposed"] == [21, 21]
    assert told["in_order"] > 0.85
    assert told["either"]["caught"] > 55
    assert told["either"]["wrongly_held"] < 20


@pytest.mark.parametrize("line", ["ham\ten\tHello", "spam\ten", "spam"])
def test_a_file_in_another_form_is_refused_with_the_line(tmp_path, line):
    (tmp_path / "mine.tsv").write_text(f"# mine\n{line}\n")
    with pytest.raises(CommandError, match=r"mine\.tsv:2"):
        call_command("measure_spam", tmp_path / "mine.tsv")


@pytest.mark.django_db
def test_likely_spam_stands_at_the_end_of_its_sheet(client):
    edition = publish_post()
    first = said(edition, "Join us.", state="held", score=95)
    second = said(edition, "They did.", state="held", score=30)
    client.force_login(join("mato"))
    html = client.get("/admin/blog/comment/queue/").content.decode()
    assert html.index(f"move-{second.key}") < html.index(f"move-{first.key}")
    assert html.count("It looks like what was spam here.") == 1
    client.post("/admin/blog/comment/queue/", {f"move-{first.key}": "approve"})
    assert Comment.objects.get(pk=first.pk).state == "approved"
