"""Previews: for the desk, and by link for people outside; never for readers."""

from datetime import timedelta

import pytest
from django.core import signing
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from blog.models import Post
from editorial.editing import editing
from editorial.models import PreviewLink
from editorial.previewing import make_link
from editorial.sealing import publish
from editorial.states import MayNot
from tests.cast import approve, join, translate, write_appeal, write_post

pytestmark = pytest.mark.django_db

KINDS = {
    "post": lambda: write_post(slug="salt", title="Salt in the wells"),
    "appeal": lambda: write_appeal(slug="lake", title="To the people of the lake"),
    "translation": lambda: translate(write_appeal(slug="lake")),
}
SAYS = {"post": "They met at dawn.", "appeal": "Абзац 1.", "translation": "Passage 1."}


@pytest.fixture
def edda():
    return join("edda")


def desk_address(item, name="preview"):
    opts = item._meta
    return reverse(f"admin:{name}", args=[opts.app_label, opts.model_name, item.pk])


def previewed(client, item, user=None, query=""):
    """Return the preview as the desk sees it."""
    client.force_login(user or join("edda"))
    return client.get(desk_address(item) + query)


def assert_kept_to_itself(response):
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "form-action 'none'" in response.headers["Content-Security-Policy"]
    assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()
    assert '<aside class="preview"' in response.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_the_desk_sees_a_working_copy_as_readers_would(client, kind):
    item = KINDS[kind]()
    response = previewed(client, item)
    assert desk_address(item).startswith("/admin/")
    assert response.status_code == 200
    assert SAYS[kind] in response.content.decode()
    assert "Preview, draft." in response.content.decode()
    assert_kept_to_itself(response)


@pytest.mark.parametrize("kind", KINDS)
def test_who_has_the_link_sees_the_same_without_an_account(client, edda, kind):
    item = KINDS[kind]()
    link = make_link(item, by=edda)
    response = client.get(link.get_absolute_url())
    assert response.status_code == 200
    assert SAYS[kind] in response.content.decode()
    assert "only those who have this address can see it" in response.content.decode()
    assert "<form" not in response.content.decode()
    assert_kept_to_itself(response)


def test_a_link_never_looks_at_the_session(client, edda):
    link = make_link(write_post(), by=edda)
    address = link.get_absolute_url()
    stranger = client.get(address)
    client.force_login(edda)
    colleague = client.get(address)
    assert colleague.content == stranger.content
    for response in (stranger, colleague):
        assert "Cookie" not in response.headers.get("Vary", "")
        assert not response.cookies


