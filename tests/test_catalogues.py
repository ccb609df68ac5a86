"""Catalogues: whole, sound and compiled, told without gettext."""

import gettext
import io

import pytest
from babel.messages.pofile import read_po

from config.catalogues import (
    Message,
    catalogues,
    compiled,
    in_python,
    in_template,
    missing,
    read,
    said,
    wrong,
)
from config.environment import INTERFACE

PO = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && """ + (
    r"""(n%100<12 || n%100>14) ? 1 : 2);\n"

msgid "Salt"
msgstr "Соль"

msgctxt "decision"
msgid "accepted"
msgstr "принято"

msgid "%(n)d letter of %(name)s"
msgid_plural "%(n)d letters of %(name)s"
msgstr[0] "%(n)d письмо от %(name)s"
msgstr[1] "%(n)d письма от %(name)s"
msgstr[2] "%(n)d писем от %(name)s"

msgid "Not yet"
msgstr ""
"""
)


def catalogue(text=PO):
    return read_po(io.BytesIO(text.encode()), "ru")


def test_messages_are_found_in_python_however_they_are_written():
    source = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
a = _("one " "text")
b = f"[{site}] {_('within')}"
c = ngettext("%d letter", "%d letters", number)
d = pgettext_lazy("decision", "accepted")
e = _(a)
f = other("no message")
"""
    assert set(in_python(source)) == {
        Message("one text"),
        Message("within"),
        Message("%d letter", "%d letters"),
        Message("accepted", context="decision"),
    }


def test_messages_are_found_in_templates_however_they_are_written():
    source = """{% load i18n %}<p title="{% translate 'Its title' %}">
      {% translate "accepted" context "decision" as said %}{{ name|default:_("Nobody") }}
      {% blocktranslate with n=number trimmed %}
        Page {{ n }} (of many)
      {% endblocktranslate %}
      {% blocktranslate count n=3 %}A letter{% plural %}{{ n }} letters{% endblocktranslate %}
    {# translate "nothing" #}</p>"""
    assert set(in_template(source)) == {
        Message("Its title"),
        Message("accepted", context="decision"),
        Message("Nobody"),
        Message("Page %(n)s (of many)"),
        Message("A letter", "%(n)s letters"),
    }


def test_what_is_compiled_is_what_gettext_reads():
    read = gettext.GNUTranslations(io.BytesIO(compiled(catalogue())))
    assert read.gettext("Salt") == "Соль"
    assert read.pgettext("decision", "accepted") == "принято"
    letters = "%(n)d letter of %(name)s", "%(n)d letters of %(name)s"
    assert read.ngettext(*letters, 23) == "%(n)d письма от %(name)s"
    assert read.gettext("Not yet") == "Not yet"
    assert compiled(catalogue()) == compiled(catalogue())


def test_what_is_missing_is_listed_with_where_it_is_said():
    messages = dict.fromkeys(
        [
            Message("Salt"),
            Message("accepted", context="decision"),
            Message("accepted"),
            Message("Not yet"),
            Message("Salt", "Salts"),
            Message("%(n)d letter of %(name)s", "%(n)d letters of %(name)s"),
        ],
        "a.py",
    )
    assert missing(catalogue(), messages) == ["a.py: accepted", "a.py: Not yet", "a.py: Salt"]


def test_what_would_break_a_page_is_listed():
    assert list(wrong(catalogue())) == []
    for good, bad in [
        ("%(n)d писем от %(name)s", "%(n)d писем"),
        ("%(n)d писем от %(name)s", "писем от %(name)s"),
        ("%(n)d писем от %(name)s", "%(n)d писем от %(nom)s"),
        ("Соль", "<b>Соль"),
        ("Соль", "%(n)s"),
    ]:
        assert len(list(wrong(catalogue(PO.replace(f'"{good}"', f'"{bad}"'))))) == 1
    assert len(list(wrong(catalogue(PO.replace('msgid "Salt"', '#, fuzzy\nmsgid "Salt"'))))) == 1


# --- the catalogues of the site -------------------------------------------------------------


def test_there_is_a_catalogue_for_every_language_of_the_interface():
    assert {"en", *catalogues()} == {*INTERFACE}


@pytest.mark.parametrize("language", catalogues())
def test_nothing_in_a_catalogue_is_missing_or_wrong(language, messages):
    catalogue = read(catalogues()[language])
    assert missing(catalogue, messages) == []
    assert list(wrong(catalogue)) == []


@pytest.mark.parametrize("language", catalogues())
def test_what_is_compiled_is_what_translators_wrote(language):
    """After a change of a .po: manage.py catalogues."""
    path = catalogues()[language]
    assert path.with_suffix(".mo").read_bytes() == compiled(read(path))


@pytest.fixture(scope="module")
def messages():
    """What the source says: more than nothing, or the reading of it is broken."""
    found = said()
    assert len(found) > 1500
    return found
