"""The desk in a browser that runs no scripts: from an empty form to what readers see."""

import pytest

from appeals.models import Appeal, Organisation, Person
from blog.models import Label, Post
from editorial.editing import editing
from tests.cast import join, write_post
from tests.desk import fields, page, save, sit
from tests.test_passages_in_the_browser import window


@pytest.mark.django_db(transaction=True)
def test_an_appeal_and_its_translation_go_from_an_empty_form_to_readers(browser, live_server):
    Organisation.objects.create(name="Союз рыбаков")
    tariq = window(browser, live_server, "tariq", java_script_enabled=False)
    tariq.goto("/admin/appeals/appeal/add/")
    tariq.locator("#id_title").fill("To the people of the lake")
    for part in ("issuers", "addressees", "passages", "passages", "signatories", "sources"):
        tariq.locator(f"#{part}-more button").click()
    assert not Appeal.objects.exists()
    assert tariq.locator("#id_title").input_value() == "To the people of the lake"
    typed = {
        "original_language": "Russian",
        "issuers-0-organisation-typed": "союз рыбаков",
        "addressees-0-text": "To the council",
        "addressees-1-text": "To the neighbours",
        **{f"passages-{row}-text": f"Абзац {row + 1}." for row in range(6)},
        "passages-6-position": "7",  # a row that nobody transcribed, and that is kept
        "sources-0-title": "The gazette of the lake",
        "signatories-0-role": "president",
        "signatories-1-role": "vice presidents",
        "signatories-1-count": "3",
    }
    for name, value in typed.items():
        tariq.locator(f"[name={name}]").fill(value)
    tariq.get_by_role("button", name="Save and submit for review").click()
    tariq.locator(".messagelist").wait_for()
    content = Appeal.objects.get().content()
    assert [row["name"] for row in content["issued_by"]] == ["Союз рыбаков"]
    assert [row["text"] for row in content["addressees"]] == ["To the council", "To the neighbours"]
    texts = [row["text"] for row in content["passages"]]
    assert texts == [*(f"Абзац {n}." for n in range(1, 7)), ""]
    assert [row["title"] for row in content["sources"]] == ["The gazette of the lake"]
    signed = [(row["role"], row["count"]) for row in content["signatories"]]
    assert signed == [("president", 1), ("vice presidents", 3)]

    form = tariq.url
    tariq.get_by_role("link", name="Translate into a language").click()
    tariq.locator("#id_language").fill("English")
    tariq.get_by_role("button", name="Save", exact=True).click()
    review = tariq.url
    keys = [passage["key"] for passage in content["passages"]]
    for key in keys:
        if not (box := tariq.locator(f"#text-{key}")).is_visible():
            tariq.locator(f"details:has(#text-{key}) > summary").click()
        box.fill(f"Paragraph {key}.")
        tariq.locator(f"form:has(#text-{key}) button[value=save]").click()
        tariq.locator(f"[id='{key}']", has_text=f"Paragraph {key}.").first.wait_for()
    translation = review.replace("review", "change")
    tariq.goto(translation)
    tariq.locator(".act-submit button").click()
    tariq.locator(".messagelist").wait_for()

    edda = window(browser, live_server, "edda", java_script_enabled=False)
    edda.goto(review)
    for key in keys:
        edda.locator(f"[id='{key}'] form.accept button").click()
        edda.locator(f"[id='{key}'].accepted").wait_for()
    for address in (form, translation):
        edda.goto(address)
        edda.locator(".act-approve_publish summary").click()
        edda.locator(".act-approve_publish button").click()
        edda.locator(".messagelist").wait_for()
    edda.get_by_role("link", name="What readers see").click()
    assert edda.locator("main p", has_text="Paragraph ").count() == 7


@pytest.mark.django_db
def test_a_post_is_written_with_names_typed_and_paragraphs_between_empty_lines():
    Person.objects.create(name="Ana Petrel")
    water, reeds = (Label.objects.create(name=name) for name in ("Water", "Reeds"))
    wanda = sit("wanda")
    form = fields(wanda.get("/admin/blog/post/add/")) | {"title": "Salt", "_rows": "bylines"}
    form = fields(wanda.post("/admin/blog/post/add/", form))
    assert (form["title"], form["bylines-TOTAL_FORMS"]) == (["Salt"], ["5"])
    form |= {
        "body": "They met & spoke.\r\n\r\nThen it rained.",
        "labels-typed": f"WATER, {reeds.slug}",
        "bylines-2-person-typed": "ana petrel",
    }
    wanda.post("/admin/blog/post/add/", form)
    post = Post.objects.get()
    assert post.body == "<p>They met &amp; spoke.</p>\n\n<p>Then it rained.</p>"
    assert set(post.labels.all()) == {water, reeds}
    assert [row["name"] for row in post.content()["byline"]] == ["Ana Petrel"]


@pytest.mark.django_db
def test_a_name_that_says_not_who_is_refused_and_stays_where_it_was_typed():
    for slug in ("ana", "ana-2"):
        Person.objects.create(name="Ana Petrel", slug=slug)
    wanda, post = sit("wanda"), write_post(by=join("wanda"))
    rows = {"bylines-TOTAL_FORMS": 1}
    refused = save(wanda, post, **rows | {"bylines-0-person-typed": "Ana Petrel"})
    assert "Select a valid choice" in refused.content.decode()
    assert fields(refused)["bylines-0-person-typed"] == ["Ana Petrel"]
    refused = save(wanda, post, **rows | {"bylines-0-person-typed": "987654"})
    assert fields(refused)["bylines-0-person-typed"] == ["“987654”"]
    save(wanda, post, **rows | {"bylines-0-person-typed": "ana-2"})
    assert [row["slug"] for row in post.content()["byline"]] == ["ana-2"]


@pytest.mark.django_db
def test_more_rows_in_a_stale_form_do_not_make_it_a_fresh_one():
    wanda, post = sit("wanda"), write_post(by=join("wanda"))
    form = fields(wanda.get(page(post))) | {"title": "Wanda's"}
    with editing(post, by=join("edda")):
        post.title = "Edda's"
        post.save()
    form = fields(wanda.post(page(post), form | {"_rows": "sources"}))
    assert "Nothing was saved" in wanda.post(page(post), form).content.decode()
    post.refresh_from_db()
    assert post.title == "Edda's"
