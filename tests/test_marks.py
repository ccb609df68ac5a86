"""Uncertainty in a text, written between square brackets, and how readers are shown it."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from appeals.templatetags.marks import marked

OURS = '<span class="mark" lang="en" dir="ltr">'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One.", "<p>One.</p>"),
        ("One\ntwo.\n\nThree.", "<p>One<br>two.</p>\n\n<p>Three.</p>"),
        ("by [illegible].", f"<p>by {OURS}[illegible]</span>.</p>"),
        ("[stamp]", f"<p>{OURS}[stamp]</span></p>"),
        (
            "at [?Ulan-Khol] well",
            '<p>at <span class="doubtful">Ulan-Khol</span>'
            f'{OURS}<span aria-hidden="true">[?]</span>'
            '<span class="visually-hidden"> (doubtful reading)</span></span> well</p>',
        ),
        (
            "ulus [note: a district] men",
            f'<p>ulus <span class="remark">[{OURS}Translator’s note:</span> a district]</span>'
            " men</p>",
        ),
    ],
)
def test_what_is_written_is_shown(text, shown):
    assert marked(text) == shown


@pytest.mark.parametrize("text", ["[sic]", "[?]", "[note:]", "[note: \n\n]", "[Illegible", "[ ? ]"])
def test_other_brackets_are_text(text):
    assert "<span" not in marked(text)


def test_a_doubtful_word_may_stand_in_a_note():
    assert marked("[note: from [?Ulan] perhaps]").count("<span") == marked("").count("<span") + 6


def test_nothing_in_a_text_becomes_markup():
    assert "<script>" not in marked("[note: <script>] [?<b>] <i>")
    assert marked("[?a & b]").count("&amp;") == 1


def test_the_words_of_the_house_are_in_the_language_of_the_house():
    with override("ar"):
        assert 'lang="ar" dir="rtl"' in marked("[illegible]")


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen, self.open = set(), []

    def handle_starttag(self, tag, attrs):
        self.seen |= {(tag, name) for name, _value in attrs} | {(tag, "")}
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@given(st.text("[]?note: ilegbstamp<>&\"'\n\r", max_size=60))
def test_whatever_is_written_the_markup_is_ours_and_whole(text):
    tags = Tags()
    tags.feed(marked(text))
    tags.close()
    names = ("", "class", "lang", "dir", "aria-hidden")
    assert tags.seen <= {("p", ""), ("br", "")} | {("span", name) for name in names}
    assert tags.open == []


@given(st.text("ab <>&\"'\n", max_size=60))
def test_no_word_is_lost(text):
    assert unescape(re.sub("<[^>]+>", " ", marked(text))).split() == text.split()
