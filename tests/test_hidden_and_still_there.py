"""After a name was hidden, the answer says where it still stands, and nothing else knows it."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session

from appeals.models import Person
from blog.models import Comment
from editorial.models import Decision, Redaction
from tests import desk
from tests.cast import write_post
from tests.test_hiding import TYPED, ana, appeal, edda, post

pytestmark = pytest.mark.django_db
__all__ = ["appeal", "edda"]


@pytest.mark.parametrize(("who", "sees"), [("edda", True), ("mato", False)])
def test_the_page_after_it_says_where_the_name_still_stands(appeal, who, sees, caplog):
    Person.objects.update(names={"uk": "Анна Петрель"})
    salt = write_post(title="Salt", body="<p>Так сказала Анна Петрель.</p>")
    Comment.objects.create(post=salt, text="Anna Petrel bakes.")
    answer = post(who, appeal, ana())
    assert "no-store" in answer.headers["Cache-Control"]
    text = answer.content.decode()
    assert "Where it still stands is said below" in text
    typed = TYPED.search(text)[0]
    assert all(name in typed for name in ("Ana Petrel", "Anna Petrel", "Анна Петрель"))
    assert "bakes" in text
    assert ("Так сказала" in text, desk.page(salt) in text) == (sees, sees)
    assert ('value="redact"' in text) is sees
    kept = [*LogEntry.objects.values(), *Redaction.objects.values(), *Decision.objects.values()]
    kept += [session.get_decoded() for session in Session.objects.all()]
    assert "etrel" not in str(kept) + str(answer.client.cookies) + caplog.text


def test_the_page_stays_while_its_reader_looks_at_what_it_found(appeal):
    """It answers a post, is in no cache, and the name in it is not to be had again."""
    salt = write_post(title="Of Ana Petrel")
    text = post("edda", appeal, ana()).content.decode()
    links = re.findall(rf'<a href="{desk.page(salt)}"[^>]*>', text)
    assert links
    assert all('target="_blank"' in link and 'rel="noreferrer"' in link for link in links)


def test_from_there_one_click_takes_it_out(appeal):
    salt = write_post(title="Of Ana Petrel")
    found = post("edda", appeal, ana())
    form = desk.fields(found, action="/admin/sweep/")
    asked = form | {"do": "redact", "ground": "At her request", "sure": "on"}
    found.client.post("/admin/sweep/", asked)
    salt.refresh_from_db()
    assert "etrel" not in salt.title


def test_who_may_not_open_the_appeal_is_told_no_name_that_readers_do_not_see(appeal):
    row = appeal.signatories.create(name_status="public", name="Nils Tern", position=2)
    answer = post("mato", appeal, f"draft-{row.pk}")
    assert "Tern" not in answer.content.decode()
    assert "somebody was faster" in answer.content.decode()
    row.refresh_from_db()
    assert row.name == "Nils Tern"
    assert "Nils Tern" in TYPED.search(post("edda", appeal, f"draft-{row.pk}").content.decode())[0]
