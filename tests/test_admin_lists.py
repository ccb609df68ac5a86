"""The desk's lists: what they say, what they find, whom they let in, and what they ask."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from appeals.models import (
    Appeal,
    AppealEdition,
    CanonicalName,
    Organisation,
    Person,
    Translation,
    TranslationEdition,
)
from blog.models import Label, Post, PostEdition
from editorial.admin.lists import waits_for
from editorial.models import Approval, Decision, Path, Redaction
from editorial.moving import move
from editorial.redacting import redact
from editorial.sealing import publish
from tests.cast import approve, join, translate, write_appeal, write_post
from tests.desk import listing, page, sit

pytestmark = pytest.mark.django_db


def fill(times):
    """Make rows of every kind, in every state."""
    wanda, edda, rosa = join("wanda"), join("edda"), join("rosa")
    for _turn in range(times):
        number = Post.objects.count()
        write_post(by=wanda)
        move(write_post(by=edda), "submit", by=wanda)
        post = approve(write_post(by=wanda, slug=f"post-{number}"))
        publish(post, by=edda)
        ahead = approve(write_post(by=wanda, slug=f"ahead-{number}"))
        publish(ahead, by=edda, at=timezone.now() + timedelta(days=1))
        appeal = approve(write_appeal(by=wanda, slug=f"appeal-{number}"))
        publish(appeal, by=edda)
        translation = translate(appeal, by=wanda)
        type(translation).objects.update(title="")
        publish(approve(translation), by=edda)
        move(translation.renderings.first(), "send_back", by=rosa, reason="Salt, not sand.")
        name = CanonicalName.objects.create(text=f"Ayrat {number}")
        name.variants.create(text="Airat")
        Label.objects.create(name=f"Label {number}")
        Organisation.objects.create(name=f"Union {number}")
        Person.objects.create(name=f"Person {number}")


LISTS = [
    Post,
    PostEdition,
    Label,
    Appeal,
    AppealEdition,
    Translation,
    TranslationEdition,
    CanonicalName,
    Organisation,
    Person,
    Decision,
    Approval,
    Path,
    Redaction,
]


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_lists_ask_as_much_for_many_rows_as_for_few():
    edda = sit("edda")
    fill(1)
    for model in LISTS:  # what is asked once per process
        edda.get(listing(model))
    few = {model: queries(edda, listing(model)) for model in LISTS}
    fill(3)
    assert {model: queries(edda, listing(model)) for model in LISTS} == few
    assert max(few.values()) < 20


def test_the_list_of_posts_says_what_waits_for_whom():
    wanda, rosa, edda = join("wanda"), join("rosa"), join("edda")
    draft = write_post(by=wanda, title="A draft")
    move(write_post(by=wanda, title="In review"), "submit", by=wanda)
    back = write_post(by=wanda, title="Sent back")
    move(back, "submit", by=wanda)
    move(back, "request_changes", by=rosa, reason="Why?")
    ready = approve(write_post(title="Ready", slug="ready"))
    out = approve(write_post(title="Out", slug="out"))
    publish(out, by=edda)
    rows = {post.title: post for post in sit("edda").get(listing(Post)).context["cl"].result_list}
    assert {title: waits_for(post) for title, post in rows.items()} == {
        "A draft": "Wanda",
        "In review": "a reviewer, not Wanda",
        "Sent back": "Wanda",
        "Ready": "an editor",
        "Out": "–",
    }
    assert draft.pk != ready.pk


@pytest.mark.parametrize(
    ("waiting", "titles"),
    [
        ("publication", ["Ready"]),
        ("planned", ["Planned"]),
        ("scheduled", ["Ahead"]),
        ("live", ["Out"]),
        ("never", ["Ahead", "Planned", "Ready"]),
    ],
)
def test_lists_are_filtered_by_what_they_wait_for(waiting, titles):
    edda = join("edda")
    approve(write_post(title="Ready", slug="ready"))
    publish(approve(write_post(title="Out", slug="out")), by=edda)
    ahead = timezone.now() + timedelta(days=1)
    publish(approve(write_post(title="Ahead", slug="ahead")), by=edda, at=ahead)
    planned = write_post(title="Planned")
    Post.objects.filter(pk=planned.pk).update(planned_for=ahead)
    found = sit("edda").get(listing(Post), {"waiting": waiting}).context["cl"].result_list
    assert sorted(post.title for post in found) == titles


@pytest.mark.parametrize("asked", ["СУД", "суд", "ПЕТРЕЛЬ"])
def test_the_search_of_posts_ignores_case_in_every_script(asked):
    post = write_post(title="Верховный суд")
    post.bylines.create(person=Person.objects.create(name="Анна Петрель"))
    write_post(title="Other")
    found = sit("edda").get(listing(Post), {"q": asked}).context["cl"].result_list
    assert [row.title for row in found] == ["Верховный суд"]


#: Which lists each role may open.
DOORS = {
    "wanda": {Post, PostEdition, Label, Appeal, AppealEdition, Translation, TranslationEdition}
    | {CanonicalName, Organisation, Person, Decision},
    "mato": {Decision},
}
DOORS["tariq"] = DOORS["rosa"] = DOORS["wanda"]
DOORS["edda"] = set(LISTS)


@pytest.mark.parametrize("who", sorted(DOORS))
def test_lists_open_for_their_roles(who):
    client = sit(who)
    opened = {model for model in LISTS if client.get(listing(model)).status_code == 200}
    assert opened == DOORS[who]


@pytest.mark.parametrize("model", [PostEdition, Decision, Approval, Path, Redaction])
def test_records_are_only_looked_at(model):
    fill(1)
    redact(["Ana Petrel"], by=join("edda"), ground="At her request")
    edda = sit("edda")
    row = model.objects.first()
    assert edda.get(page(row)).status_code == 200
    assert edda.post(page(row), {}).status_code == 403
    assert edda.post(page(row, "delete"), {"post": "yes"}).status_code == 403
    opts = model._meta
    add = reverse(f"admin:{opts.app_label}_{opts.model_name}_add")
    assert edda.post(add, {}).status_code == 403


def test_a_moderator_reads_no_decision_about_appeals():
    appeal = write_appeal(title="Lake")
    move(appeal, "submit", by=join("edda"))
    move(appeal, "request_changes", by=join("rosa"), reason="Who says so?")
    assert "Who says so?" in sit("wanda").get(listing(Decision)).content.decode()
    mato = sit("mato")
    assert "Who says so?" not in mato.get(listing(Decision)).content.decode()
    decision = Decision.objects.get(name="request_changes")
    assert "sent back" in sit("edda").get(listing(Decision)).content.decode()
    assert mato.get(page(decision)).status_code == 302


@pytest.mark.parametrize(
    ("who", "status"), [("wanda", 200), ("tariq", 200), ("edda", 200), ("mato", 403)]
)
def test_choices_are_completed_for_those_who_may_look(who, status):
    Person.objects.create(name="Анна Петрель")
    asked = {"app_label": "blog", "model_name": "byline", "field_name": "person", "term": "ПЕТР"}
    answer = sit(who).get(reverse("admin:autocomplete"), asked)
    assert answer.status_code == status
    if status == 200:
        assert [row["text"] for row in answer.json()["results"]] == ["Анна Петрель"]


def test_people_and_roles_are_for_the_keeper_of_the_house():
    User.objects.create_superuser("kim", password="kim")
    kim = Client()
    kim.login(username="kim", password="kim")
    wanda = join("wanda")
    text = kim.get(listing(User)).content.decode()
    assert "Writers" in text
    form = kim.get(page(wanda)).context["adminform"].form
    assert "groups" in form.fields
    assert "user_permissions" not in form.fields
    assert sit("edda").get(listing(User)).status_code == 403
