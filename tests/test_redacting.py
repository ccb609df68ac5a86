"""A redaction takes a name out of all that is stored, and the seals allow nothing more."""

import io
import json

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from appeals.models import (
    Appeal,
    CanonicalName,
    NameDistinction,
    NameVariant,
    Organisation,
    Person,
    Rendering,
    TranslationEdition,
)
from blog.models import Comment, Label, PostEdition
from editorial.editing import Stale, editing
from editorial.matching import MARK, Needle
from editorial.models import Approval, Decision, Path, Redaction
from editorial.redacting import forgetting, opened, redact
from editorial.sealing import publish
from editorial.states import CannotNow, MayNot, State
from editorial.sweeping import sweep
from editorial.verifying import verify
from tests.cast import approve, join, write_post
from tests.invariants import broken
from tests.newsroom import ANA, build
from tests.worlds.addresses import crawl

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsroom():
    return build(ANA)


@pytest.fixture
def edda():
    return join("edda")


def places(name=ANA):
    return {hit.model._meta.label_lower: hit.fields for hit in sweep(Needle(name.values))}


def struck(by):
    return redact(ANA.values, by=by, ground="At her request")


def test_the_name_is_everywhere_before_and_nowhere_after(newsroom, edda, client):
    before = {address for address in crawl() if b"etrel" in client.get(address).content}
    assert {"/", "/people/ana-petrel/", "/appeals/statement-of-ana-petrel/"} <= before
    assert len(places()) > 20
    row = struck(edda)
    assert row.places > 60
    assert places() == {}
    for address in crawl():
        page = client.get(address)
        assert page.status_code in (200, 302), address
        text = page.content.decode(errors="replace")
        assert not Needle(ANA.values).is_in(text, address=True), address
    assert list(verify()) == []
    for item in (newsroom.appeal, newsroom.translation, newsroom.post, newsroom.other):
        assert broken(item) == []


def test_the_pages_bear_the_mark_and_say_that_a_name_is_withheld(newsroom, edda, client):
    struck(edda)
    page = client.get("/appeals/kappeal/").content.decode()
    assert f"Said {MARK}: the water is salt." in page
    assert f"Friends of {MARK}" in page
    assert "name withheld" in page
    assert "Bo Fisher" in page
    assert "translator’s name withheld" in page
    post = client.get(PostEdition.objects.live().get(key="kpost").get_absolute_url())
    assert f"So says {MARK}<em></em>, of the lake." in post.content.decode()


def test_old_addresses_answer_as_if_they_never_were(newsroom, edda, client):
    old = [
        PostEdition.objects.live().get(key="kpost").get_absolute_url(),
        "/appeals/statement-of-ana-petrel/",
        "/appeals/statement-of-ana-petrel/en/",
        "/people/ana-petrel/",
        "/labels/ana-petrel/",
        "/organisations/friends-of-ana-petrel/",
    ]
    assert [client.get(address).status_code for address in old] == [200] * 6
    struck(edda)
    nothing = client.get("/nothing-here/")
    for address in old:
        answer = client.get(address)
        assert (answer.status_code, answer.content) == (404, nothing.content)
        assert dict(answer.headers) == dict(nothing.headers)
    assert client.get("/appeals/kappeal/en/").status_code == 200
    kept = set(Path.objects.values_list("path", flat=True))
    assert {"/appeals/kappeal/"} < kept
    assert any(path.endswith("/kpost/") for path in kept)


def test_nothing_comes_back_with_the_next_edition(newsroom, edda):
    struck(edda)
    appeal = Appeal.objects.get()
    assert (appeal.state, appeal.slug) == (State.DRAFT, "kappeal")
    assert list(appeal.signatories.values_list("name_status", "name", "printed_as", "person")) == [
        ("withheld", "", "", None),
        ("public", "Bo Fisher", "", None),
    ]
    assert not appeal.is_unpublished()
    newsroom.translation.refresh_from_db()
    assert not newsroom.translation.is_unpublished()
    assert newsroom.translation.state == State.DRAFT
    with pytest.raises(CannotNow, match="already says exactly this"):
        publish(approve(appeal, submitted_by=join("tariq")), by=edda)


def test_a_text_without_the_name_keeps_its_approval(newsroom, edda):
    digest = Approval.objects.about(newsroom.other).get().digest
    struck(edda)
    newsroom.other.refresh_from_db()
    assert newsroom.other.state == State.APPROVED
    assert Approval.objects.about(newsroom.other).get().digest == digest
    for item in (newsroom.appeal, newsroom.translation, newsroom.post):
        assert {a.digest for a in Approval.objects.about(item)} == {""}


