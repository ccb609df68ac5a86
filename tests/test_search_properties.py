"""Whatever is asked, and whatever texts say: an answer, no error, and nothing that is markup."""

import re
import unicodedata
from html.parser import HTMLParser

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from config.search.asking import read
from config.search.models import Kind
from config.search.showing import Span as Stretch
from config.search.showing import excerpt, pieces
from config.search.words import consonants, latin, plainly, stems, tokens
from tests.readers import publish_post

ODD = st.text(
    st.characters(codec="utf-8")
    | st.sampled_from("\"'“”«»*()^~:-+|&<>%\\\x00\u0301\u200f\u202eـأإآىїёйѐ句ก्")
)
PARAMETERS = ["q", "kind", "language", "year", "organisation", "place", "label", "sort", "page"]


class Elements(HTMLParser):
    """Collects the elements and attributes of a page."""

    def __init__(self, page):
        super().__init__()
        self.seen = set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.seen |= {tag, *(f"{tag} {name}" for name, _value in attrs)}


@pytest.fixture
def known(db):
    """Return what elements and attributes a page of results has."""
    publish_post(title="Salt in the <wells>", body="<p>Вода &amp; salt, أبار и Öl.</p>")
    pages = [Client().get("/search/", p) for p in ({}, {"q": "salt"}, {"q": "slat x"}, {"q": "zz"},
             {"q": "salt", "kind": "post", "sort": "date"}, {"q": '"salt the"'},
             {"q": "salt", "label": "%", "place": "_"})]  # fmt: skip
    return set().union(*(Elements(page.content.decode()).seen for page in pages))


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(PARAMETERS), ODD, min_size=1))
@example({"q": 'salt OR NOT NEAR(x) * -y : ^ "un closed'})
@example({"q": "'; DROP TABLE config_posting; -- salt"})
@example({"q": "salt %s %(x)s {0} \ud800"[:-1], "page": "9" * 400})
@example({"q": "salt", "page": "٣", "year": "٢٠٢٢", "label": "%", "place": "_"})
@example({"q": "salt " * 5000})
@example({"q": "I" + "\u0307" * 300})
def test_any_question_has_an_answer_without_foreign_markup(known, parameters):
    answer = Client().get("/search/", parameters)
    assert answer.status_code == 200
    assert Elements(answer.content.decode()).seen <= known


@given(ODD, st.sampled_from(["", "en", "ru", "uk", "ar", "zh", "fr", "nonsense", "mn-Mong"]))
def test_any_text_has_words_that_stand_where_they_say(text, language):
    last = 0
    for token in tokens(text, language):
        assert 0 <= token.start < token.end <= len(text)
        assert token.start >= last - 1
        last = token.end
        assert token.form
        assert token.stem
        assert len(token.form) <= 40
        assert len(consonants(text[token.start : token.end])) <= 41
        assert " " not in token.form + token.stem


@given(ODD)
def test_case_and_composition_make_no_difference(text):
    def forms(said):
        return [latin(plainly(said[token.start : token.end])) for token in tokens(said)]

    assert forms(unicodedata.normalize("NFC", text)) == forms(unicodedata.normalize("NFD", text))


@given(ODD)
def test_a_question_is_short_whatever_is_sent(text):
    question = read({"q": text, "page": text, "kind": text, "year": text})
    assert len(question.words) <= 8
    assert len(question.phrases) <= 8
    assert question.filters.get("kind", "post") in Kind.values
    assert 1 <= question.page < 10_000
    assert read({"q": question.text}).text == question.text


@given(st.text(min_size=1), st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9))))
def test_pieces_are_the_text_again(text, found):
    spans = [Stretch(start, start + size, 0) for start, size in sorted(found)]
    spans = [span for span in spans if span.end <= len(text)]
    cut = list(pieces(text, spans, 0, len(text)))
    assert "".join(piece.text for piece in cut) == text
    assert all(piece.text for piece in cut)
    shown = "".join(piece.text for piece in excerpt(text * 40, spans))
    assert len(shown) <= 302
    assert shown.strip("…") in text * 40 or "…" in text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Калмык", "Kalmyk"), ("Ойрат", "Oirat"), ("Айрат", "Ayrat"), ("Хрущёв", "Khrushchev"),
        ("Достоевский", "Dostoyevsky"), ("Ельцин", "Yeltsin"), ("Київ", "Kyiv"), ("Ёж", "ЕЖ"),
        ("Харьков", "Harkov"), ("Львів", "Lviv"), ("Элиста", "Elista"), ("Σωκράτης", "Sokratis"),
        ("آبار", "ابار"), ("مُرسى", "مرسي"), ("ـسلامـ", "سلام"), ("ﻻ", "لا"), ("Łódź", "Lodz"),
        ("Straße", "STRASSE"), ("naïve", "naive"), ("Ё", "Е"), ("café", "CAFÉ"),
    ],
)  # fmt: skip
def test_one_word_in_two_spellings(one, other):
    assert [t.form for t in tokens(one)] == [t.form for t in tokens(other)]


@pytest.mark.parametrize(
    ("one", "other"), [("نحاس", "Nuhas"), ("النحاس", "nuhaas"), ("محمد", "Muhammad"),
                       ("שלמה", "Shlomo"), ("Калмык", "Qalmaq")],
)  # fmt: skip
def test_names_share_their_consonants(one, other):
    assert consonants(one) == consonants(other) != ""


@pytest.mark.parametrize(
    ("asked", "language", "said"),
    [("wells", "en", "well"), ("колодцами", "ru", "колодцы"), ("école", "fr", "écoles"),
     ("школах", "uk", "школи"), ("المعلمون", "ar", "معلم")],
)  # fmt: skip
def test_endings_make_no_difference(asked, language, said):
    [token] = tokens(said, language)
    assert {token.stem, token.form} & {*stems(asked), *(t.form for t in tokens(asked))}


def test_nobody_needs_a_regular_expression_engine_for_long():
    assert re.fullmatch("[a-z]*", latin("a" * 1000))
