"""A post at the desk: its form, its inlines, and two people at once."""

import pytest

from appeals.models import Person
from blog.models import Label, Post
from editorial.models import Contribution
from editorial.moving import move
from editorial.states import State
from tests.cast import approve, join, write_post
from tests.desk import fields, page, save, sit
from tests.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def wanda():
    return sit("wanda")


def test_a_writer_makes_a_post_and_has_contributed(wanda):
    form = fields(wanda.get("/admin/blog/post/add/"))
    answer = wanda.post(
        "/admin/blog/post/add/",
        form | {"title": "Открытое письмо", "body": "<p>At dawn.</p>", "_submit": "1"},
        follow=True,
    )
    post = Post.objects.get()
    assert answer.redirect_chain[-1][0] == page(post)
    assert post.slug == "otkrytoe-pismo"
    assert post.state == State.IN_REVIEW
    assert [row.user_name for row in Contribution.objects.all()] == ["Wanda"]


def test_what_cannot_be_submitted_is_saved_all_the_same(wanda):
    form = fields(wanda.get("/admin/blog/post/add/"))
    answer = wanda.post(
        "/admin/blog/post/add/", form | {"title": "Only a title", "_submit": "1"}, follow=True
    )
    assert Post.objects.get().state == State.DRAFT
    assert "Saved, but: There is no text yet" in answer.content.decode()


def test_saving_an_unchanged_form_resets_nothing(wanda):
    post = approve(write_post(by=join("wanda")))
    revision = post.revision
    save(wanda, post)
    post.refresh_from_db()
    assert (post.state, post.revision) == (State.APPROVED, revision)


def test_saving_a_changed_form_reopens_and_records_who(wanda):
    post = approve(write_post())
    save(wanda, post, title="Salt again")
    post.refresh_from_db()
    assert (post.title, post.state) == ("Salt again", State.DRAFT)
    assert [row.user_name for row in Contribution.objects.about(post)] == ["Wanda"]


def test_a_row_of_an_inline_is_a_change_and_comes_last_without_a_position(wanda):
    post = write_post()
    people = [Person.objects.create(name=name) for name in ("Ana Petrel", "Iva Tern")]
    revision = post.revision
    for number, person in enumerate(people):
        form = fields(wanda.get(page(post)))
        save(
            wanda,
            post,
            **{
                "bylines-TOTAL_FORMS": number + 1,
                f"bylines-{number}-person": person.pk,
                f"bylines-{number}-position": "",
                f"bylines-{number}-post": post.pk,
            },
        )
        assert int(form["bylines-INITIAL_FORMS"][0]) == number
    post.refresh_from_db()
    assert [b.person for b in post.bylines.all()] == people
    assert post.revision == revision + 2


def test_a_stale_form_is_refused_and_shows_both_versions(wanda):
    post = write_post(by=join("wanda"))
    opened = wanda.get(page(post))
    save(sit("edda"), post, title="Edda's title", summary="Of salt.")
    answer = save(wanda, post, opened, title="Wanda's title")
    post.refresh_from_db()
    assert post.title == "Edda's title"
    text = answer.content.decode()
    assert "Edda saved this on" in text
    assert {(d.place, d.theirs, d.yours) for d in answer.context["differences"]} == {
        ("Title", "Edda's title", "Wanda's title"),
        ("Summary", "Of salt.", ""),
    }
    assert fields(answer, page(post) if False else None)["title"] == ["Wanda's title"]
    assert "Please correct the error" not in text


def test_after_a_look_at_both_the_second_save_holds(wanda):
    post = write_post(by=join("wanda"))
    opened = wanda.get(page(post))
    save(sit("edda"), post, title="Edda's title")
    refused = save(wanda, post, opened, title="Wanda's title")
    save(wanda, post, refused)
    post.refresh_from_db()
    assert post.title == "Wanda's title"


def test_a_stale_plan_is_noticed_too_and_lapses_no_approval(wanda):
    post = approve(write_post(by=join("wanda")))
    opened = wanda.get(page(post))
    save(sit("edda"), post, planned_for="2030-03-05T09:00")
    answer = save(wanda, post, opened, title="Wanda's title")
    post.refresh_from_db()
    assert (post.title, post.state) == ("Salt in the wells", State.APPROVED)
    assert [d.place for d in answer.context["differences"] if d.place != "Title"] == ["Planned for"]


