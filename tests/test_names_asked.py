"""Names that look alike: which are asked about, what an answer does, and that it is asked once."""

from functools import partial

import pytest
from django.urls import reverse

from appeals.checks.texts import Text
from appeals.models import CanonicalName, NameAnswer, NameVariant, Person
from appeals.naming.answering import answer, asked_about, memory
from appeals.naming.asking import Memory, Question, questions
from appeals.naming.finding import Said, find_names
from appeals.naming.likeness import block, form, is_regular
from editorial.editing import editing
from editorial.models import Contribution
from editorial.redacting import redact
from editorial.states import CannotNow, MayNot
from tests.cast import join, translate, write_appeal, write_post
from tests.timing import grows_in_proportion

ORIGINAL = (
    "Мы, ойраты, собрались в Сельмене. Старейшина Айрат Кульдин говорил первым. "
    "Вместе с Айратом Кульдиным пришли пастухи; Айрату Кульдину никто не возразил."
)
RENDERING = (
    "We gathered in Selmen. The elder Airat Kuldin spoke first. With Ayrat Kuldin came the "
    "herdsmen. When Kuldin had spoken, nobody objected. In Selman they still speak of it."
)


def asked(*texts, memory=None):
    said = [Said(f"p{n}", Text(*text)) for n, text in enumerate(texts, start=1)]
    return [(q.known, q.found) for q in questions(find_names(said).values(), memory or Memory())]


# --- which pairs ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Oirat", "Airat"),
        ("Airat", "Ayrat"),
        ("Kyiv", "Kiev"),
        ("Lviv", "Lvov"),
        ("Alexandr", "Aleksandr"),
        ("Muhammad", "Mohammed"),
        ("Zelensky", "Zelenskyy"),
        ("Airat Kuldin", "Ayrat Kuldin"),
        ("Ойрат", "Airat"),
        ("Москва", "Moscow"),
    ],
)
def test_these_are_asked_about(one, other):
    languages = ["ru" if name[0] > "z" else "en" for name in (one, other)]
    said = [
        (
            f"{'вчера' if language == 'ru' else 'then'} {name} "
            f"{'сказал' if language == 'ru' else 'said'}",
            language,
        )
        for name, language in zip((one, other), languages, strict=True)
    ]
    assert [set(pair) for pair in asked(*said)] == [{one, other}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ойрат", "Oirat"),
        ("Сельмен", "Selmen"),
        ("Щукин", "Shchukin"),
        ("Хрущёв", "Khrushchev"),
        ("Якутия", "Yakutia"),
    ],
)
def test_what_the_rules_of_transliteration_explain_is_not_asked(one, other):
    assert block(one) == block(other)
    assert is_regular(one, other)
    assert asked((f"вчера {one} сказал", "ru"), (f"then {other} said", "en")) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Iran", "Iraq"),
        ("Petrov", "Petrova"),
        ("Petrovsky", "Petrovskaya"),
        ("Airats", "Airat"),
        ("Anna", "Ann"),
        ("March", "Marsh"),
        ("Kuldin", "Kuldinov"),
    ],
)
def test_other_names_are_left_in_peace(one, other):
    assert asked((f"then {one} and {other} spoke", "en")) == []


@pytest.mark.parametrize("case", ["Айрата", "Айрату", "Айратом", "Айрате", "Айраты", "Айратами"])
def test_the_cases_of_a_name_are_one_form(case):
    assert form(case) == form("Айрат")


@pytest.mark.parametrize("case", ["Сергея", "Сергею", "Сергеем", "Сергее"])
def test_so_are_those_of_a_soft_one(case):
    assert form(case) == form("Сергей")


def test_a_document_asks_once_a_spelling_and_not_once_a_pair():
    """Four spellings of one name: one goes without saying, two are asked about."""
    texts = [("вчера Ойрат пришёл", "ru"), ("then Oirat came, and Airat, and Ayrat", "en")]
    found = asked(*texts)
    assert len(found) == 2
    assert {name for pair in found for name in pair} == {"Oirat", "Airat", "Ayrat"}


def test_words_that_are_also_written_small_and_first_words_are_no_names():
    assert asked(("The marina is full. Marine birds came. A marine bird and Marina.", "en")) == []
    assert asked(("Rita sang. Rota went.", "en")) == []


def test_a_whole_document():
    found = asked((ORIGINAL, "ru"), (RENDERING, "en"))
    assert {frozenset(pair) for pair in found} == {
        frozenset({"Airat Kuldin", "Ayrat Kuldin"}),
        frozenset({"Selmen", "Selman"}),
    }


def test_what_follows_from_an_answer_is_not_asked():
    texts = [("then Oirat came, and Airat, and Ayrat", "en")]
    groups = (tuple(map(form, ("Oirat", "Airat", "Ayrat"))),)
    assert asked(*texts, memory=Memory(groups)) == []
    apart = frozenset({frozenset({form("Airat"), form("Oirat")})})
    same = ((form("Airat"), form("Ayrat")),)
    assert asked(*texts, memory=Memory(same, distinct=apart)) == []


