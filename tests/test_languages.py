"""Directions, names and dates of languages."""

import datetime

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from editorial.languages import (
    day_and_time,
    direction,
    joined,
    joint,
    language_code,
    language_name,
    listed,
    partial_date,
)


@pytest.mark.parametrize("code", ["ar", "he", "fa", "ur", "yi", "ckb", "ug", "az-Arab", "dv"])
def test_right_to_left(code):
    assert direction(code) == "rtl"


@pytest.mark.parametrize("code", ["en", "ru", "xal", "zh-Hant", "mn-Mong", "az", "zz", "pa"])
def test_left_to_right(code):
    assert direction(code) == "ltr"


def test_languages_are_named_in_the_interface_language():
    assert language_name("xal") == "Kalmyk"
    assert language_name("kk-Cyrl") == "Kazakh (Cyrillic)"
    assert language_name("mn-Mong") == "Mongolian (vertical script)"
    assert language_name("zz") == "zz"
    with translation.override("fr"):
        assert language_name("ru") == "russe"


def test_dates_are_as_precise_as_they_are_known():
    assert partial_date("2022") == "2022"
    assert partial_date("2022-03") == "March 2022"
    assert partial_date("2022-03-12") == "March 12, 2022"
    assert partial_date("spring") == "spring"


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("ru", "1 марта 2022 года", "март 2022 года"),
        ("uk", "1 березня 2022 року", "березень 2022 року"),
        ("fr", "1er mars 2022", "mars 2022"),
        ("ar", "1 مارس 2022", "مارس 2022"),
    ],
)
def test_dates_are_written_as_in_the_interface_language(language, day, month):
    with translation.override(language):
        assert partial_date("2022-03-01") == day
        assert partial_date("2022-03") == month


def test_the_newsrooms_words_say_their_language_where_the_page_speaks_another():
    page = Template(
        "{% load languages %}<p{% newsroom %}>{{ said }}</p>{{ said|newsroom }}{{ none|newsroom }}"
    )
    said = Context({"said": "Salt & wells", "none": ""})
    assert page.render(said) == "<p>Salt &amp; wells</p>Salt &amp; wells"
    with translation.override("ar"):
        assert page.render(said) == (
            '<p lang="en" dir="ltr">Salt &amp; wells</p>'
            '<span lang="en" dir="ltr">Salt &amp; wells</span>'
        )


def test_a_tag_marks_foreign_text():
    page = Template("{% load languages %}<p {% tongue code %}>{{ when|day }}</p>")
    when = datetime.date(2022, 3, 12)
    assert page.render(Context({"code": "ar", "when": when})) == (
        '<p lang="ar" dir="rtl">March 12, 2022</p>'
    )
    assert page.render(Context({"code": "", "when": None})) == "<p ></p>"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("German", "de"),
        (" ukrainian ", "uk"),
        ("kalmyk", "xal"),
        ("de", "de"),
        ("nonsense", "nonsense"),
    ],
)
def test_a_language_is_known_by_its_name(said, code):
    assert language_code(said) == code


def test_a_name_is_said_in_the_interface_language_or_in_english():
    with translation.override("fr"):
        assert (language_code("allemand"), language_code("German")) == ("de", "de")


@pytest.mark.parametrize(
    ("language", "sentence", "row", "moment"),
    [
        ("en", "A, B and C", "A, B, C", "5 March 2099, 09:00"),
        ("ru", "A, B и C", "A, B, C", "5 марта 2099 года, 09:00"),
        ("uk", "A, B і C", "A, B, C", "5 березня 2099 року, 09:00"),
        ("fr", "A, B et C", "A, B, C", "5 mars 2099, 09:00"),
        ("ar", "A وB وC", "A، B، C", "5 مارس 2099، 9:00 ص"),
    ],
)
def test_lists_and_moments_are_written_as_each_language_writes_them(
    language, sentence, row, moment
):
    with translation.override(language):
        assert joined("ABC") == sentence
        assert listed("ABC") == row
        assert (
            "".join(f"{one}{joint(at, 3 - at)}" for at, one in enumerate("AB", 1)) == sentence[:-1]
        )
        assert day_and_time(timezone.make_aware(datetime.datetime(2099, 3, 5, 9))) == moment
