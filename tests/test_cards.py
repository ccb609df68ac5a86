"""The picture that other sites show of a post or an appeal."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image, features

from config.cards.drawing import MARGIN, WIDTH, Words, card, writable
from config.cards.faces import PLAIN, Face, face, read
from editorial.sealing import publish, withdraw
from tests.cast import approve, join, translate, write_appeal
from tests.readers import publish_again, publish_post

TITLE = (0, 160, WIDTH, 515)


def drawn(title="", language="en"):
    return Image.open(BytesIO(card(Words("Broadside", title, language, "Commentary", "en"))))


def ink(picture):
    """Return where there is something on the space for the title; None if it is empty."""
    paper = Image.new("L", picture.size, picture.convert("L").getpixel((5, 300)))
    rest = Image.eval(picture.convert("L").crop(TITLE), lambda value: value)
    return Image.eval(rest, lambda value: 255 if abs(value - paper.getpixel((0, 0))) > 40 else 0)


def ask(edition):
    return Client().get(f"/cards/{edition.key}/{edition.digest}.png")


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("To the people of the lake", "en"),
        ("Нуурин әмтнд", "xal"),
        ("إلى أهل البحيرة", "ar"),
        ("אל אנשי האגם", "he"),
        ("ტბის ხალხს", "ka"),
        ("致湖区人民的公开信", "zh"),
        ("ᠨᠠᠭᠤᠷ ᠤᠨ ᠠᠷᠠᠳ", "mn-Mong"),
    ],
)
def test_a_title_is_drawn_in_its_script_or_left_out(title, language):
    box = ink(drawn(title, language)).getbbox()
    found = writable(title, language)
    if found is None:
        assert box is None
        return
    assert found.can_write(title)
    left, top, right, bottom = box
    if language in ("ar", "he"):
        assert WIDTH - MARGIN - 12 < right <= WIDTH - MARGIN + 2
    else:
        assert MARGIN - 2 <= left < MARGIN + 40
    if language == "mn-Mong":
        assert bottom - top > 200  # it stands


def test_a_long_title_stays_on_the_card():
    for title in ("word " * 200, "Donaudampfschifffahrt" * 9):
        left, _top, _right, bottom = ink(drawn(title)).getbbox()
        assert left >= MARGIN - 2
        assert bottom <= 350


def test_no_box_stands_for_what_cannot_be_written():
    unwritable = "\U0010fffd"
    assert face(f"Salt {unwritable}", "en") is None
    assert ink(drawn(f"Salt {unwritable}")).getbbox() is None


def test_without_fontconfig_there_is_still_a_face_for_plain_text(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert face("Salt in the wells", "en") is PLAIN
    assert ink(drawn("Salt in the wells")).getbbox() is not None
    assert face("Соль", "ru") is None


def test_without_raqm_no_script_is_written_wrongly(monkeypatch):
    monkeypatch.setattr(features, "check", lambda name: False)
    assert writable("إلى أهل البحيرة", "ar") is None
    assert ink(drawn("Salt")).getbbox() is not None


def test_what_fontconfig_lists_is_read():
    assert list(read("/a.ttf\t2\t20-7e a0\n")) == [Face("/a.ttf", 2, ((0x20, 0x7E), (0xA0, 0xA0)))]


@pytest.mark.django_db
def test_a_card_is_there_while_its_edition_is_live():
    first = publish_post(title="Salt")
    answer = ask(first)
    assert answer.headers["Content-Type"] == "image/png"
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)
    again = {"if-none-match": answer.headers["ETag"]}
    url = f"/cards/{first.key}/{first.digest}.png"
    assert Client().get(url, headers=again).status_code == 304
    page = Client().get(first.get_absolute_url()).content.decode()
    assert f'<meta property="og:image" content="http://testserver{url}">' in page

    second = publish_again(first, title="Salt in wells")
    assert (ask(first).status_code, ask(second).status_code) == (404, 200)
    assert ask(second).content != answer.content
    missing = Client().get(f"/cards/{'x' * 8}/{'0' * 64}.png")
    assert ask(first).content == missing.content

    third = second.item
    third.refresh_from_db()
    withdraw(third, by=join("edda"), note="By mistake.")
    assert ask(second).status_code == 404


@pytest.mark.django_db
def test_an_appeal_and_each_translation_have_a_card_of_their_own():
    appeal = write_appeal(by=join("wanda"), slug="lake", issued_on="2022-03")
    edition = publish(approve(appeal), by=join("edda"))
    translation = publish(approve(translate(appeal, by=join("tariq"))), by=join("edda"))
    cards = [ask(edition), ask(translation)]
    assert [card.status_code for card in cards] == [200, 200]
    assert cards[0].content != cards[1].content
    page = Client().get("/appeals/lake/en/").content.decode()
    assert f"/cards/{translation.key}/{translation.digest}.png" in page
    later = approve(write_appeal(by=join("wanda"), slug="later"))
    soon = publish(later, by=join("edda"), at=datetime.now(UTC) + timedelta(days=1))
    assert ask(soon).status_code == 404
    withdraw(appeal, by=join("edda"), note="They asked.")
    assert [ask(one).status_code for one in (edition, translation)] == [404, 404]
