"""A commenter's words: made safe to show, and left as they look."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from blog.comments.tidying import tidy_name, tidy_text

AWKWARD = st.text(
    st.sampled_from("aAé \n\r\t\0\x1b\u0085\u00a0\u00ad\u0301\u200b\u200c\u200d\u200f\u202e\u2028")
    | st.sampled_from(
        "\u2066\u2069\u2800\u3164\ufe0f\ufeff\uffa0ＡﬁﷺعरीᠠᠨＡ\U000e0041\U0001f469\ue000"
    )
    | st.characters(exclude_categories=["Cs"])
)


@given(AWKWARD)
@example("e\u200b\u0301")
@example("\uffa0")
@example("\u00a8\u00ad ")
def test_a_tidy_name_is_one_that_can_be_compared(typed):
    name = tidy_name(typed)
    assert tidy_name(name) == name
    assert unicodedata.is_normalized("NFKC", name)
    assert name == " ".join(name.split())
    assert not {"Cc", "Co", "Cn"} & {unicodedata.category(c) for c in name}


@given(AWKWARD)
@example("e\u202e\u0301")
def test_a_tidy_text_has_no_controls_and_only_plain_breaks(typed):
    text = tidy_text(typed)
    assert tidy_text(text) == text
    assert unicodedata.is_normalized("NFC", text)
    assert "\n\n\n" not in text
    assert not set("\r\0\x1b\u0085\u2028\u202e") & set(text)


@pytest.mark.parametrize(
    "said",
    [
        "Не верю, что все они пришли.",
        "می\u200cخواهم بدانم",
        "क्\u200dष",
        "ᠮᠣᠩᠭᠣᠯ\u180eᠠ",
        "👩\u200d🌾 and ❤\ufe0f",
        "עברית \u200f(1)",
        "a\n\n  b\tc",
        "“ﬁne” ½",
    ],
)
def test_what_a_language_needs_is_left(said):
    assert tidy_text(said) == said