def test_rows_that_a_colleague_removed_or_added_are_shown(wanda):
    post = write_post()
    lost = post.sources.create(title="The lost one")
    opened = wanda.get(page(post))
    lost.delete()
    kept = post.sources.create(title="The new one")
    Post.objects.filter(pk=post.pk).update(revision=post.revision + 1)
    answer = save(wanda, post, opened, **{"sources-0-publisher": "Lakeside"})
    places = [(d.theirs, d.yours) for d in answer.context["differences"]]
    assert places == [
        ("Not there.", "The lost one · Lakeside"),
        ("The new one", "Not in your form; it stays."),
    ]
    save(wanda, post, answer)
    assert [s.title for s in post.sources.all()] == [kept.title, "The lost one"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_shown_both_versions():
    post = write_post()
    people = [(sit(who), who) for who in ("wanda", "edda")]
    opened = [fields(client.get(page(post))) for client, _who in people]

    def saving(client, who, data):
        return lambda: client.post(page(post), data | {"title": who, "_continue": "1"}).status_code

    came_to = race(*(saving(*person, data) for person, data in zip(people, opened, strict=True)))
    assert sorted(came_to) == [200, 302]
    post.refresh_from_db()
    assert post.title == people[came_to.index(302)][1]


def test_a_form_without_a_revision_is_stale(wanda):
    post = write_post()
    answer = save(wanda, post, revision="", title="Blind")
    post.refresh_from_db()
    assert post.title == "Salt in the wells"
    assert "Nothing was saved" in answer.content.decode()


def test_a_reviewer_looks_and_cannot_save():
    post = write_post()
    rosa = sit("rosa")
    assert "_save" not in rosa.get(page(post)).content.decode()
    assert rosa.post(page(post), {"title": "x", "revision": post.revision}).status_code == 403


def test_a_moderator_opens_no_working_copy():
    post = write_post(by=join("wanda"))
    move(post, "submit", by=join("wanda"))
    assert sit("mato").get(page(post)).status_code == 403


def test_a_slug_that_is_taken_is_said_beside_it():
    Label.objects.create(name="Court", slug="sud")
    edda = sit("edda")
    form = fields(edda.get("/admin/blog/label/add/"))
    answer = edda.post("/admin/blog/label/add/", form | {"name": "Суд"})
    assert answer.status_code == 200
    assert list(answer.context["adminform"].form.errors) == ["slug"]
    edda.post("/admin/blog/label/add/", form | {"name": "Суд", "slug": "court-ru"})
    assert Label.objects.get(slug="court-ru").name == "Суд"


def test_versions_are_shown_and_nothing_reverts_by_post(wanda):
    post = write_post(by=join("wanda"))
    save(wanda, post, title="Salt again")
    versions = wanda.get(page(post, "history")).content.decode()
    assert "style=" not in versions
    oldest = post.history.last()
    url = f"/admin/blog/post/{post.pk}/history/{oldest.pk}/"
    assert "Salt again" in wanda.get(url).content.decode()
    for person in ("wanda", "rosa", "mato"):
        sit(person).post(url, {"title": "x"})
    post.refresh_from_db()
    assert post.title == "Salt again"


def test_a_reviewer_reads_the_text_and_not_its_markup(client):
    post = write_post(by=join("wanda"), body="<p>They met <em>at dawn</em>.</p>", language="ar")
    client.force_login(join("rosa"))
    page = client.get(f"/admin/blog/post/{post.pk}/change/").content.decode()
    assert (
        '<div lang="ar" dir="rtl" class="reading"><p>They met <em>at dawn</em>.</p></div>' in page
    )
    client.force_login(join("wanda"))
    page = client.get(f"/admin/blog/post/{post.pk}/change/").content.decode()
    assert 'class="reading"' not in page


def test_paragraphs_that_were_indented_by_hand_are_not(wanda):
    quoted = "<blockquote>\xa0 <p>&#160;Said.</p></blockquote>"
    body = f"<p>&nbsp; \xa0Staunton &nbsp;Mar.&nbsp;12</p>{quoted}"
    post = write_post()
    save(wanda, post, body=body)
    post.refresh_from_db()
    assert post.body.replace("&nbsp;", "\xa0") == (
        "<p>Staunton \xa0Mar.\xa012</p><blockquote><p>Said.</p></blockquote>"
    )
