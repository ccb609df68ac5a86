"""Search as readers meet it: what is public now, its best passage, and what may have been meant."""

import re
from datetime import timedelta
from html import unescape
from unittest.mock import patch
from urllib.parse import quote_plus

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from appeals.models import Addressee, Issuer, Organisation
from blog.models import Label
from config.search.models import Indexed, Posting, Spelling
from editorial.editing import editing
from editorial.sealing import cancel_schedule, publish, withdraw
from tests.cast import approve, join, translate, write_appeal, write_post
from tests.readers import publish_again, publish_post

pytestmark = pytest.mark.django_db


def look(words, client=None, **more):
    """Return the page of results."""
    return (client or Client()).get("/search/", {"q": words} | more)


def found(words, **more):
    """Return the titles of the results, in their order."""
    page = look(words, **more).content.decode()
    titles = re.findall(r"<h2[^>]*><a[^>]*>(.*?)</a></h2>", page)
    return [unescape(re.sub("<[^>]*>", "", title)) for title in titles]


def published(title, body="They met at dawn.", **fields):
    """Return the edition of a post of one paragraph."""
    return publish_post(title=title, slug=fields.pop("slug", ""), body=f"<p>{body}</p>", **fields)


@pytest.fixture
def lake():
    """An appeal in Russian and English, issued by a council, and signed."""
    appeal = write_appeal(
        by=join("tariq"), slug="lake", place="Ilvar", original_title="К народу озера"
    )
    with editing(appeal, by=join("tariq")):
        first, second = appeal.passages.all()
        first.text, second.text = "Калмыки пишут с дальнего берега.", "Вода стала солёной."
        first.save()
        second.save()
        Issuer.objects.create(
            appeal=appeal, organisation=Organisation.objects.create(name="Council", slug="council")
        )
        Addressee.objects.create(appeal=appeal, text="To the Oirats", original="Ойратам")
        appeal.signatories.create(
            name_status="public", name="Ayrat Petrel", printed_as="Айрат Петрель"
        )
    publish(approve(appeal), by=join("edda"))
    translation = translate(appeal, by=join("tariq"))
    with editing(translation, by=join("tariq")):
        for rendering, text in zip(
            translation.renderings.all(),
            ["The Kalmyks write from the far shore.", "The water has turned salt."],
            strict=True,
        ):
            rendering.text = text
            rendering.save()
    publish(approve(translation), by=join("edda"))
    return appeal


ORIGINAL, ENGLISH = "To the people of the lake", "To the lake"

# --- what is found ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("kalmyk", {ORIGINAL, ENGLISH}),
        ("КАЛМЫКОВ", {ORIGINAL, ENGLISH}),
        ("oirat", {ORIGINAL}),
        ("Ойрат", {ORIGINAL}),
        ("Ойратами", {ORIGINAL}),
        ("соленой", {ORIGINAL}),
        ("СОЛЁНЫЙ", {ORIGINAL}),
        ("petrel", {ORIGINAL}),
        ("Петрель", {ORIGINAL}),
        ("shores", {ENGLISH}),
        ('"the far shore"', {ENGLISH}),
        ("“far shore”", {ENGLISH}),
        ("«дальнего берега»", {ORIGINAL}),
        ("water writes", {ENGLISH}),
        ("council", {ORIGINAL}),
        ("nothing", set()),
    ],
)
def test_case_script_and_endings_make_no_difference(lake, words, titles):
    assert set(found(words)) == titles


@pytest.mark.parametrize(
    ("body", "language", "asked"),
    [
        ("Une école fermée à l’étranger", "fr", "ECOLE fermees etranger"),
        ("كتبت نساء الآبار في مُرسى النُّحاس", "ar", "الابار مرسي"),
        ("كتبت نساء الآبار في مرسى النحاس", "ar", "Nuhas"),
        ("Сім’я вчительки читала в школі", "uk", "сім'я школах"),
        ("联合国大会通过了宣言", "zh", "大会"),
        ("Die Straße nach Łódź", "de", "strasse lodz"),
        ("Хрущёв и Достоевский", "ru", "Khrushchev Dostoyevsky"),
        ("Der Kreml schweigt", "de", "кремль"),
    ],
)
def test_every_script_has_its_words(body, language, asked):
    published("One", body, language=language)
    published("Another", "Nothing of the kind.", slug="another")

    assert found(asked) == ["One"]


def test_a_title_says_more_than_a_text_and_a_rare_word_more_than_a_common_one():
    published("Of harbours", "There is a well, and a well, and a ferry.", slug="one")
    published("A well", "There is a harbour.", slug="two")
    for number in range(3):
        published(f"Ferry {number}", "A ferry.", slug=f"ferry-{number}")

    assert found("well") == ["A well", "Of harbours"]
    assert found("ferry well") == ["Of harbours"]
    assert found("ferry dusk well")[0] == "Of harbours"