def test_expired_revoked_forged_and_orphaned_links_are_one_404(client, edda):
    post = write_post()
    expired, revoked, orphaned = (make_link(item, by=edda) for item in (post, post, write_post()))
    PreviewLink.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    PreviewLink.objects.filter(pk=revoked.pk).update(revoked_at=timezone.now())
    gone = orphaned.get_absolute_url()
    Post.objects.filter(pk=orphaned.object_id).delete()
    valid = make_link(post, by=edda)
    other_salt = reverse("preview", args=[signing.dumps(valid.pk)])
    nowhere = reverse("preview", args=[signing.dumps(10**6, salt=PreviewLink.SALT)])
    addresses = [
        expired.get_absolute_url(),
        revoked.get_absolute_url(),
        gone,
        valid.get_absolute_url()[:-2] + "/",
        other_salt,
        nowhere,
        "/preview/1/",
    ]
    answers = [client.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [404] * len(addresses)
    assert len({answer.content for answer in answers}) == 1
    assert client.get(valid.get_absolute_url()).status_code == 200
    assert client.post(valid.get_absolute_url()).status_code == 405


def test_a_preview_shows_the_working_copy_beside_what_is_public(client, edda):
    post = publish(approve(write_post(slug="salt")), by=edda).item
    with editing(post, by=edda):
        post.body = "<p>They met at dusk.</p>"
        post.save()
    public = client.get(post.latest_edition().get_absolute_url()).content.decode()
    assert "at dawn" in public
    assert "<aside class" not in public
    assert "noindex" not in public
    shown = previewed(client, post).content.decode()
    assert "at dusk" in shown
    assert "at dawn" not in shown
    assert post.editions.count() == 1


def test_a_preview_takes_no_comments(client, edda):
    post = publish(approve(write_post(slug="salt")), by=edda).item
    assert "<form" in client.get(post.latest_edition().get_absolute_url()).content.decode()
    assert "<form" not in previewed(client, post).content.decode()


def test_a_translation_is_previewed_beside_the_appeal_that_is_public(client, edda):
    translation = translate(write_appeal(slug="lake"))
    publish(approve(translation.appeal), by=edda)
    with editing(translation.appeal, by=edda):
        translation.appeal.title = "To nobody yet"
        translation.appeal.save()
    shown = previewed(client, translation).content.decode()
    assert "Passage 1." in shown
    assert "To nobody yet" not in shown
    assert "being checked again" not in shown


def test_an_appeal_is_previewed_in_each_of_its_texts(client, edda):
    translation = translate(write_appeal(slug="lake"))
    for item in (translation.appeal, translation):
        publish(approve(item), by=edda)
    english = previewed(client, translation.appeal).content.decode()
    assert "Passage 1." in english
    assert 'href="?text=ru"' in english
    assert "Абзац 1." in previewed(client, translation.appeal, query="?text=ru").content.decode()
    assert previewed(client, translation.appeal, query="?text=xx").status_code == 200


def test_who_may_not_see_an_item_sees_no_preview_of_it(client):
    appeal = write_appeal()
    assert previewed(client, appeal, join("mato")).status_code == 403
    client.logout()
    assert "/login/" in client.get(desk_address(appeal)).url
    assert previewed(client, appeal).status_code == 200
    assert client.get("/admin/auth/user/1/preview/").status_code == 404
    assert client.get("/admin/blog/post/999/preview/").status_code == 404


def test_an_editor_makes_and_revokes_links(client, edda):
    post = write_post()
    client.force_login(edda)
    made = client.post(desk_address(post, "make_preview_link"), {"days": "1"})
    assert made.status_code == 302
    link = PreviewLink.objects.get()
    assert (link.item, link.made_by, link.made_by_name) == (post, edda, "Edda")
    assert link.expires_at <= timezone.now() + timedelta(days=1)
    address = link.get_absolute_url()
    assert client.get(address).status_code == 200
    client.post(reverse("admin:revoke_preview_link", args=[link.pk]))
    assert client.get(address).status_code == 404
    assert client.post(desk_address(post, "make_preview_link"), {"days": "400"}).status_code == 400
    assert PreviewLink.objects.count() == 1


@pytest.mark.parametrize("who", ["wanda", "tariq", "rosa", "mato"])
def test_others_make_and_revoke_none(client, edda, who):
    post = write_post()
    link = make_link(post, by=edda)
    client.force_login(join(who))
    assert client.post(desk_address(post, "make_preview_link")).status_code == 403
    assert client.post(reverse("admin:revoke_preview_link", args=[link.pk])).status_code == 403
    assert list(PreviewLink.objects.valid()) == [link]
    with pytest.raises(MayNot):
        make_link(post, by=join(who))


def test_a_link_cannot_be_made_or_revoked_by_following_one(client, edda):
    post = write_post()
    link = make_link(post, by=edda)
    client.force_login(edda)
    assert client.get(desk_address(post, "make_preview_link")).status_code == 405
    assert client.get(reverse("admin:revoke_preview_link", args=[link.pk])).status_code == 405


def fragment(item, user):
    """Return the list of links as an item's page at the desk includes it."""
    request = RequestFactory().get("/admin/")
    request.user = user
    page = Template("{% load previews %}{% preview_links item %}")
    return page.render(RequestContext(request, {"item": item}))


def test_the_desk_lists_the_links_that_work_to_those_who_make_them(edda):
    post = write_post()
    link = make_link(post, by=edda)
    PreviewLink.objects.filter(pk=make_link(post, by=edda).pk).update(revoked_at=timezone.now())
    listed = fragment(post, edda)
    assert listed.count("Made by Edda") == 1
    assert "http://testserver/preview/" in listed
    assert reverse("admin:revoke_preview_link", args=[link.pk]) in listed
    others = fragment(post, join("wanda"))
    assert "/preview/" in others
    assert "http://testserver/preview/" not in others
    assert "1 link for people outside works." in others
    assert "<form" not in others


@pytest.mark.parametrize("kind", KINDS)
def test_an_items_page_leads_to_its_preview(client, edda, kind):
    item = KINDS[kind]()
    link = make_link(item, by=edda)
    client.force_login(edda)
    page = client.get(item.desk_path()).content.decode()
    assert f'href="{desk_address(item)}"' in page
    assert reverse("admin:revoke_preview_link", args=[link.pk]) in page
    made = client.post(desk_address(item, "make_preview_link"))
    assert made.url == f"{item.desk_path()}#previews"
