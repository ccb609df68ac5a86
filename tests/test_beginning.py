"""A newcomer's first day: from an empty site to the first post."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blog.models import Post
from config.beginning import first_steps
from editorial.sealing import publish
from tests.cast import approve, join, write_post
from tests.desk import fields, press, sit

pytestmark = pytest.mark.django_db

DESK = "/admin/"


@pytest.fixture
def newcomer():
    client = Client()
    client.force_login(User.objects.create_superuser("nadia", password="x"))
    return client


def steps(client):
    """Return the steps, each with whether it is ticked."""
    page = client.get(DESK).content.decode()
    if 'id="first-steps"' not in page:
        return []
    page = page[page.index('id="first-steps"') : page.index("I know my way")]
    found = re.findall(r'<li( class="done")?>\s*<p class="what">(.*?)</p>', page, re.DOTALL)
    words = [re.sub(r"<[^>]+>|Done:", "", text).strip() for _done, text in found]
    return list(zip(words, [bool(done) for done, _text in found], strict=True))


def test_the_front_page_of_an_empty_site_is_kind_and_honest(client):
    page = client.get("/").content.decode()

    assert "nothing has been published yet" in page
    assert "All posts" not in page
    assert "/admin/" not in page


def test_the_desk_leads_a_newcomer_to_the_first_post(newcomer):
    ticked = ["Make an account for a colleague", "Write a post", "Submit it for review"]
    ticked += ["Let your colleague approve it", "Publish it"]
    assert steps(newcomer) == [(label, False) for label in ticked]

    join("edda", "Editors")
    assert steps(newcomer)[0] == (ticked[0], True)
    add = reverse("admin:blog_post_add")
    newcomer.post(add, fields(newcomer.get(add)) | {"title": "First", "body": "<p>Here.</p>"})
    post = Post.objects.get()
    assert steps(newcomer)[1] == (ticked[1], True)
    assert f'<a href="{post.desk_path()}">Submit it' in newcomer.get(DESK).content.decode()
    press(newcomer, post, "submit")
    assert [done for _label, done in steps(newcomer)] == [True, True, True, False, False]
    edda = sit("edda")
    press(edda, post, "approve")
    assert [done for _label, done in steps(edda)] == [True, True, True, True, False]
    press(newcomer, post, "publish")

    assert steps(newcomer) == []
    assert "Your first post" not in edda.get(DESK).content.decode()


def test_alone_the_first_step_says_what_it_means(newcomer, settings):
    settings.EDITORIAL_FOUR_EYES = False

    assert steps(newcomer)[0] == ("Work alone", True)


def test_the_steps_are_put_away_by_each_for_themselves(newcomer):
    url = reverse("admin:dismiss_first_steps")

    assert newcomer.get(url).status_code == 405
    assert newcomer.post(url).headers["Location"] == DESK
    newcomer.post(url)
    assert steps(newcomer) == []
    assert steps(sit("edda")) != []


def test_where_nothing_waits_each_role_is_told_what_it_can_do(settings):
    settings.EDITORIAL_FOUR_EYES = True
    told = {}
    for name in ("wanda", "tariq", "rosa", "edda", "mato"):
        client = sit(name)
        client.post(reverse("admin:dismiss_first_steps"))
        page = client.get(DESK).content.decode()
        assert "Nothing waits for you." in page
        part = page[page.index('id="beginnings"') : page.index("</section>")]
        addresses = re.findall(r'<a href="([^"]+)">', part)
        assert {client.get(address).status_code for address in addresses} == {200}
        told[name] = re.findall(r"<a href[^>]+>([^<]+)</a>", part)

    assert told["wanda"] == ["Write a post"]
    assert told["tariq"] == ["Record an appeal", "Translate an appeal"]
    assert told["rosa"] == ["Look at what colleagues write"]
    assert told["edda"][:2] == ["Write a post", "Record an appeal"]
    assert told["mato"] == ["Look over the comments"]


def test_a_desk_at_work_is_asked_one_question_for_it(newcomer):
    publish(approve(write_post(by=join("wanda"))), by=join("edda"))
    edda = join("edda")
    with CaptureQueriesContext(connection) as queries:
        assert first_steps(edda) == []

    assert len(queries) == 1