def test_forms_that_are_open_elsewhere_are_stale(newsroom, edda):
    seen = newsroom.appeal.revision
    struck(edda)
    with pytest.raises(Stale), editing(newsroom.appeal, by=join("tariq"), revision=seen):
        pass


def test_no_rendering_turns_stale_and_no_digest_confirms_a_guess(newsroom, edda, client):
    old = set(Rendering.objects.values_list("accepted_digest", flat=True))
    old |= {row["original_digest"] for row in TranslationEdition.objects.get().data["renderings"]}
    guess = newsroom.appeal.passages.get(position=1).digest
    assert guess in old
    struck(edda)
    assert Rendering.objects.stale().count() == 0
    assert "being checked again" not in client.get("/appeals/kappeal/en/").content.decode()
    database = json.dumps(
        [list(m._base_manager.values()) for m in (TranslationEdition, Rendering, Approval)],
        default=str,
    )
    assert guess not in database
    assert guess not in json.dumps(list(Rendering.history.values()), default=str)


def test_a_rendering_that_was_stale_stays_so(newsroom, edda, client):
    with editing(newsroom.appeal, by=join("tariq")):
        passage = newsroom.appeal.passages.get(position=1)
        passage.text += "\n\nИ ещё."
        passage.save()
    publish(approve(newsroom.appeal), by=edda)
    struck(edda)
    assert Rendering.objects.stale().count() == 1
    assert client.get("/appeals/kappeal/en/").content.decode().count("being checked again") == 1


def test_parties_names_and_comments(newsroom, edda):
    struck(edda)
    person = Person.objects.get()
    assert (person.name, person.names) == (MARK, {"ru": MARK})
    assert person.signed.count() == 0
    assert Organisation.objects.get(name=f"Friends of {MARK}").slug != "friends-of-ana-petrel"
    assert list(CanonicalName.objects.values_list("text", flat=True)) == ["Bo Fisher"]
    assert not NameVariant.objects.exists()
    assert not NameDistinction.objects.exists()
    assert set(Comment.objects.values_list("name", "text")) == {(MARK, f"I know {MARK}.")}


def test_somebody_who_wrote_nothing_goes(newsroom, edda):
    Person.objects.create(name="Ana Petrel", slug="another")
    struck(edda)
    assert Person.objects.count() == 1


def test_the_record_says_that_and_never_what(newsroom, edda):
    row = redact(ANA.values, by=edda, ground="Ana Petrel asked us")
    kept = Redaction.objects.values().get(pk=row.pk)
    assert kept["ground"] == f"{MARK} asked us"
    assert (kept["by_name"], kept["is_open"], kept["places"]) == ("Edda", False, row.places)
    assert {d.by_name for d in Decision.objects.filter(name="redact")} == {"Edda"}


def test_accounts_are_left_to_their_admin_and_only_they(newsroom, edda):
    account = User.objects.create(username="ana.petrel", first_name="Ana", last_name="Petrel")
    publish(approve(write_post(slug="x"), by=None), by=edda)
    struck(edda)
    account.refresh_from_db()
    assert account.username == "ana.petrel"
    assert places() == {"auth.user": ("username",)}


def test_who_may_not_redact_changes_nothing(newsroom):
    with pytest.raises(MayNot):
        struck(join("rosa"))
    assert len(places()) > 20
    assert not Redaction.objects.exists()


def test_whole_words_only(edda):
    post = write_post(body="<p>Petrel is no petrels’ nest.</p>")
    redact(["petrel"], by=edda, ground="x", whole_words=True)
    post.refresh_from_db()
    assert post.body == f"<p>{MARK} is no petrels’ nest.</p>"


def test_two_labels_of_which_the_same_is_left_stay_two(edda):
    Label.objects.create(name="Ana Petrel")
    Label.objects.create(name="Ana-Petrel", slug="other")
    struck(edda)
    names = set(Label.objects.values_list("name", flat=True))
    assert len(names) == 2
    assert all(name.startswith(MARK) for name in names)


# --- the seals -------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["digest", "live_from", "number", "key", "published_at"])
def test_an_open_redaction_opens_no_other_column(newsroom, edda, column):
    edition = PostEdition.objects.first()
    value = getattr(edition, column)
    other = value + 1 if isinstance(value, int) else "x" if isinstance(value, str) else None
    other = other or edition.sealed_at
    with (
        pytest.raises(DatabaseError, match="sealed"),
        opened(by=edda, ground="x"),
    ):
        PostEdition.objects.filter(pk=edition.pk).update(**{column: other})
    assert not Redaction.objects.exists()


