"""The newsroom's own names on pages that speak another language: each says which it is in."""

import re
from collections import Counter

import pytest
from django.template import Context, Template
from django.utils.translation import override
from lxml import html

from tests.shelves import shelved_appeal, shelved_post

#: A label, a body, a place, a person and what the site is called.
NAMES = ("Water rights", "Ferry Union", "Aden", "Anna Petrel", "Broadside")
#: A label, a body, a place and a person in letters that are not the newsroom's.
FOREIGN = ("الماء", "Союз", "Элиста", "Анна")
LISTS = (
    *("/", "/appeals/", "/posts/", "/2022/", "/corrections/", "/browse/", "/timeline/"),
    *("/feeds/", "/labels/", "/organisations/", "/places/", "/people/", "/languages/"),
    *("/labels/water-rights/", "/organisations/ferry-union/", "/places/aden/"),
    *("/people/anna-petrel/", "/languages/en/", "/languages/ru/", "/search/?q=salt"),
    "/search/?q=salt&label=water-rights",
    "/search/?q=lake&organisation=ferry-union&place=Aden",
)


def texts(page):
    """Yield each text of a page's middle, with the language and direction in force there."""
    [main] = html.document_fromstring(page).xpath("//main")
    for text in main.xpath(".//text()[normalize-space()]"):
        element = text.getparent() if text.is_text else text.getparent().getparent()
        said = [element, *element.iterancestors()]
        yield (
            str(text),
            next(one.get("lang") for one in said if one.get("lang")),
            next(
                one.get("dir") or ("auto" if one.tag == "bdi" else "")
                for one in said
                if one.get("dir") or one.tag == "bdi"
            ),
        )


@pytest.mark.django_db
def test_the_newsrooms_names_have_their_language_on_every_list(client):
    post = shelved_post(
        "Salt",
        labels=[NAMES[0], FOREIGN[0]],
        by=[NAMES[3], FOREIGN[3]],
        dateline="Aden, 3 March",
        body="<p>Salt in the lake.</p>",
    )
    shelved_post("Salt again", labels=[NAMES[0], "Law"], by=["Bo"], dateline="Элиста, 3 марта")
    bodies = [NAMES[1], FOREIGN[1]]
    shelved_appeal("Lake", issued_by=bodies, place="Aden", signed_by=[NAMES[3]])
    shelved_appeal("Lake again", issued_by=["Guild", NAMES[1]], place="Marsa")
    month = f"/{post.published_on.year}/{post.published_on.month:02}/"
    pages = (post.get_absolute_url(), "/appeals/lake/")
    seen: Counter[str] = Counter()
    for url in (*LISTS, month, *pages):
        if url == "/2022/":
            url = f"/{post.published_on.year}/"
        answer = client.get(f"/ar{url}")
        assert answer.status_code == 200, url
        for text, language, direction in texts(answer.content):
            for name in NAMES:
                if re.search(rf"\b{name}\b", text):
                    seen[name] += 1
                    assert (language, direction) == ("en", "ltr"), (url, text)
            for name in FOREIGN:
                if name in text and url not in pages:
                    assert (language, direction) == ("ar", "auto"), (url, text)
    assert set(seen) == set(NAMES)


def test_a_name_says_its_language_where_the_page_speaks_another():
    template = Template("{% load languages %}<b{% named name %}>|{{ name|named }}")

    def written(name, language):
        with override(language):
            return template.render(Context({"name": name}))

    assert written("A & B", "ar") == (
        '<b lang="en" dir="ltr">|<bdi lang="en" dir="ltr">A &amp; B</bdi>'
    )
    assert written("1905", "ru") == '<b lang="en" dir="ltr">|<bdi lang="en" dir="ltr">1905</bdi>'
    for name, language in (("Aden", "en"), ("عدن", "en"), ("عدن", "ar"), ("Элиста", "ar")):
        assert written(name, language) == f'<b dir="auto">|<bdi>{name}</bdi>'