def test_equals_stand_by_their_date_and_all_can(lake):
    past = timezone.now() - timedelta(days=400)
    for number in range(3):
        with patch("django.utils.timezone.now", lambda n=number: past + timedelta(days=n)):
            published(f"Water {number}", slug=f"water-{number}")

    assert found("water", kind="post") == ["Water 2", "Water 1", "Water 0"]
    assert found("water", sort="date") == [ENGLISH, "Water 2", "Water 1", "Water 0"]


def test_the_best_passage_is_shown_and_led_to(lake):
    page = look("kalmyk shore").content.decode()
    assert (
        '<p class="passage-found" lang="en" dir="ltr"><a href="/appeals/lake/en/#p1">'
        "The <mark>Kalmyks</mark> write from the far <mark>shore</mark>.</a>"
    ) in page
    page = look("вода").content.decode()
    assert 'lang="ru" dir="ltr"><a href="/appeals/lake/ru/#p2"><mark>Вода</mark> стала' in page


def test_a_post_is_led_into_by_its_words():
    body = "</p><p>".join(
        ["First of all.", "word " * 90 + "a well-known, & salty end " + "x " * 200]
    )
    url = published("Salt", body, slug="salt").get_absolute_url()
    page = look("salty").content.decode()
    assert f'href="{url}#:~:text=salty%20end%20x%20x%20x"' in page
    passage = re.search(r'passage-found"[^>]*><a[^>]*>(.*?)</a>', page)[1]
    assert (passage[0], passage[-1]) == ("…", "…")
    assert len(passage) < 350