# --- at the desk ------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


@pytest.fixture
def tariq():
    return join("tariq")


@pytest.fixture
def translation(tariq):
    translation = translate(write_appeal(), by=tariq)
    with editing(translation, by=tariq):
        for key, text in (("p1", "Then Airat Kuldin came."), ("p2", "So did Ayrat Kuldin.")):
            translation.renderings.filter(passage__key=key).update(text=text)
    return translation


QUESTION = {"known": "Airat Kuldin", "found": "Ayrat Kuldin", "place": "p2"}


def post(client, user, item, **fields):
    client.force_login(user)
    sent = QUESTION | {"item": item.key if item else "", "answer": "same"} | fields
    return client.post(reverse("admin:names_asked"), sent)


def review(client, user, translation):
    client.force_login(user)
    return client.get(reverse("admin:appeals_translation_review", args=[translation.pk]))


def shown(response):
    return {row.passage.key: row.questions for row in response.context["rows"] if row.questions}


def test_a_question_stands_at_the_passage_with_the_new_spelling(client, translation, tariq):
    response = review(client, tariq, translation)
    assert shown(response) == {"p2": [Question("Airat Kuldin", "Ayrat Kuldin", "p2")]}
    assert 'Is <b dir="auto">Ayrat Kuldin</b> the same name as' in response.content.decode()


def test_an_answer_is_remembered_for_the_site_and_changes_no_text(client, translation, tariq):
    before = list(translation.renderings.values_list("text", flat=True))
    response = post(client, tariq, translation)
    assert (
        response.url == reverse("admin:appeals_translation_review", args=[translation.pk]) + "#p2"
    )
    row = NameAnswer.objects.get()
    assert (row.one, row.other, row.answer, row.by, row.by_name, row.item_key) == (
        *("Airat Kuldin", "Ayrat Kuldin", "same", tariq, "Tariq"),
        translation.key,
    )
    name = CanonicalName.objects.get()
    assert (name.text, [v.text for v in name.variants.all()]) == ("Airat Kuldin", ["Ayrat Kuldin"])
    assert list(translation.renderings.values_list("text", flat=True)) == before
    assert shown(review(client, tariq, translation)) == {}
    other = write_post(by=join("wanda"), body="<p>There Ayrat Kuldin sat with Airat Kuldin.</p>")
    assert asked_about(other) == []


def test_the_site_may_spell_it_in_a_third_way(translation, tariq):
    answer(translation, **pair(), said="same", canonical=" Oirat  Kuldin ", by=tariq)
    name = CanonicalName.objects.get()
    assert name.text == "Oirat Kuldin"
    assert {v.text for v in name.variants.all()} == {"Airat Kuldin", "Ayrat Kuldin"}


def test_different_names_are_told_apart_for_good(translation, tariq):
    answer(translation, **pair(), said="different", by=tariq)
    name = CanonicalName.objects.get()
    assert [row.other for row in name.distinctions.all()] == ["Ayrat Kuldin"]
    assert asked_about(translation) == []


def test_as_printed_here_is_held_against_nobody_here(translation, tariq):
    answer(translation, **pair(), said="printed", by=tariq)
    variant = NameVariant.objects.get()
    assert list(variant.printed_in.all()) == [translation.appeal]


def test_a_post_keeps_a_spelling_as_printed_too(client):
    wanda = join("wanda")
    item = write_post(by=wanda, body="<p>There Ayrat Kuldin sat with Airat Kuldin.</p>")
    page = client.get(item.desk_path()) if client.login(username="wanda", password="wanda") else 0
    assert "Names that look alike" in page.content.decode()
    [question] = asked_about(item)
    fields = {"known": question.known, "found": question.found, "answer": "printed"}
    assert post(client, wanda, item, **fields).url == f"{item.desk_path()}#names-asked"
    row = NameAnswer.objects.get()
    assert (row.answer, row.item_key) == ("printed", item.key)
    assert asked_about(item) == []


def pair():
    return {"known": "Airat Kuldin", "found": "Ayrat Kuldin"}


def test_the_second_to_answer_is_told_who_was_first(client, translation, tariq):
    answer(translation, **pair(), said="different", by=join("edda"))
    response = post(client, tariq, translation)
    page = client.get(response.url).content.decode()
    assert "Edda answered meanwhile" in page
    assert "different names" in page
    assert NameAnswer.objects.get().answer == "different"
    assert not NameVariant.objects.exists()


def test_what_is_not_asked_is_not_answered(translation, tariq):
    with pytest.raises(CannotNow, match="no longer ask"):
        answer(translation, "Anybody", "Anyone", "same", by=tariq)
    assert not NameAnswer.objects.exists()


