"""Misspelled words: what is asked about, what is left alone, and where nobody can look."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from appeals.checks import dictionaries, spelling
from appeals.checks.dictionaries import dictionary, files_of, has_dictionary
from appeals.checks.document import Document, Name, Pair, Term
from appeals.checks.registry import run, unread
from appeals.checks.texts import Text
from appeals.models import Organisation, Signatory
from editorial.editing import editing
from editorial.moving import move
from tests.cast import approve, join, translate, write_appeal
from tests.test_translation_review import look


def pairs_of(*texts, languages="de-en", original="…"):
    source, target = languages.split("-", 1)
    return [
        Pair(f"p{n}", "paragraph", Text(original, source), Text(text, target))
        for n, text in enumerate(texts)
    ]


def said_of(finding):
    """Return a message without the controls that keep the words in it apart."""
    return re.sub("[\u2068\u2069]", "", finding.remark.message)


def asked(*texts, languages="de-en", original="…", **around):
    """Return the words of a translation that the check asks about."""
    document = Document(pairs_of(*texts, languages=languages, original=original), **around)
    return [f.excerpt for f in run(document) if f.check.code == "spelling"]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("We have recieved nothing, nothing at all was recieved.", "en", ["recieved"]),
        ("The govermnent and the comittee.", "en", ["govermnent", "comittee"]),
        ("Le developpement de la région, qu’il faut éxiger.", "fr", ["developpement", "éxiger"]),
        ("По дороге к л’еау расчитываем на них.", "ru", ["расчитываем"]),
        ("Ми не маємо звязку, п’ятнадцять днів.", "uk", ["звязку"]),
        ("باعت البلديه السقف.", "ar", ["البلديه"]),
    ],
)
def test_a_word_near_one_that_is_known_is_asked_about_once(text, language, words):
    assert asked(text, languages=f"de-{language}") == words


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Their colour and their color, at 4th Street; i.e. vol. iv, abr. text.", "en"),
        ("They met Recieve Goverment, and the GOVERMENT.", "en"),
        ("The word “goverment” stands there; so do “ze goverment” and @goverment.", "en"),
        ("See https://goverment.example/comittee or comittee@goverment.example.", "en"),
        ("The socio-economic and politico-social e-mail re-reading.", "en"),
        ("L’eau coûte, l’eau coute ; aujourd’hui, jusqu’au XXIe, tou·te·s les élu·e·s.", "fr"),
        ("Все еще берем свое, всё ещё берём своё; 20-х, 3-летний, грузино-осетинский.", "ru"),
        ("П’ять, п'ятнадцять і девʼять: обов’язок, обов'язок, обовʼязок.", "uk"),
        ("وسنكتب فبالمدارس وبأطفالهم: كتَبَ الـــرجل.", "ar"),
        ("حضرت الاثنتا عشرة.", "ar"),
        ("the sta\u00adnd goverm\u200bent", "en"),
    ],
)
def test_true_words_in_every_dress_are_left_alone(text, language):
    assert asked(text, languages=f"de-{language}") == []


def test_the_first_word_of_a_sentence_is_no_name_for_its_capital():
    [finding] = run(Document(pairs_of("“Goverment of thieves and liars!” they cried.")))
    assert said_of(finding) == "The dictionary does not know “Goverment”. Is it “Government”?"
    assert asked("We wait. Kiril was here. Wiht him came Petra.") == ["Kiril", "Wiht"]
    assert asked("We wait. Kiril was here, and with Kiril came Petra.") == []
    assert asked("Kiril was here.", languages="ru-en", original="Здесь был Кирил.") == []


def test_three_words_are_offered_the_likeliest_first():
    document = Document(pairs_of("We did not recieve the leter."))
    said = [said_of(f) for f in run(document) if f.check.code == "spelling"]
    assert said[0] == "The dictionary does not know “recieve”. Is it “receive”, “relieve”?"
    assert said[1].count("“") == 4
    assert said[1].startswith("The dictionary does not know “leter”. Is it “letter”")


def test_what_the_translation_tells_of_itself_is_left_alone():
    text = "The goverment of the comittee."
    assert asked(text) == ["goverment", "comittee"]
    assert asked(text, original="Das goverment.") == ["comittee"]
    assert asked(text, text, text) == []
    assert asked(text, said=["Goverment"]) == ["comittee"]
    assert asked(text, terms=[Term("Rat", ("comittee",))]) == ["goverment"]
    assert asked("comittees", terms=[Term("Rat", ("comittee",))]) == []
    names = [Name("Oirat", ("Ойрат",))]
    assert asked("об ойратских пасеках", languages="en-ru", names=names) == []


def test_what_transcribes_a_word_of_the_original_is_left_alone():
    assert asked("the arba was slow", languages="ru-en", original="арба медленна") == []
    assert asked("the arba was slow", languages="ru-en", original="телега медленна") == ["arba"]
    assert asked("their adress", languages="ru-en", original="их адрес") == ["adress"]
    assert asked("ألف كرونة", languages="fr-ar", original="mille couronnes") == []


def test_a_text_in_another_language_is_not_spelled():
    assert asked("Wir warten noch heute auf eine Antwort", languages="ru-en") == []


def test_a_word_that_is_near_no_other_is_a_loan_and_no_slip():
    assert not dictionary("en").knows("otpiska")
    assert asked("They sent us an otpiska.") == []


def test_others_are_looked_for_of_so_many_words_at_most(monkeypatch):
    monkeypatch.setattr(spelling, "ASKED", 2)
    texts = ["The goverment came.", "The otpiska came to the goverment.", "The comittee came."]
    assert asked(*texts) == ["goverment", "goverment"]
    assert asked(*texts[::2]) == ["goverment", "comittee"]


SLIPS = [
    lambda word, at, letter: word[:at] + word[at + 1 :],
    lambda word, at, letter: word[:at] + letter + word[at:],
    lambda word, at, letter: word[:at] + letter + word[at + 1 :],
    lambda word, at, letter: word[:at] + word[at + 1] + word[at] + word[at + 2 :],
]


@settings(max_examples=20)
@given(
    st.sampled_from(["letter", "govern", "because"]),
    st.sampled_from(SLIPS),
    st.integers(1, 4),
    st.sampled_from("aeinst"),
)
def test_a_word_with_one_slip_is_near_what_was_meant(word, slip, at, letter):
    book, slipped = dictionary("en"), slip(word, at, letter)
    assert slipped == word or word in book.near(slipped)
    assert all(map(book.knows, book.near(slipped)))


def test_a_region_has_its_own_dictionary_and_a_language_all_of_them():
    assert all(dictionary("en").knows(word) for word in ("colour", "color"))
    assert dictionary("en-GB").knows("colour")
    assert not dictionary("en-GB").knows("color")
    assert dictionary("en-AU") is dictionary("en")


@pytest.fixture
def nothing_installed(monkeypatch, tmp_path):
    """A machine without the extra, whose system has the dictionaries of a folder."""
    monkeypatch.setattr(dictionaries, "BROUGHT", {})
    monkeypatch.setattr(dictionaries, "SYSTEM", tmp_path)
    files_of.cache_clear()
    yield tmp_path
    files_of.cache_clear()


def test_without_a_dictionary_nothing_is_said(nothing_installed):
    assert asked("We recieved nothing.") == []
    assert [check.code for check in unread("en")] == ["spelling"]


def test_the_dictionaries_of_the_system_will_do(nothing_installed):
    (nothing_installed / "en_US.aff").write_text("SET UTF-8\nTRY abc\n")
    (nothing_installed / "en_US.dic").write_text("3\nwe\nwait\nhere\n")
    (nothing_installed / "en_US-large.dic").write_text("1\nhare\n")
    assert asked("we wait here, hare here: wait here, awit here, wajt here") == ["awit"]


def test_only_languages_that_it_was_measured_in_are_looked_at():
    assert has_dictionary("de")
    assert asked("Der Brif kam an.", languages="ru-de") == []
    assert [check.code for check in unread("de")] == ["spelling"]
    assert unread("fr-CA") == unread("ar") == []


def test_the_command_says_what_a_dictionary_costs():
    printed = StringIO()
    call_command("measure_checks", "--cost", "en", "xx", stdout=printed)
    header, _rule, english, none = printed.getvalue().splitlines()
    assert header.startswith("| language | read, s | memory, MB | 200 words, ms |")
    assert re.fullmatch(r"\| en \| [\d.]+ \| \d+ \| \d+ \| [\d.]+ \| \d+ \|", english)
    assert none == "| xx | – | – | – | – | – |"


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "is_read"), [("en", True), ("de", False)])
def test_it_is_told_where_it_looked_and_where_nobody_can(client, language, is_read):
    tariq = join("tariq")
    translation = translate(approve(write_appeal()), by=tariq, language=language)
    page = look(client, translation, tariq).content.decode()
    assert ("Not looked for in German: words no dictionary knows." in page) is not is_read
    assert page.count("Not looked for in") == (not is_read)
    move(translation, "submit", by=tariq)
    assert ("spelling" in translation.checked) is is_read
    assert "bidi" in translation.checked


@pytest.mark.django_db
def test_the_review_asks_with_the_signatures_in_mind(client):
    tariq, appeal = join("tariq"), write_appeal()
    translation = translate(appeal, by=tariq)
    with editing(translation, by=tariq):
        translation.renderings.filter(passage__key="p1").update(text="Passage 1: the goverment.")
    assert "The dictionary does not know “goverment”. Is it \u2068“government”\u2069?" in (
        look(client, translation, tariq).content.decode()
    )
    house = Organisation.objects.create(name="Rat", names={"en": "The Goverment"})
    Signatory.objects.create(appeal=appeal, kind="organisation", organisation=house)
    assert "goverment”" not in look(client, translation, tariq).content.decode()


def test_quotation_marks_that_nothing_closes_take_no_longer_than_others():
    """The time grew with the cube of their number: with so many it would never have ended."""
    assert asked("We recieved it. " + "‘" * 2000, "“" + "a" * 4000) == ["recieved"]