def test_results_turn_pages():
    for number in range(23):
        published(f"Boat {number:02}", slug=f"boat-{number}")
    pages = [found("boat", page=str(page)) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [10, 10, 3, 0]
    assert len({title for page in pages for title in page}) == 23
    first = look("boat").content.decode()
    assert 'href="?q=boat&amp;page=2" rel="next"' in first
    assert "23 texts" in first
    assert 'start="11"' in look("boat", page="2").content.decode()


def test_results_are_narrowed_down(lake):
    post = write_post(by=join("wanda"), title="Kalmyk notes", slug="notes")
    with editing(post, by=join("wanda")):
        post.labels.add(Label.objects.create(name="Water", slug="water"))
    publish(approve(post), by=join("edda"))
    assert set(found("kalmyk")) == {ORIGINAL, ENGLISH, "Kalmyk notes"}
    for name, value, titles in [
        ("kind", "post", {"Kalmyk notes"}),
        ("kind", "translation", {ENGLISH}),
        ("language", "ru", {ORIGINAL}),
        ("language", "en", {ENGLISH, "Kalmyk notes"}),
        ("label", "water", {"Kalmyk notes"}),
        ("organisation", "council", {ORIGINAL, ENGLISH}),
        ("place", "Ilvar", {ORIGINAL, ENGLISH}),
        ("year", str(timezone.now().year), {ORIGINAL, ENGLISH, "Kalmyk notes"}),
        ("year", "1999", set()),
        ("organisation", "nobody", set()),
    ]:
        assert set(found("kalmyk", **{name: value})) == titles, (name, value)
    page = look("kalmyk", kind="post").content.decode()
    assert '<b dir="auto">Posts</b> <a href="?q=kalmyk">Not only Posts</a>' in page
    assert "kind=post&amp;" not in page.partition("<main")[2].partition("Not only")[0]


# --- what may have been meant -----------------------------------------------------------------


@pytest.mark.parametrize("slip", ["kalmykk", "shroe", "watr", "kalmiks", "калмики", "пишутт"])
def test_a_slip_is_understood(lake, slip):
    assert found(slip)


def test_what_was_understood_is_said(lake):
    page = look("shroe").content.decode()
    assert "Nothing has “shroe”. This is what there is for “shore”." in page
    assert found("far shroe") == [ENGLISH]


def test_some_words_are_better_than_none(lake):
    page = look("kalmyk zzzzzz").content.decode()
    assert "These have some of them" in page
    assert set(found("kalmyk zzzzzz")) == {ORIGINAL, ENGLISH}
    assert "These have them all" in look('"shore the far"').content.decode()


def test_nothing_is_offered_that_is_not_public():
    write_post(by=join("wanda"), title="Quartz")
    later = write_post(by=join("wanda"), title="Basalt", slug="basalt")
    publish(approve(later), by=join("edda"), at=timezone.now() + timedelta(days=1))
    for words in ("quartz", "quarz", "basalt", "basolt", '"basalt they"'):
        page = look(words).content.decode()
        assert "Nothing was found" in page
        for asked in (words, words.replace('"', "&quot;"), quote_plus(words)):
            page = page.replace(asked, "")
        assert "asalt" not in page


# --- only what is live, to the second ---------------------------------------------------------


def test_an_edition_is_found_from_its_first_second_to_its_last():
    start = timezone.now() + timedelta(hours=1)
    post = write_post(by=join("wanda"), title="Embargo", slug="embargo")
    publish(approve(post), by=join("edda"), at=start, until=start + timedelta(hours=1))
    for seconds, titles in [(-1, []), (0, ["Embargo"]), (3599, ["Embargo"]), (3600, [])]:
        with patch("django.utils.timezone.now", lambda s=seconds: start + timedelta(seconds=s)):
            assert found("embargo") == titles


def test_what_is_superseded_or_withdrawn_is_gone_at_once():
    edition = published("Salt", "A typo: wather.", slug="salt")
    assert found("wather") == ["Salt"]
    again = publish_again(edition, body="<p>No typo: water.</p>")
    assert found('"typo water"') == ["Salt"]
    assert not Posting.objects.filter(word="vather").exists()
    assert not Spelling.objects.filter(word="vather").exists()
    withdraw(again.item, by=join("edda"), note="A mistake.")
    assert found("typo") == []
    assert not Indexed.objects.exists()
    assert not Posting.objects.exists()


def test_a_schedule_changes_nothing_until_its_hour_and_nothing_when_it_is_cancelled():
    edition = published("Salt", "Old words.", slug="salt")
    soon = timezone.now() + timedelta(minutes=1)
    with patch("django.utils.timezone.now", lambda: soon):
        post = edition.item
        with editing(post, by=join("wanda")):
            post.body = "<p>New words.</p>"
            post.save()
        hour = timezone.now() + timedelta(days=1)
        publish(approve(post), by=join("edda"), at=hour)
        assert (found("old"), found("new")) == (["Salt"], [])
        with patch("django.utils.timezone.now", lambda: hour):
            assert (found("old"), found("new")) == ([], ["Salt"])
        cancel_schedule(post, by=join("edda"))
        with patch("django.utils.timezone.now", lambda: hour):
            assert (found("old"), found("new")) == (["Salt"], [])


def test_a_translation_is_found_while_its_appeal_is_live(lake):
    hour = timezone.now() + timedelta(days=1)
    with editing(lake, by=join("tariq")):
        lake.summary = "For a day."
        lake.save()
    publish(approve(lake), by=join("edda"), until=hour)
    assert found("water") == [ENGLISH]
    with patch("django.utils.timezone.now", lambda: hour):
        assert found("water") == []


# --- the page ---------------------------------------------------------------------------------


def test_the_index_is_made_anew_as_it_was(lake, capsys):
    published("Salt", slug="salt")

    def rows():
        postings = Posting.objects.values_list(
            "word", "edition__kind", "edition__key", "edition__words__text", "weight"
        )
        return sorted(postings), sorted(Spelling.objects.values_list("letters", "word"))

    before = rows()
    call_command("rebuild_search")
    assert rows() == before
    assert "3 editions indexed" in capsys.readouterr().out


def test_many_results_take_as_many_queries_as_few(lake):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert look("water").status_code == 200
        return len(queries)

    published("Water", slug="first")
    few = asked()
    for number in range(9):
        published(f"Water {number}", slug=f"water-{number}")
    assert asked() <= few < 15


def test_the_page_asks_for_nothing_and_is_in_no_index(client, lake):
    client.cookies["sessionid"] = "of-a-signed-in-member"
    for query in ("", "?q=", "?q=kalmyk", "?q=+%22%22", "?q=kalmik", "?q=zzz&kind=post"):
        answer = client.get(f"/search/{query}")
        page = answer.content.decode()
        assert answer.status_code == 200
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert '<meta name="robots" content="noindex">' in page
        assert page.count("<h1") == 1
        assert page.count('role="search"') == 1


def test_every_other_page_has_the_box_and_a_missing_one_offers_it(client):
    home = client.get("/").content.decode()
    assert home.count('action="/search/"') == 1
    missing = client.get("/nothing/here/")
    assert missing.status_code == 404
    assert 'action="/search/"' in missing.content.decode().partition("<main")[2]


def test_what_is_asked_is_never_markup(client):
    published("A <b>bold</b> & “odd” title", 'An <a href="/x">x</a> &lt;script&gt; of bold words.')
    for words in ("bold", "script", "<script>alert(1)</script>", '"><img src=x>', "odd & bold"):
        page = look(words).content.decode()
        main = page.partition("<main")[2]
        assert not re.search(r"<(script|img|b>bold)", main)
        assert f'value="{words}"' not in page or words.isalpha()
    assert (
        "A &lt;b&gt;<mark>bold</mark>&lt;/b&gt; &amp; “odd” title" in look("bold").content.decode()
    )
