"""Directions, names and dates of languages."""

import datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from editorial.languages import direction, language_code, language_name, partial_date


@pytest.mark.parametrize("code", ["ar", "he", "fa", "ur", "yi", "ckb", "ug", "az-Arab", "dv"])
def test_right_to_left(code):
    assert direction(code) == "rtl"


@pytest.mark.parametrize("code", ["en", "ru", "xal", "zh-Hant", "mn-Mong", "az", "zz", "pa"])
def test_left_to_right(code):
    assert direction(code) == "ltr"


def test_languages_are_named_in_the_interface_language():
    assert language_name("xal") == "Kalmyk"
    assert language_name("kk-Cyrl") == "Kazakh (Cyrillic)"
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
