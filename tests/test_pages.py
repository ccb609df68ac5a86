"""Pages of the site: prose with an address of one word, and the workflow of everything else."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from config.pages.models import Page, PageEdition
from config.pages.reserving import is_reserved
from editorial.editing import editing
from editorial.redacting import redact
from editorial.sealing import publish, withdraw
from editorial.states import CannotNow
from tests.cast import approve, join
from tests.desk import fields, press, save, sit

pytestmark = pytest.mark.django_db


def write(by="edda", **said):
    said = {"title": "About us", "slug": "about", "body": "<p>We read the coast.</p>"} | said
    made = Page.objects.create(**said | {"body": ""})
    with editing(made, by=join(by)):
        made.body = said["body"]
        made.save()
    return made


def change(item, by="edda", **said):
    with editing(item, by=join(by)):
        for name, value in said.items():
            setattr(item, name, value)
        item.save()
    return approve(item)


def public(**said):
    return publish(approve(write(**said)), by=join("edda"))


def read(client, url):
    return client.get(url).content.decode()


def test_a_page_goes_from_the_desk_through_four_eyes_to_its_address(client):
    edda, rosa = sit("edda"), sit("rosa")
    add = reverse("admin:config_page_add")
    form = fields(edda.get(add)) | {"title": "About us", "body": "<p>We read the coast.</p>"}
    edda.post(add, form | {"slug": "about", "_submit": "1"})
    about = Page.objects.get()

    assert about.state == "in_review"
    assert client.get("/about/").status_code == 404
    assert "somebody else approves it" in press(edda, about, "approve").content.decode()
    assert "About us" in rosa.get(reverse("admin:index")).content.decode()
    press(rosa, about, "approve")
    assert client.get("/about/").status_code == 404
    press(edda, about, "publish")

    assert "<p>We read the coast.</p>" in read(client, "/about/")


def test_an_address_that_is_the_sites_own_is_refused_with_a_sentence():
    about = write()
    answer = save(sit("edda"), about, slug="corrections").content.decode()

    assert "The address /corrections/ is the site&#x27;s own. Choose another slug." in answer
    about.refresh_from_db()
    assert about.slug == "about"
    with pytest.raises(CannotNow, match="the site's own"):
        approve(write(slug="ru"))


def test_words_numbers_and_languages_are_reserved_and_other_words_are_free():
    own = ["admin", "appeals", "Feeds", "labels", "search", "static", "media", "people", "preview"]
    numbers_and_tongues = ["2022", "ru", "uk", "fr", "ar", "xal", "zh-hans"]
    free = ["about", "contact", "corrections-policy", "faq", "o-nas", "2022-in-review"]

    assert [word for word in [*own, *numbers_and_tongues] if not is_reserved(word)] == []
    assert [word for word in free if is_reserved(word)] == []


def test_a_page_has_a_history_a_comparison_and_days_on_which_it_was_otherwise(client):
    first = public()
    about = first.item
    change(about, body="<p>We read the whole coast.</p>")
    publish(about, by=join("edda"), kind="correction", note="The whole of it.")
    day = timezone.localdate().isoformat()

    assert "The whole of it." in read(client, "/about/")
    assert "The whole of it." in read(client, "/about/editions/")
    assert "We read the coast." in read(client, "/about/editions/1/")
    assert "<ins>whole </ins>" in read(client, "/about/editions/1-2/").replace("\n", "")
    assert client.get(f"/about/on/{day}/").headers["Location"] == "/about/editions/2/"
    assert client.get(f"/about/on/{day.replace('-', '')}/").status_code == 404
    assert "/about/editions/1/" in read(client, "/about/timemap/")
    assert "About us" in read(client, "/about/editions/2/cite/")
    assert client.get("/about/text.epub").status_code == 200
    assert "The whole of it." in read(client, "/corrections/")


def test_a_page_that_moves_leads_on_and_one_withdrawn_says_why(client):
    about = public().item
    change(about, slug="who-we-are")
    publish(about, by=join("edda"))
    moved = client.get("/about/")
    withdraw(about, by=join("edda"), note="It was out of date.")
    gone = client.get("/who-we-are/")

    assert (moved.status_code, moved.headers["Location"]) == (301, "/who-we-are/")
    assert gone.status_code == 410
    assert "It was out of date." in gone.content.decode()


def test_no_other_page_takes_an_address_that_was_somebodys():
    public()
    other = approve(write(title="Another"))

    with pytest.raises(CannotNow, match="/about/"):
        publish(other, by=join("edda"))


def test_a_draft_a_preview_and_nothing(client):
    draft = write()
    missing, there = client.get("/nothing-here/"), client.get("/about/")
    shown = sit("edda").get(reverse("admin:preview", args=["config", "page", draft.pk]))

    assert there.status_code == missing.status_code == 404
    assert (there.content, there.headers) == (missing.content, missing.headers)
    assert "We read the coast." in shown.content.decode()


def test_a_page_and_its_translations_name_each_other(client):
    about = public()
    public(title="О нас", slug="o-nas", language="ru", translation_of=about.item)
    english, russian = read(client, "/about/"), read(client, "/o-nas/")

    assert 'hreflang="ru" href="http' in english
    assert '<h1 lang="ru" dir="ltr">О нас</h1>' in russian
    assert "English (original)" in russian


def test_search_and_sitemap_know_what_is_live_and_nothing_else(client):
    about = public()
    write(title="Contact", slug="contact", body="<p>Write to the coast.</p>")
    found, filed = read(client, "/search/?q=coast"), read(client, "/sitemaps/pages.xml")

    assert 'href="/about/' in found
    assert "/about/</loc>" in filed
    assert "contact" not in found + filed
    assert "sitemaps/pages.xml" in read(client, "/sitemap.xml")
    withdraw(about.item, by=join("edda"), note="Not now.")
    assert 'href="/about/' not in read(client, "/search/?q=coast")
    assert client.get("/sitemaps/pages.xml").status_code == 404


def test_a_name_is_redacted_from_pages_and_the_seals_still_hold(client):
    about = public(body="<p>We are Ana Petrel.</p>")
    redact(["Ana Petrel"], by=join("edda"), ground="at her request")

    assert "Petrel" not in read(client, "/about/")
    assert "Petrel" not in PageEdition.objects.get(pk=about.pk).content
    call_command("verify_editions")


def test_a_page_asks_a_fixed_number_of_queries(client):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/about/").status_code == 200
        return len(queries)

    about = public()
    before = asked()
    for number, language in enumerate(["ru", "uk", "fr"]):
        other = {"slug": f"other-{number}", "language": language, "translation_of": about.item}
        public(title="Other", **other)
    change(about.item, body="<p>Again.</p>")
    publish(about.item, by=join("edda"))

    assert asked() == before
