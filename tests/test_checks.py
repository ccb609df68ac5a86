"""The checks themselves: what they say, what they leave alone, and how often they are right."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from appeals.checks.document import Document, Name, Pair, Signed
from appeals.checks.measuring import load, measure
from appeals.checks.registry import Severity, checks, checks_on, run
from appeals.checks.texts import Text

TESTS = Path(__file__).parent
LABELLED = TESTS / "checks"
#: A check on by default finds at least as often as it cries wolf; one that can stop a submission
#: must be right far more often.
AT_LEAST = {Severity.ERROR: 0.9, Severity.WARNING: 0.5, Severity.HINT: 0.5}


def found(original, rendering, languages="ru-en", kind="paragraph", **around):
    """Return the codes of what is found in one pair, with the words each is about."""
    source, target = languages.split("-")
    pair = Pair("p1", kind, Text(original, source), Text(rendering, target))
    return [(f.check.code, f.excerpt) for f in run(Document([pair], **around))]


def codes(*args, **around):
    return [code for code, _words in found(*args, **around)]


@pytest.fixture(scope="module")
def rows():
    return list(load(LABELLED))


# --- the labelled set ------------------------------------------------------------------------


def test_the_labelled_set_is_large_enough_and_keeps_a_part_back(rows):
    assert sum(len(row.problems) for row in rows) >= 140
    assert sum(len(row.problems) for row in rows if row.held_out) >= 40
    assert {row.languages for row in rows} >= {"ru-en", "uk-en", "ar-en", "fr-en", "en-ru"}
    labels = {code for row in rows for problems in row.problems.values() for code in problems}
    assert labels == {check.code for check in checks_on()}
    clean = [key for row in rows for key, problems in row.problems.items() if not problems]
    assert len(clean) >= 100


def test_no_check_that_is_on_cries_wolf(rows):
    wolves = {
        check.code: (score.precision, score.false_at)
        for check in checks_on()
        for score in [measure(rows)[check.code]]
        if score.precision is None or score.precision < AT_LEAST[check.severity]
    }
    assert wolves == {}


def test_no_check_that_is_on_cries_wolf_over_passages_it_was_not_tuned_on(rows):
    held_out = measure(row for row in rows if row.held_out)
    assert {c: s.false_at for c, s in held_out.items() if (s.precision or 1) < 0.5} == {}


def test_the_documentation_shows_what_the_command_prints():
    printed = StringIO()
    call_command("measure_checks", stdout=printed)
    assert printed.getvalue() in (TESTS.parent / "docs" / "checks.md").read_text("utf-8")


def test_the_documentation_names_every_check():
    page = (TESTS.parent / "docs" / "checks.md").read_text("utf-8")
    assert [code for code in checks() if f"`{code}`" not in page] == []


def test_the_command_reads_one_file_and_says_where(tmp_path):
    file = tmp_path / "one.yaml"
    file.write_text(
        "- languages: [ru, en]\n  passages:\n"
        "    - {original: Их три., rendering: They are four., problems: [dates]}\n"
    )
    printed = StringIO()
    call_command("measure_checks", str(file), "--where", stdout=printed)
    assert "| `numbers` | warning | 0 | 1 | 0 | 0.00 | – |" in printed.getvalue()
    assert "numbers: false alarm at ru-en 1: Их три." in printed.getvalue()
    assert "dates: missed ru-en 1: Их три." in printed.getvalue()
    with pytest.raises(CommandError, match="no such file"):
        call_command("measure_checks", str(tmp_path / "none.yaml"))


# --- numbers and dates -----------------------------------------------------------------------

SAME = [
    ("14 000 крон", "14,000 crowns", "ru-en"),
    ("14 000 couronnes", "14.000 كرونة", "fr-ar"),
    ("۱۴٬۰۰۰ و ١٢", "14 000 and 12", "fa-en"),
    ("14 тысяч", "fourteen thousand", "ru-en"),
    ("1,5 млн", "one and a half million", "ru-en"),
    ("два с половиной миллиона", "2.5 million", "ru-en"),
    ("двадцать первого марта", "21 March", "ru-en"),
    ("дев’яносто дев’ять", "quatre-vingt-dix-neuf", "uk-fr"),
    ("soixante et onze mille deux cents", "71,200", "fr-en"),
    ("ألف وتسعمئة وخمسة وثمانون", "1985", "ar-en"),
    ("اثنا عشر ألفاً", "12 000", "ar-fr"),
    ("за XIX век", "the nineteenth century", "ru-en"),
    ("в ХХІ столетии", "in the 21st century", "ru-en"),
    ("12.03.2022", "12 March 2022", "ru-en"),
    ("12 марта 2022", "03/12/2022", "ru-en"),
    ("2022-03-12", "12 mars 2022", "en-fr"),
    ("в 18:30 ровно", "at 6.30 p.m. sharp", "ru-en"),
    ("à 18 h 30", "о 18:30", "fr-uk"),
    ("à dix-huit heures", "at six in the evening", "fr-en"),
    ("десять процентов", "10 per cent", "ru-en"),
    ("10 %", "عشرة في المئة", "fr-ar"),
    ("1990-е годы", "the nineties", "ru-en"),
    ("трое из четверых", "three of the four", "ru-en"),
    ("трёхдневный", "three-day", "ru-en"),
    ("оба", "the two of them", "ru-en"),
    ("يومان", "two days", "ar-en"),
    ("We may march", "Nous pouvons marcher", "en-fr"),
    ("لفظها باب", "a door", "ar-en"),
    ("на тр. 5, п. 7", "on line 5, p. 7", "ru-en"),
]


@pytest.mark.parametrize(("original", "rendering", "languages"), SAME, ids=str)
def test_the_same_number_in_another_coat_is_no_finding(original, rendering, languages):
    assert codes(original, rendering, languages) == []
    source, target = languages.split("-")
    assert codes(rendering, original, f"{target}-{source}") == []


@pytest.mark.parametrize(
    ("original", "rendering", "languages", "expected"),
    [
        ("14 000", "1,400", "ru-en", [("numbers", "1,400")]),
        ("их трое", "there are four of them", "ru-en", [("numbers", "four")]),
        ("XIX век", "the eighteenth century", "ru-en", [("numbers", "eighteenth")]),
        ("12 марта", "March 21", "ru-en", [("numbers", "21")]),
        ("12 марта", "12 May", "ru-en", [("dates", "May")]),
        ("в травні", "in March", "uk-en", [("dates", "March")]),
        ("خمسة وعشرون", "fifty-two", "ar-en", [("numbers", "fifty-two")]),
        ("quatre-vingts", "twenty-four", "fr-en", [("numbers", "twenty-four")]),
        ("12 и 13", "12", "ru-en", [("numbers", "13")]),
        ("в июле 2020 года", "in 2020", "ru-en", [("dates", "июле")]),
        ("١٢", "21", "ar-en", [("numbers", "21")]),
    ],
    ids=str,
)
def test_another_number_is_found_with_its_place(original, rendering, languages, expected):
    assert found(original, rendering, languages) == expected


def test_what_became_what_is_said_in_one_sentence():
    pair = Pair("p1", "paragraph", Text("их 37", "ru"), Text("they are 39", "en"))
    [finding] = run(Document([pair]))
    assert finding.remark.message == "The original says “37”, the rendering “39”."


def test_number_words_of_a_language_nobody_knows_are_not_asked_for():
    assert codes("dwanaście", "twelve", "pl-en") == []
    assert codes("12", "thirteen 12", "pl-en") == []


# --- marks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rendering",
    [
        "The workers’ ’90s, rock ’n’ roll and ‘Abd al-Qadir’s house.",
        "“One.\n\n“Two.”",
        "« Un ‹ deux › trois »",
        "„Eins“ and „two” and ”three”",
        'A 5" nail and "a quote".',
        "a) one; b) two; (c) three",
        "[“(«x»)”]",
    ],
)
def test_marks_that_have_their_other_half_are_left_alone(rendering):
    assert not {"quotes", "brackets"} & set(codes("Так.", rendering, "de-sv"))
    assert not {"quotes", "brackets"} & set(codes("Так.", rendering, "ru-en")) or "”three”" in (
        rendering
    )


@pytest.mark.parametrize(
    ("rendering", "alone"),
    [("“One.", "“"), ("One.”", "”"), ("«One”.", "«"), ('"One.', '"'), ("(One].", "(")],
)
def test_a_mark_without_its_other_half_is_found(rendering, alone):
    hits = [words for code, words in found("Раз.", rendering) if code in ("quotes", "brackets")]
    assert alone in hits


def test_a_quotation_that_goes_on_in_the_next_passage_is_no_finding():
    assert codes("«Первое.", "“The beginning.") == []


@pytest.mark.parametrize(
    ("original", "rendering", "expected"),
    [
        ("Кто?", "Who.", ["ending"]),
        ("Кто?", "Who?”", ["quotes"]),
        ("Довольно!", "Enough.", ["ending"]),
        ("Довольно.", "Enough", ["ending"]),
        ("Довольно…", "Enough.", []),
        ("Да?!", "Yes?", []),
        ("«Кто?»", "“Who?”", []),
    ],
)
def test_the_mark_at_the_end_keeps_its_class(original, rendering, expected):
    assert codes(original, rendering) == expected


# --- letters and characters ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rendering", "expected"),
    [
        ("The “obshchina” (община) stayed.", []),
        ("The община stayed.", ["wrong_script"]),
        ("The cоmmune stayed.", ["mixed_script"]),
        ("The commune stay\u00aded.", ["invisible"]),
        ("The com\u200bmune stayed.", ["invisible"]),
        ("\ufeffThe commune stayed.", ["invisible"]),
        ("The commune \u202estayed.", ["bidi"]),
        ("The \u2067commune stayed.", ["bidi"]),
        ("The \u2067commune\u2069 stayed.", []),
        ("The commune\u00a0stayed, 👩\u200d🌾 and all.", []),
        ("The کتاب\u200cها commune stayed.", []),
        ("The the commune stayed.", ["doubled_word"]),
        ("The commune of Baden Baden stayed.", []),
    ],
)
def test_letters_and_what_nobody_sees(rendering, expected):
    assert codes("Община осталась.", rendering) == expected


def test_addresses_are_compared_without_the_punctuation_around_them():
    original = "Пишите (см. https://a.example/x) на b@a.example."
    assert codes(original, "Write to b@a.example; see http://a.example/x/.") == []
    assert found(original, "Write to c@a.example, see https://a.example/x.") == [
        ("address", "c@a.example")
    ]
    assert found(original, "Write to b@a.example.") == [("address", "https://a.example/x")]


# --- what the desk knows ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("original", "rendering", "languages"),
    [
        ("Президент и четыре вице-президента.", "Le président et quatre vice-présidents.", "ru-fr"),
        ("الرئيس وأربعة نواب للرئيس", "The president and four vice presidents.", "ar-en"),
        ("Президент і чотири віцепрезиденти.", "Президент и четыре вице-президента.", "uk-ru"),
        ("Le président et quatre vice-présidents.", "الرئيس و4 نواب الرئيس.", "fr-ar"),
    ],
)
def test_heads_are_counted_in_every_language(original, rendering, languages):
    four, three = [Signed("vice president", "", 4)], [Signed("vice president", "", 3)]
    assert codes(original, rendering, languages, "signature", signed=four) == []
    assert codes(original, rendering, languages, "signature", signed=three) == ["heads"]
    assert codes(original, rendering, languages, "paragraph", signed=three) == []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Ilan Varo's house", "en", ["hidden_person"]),
        ("дом Илана Варо", "ru", ["hidden_person"]),
        ("Ilan's house", "en", []),
        ("вилан варовский", "ru", []),
        ("人民写信给伊兰瓦罗先生", "zh", ["hidden_person"]),
        ("ילדים ולאילן וארו", "he", ["hidden_person"]),
        ("ילדים גאילן וארו", "he", []),
        ("ილან ვაროს სახლი", "ka", ["hidden_person"]),
    ],
)
def test_a_hidden_name_is_found_whatever_its_case(text, language, expected, settings):
    settings.EDITORIAL_CHECKS = ["-spelling"]  # some of these are no words
    hidden = ["Ilan Varo", "Илан Варо", "伊兰瓦罗", "אילן וארו", "ილან ვარო"]
    assert codes("…", f"{text}…", f"de-{language}", hidden=hidden) == expected


def test_a_name_is_held_against_its_canonical_spelling_or_the_commonest():
    names = [Name("Ayrat", ("Oirat", "Airat"), ("Oirata",))]
    assert found("…", "Ayrat, Oirat…", names=names) == [("names", "Oirat")]
    assert found("…", "Oirat, Oirat, Airat…", names=names) == [("names", "Airat")]
    assert found("…", "Oirat, Oirata…", names=names) == []


def test_length_is_held_against_the_documents_own_ratio():
    def pairs(*lengths):
        return [
            Pair(f"p{n}", "paragraph", Text("а" * 100, "ru"), Text("b" * length, "en"))
            for n, length in enumerate(lengths)
        ]

    def alarms(*lengths):
        found = run(Document(pairs(*lengths)))
        return [finding.key for finding in found if finding.check.code == "length"]

    assert alarms(200, 210, 190, 205, 195, 200, 90) == ["p6"]
    assert alarms(200, 210, 190, 205, 195, 200, 120) == []
    assert alarms(100, 10) == []
