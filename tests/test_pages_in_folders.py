"""The site's own pages out of a content folder and back into one."""

import pytest

from config.content.writing import import_folder
from config.pages.models import Page
from tests.folders import counts, lay, problems, run
from tests.test_content_export import files, in_an_empty_database

pytestmark = pytest.mark.django_db

ABOUT = """---
title: About us
slug: about
published: 2025-03-11T08:30
summary: Who we are.
---
We read the *coast*.
"""
RUSSIAN = """---
title: О нас
slug: o-nas
language: ru
translation_of: about
published: 2025-03-12T08:30
---
Мы читаем берег.
"""
FOLDER = {
    "pages/about.md": ABOUT,
    "pages/a-translation.md": RUSSIAN,
    "pages/contact.md": "---\ntitle: Contact\nplanned: 2026-12-05T09:00\n---\nWrite to us.\n",
}


def test_pages_arrive_are_published_and_arrive_once(client, tmp_path):
    lay(tmp_path, FOLDER)

    assert run(tmp_path, "--publish") == counts(made=3, published=2)
    assert run(tmp_path, "--publish") == counts(unchanged=3)
    assert "<em>coast</em>" in client.get("/about/").content.decode()
    assert "English (original)" in client.get("/o-nas/").content.decode()
    assert client.get("/contact/").status_code == 404
    lay(tmp_path, {"pages/about.md": ABOUT.replace("coast", "shore")})
    assert run(tmp_path, "--publish") == counts(updated=1, unchanged=2, published=1)
    assert "<em>shore</em>" in client.get("/about/").content.decode()


def test_what_is_wrong_with_a_page_is_said_with_its_place(tmp_path):
    found = problems(
        tmp_path,
        {
            "pages/a.md": "---\ntitle: A\nslug: search\n---\n",
            "pages/b.md": "---\ntitle: B\nslug: bee\ntranslation_of: nobody\n---\n",
            "pages/c.md": "---\ntitle: C\nslug: bee\n---\n",
            "pages/d.txt": "",
        },
    )

    assert [line.partition(": ")[0] for line in found] == [
        "pages/a.md:3",
        "pages/b.md:4",
        "pages/c.md:3",
        "pages/d.txt:1",
    ]
    assert "The address /search/ is the site's own." in found[0]
    assert not Page.objects.exists()


def test_a_round_trip_is_exact(tmp_path):
    def build():
        import_folder(lay(tmp_path / "given", FOLDER), publish=True)

    def again():
        import_folder(tmp_path / "first", publish=True)
        page = Page.objects.get(slug="o-nas")
        return page.translation_of.slug, Page.objects.get(slug="contact").planned_for.year

    first, _nothing = in_an_empty_database(build, tmp_path / "first")
    second, said = in_an_empty_database(again, tmp_path / "second")

    assert first == second
    assert said == ("about", 2026)
    assert {name for name in files(tmp_path / "first") if name.startswith("pages/")} == {
        "pages/about.html",
        "pages/o-nas.html",
        "pages/draft-contact.html",
    }
