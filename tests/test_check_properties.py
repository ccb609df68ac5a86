"""What holds for every text: no check raises, and equal numbers are equal in any format."""

from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from appeals.checks.document import Document, Name, Pair, Signed
from appeals.checks.registry import run
from appeals.checks.texts import Text

LANGUAGES = st.sampled_from(["en", "fr", "ru", "uk", "ar", "fa", "kk-Cyrl", "he", "zh", "xx", ""])
KINDS = st.sampled_from(["title", "salutation", "heading", "paragraph", "slogan", "signature"])
#: Pieces at which the readers of numbers, marks and addresses might stumble.
VISIBLE = """
    “ ” « » „ ' ’ ( ) [ " 1 12 1.2.3 1,000,0 0.0.0.0 XIX ІІІ ٣ ٬ ½ ² half past one hundred and
    million миллион с половиной два двадцать مئة وعشرون ونصف quatre vingt dix cent mille et demi
    May 31.12.2022 99/99/9999 12:99 a.m. http:// www. a@b x@y.z three vice president
    вице-президент نواب الرئيس Ilan Варо ﷺ
"""
UNSEEN = ["\u202e", "\u2067", "\u200d", "\u00ad", "\n\n", "\ud800", "👩\u200d🌾"]
PIECES = st.sampled_from([*VISIBLE.split(), *UNSEEN])
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=12).map(" ".join))


@given(st.lists(st.tuples(TEXTS, TEXTS, KINDS), max_size=8), LANGUAGES, LANGUAGES)
def test_no_check_raises_on_any_text(rows, source, target):
    pairs = [
        Pair(f"p{n}", kind, Text(original, source), Text(rendering, target))
        for n, (original, rendering, kind) in enumerate(rows)
    ]
    document = Document(
        pairs,
        names=[Name("Ilan", ("Варо", "", "،"), ("1",))],
        signed=[Signed("vice president", "вице-президент", 3), Signed("", "", 1)],
        hidden=["Ilan Варо", "", "…"],
    )
    for finding in run(document):
        assert finding.remark.message
        assert len(finding.fingerprint) == 64
        text = pairs[int(finding.key[1:])]
        string = (text.original if finding.remark.in_original else text.rendering).string
        if finding.remark.start is not None:
            assert 0 <= finding.remark.start <= finding.remark.end <= len(string)


FORMATS = ["plain", "en", "fr", "ru", "uk", "de", "de_CH", "ar_EG"]


def in_format(number, locale):
    if locale == "plain":
        return str(number)
    return format_decimal(number, locale=locale, numbering_system="default")


@given(
    st.integers(0, 10**12),
    st.lists(st.sampled_from(FORMATS), min_size=2, max_size=2),
    LANGUAGES,
)
def test_the_same_number_in_any_format_gives_no_alarm(number, locales, language):
    original, rendering = (in_format(number, locale) for locale in locales)
    pair = Pair("p1", "title", Text(f"– {original} –", "ru"), Text(f"– {rendering} –", language))
    assert [finding.check.code for finding in run(Document([pair]))] == []


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_two_numbers_that_differ_give_one(one, other):
    pair = Pair("p1", "title", Text(f"№ {one}", "ru"), Text(f"No. {other}", "en"))
    found = [finding.check.code for finding in run(Document([pair]))]
    assert found == ([] if one == other else ["numbers"])
