"""Files as other tools leave them, in whatever encoding; and files that mean harm."""

import codecs

import pytest

from appeals.exchange.parcel import Unreadable
from appeals.exchange.parsing import MAX_BYTES, MAX_DEPTH, parse
from appeals.exchange.reading import read

XLIFF = """<?xml version="1.0" encoding="{}"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="appeals/lake" source-language="ru" target-language="en" datatype="plaintext"><body>
<trans-unit id="p1"><source>Абзац.</source><target state="translated">Mot, слово.</target>
</trans-unit>
</body></file></xliff>"""


def pairs(text, language=""):
    return [(u.key, u.source, u.target) for u in read(text.encode(), language).units]


def xliff(unit, version="1.2", more=""):
    return f"""<xliff version="{version}" xmlns="urn:oasis:names:tc:xliff:document:1.2" {more}>
    <file original="x" source-language="ru" target-language="en" datatype="x-a">
    <body>{unit}</body></file></xliff>"""


def xliff2(unit):
    return f"""<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0"
    srcLang="ru" trgLang="en"><file id="f1">{unit}</file></xliff>"""


# --- encodings -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("declared", "encoding", "mark"),
    [
        ("UTF-8", "utf-8", b""),
        ("utf-8", "utf-8", codecs.BOM_UTF8),
        ("UTF-16", "utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16", "utf-16-be", codecs.BOM_UTF16_BE),
        ("UTF-16LE", "utf-16-le", b""),
        ("UTF-16BE", "utf-16-be", b""),
        ("UTF-32", "utf-32-le", codecs.BOM_UTF32_LE),
        ("windows-1251", "cp1251", b""),
        ("Windows-1251", "cp1251", b""),
        ("KOI8-R", "koi8-r", b""),
        ("ISO-8859-5", "iso-8859-5", b""),
        ("GB18030", "gb18030", b""),
        # What a tool declares and what somebody saved it as afterwards are two things.
        ("utf-16", "utf-8", b""),
        ("utf-16", "utf-8", codecs.BOM_UTF8),
        ("windows-1251", "utf-8", codecs.BOM_UTF8),
        ("utf-8", "utf-16-le", codecs.BOM_UTF16_LE),
    ],
)
def test_every_encoding_is_read(declared, encoding, mark):
    data = mark + XLIFF.format(declared).encode(encoding)
    [unit] = read(data).units
    assert (unit.source, unit.target) == ("Абзац.", "Mot, слово.")


def test_no_declaration_means_utf_8():
    assert pairs(XLIFF.partition("?>")[2]) == [("p1", "Абзац.", "Mot, слово.")]


@pytest.mark.parametrize("declared", ["rot13", "zlib", "unicode_escape", "idna", "utf-7", "x"])
def test_what_is_no_character_set_is_refused(declared):
    with pytest.raises(Unreadable, match="which is not read here"):
        read(XLIFF.format(declared).encode())


def test_bytes_that_are_not_what_they_say_are_refused():
    with pytest.raises(Unreadable, match="cannot be read as utf-8"):
        read(XLIFF.format("utf-8").encode("cp1251"))


# --- tools -----------------------------------------------------------------------------------


def test_a_memory_of_omegat_has_a_document_type_and_no_numbers():
    text = """<?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE tmx SYSTEM "tmx11.dtd">
    <tmx version="1.1"><header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US"
      datatype="plaintext" creationtoolversion="6.0" segtype="paragraph" srclang="RU"/>
    <body><!-- Default translations -->
    <tu><tuv lang="RU"><seg>Абзац.</seg></tuv>
        <tuv lang="EN-GB" changeid="t" changedate="20220301T000000Z"><seg>A paragraph.</seg></tuv>
    </tu>
    </body></tmx>"""
    assert pairs(text) == pairs(text, "en") == [("", "Абзац.", "A paragraph.")]


def test_of_a_memory_of_several_languages_one_is_taken():
    text = """<tmx version="1.4"><header srclang="*all*"/><body><tu tuid="p1">
    <tuv xml:lang="fr_FR"><seg>Un.</seg></tuv><tuv xml:lang="ru"><seg>Один.</seg></tuv>
    <tuv xml:lang="en-US"><seg>One.</seg></tuv><tuv xml:lang="en"><seg>One!</seg></tuv>
    </tu></body></tmx>"""
    with pytest.raises(Unreadable, match="several languages"):
        read(text.encode())
    assert pairs(text.replace("*all*", "ru"), "en") == [("p1", "Один.", "One!")]
    assert pairs(text.replace("*all*", "ru"), "en-US") == [("p1", "Один.", "One.")]
    with pytest.raises(Unreadable, match="none in this language"):
        read(text.replace("*all*", "ru").encode(), "de")


def test_codes_of_a_memory_leave_their_words_and_their_line_breaks():
    text = """<tmx version="1.4"><header srclang="ru"/><body><tu>
    <tuv xml:lang="ru"><seg>А<ph type="lb">&lt;br/&gt;</ph>Б</seg></tuv>
    <tuv xml:lang="en"><seg><bpt i="1">{b}</bpt>A<ept i="1">{/b}</ept><ph x="1">\n</ph><hi>B</hi>
</seg></tuv></tu></body></tmx>"""
    assert pairs(text) == [("", "А\nБ", "A\nB\n")]


