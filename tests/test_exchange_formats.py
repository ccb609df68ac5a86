"""What leaves in XLIFF and TMX is as their specifications want it, and comes back as it left."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from appeals.exchange.packing import FORMATS
from appeals.exchange.parcel import FORBIDDEN, STATES, Parcel, Unit, travelling
from appeals.exchange.reading import read

SCHEMAS = Path(__file__).parent / "schemas"
SCHEMA_OF = {
    "xliff-1.2": "xliff-1.2.rng",
    "xliff-2.0": "xliff-2.rng",
    "xliff-2.1": "xliff-2.rng",
    "tmx": "tmx-1.4.rng",
}
DIGEST = "a" * 64
TEXTS = [
    "Абзац первый.\n\nАбзац второй.",
    "في فجر الثاني عشر\u200f (12) من آذار \u2067abc\u2069",
    "e\u0301 ≠ é; ᠮᠣᠩᠭᠣᠯ; \N{FAMILY}\u200d\N{WOMAN}",
    '"It\'s" <b>&amp;</b> ]]> <!-- <![CDATA[ x ]]&gt; &#13; %s {0}',
    "tab\there  two  spaces \N{NO-BREAK SPACE}\N{LINE SEPARATOR}end\x85",
    "  leading and trailing \n",
]


def parcel(*units, **fields):
    facts = {"slug": "to-the-lake", "appeal": "bcdfghjk", "translation": "mnpqrstv"}
    return Parcel(
        **{"source_language": "ru", "target_language": "en"} | facts | fields, units=[*units]
    )


def unit(key="p1", source="Абзац.", target="A paragraph.", **fields):
    facts = {"kind": "paragraph", "state": "translated", "original": DIGEST, "rendering": "b" * 64}
    return Unit(key, source, target, **facts | fields)


def written(form, given):
    return FORMATS[form][0](given)


def essence(given):
    """Return what must not change on the way; what a unit is called for tools may."""
    return replace(given, units=[replace(u, kind="", name="") for u in given.units])


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", ["ar", "kk-Cyrl", "und"])
def test_what_leaves_is_as_the_specification_wants_it(form, language):
    units = [unit(f"p{n}", text, text, state=STATES[n % 4]) for n, text in enumerate(TEXTS)]
    units += [unit("empty", target="", state="initial"), unit("not-transcribed", source="")]
    data = written(form, parcel(*units, source_language=language))
    schema = etree.RelaxNG(file=SCHEMAS / SCHEMA_OF[form])
    schema.assertValid(etree.fromstring(data))
    assert data.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")


@pytest.mark.parametrize("form", FORMATS)
def test_what_leaves_comes_back(form):
    sent = parcel(*(unit(f"p{n}", text, text[::-1]) for n, text in enumerate(TEXTS)))
    assert essence(read(written(form, sent))) == essence(sent)


any_text = st.text(st.characters(codec="utf-8"), max_size=60).map(travelling)


@pytest.mark.parametrize("form", FORMATS)
@given(
    source=any_text.filter(bool), target=any_text.filter(str.strip), state=st.sampled_from(STATES)
)
def test_no_text_is_changed_on_the_way(form, source, target, state):
    sent = parcel(unit(source=source, target=target, state=state))
    assert essence(read(written(form, sent))) == essence(sent)


@pytest.mark.parametrize("form", ["xliff-1.2", "xliff-2.0", "xliff-2.1"])
def test_a_passage_without_a_rendering_travels_without_a_target(form):
    data = written(form, parcel(unit(target="", state="initial")))
    assert b"target>" not in data
    [back] = read(data).units
    assert (back.source, back.target) == ("Абзац.", "")


def test_a_memory_takes_pairs_only():
    sent = parcel(unit("p1"), unit("p2", target=""), unit("p3", source=""))
    assert [u.key for u in read(written("tmx", sent)).units] == ["p1"]


@pytest.mark.parametrize("form", ["xliff-2.0", "xliff-2.1"])
def test_the_version_asked_for_is_written(form):
    assert etree.fromstring(written(form, parcel(unit()))).get("version") == form[-3:]


def test_right_to_left_texts_are_declared_so():
    data = written("xliff-2.1", parcel(unit(), source_language="ar"))
    assert b'srcDir="rtl" trgDir="ltr"' in data


@given(st.text(max_size=40))
def test_what_no_xml_can_hold_is_replaced_and_line_ends_are_one(text):
    sent = travelling(text)
    assert not FORBIDDEN.search(sent)
    assert "\r" not in sent
    assert etree.fromstring(etree.tostring(etree.Element("a", b=sent))) is not None
    assert travelling(sent) == sent


def test_replacing_keeps_the_place_of_what_it_replaces():
    assert travelling("a\x00b\x0bc\ufffe\r\nd\re") == "a\ufffdb\ufffdc\ufffd\nd\ne"