def test_an_open_redaction_lets_nothing_be_deleted(newsroom, edda):
    with pytest.raises(DatabaseError, match="sealed"), opened(by=edda, ground="x"):
        Decision.objects.all()._raw_delete(Decision.objects.db)


def test_the_record_of_a_redaction_is_sealed_itself(newsroom, edda):
    struck(edda)
    for rows in (Redaction.objects.filter(ground="At her request"), Redaction.objects.all()):
        with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
            rows.update(ground="Nothing of importance")
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        Redaction.objects.all()._raw_delete(Redaction.objects.db)


def test_a_row_that_says_it_is_open_and_points_nowhere_is_refused(db):
    with pytest.raises(DatabaseError, match="open_redaction"), transaction.atomic():
        Redaction.objects.create(ground="x", is_open=True)
    with pytest.raises(DatabaseError, match="open_redaction"), transaction.atomic():
        Redaction.objects.create(ground="x", is_open=False, never_id=0)


@pytest.mark.django_db(transaction=True)
def test_an_open_redaction_cannot_be_committed():
    build(ANA)
    with pytest.raises(DatabaseError), transaction.atomic():
        Redaction.objects.create(ground="x", is_open=True, never_id=0)
    assert not Redaction.objects.exists()
    with pytest.raises(DatabaseError, match="sealed"):
        PostEdition.objects.update(title="x")


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
def test_the_redaction_of_one_connection_opens_nothing_for_another():
    build(ANA)
    other = connection.copy()
    try:
        with (
            opened(by=None, ground="x"),
            other.cursor() as cursor,
            pytest.raises(DatabaseError, match="sealed"),
        ):
            cursor.execute("UPDATE blog_postedition SET title = 'x'")
    finally:
        other.close()


# --- what the database's own file remembers -----------------------------------------------------


@pytest.mark.sqlite_only
@pytest.mark.django_db(transaction=True)
def test_the_bytes_of_the_database_do_not_hold_the_name(edda):
    build(ANA)
    file = connection.settings_dict["NAME"]
    forms = [form for value in [*ANA.values, ANA.slug, "Petrel"] for form in bytes_of(value)]
    assert any(form in read(file) for form in forms)
    assert struck(edda).remains == []
    assert [form for form in forms if form in read(file)] == []


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
def test_the_bytes_of_the_tables_do_not_hold_the_name(edda, monkeypatch):
    # Other tests write on this server, each in one transaction: they are waited for.
    monkeypatch.setattr(forgetting, "ATTEMPTS", 6000)
    build(ANA)
    forms = [value.encode() for value in [*ANA.values, ANA.slug, "Petrel", "petrel"]]
    assert any(form in table for form in forms for table in tables())
    assert struck(edda).remains == []
    assert [form for form in forms for table in tables() if form in table] == []


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("begin", "work"),
    [("BEGIN ISOLATION LEVEL REPEATABLE READ", "SELECT 1"), ("BEGIN", "SELECT txid_current()")],
)
def test_who_reads_or_writes_since_before_is_told_of(edda, monkeypatch, begin, work):
    monkeypatch.setattr(forgetting, "ATTEMPTS", 1)
    build(ANA)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute(begin)
            cursor.execute(work)
            [remains] = struck(edda).remains
        assert "The database was busy" in remains
    finally:
        other.close()


def tables():
    """Return the bytes of every table and index, as PostgreSQL keeps them in its files."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class"
            " WHERE relkind IN ('r', 'i', 't') AND relnamespace <> 'pg_catalog'::regnamespace"
        )
        return [bytes(data) for (data,) in cursor.fetchall()]


def bytes_of(text):
    plain = [text, text.upper(), text.lower(), json.dumps(text)[1:-1]]
    return [form.encode(code) for form in plain for code in ("utf-8", "utf-16-le", "utf-16-be")]


def read(name):
    found = b""
    for suffix in ("", "-wal", "-shm"):
        try:
            with open(f"{name}{suffix}", "rb") as file:
                found += file.read()
        except FileNotFoundError:
            pass
    return found


def test_the_command_reads_the_name_from_its_input(newsroom, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("Ana Petrel\n\nАна Петрель\n"))
    call_command("redact", "--ground", "At her request")
    assert "places redacted" in capsys.readouterr().out
    assert places() == {}