def test_two_names_that_turn_out_to_be_one_are_joined(translation, tariq):
    other = CanonicalName.objects.create(text="Airat Kuldin")
    other.variants.create(text="Airat of the ford")
    mine = CanonicalName.objects.create(text="Ayrat Kuldin")
    mine.distinctions.create(other="Ayrat Kuldinov")
    answer(translation, **pair(), said="same", by=tariq)
    name = CanonicalName.objects.get()
    assert {v.text for v in name.variants.all()} == {"Airat of the ford", "Ayrat Kuldin"}
    assert [row.other for row in name.distinctions.all()] == ["Ayrat Kuldinov"]


def test_a_name_of_the_site_is_what_a_text_is_held_against(tariq):
    Person.objects.create(name="Ayrat Kuldin", names={"ru": "Айрат Кульдин"})
    item = write_post(by=join("wanda"), body="<p>There Airat Kuldin sat.</p>")
    assert asked_about(item) == [Question("Ayrat Kuldin", "Airat Kuldin", "body")]
    assert asked_about(None) == []


@pytest.mark.parametrize(
    ("language", "text", "known", "found"),
    [
        ("ar", "اجتمع شعب وايرات عند البحيرة", "أويرات", "ايرات"),
        ("he", "נאספו בני אויראט ליד האגם", "איראט", "אויראט"),
        ("ka", "შეიკრიბნენ აირატის ხალხი ტბასთან", "ოირატი", "აირატი"),
        ("zh", "写信给维拉特人民。", "卫拉特", "维拉特"),
    ],
)
def test_a_name_that_is_known_is_asked_about_in_scripts_without_capitals(
    tariq, language, text, known, found
):
    name = CanonicalName.objects.create(text="The people of the lake")
    name.variants.create(text=known, language=language)
    Person.objects.create(name="Somebody", names={language: found})
    translation = translate(write_appeal(), by=tariq, language=language)
    assert asked_about(translation) == []
    with editing(translation, by=tariq):
        translation.renderings.filter(passage__key="p2").update(text=text)
    [question] = asked_about(translation)
    assert ({question.known, question.found}, question.place) == ({known, found}, "p2")
    answer(translation, question.known, question.found, "same", by=tariq)
    assert asked_about(translation) == []


def test_of_people_the_newest_are_compared_and_those_of_the_appeal(tariq, monkeypatch):
    monkeypatch.setattr("appeals.naming.answering.PARTIES", 2)
    appeal = write_appeal()
    first = Person.objects.create(name="Ayrat Kuldin")
    appeal.signatories.create(name_status="public", name="Ayrat Kuldin", person=first)
    for name in ("Bo", "Cy", "Dan"):
        Person.objects.create(name=name)
    assert sorted(memory(appeal).known) == ["Ayrat Kuldin", "Cy", "Dan"]
    assert sorted(memory().known) == ["Cy", "Dan"]


def test_the_desk_asks_about_the_names_of_the_site(client, tariq):
    for name in ("Ayrat Kuldin", "Airat Kuldin"):
        Person.objects.create(name=name, slug=name[:5])
    client.force_login(tariq)
    page = client.get(reverse("admin:names_asked"))
    [question] = page.context["questions"]
    fields = {"known": question.known, "found": question.found, "place": ""}
    response = post(client, tariq, None, **fields)
    assert response.url == reverse("admin:names_asked")
    page = client.get(response.url)
    assert (page.context["questions"], len(page.context["answers"])) == ([], 1)


def test_a_moderator_neither_sees_nor_answers(client, translation):
    mato = join("mato")
    assert post(client, mato, None).status_code == 403
    with pytest.raises(MayNot):
        answer(translation, **pair(), said="same", by=mato)


@pytest.mark.parametrize("who", ["wanda", "tariq", "rosa", "edda"])
def test_the_others_do(translation, who):
    answer(translation, **pair(), said="different", by=join(who))


def test_who_answers_worked_on_every_text_with_the_name(translation, tariq):
    edda = join("edda")
    item = write_post(by=join("wanda"), body="<p>There Ayrat Kuldin sat.</p>")
    answer(translation, **pair(), said="same", by=edda)
    for text in (translation, item):
        assert Contribution.objects.about(text).filter(user=edda).exists()
    assert not Contribution.objects.about(translation.appeal).filter(user=edda).exists()


def test_a_redacted_name_is_not_remembered(translation, tariq):
    answer(translation, **pair(), said="same", by=tariq)
    redact(["Ayrat Kuldin"], by=None, ground="Asked for.")
    assert not NameAnswer.objects.exists()
    assert not NameVariant.objects.exists()
    assert CanonicalName.objects.get().text == "Airat Kuldin"


def test_five_hundred_passages_and_hundreds_of_names_are_asked_about_quickly(translation):
    syllables = ["ba", "ke", "li", "mo", "ru", "ta", "ve", "zo", "di", "ga"]
    names = [f"{a}{b}{c}n".title() for a in syllables for b in syllables for c in syllables[:7]]
    Person.objects.bulk_create(Person(name=name, slug=name) for name in names)
    said = [
        Said(f"p{n}", Text(f"Then {names[n]} came with {names[-n]} to see {names[n // 2]}.", "en"))
        for n in range(500)
    ]
    assert grows_in_proportion(partial(asked_about, translation), said[:62], said, 8)
