"""A name is found however it is spelled, and taken out without breaking what is around it."""

import pytest

from editorial.matching import MARK, Needle
from tests.timing import grows_in_proportion

NAME = "Ана Петрель"


@pytest.mark.parametrize(
    "text",
    [
        "Сказала Ана Петрель тихо.",
        "АНА ПЕТРЕЛЬ",
        "Ана\nПетрель",
        "Ана\u00a0 \r\n Петрель",
        "Ана\u200b Пет\u00adрель",
        "А\u0301на Петре\u0301ль",
        "ана-петрель",
        "<p>Ана <b>Пет</b>рель</p>",
        "<p>Ана</p><p>Петрель</p>",
        "Ана&nbsp;Петрель",
        "&#1040;на Петрель",
        '<a title="Ана Петрель" href="/">она</a>',
        "https://press.example/%D0%90%D0%BD%D0%B0_%D0%9F%D0%B5%D1%82%D1%80%D0%B5%D0%BB%D1%8C",
        "https://press.example/2022/ana-petrel-speaks.html",
        '{"x": "\\u0410\\u043d\\u0430 \\u041f\\u0435\\u0442\\u0440\\u0435\\u043b\\u044c"}',
        '{"text":"Ана\\nПетрель"}',
        "анапетрель.pdf",
    ],
)
def test_a_name_is_found_and_struck(text):
    needle = Needle([NAME])
    assert needle.is_in(text)
    struck = needle.strike(text)
    assert MARK in struck
    assert not needle.is_in(struck)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Петрёв", "Говорит Петрев."),
        ("Петрев", "Говорит ПЕТРЁВ."),
        ("Müller", "MULLER"),
        ("Muller", "Mu\u0308ller"),
        ("ﬁsher", "Fisher"),
        ("Лук'яненко", "Лук’яненко"),
        ("أحمد", "احمـد"),
        ("李明", "记者李明说"),
        ("İnan", "inan"),
        ("Σωκράτης", "ΣΩΚΡΆΤΗΣ"),
    ],
)
def test_spellings_that_are_one(value, text):
    assert Needle([value]).is_in(text)


@pytest.mark.parametrize(
    ("value", "text", "whole", "found"),
    [
        ("Li", "Lisbon", False, False),
        ("Li", "said Li, quietly", False, True),
        ("Li An", "Italian", False, False),
        ("Petrel", "Petrelova", False, True),
        ("Petrel", "Petrelova", True, False),
        ("Petrel", "the Petrel’s nest", True, True),
        ("Ivo Marsh", "Ana Petrel", False, False),
    ],
)
def test_parts_of_longer_words(value, text, whole, found):
    assert Needle([value], whole_words=whole).is_in(text) is found


def test_only_addresses_are_searched_for_one_word_in_latin_letters():
    needle = Needle(["Петрель"])
    assert needle.is_in("on-petrel-and-salt", address=True)
    assert not needle.is_in("A petrel is a bird.")


def test_what_stands_around_a_name_stays():
    needle = Needle([NAME, "Ana Petrel"])
    assert needle.strike("Said Ana Petrel, quietly.") == f"Said {MARK}, quietly."
    assert needle.strike("<p>Ana <em>Petrel</em>s</p>") == f"<p>{MARK}<em></em>s</p>"
    assert (
        needle.strike("<b>Ana Petrel</b> & <i>Ana  Petrel</i>") == f"<b>{MARK}</b> & <i>{MARK}</i>"
    )


@pytest.mark.parametrize("values", [[], [" "], ["A"], ["Ana Petrel", "-"]])
def test_nothing_and_a_single_letter_are_refused(values):
    with pytest.raises(ValueError):
        Needle(values)


def test_a_needle_tells_nobody_what_it_is():
    assert "Петрель" not in repr(Needle([NAME]))


def test_a_long_text_takes_no_longer_than_reading_it():
    text = "Они собрались на рассвете у старого колодца. " * 20_000
    needle = Needle([NAME, "Ana Petrel"])
    assert not needle.is_in(text)
    assert grows_in_proportion(needle.is_in, text[: len(text) // 8], text, 8)
