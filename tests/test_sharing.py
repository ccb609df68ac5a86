"""Names and labels stand in many texts: who changes one has worked on each of them."""

import pytest

from appeals.models import Organisation, Person, Signatory
from blog.models import Label
from editorial.editing import editing
from editorial.models import Contribution
from editorial.moving import move
from editorial.sealing import publish
from editorial.sharing import showing, worked_on_all
from editorial.states import MayNot, State
from tests.cast import approve, join, write_appeal, write_post
from tests.desk import page, press, save, sit

pytestmark = pytest.mark.django_db


@pytest.fixture
def edda():
    return join("edda")


@pytest.fixture
def person():
    return Person.objects.create(name="Ana Petrel")


def by(person, **fields):
    post = write_post(by=join("wanda"), **fields)
    with editing(post, by=join("wanda")):
        post.bylines.create(person=person, position=1)
    return post


def test_a_shared_row_finds_every_text_that_shows_it(person):
    union, label = Organisation.objects.create(name="Union"), Label.objects.create(name="Salt")
    post, appeal, _other = by(person), write_appeal(), write_post(title="Of nobody")
    post.labels.add(label)
    appeal.issuers.create(organisation=union, position=1)
    appeal.signatories.create(position=1, organisation=union, kind=Signatory.Kind.ORGANISATION)
    appeal.signatories.create(position=2, person=person, name="A. Petrel", name_status="public")
    found = {row: [item for items in showing(row) for item in items] for row in (person, union)}
    assert found == {person: [post, appeal], union: [appeal]}
    assert [list(items) for items in showing(label) if items] == [[post]]


def test_nobody_approves_a_name_that_they_wrote_themselves(person, edda):
    post = by(person)
    move(post, "submit", by=join("wanda"))
    opened = {"act": "approve", "revision": post.revision}
    save(sit("edda"), person, name="The Liar")
    with pytest.raises(MayNot):
        move(post, "approve", by=edda)
    response = sit("rosa").post(page(post, "move"), opened)
    assert (response.status_code, "after you opened it" in response.content.decode()) == (409, True)
    press(sit("rosa"), post, "approve")
    assert publish(post, by=edda).data["byline"][0]["name"] == "The Liar"


def test_a_new_spelling_leaves_an_archive_published(person, edda, django_assert_max_num_queries):
    wanda = join("wanda")
    posts = [by(person, title=f"Salt {number}") for number in range(3)]
    for post in posts:
        publish(approve(post), by=edda)
    save(sit("edda"), person, name="Ana Petrél")
    with django_assert_max_num_queries(8):
        worked_on_all(person, by=wanda)
    for post in posts:
        post.refresh_from_db()
    assert {post.state for post in posts} == {State.APPROVED}
    assert Contribution.objects.filter(user=edda, round=2).count() == 3


def test_a_save_that_changes_no_name_makes_nobody_a_contributor(person, edda):
    by(person)
    save(sit("edda"), person, names='{"ru": "Ана"}')
    assert not Contribution.objects.filter(user=edda).exists()


@pytest.mark.parametrize("many", [False, True])
def test_who_deletes_a_label_worked_on_what_carried_it(edda, many):
    label, post = Label.objects.create(name="Salt"), write_post(by=join("wanda"))
    post.labels.add(label)
    if many:
        chosen = {"action": "delete_selected", "_selected_action": label.pk, "post": "yes"}
        sit("edda").post("/admin/blog/label/", chosen)
    else:
        sit("edda").post(page(label, "delete"), {"post": "yes"})
    assert not Label.objects.exists()
    assert Contribution.objects.about(post).filter(user=edda).exists()
