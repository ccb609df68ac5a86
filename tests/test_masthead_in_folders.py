"""The name of the site, its tagline and its navigation out of a content folder and back."""

import pytest
from django.utils import timezone

from blog.models import Label
from config.content.writing import import_folder
from config.masthead.models import Masthead, MastheadEdition
from editorial.editing import editing
from editorial.sealing import publish, withdraw
from tests.cast import approve, join
from tests.folders import POST, counts, lay, problems, run
from tests.test_content_export import files, in_an_empty_database

pytestmark = pytest.mark.django_db

SITE = """name: "The Lake: a paper"
published: 2025-03-11T08:30
tagline: What the water says.
navigation:
- page: about
- label: Water
  text: Everything on water
- section: posts
- language: ru
  text: По-русски
- page: contact
"""
FOLDER = {
    "site.yaml": SITE,
    "pages/about.md": "---\ntitle: About us\nslug: about\npublished: 2025-03-11\n---\nWe read.\n",
    "pages/contact.md": "---\ntitle: Contact\n---\nWrite to us.\n",
    "posts/salt.md": POST.replace("slug: salt", "slug: salt\nlabels: [Water]"),
}


def front(client):
    page = client.get("/").content.decode()
    return page[: page.index("</nav>")]


def test_a_masthead_arrives_is_published_and_arrives_once(client, tmp_path):
    lay(tmp_path, FOLDER)
    assert run(tmp_path, "--publish", "--dry-run") == counts(made=5, published=3)
    assert not Masthead.objects.exists()

    assert run(tmp_path) == counts(made=5)
    assert "The Lake" not in front(client)
    assert run(tmp_path, "--publish") == counts(unchanged=5, published=3)
    assert run(tmp_path, "--publish") == counts(unchanged=5)
    page = front(client)
    assert "The Lake: a paper" in page
    links = ('<a href="/about/"', 'href="/labels/water/"', 'href="/posts/"', 'href="/ru/"')
    assert [page.index(link) for link in links] == sorted(page.index(link) for link in links)
    assert "Contact" not in page  # it is a draft
    edition = MastheadEdition.objects.get()
    assert f"{timezone.localtime(edition.published_at):%Y-%m-%dT%H:%M}" == "2025-03-11T08:30"

    lay(tmp_path, {"site.yaml": SITE.replace("- section: posts\n", "")})
    assert run(tmp_path, "--publish") == counts(updated=1, unchanged=4, published=1)
    assert 'href="/posts/"' not in front(client)


def test_a_masthead_that_the_desk_went_on_with_is_left_alone(client, tmp_path):
    run(lay(tmp_path, FOLDER), "--publish")
    masthead = Masthead.objects.get()
    with editing(masthead, by=join("wanda")):
        masthead.name = "The Sea"
        masthead.save()
    assert run(tmp_path, "--publish") == counts(unchanged=5)
    publish(approve(masthead), by=join("edda"))
    withdraw(masthead, by=join("edda"), note="We look for a name.")
    assert run(tmp_path, "--publish") == counts(unchanged=5)
    assert Masthead.objects.get().name == "The Sea"
    assert "The Lake" not in front(client)


@pytest.mark.parametrize(
    ("site", "line", "reason"),
    [
        ("tagline: A\n", 1, "“name” is missing."),
        ("name: A\ntitle: B\n", 2, "The key “title” means nothing here."),
        ("name: A\ntagline: '…'\n", 2, "tagline: There has to be a letter"),
        (f"name: {'A' * 81}\n", 1, "name: "),
        ("name: A\nnavigation:\n- text: B\n", 3, "A link leads to one thing"),
        ("name: A\nnavigation:\n- {section: posts, language: ru}\n", 3, "A link leads to one"),
        ("name: A\nnavigation:\n- section: post\n", 3, "Did you mean “posts”?"),
        ("name: A\nnavigation:\n- language: tlh\n", 3, "language: “tlh” means nothing here."),
        ("name: A\nnavigation:\n- section: posts\n\n- page: abut\n", 5, "There is no page “abut”."),
        ("name: A\nnavigation:\n- label: …\n", 3, "No slug can be made from this name"),
        ("name: A\nnavigation:\n- {section: posts, text: '-'}\n", 3, "text: There has to be"),
        ("- name: A\n", 1, "“key: value” is expected here"),
        ("name: A\npublished: soon\n", 2, "A date such as"),
    ],
)
def test_what_is_wrong_with_a_masthead_is_said_with_its_place(tmp_path, site, line, reason):
    found = problems(tmp_path, FOLDER | {"site.yaml": site})
    assert [said for said in found if said.startswith(f"site.yaml:{line}: ") and reason in said]
    assert {said.partition(": ")[0] for said in found} == {f"site.yaml:{line}"}
    assert not Masthead.objects.exists()


def test_an_empty_file_says_nothing(tmp_path):
    assert run(lay(tmp_path, {"site.yaml": "# to come\n"})) == counts()


def test_a_round_trip_is_exact(tmp_path):
    def build():
        import_folder(lay(tmp_path / "given", FOLDER), publish=True)
        return said()

    def again():
        import_folder(tmp_path / "first", publish=True)
        assert run(tmp_path / "first", "--publish")["unchanged"]
        return said()

    def said():
        content = Masthead.objects.get().content()
        sealed = MastheadEdition.objects.get()
        assert sealed.says(content)
        assert Label.objects.count() == 1
        keys = {"page"}  # they are random
        links = [[(k, v) for k, v in one.items() if k not in keys] for one in content["navigation"]]
        pages = [str(entry.page) for entry in Masthead.objects.get().entries.all()]
        return content | {"navigation": links}, pages, sealed.published_at

    first, before = in_an_empty_database(build, tmp_path / "first")
    second, after = in_an_empty_database(again, tmp_path / "second")

    assert first == second
    assert before == after
    assert "site.yaml" in files(tmp_path / "first")


def test_a_site_without_a_masthead_has_no_file_of_it(tmp_path):
    lay(tmp_path / "given", {"posts/salt.md": POST})
    written, _nothing = in_an_empty_database(lambda: run(tmp_path / "given"), tmp_path / "out")
    assert "site.yaml" not in written