def test_trados_cuts_into_segments_and_keeps_what_was_deleted():
    unit = """<trans-unit id="3f2b"><source>Раз. Два.</source>
    <seg-source><mrk mtype="seg" mid="1">Раз.</mrk> <mrk mtype="seg" mid="2">Два.</mrk></seg-source>
    <target><mrk mtype="seg" mid="1"><mrk mtype="x-sdl-deleted">Uno</mrk>One.</mrk> <mrk mtype="seg"
    mid="2">Two.</mrk></target><sdl:seg-defs><sdl:seg id="1" conf="Translated"/></sdl:seg-defs>
    </trans-unit>"""
    text = xliff(unit, more='xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"')
    data = codecs.BOM_UTF8 + text.encode()
    [found] = read(data).units
    assert (found.source, found.target, found.is_partial) == ("Раз. Два.", "One. Two.", False)
    [found] = read(data.replace(b"Two.", b"")).units
    assert found.is_partial


def test_memoq_numbers_units_and_offers_other_renderings():
    unit = """<trans-unit id="1" resname="p1" mq:status="ManuallyConfirmed">
    <source xml:space="preserve">Абзац<bpt id="1" ctype="bold">{}</bpt>.</source>
    <target xml:space="preserve">A paragraph<x id="1" ctype="lb"/>here.</target>
    <alt-trans><source>Другое</source><target>Something else</target></alt-trans></trans-unit>"""
    text = xliff(unit, more='xmlns:mq="MQXliff"')
    [found] = read(text.encode()).units
    assert (found.key, found.name) == ("1", "p1")
    assert (found.source, found.target) == ("Абзац.", "A paragraph\nhere.")


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ('state="needs-translation"', "initial"),
        ('state="translated"', "translated"),
        ('state="needs-review-translation"', "translated"),
        ('state="signed-off"', "reviewed"),
        ('state="final"', "final"),
        ('state="x-rejected"', ""),
        ("", ""),
    ],
)
def test_states_are_understood(written, state):
    unit = f"<trans-unit id='p1'><source>А</source><target {written}>A</target></trans-unit>"
    [found] = read(xliff(unit).encode()).units
    assert found.state == state


def test_weblate_and_pontoon_group_units_and_pontoon_knows_versions_without_a_namespace():
    unit = """<group><group><trans-unit id="p1" approved="yes"><source>А</source>
    <target>A</target></trans-unit></group></group>"""
    plain = xliff(unit).replace('xmlns="urn:oasis:names:tc:xliff:document:1.2"', "")
    assert pairs(xliff(unit)) == pairs(plain) == [("p1", "А", "A")]


def test_okapi_cuts_units_of_xliff_2_into_segments():
    unit = """<group id="g"><unit id="p1"><originalData><data id="d1">&lt;b></data></originalData>
    <segment id="s1" state="final"><source>Раз,</source><target order="3">one.</target></segment>
    <ignorable><source>\n\n</source></ignorable>
    <segment id="s2" state="translated"><source><pc id="1" dataRefStart="d1">два.</pc></source>
    <target order="1">Two,</target></segment></unit></group>"""
    [found] = read(xliff2(unit).encode()).units
    assert (found.source, found.target, found.state) == (
        "Раз,\n\nдва.",
        "Two,\n\none.",
        "translated",
    )
    assert not found.is_partial


def test_a_segment_without_a_rendering_makes_its_unit_partial():
    unit = """<unit id="p1"><segment><source>Раз.</source><target>One.</target></segment>
    <segment><source>Два.</source></segment></unit>"""
    [found] = read(xliff2(unit).encode()).units
    assert (found.source, found.is_partial) == ("Раз.Два.", True)


def test_characters_that_xml_cannot_hold_arrive_replaced():
    unit = """<unit id="p1"><segment><source>А</source><target>A<cp hex="000B"/>B<cp hex="D800"/>
<cp hex="zz"/><cp hex="FFFFFFFF"/><cp hex="42"/></target></segment></unit>"""
    [found] = read(xliff2(unit).encode()).units
    assert found.target == "A\ufffdB\ufffd\nB"


# --- harm ------------------------------------------------------------------------------------

BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "bomb": f'<!DOCTYPE xliff [<!ENTITY a0 "lol">{BOMB}]>{xliff("&a9;")}',
    "file": f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>{xliff("&a;")}',
    "parameter": f'<!DOCTYPE x [<!ENTITY % a SYSTEM "http://a.example/x"> %a;]>{xliff("")}',
    "remote entity": f'<!DOCTYPE x SYSTEM "http://a.example/x.dtd">{xliff("&a;")}',
    "unknown entity": xliff("&a;"),
    "deep": xliff("<group>" * 200_000 + "</group>" * 200_000),
    "not so deep": xliff("<group>" * MAX_DEPTH + "</group>" * MAX_DEPTH),
    "unclosed": xliff("<group>" * 300_000),
    "many": xliff("<group/>" * 250_000),
    "included": xliff(
        '<xi:include href="/etc/passwd" xmlns:xi="http://www.w3.org/2001/XInclude"/>'
    ),
    "large": xliff(" " * MAX_BYTES),
    "nothing": "",
    "blank": " \n",
    "no xml": "Dear editors,",
    "another": "<html><body><p>Words.</p></body></html>",
    "cut short": XLIFF[:300],
    "no passage": xliff(""),
    "old": xliff("<trans-unit id='a'/>", version="3.0"),
    "package": "PK\x03\x04",
    "control": xliff("<trans-unit id='a'><source>\x01</source></trans-unit>"),
    "nul": xliff("<trans-unit id='a'><source>\0</source></trans-unit>"),
    "two appeals": xliff("</body></file><file target-language='fr'><body><trans-unit id='a'/>"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_means_harm_is_refused_with_a_sentence(name):
    with pytest.raises(Unreadable) as refused:
        read(HOSTILE[name].encode())
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_another_encoding_hides_no_entity(encoding):
    with pytest.raises(Unreadable, match="entities"):
        read(HOSTILE["file"].encode(encoding))


def test_a_document_type_is_never_fetched():
    assert parse(b'<!DOCTYPE tmx SYSTEM "http://a.example/tmx14.dtd"><tmx/>').tag == "tmx"
