"""Names by the alphabet: of people, organisations and labels, in every script."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from appeals.models import Appeal
from editorial.collating import letter, place, plain, script_of
from editorial.registers import heading
from editorial.sealing import withdraw
from tests.cast import join
from tests.shelves import post_of, shelved_appeal, shelved_post


def ordered(*names, first="Latn"):
    return sorted(names, key=lambda name: place(name, first))


def test_each_alphabet_has_its_order():
    for alphabet in (
        ["Ana Petrel", "Ángel", "de Souza", "Deborah", "Łukasz", "Lumumba", "Øystein", "Ozan"],
        ["Ґанна", "Ёлкин", "Єва", "Жанна", "Игорь", "Іван", "Їжак", "Йосип", "Қуат", "Яна"],
        ["أحمد", "آدم", "البيروني", "پروین", "تالا", "گلشن", "نور", "هند", "یاسر"],
        ["ანა", "ბექა", "ნინო", "ჯემალ"],
        ["Աննա", "Դավիթ", "Սոնա"],
        ["김민준", "나연", "박지성"],
    ):
        assert ordered(*reversed(alphabet)) == alphabet


def test_a_script_follows_the_other_and_the_readers_own_comes_first():
    names = ["Nina", "Нина", "ნინო", "نينا", "王小明", "7 Friends", "«Nord»", "\u200bOrd", "***"]
    assert ordered(*names) == [
        *("Nina", "«Nord»", "\u200bOrd", "Нина", "ნინო", "نينا", "王小明", "***", "7 Friends")
    ]
    assert ordered(*names, first="Cyrl")[:2] == ["Нина", "Nina"]
    letters = ["n", "n", "o", "н", "ნ", "ن", "", "", ""]
    assert [letter(name) for name in ordered(*names)] == letters
    assert [letter(n) for n in ("Ёж", "Йод", "Їжа", "Éva", "Ægir", "القاهرة", "강")] == [
        *("е", "й", "ї", "e", "a", "ق", "ㄱ")
    ]


def test_a_letter_stands_as_it_would_begin_a_name():
    assert [heading(name) for name in ("ána", "ёж", "თამარ", "نور", "ﬁn")] == [
        *("A", "Е", "თ", "ن", "F")
    ]


@settings(max_examples=50)
@given(st.text(max_size=20))
def test_every_text_has_a_place(text):
    assert place(text) == place(text)
    assert len(letter(text)) <= 2
    assert plain(plain(text)) == plain(text) or script_of(text) == "Arab"


def names(page):
    return re.findall(
        r'<li><a href="[^"]+"><bdi>([^<]+)</bdi></a><span class="count" data-count="(\d+)"', page
    )


def body(client, url):
    return client.get(url).content.decode()


@pytest.mark.django_db
def test_who_is_named_in_public_is_listed_and_counted_once_for_each_text(client):
    soon = timezone.now() + timedelta(days=1)
    salt = shelved_post("Salt", labels=["Water", "Суд"], by=["Anna Levkoeva"])
    shelved_post("Wells", labels=["Water"], by=["Anna Levkoeva", "გია"], at=soon)
    lake = shelved_appeal(
        "Lake",
        issued_by=["Совет озера", "Ferry Union"],
        signed_by=["Anna Levkoeva", "Иван Ёлкин"],
        withheld=2,
    )
    shelved_appeal("Soon", issued_by=["Secret Body"], signed_by=["Secret Name"], at=soon)
    assert names(body(client, "/people/")) == [("Anna Levkoeva", "2"), ("Иван Ёлкин", "1")]
    bodies = [("Ferry Union", "1"), ("Совет озера", "1")]
    assert names(body(client, "/organisations/")) == bodies
    assert names(body(client, "/labels/")) == [("Water", "1"), ("Суд", "1")]
    withdraw(post_of(salt), by=join("edda"), note="A mistake.")
    assert names(body(client, "/people/")) == [("Anna Levkoeva", "1"), ("Иван Ёлкин", "1")]
    assert names(body(client, "/labels/")) == []
    withdraw(Appeal.objects.get(pk=lake.pk), by=join("edda"), note="A mistake.")
    assert names(body(client, "/people/")) == names(body(client, "/organisations/")) == []


@pytest.mark.django_db
def test_many_names_are_paged_with_letters_to_jump_to_and_asked_for_as_few_are(client, monkeypatch):
    monkeypatch.setattr("editorial.registers.SIZE", 8)
    shelved_appeal("Lake", signed_by=["Ana"])

    def asked(url):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    few = asked("/people/")
    every = [f"{letter}{n}" for letter in "ABCЖЩ" for n in range(5)]
    shelved_appeal("Hill", signed_by=every)
    assert asked("/people/") == few <= 4
    pages = [body(client, f"/people/?page={number}") for number in (1, 2, 3, 4)]
    assert [name for page in pages for name, _count in names(page)] == sorted(["Ana", *every])
    jumps = re.findall(r'<a href="(\./|\?page=\d)?#letter:(\w)">', pages[1])
    assert jumps == [
        ("./", "A"),
        ("./", "B"),
        ("", "C"),
        ("?page=3", "Ж"),
        ("?page=3", "Щ"),
    ]
    assert 'rel="prev"' not in pages[0]
    assert 'rel="next"' not in pages[3]
    for number in ("0", "5", "x", "", "²", "9" * 5000):
        assert client.get(f"/people/?page={number}").status_code == 404
