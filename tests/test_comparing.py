"""Two editions compared word by word."""

from hypothesis import given
from hypothesis import strategies as st

from editorial.comparing import LONGEST, Part, Piece, compared, differences, plain

words = st.lists(st.sampled_from(["we", "ask", "all", "people", "Ойрат", "水", "井", "\n\n"]))


def test_a_changed_word_is_taken_out_and_put_in():
    assert differences("taking plave here", "taking place here") == [
        Piece("same", "taking "),
        Piece("removed", "plave"),
        Piece("added", "place"),
        Piece("same", " here"),
    ]


def test_a_changed_phrase_is_one_change():
    assert differences("the Ayrat Kalmyk people", "the Oirat Qalmyq people") == [
        Piece("same", "the "),
        Piece("removed", "Ayrat Kalmyk"),
        Piece("added", "Oirat Qalmyq"),
        Piece("same", " people"),
    ]


@given(words, words)
def test_both_texts_can_be_read_from_their_differences(old, new):
    old, new = " ".join(old), " ".join(new)
    pieces = differences(old, new)
    assert "".join(p.text for p in pieces if p.kind != "added") == old
    assert "".join(p.text for p in pieces if p.kind != "removed") == new


def test_a_long_text_with_a_small_change_is_compared():
    old = " ".join(f"w{n}" for n in range(30_000))
    new = old.replace("w9000 ", "x9000 ")
    [before, *change, after] = differences(old, new)
    assert change == [Piece("removed", "w9000"), Piece("added", "x9000")]
    assert before.text + "w9000" + after.text == old


@given(st.integers(0, 3), st.integers(0, 3))
def test_what_is_too_long_to_compare_stands_as_it_is(first, last):
    same, end = "a " * first, " z" * last
    old, new = (" ".join(f"{mark}{n}" for n in range(LONGEST)) for mark in "bc")
    found = differences(same + old + end, same + new + end)
    assert [p for p in found if p.kind != "same"] == [
        Piece("told", ""),
        Piece("removed", old),
        Piece("added", new),
    ]
    assert "".join(p.text for p in found if p.kind != "added") == same + old + end
    assert "".join(p.text for p in found if p.kind != "removed") == same + new + end


def test_html_is_compared_as_text():
    html = "<h2>Salt</h2>\n<p>They <em>met</em> at\ndawn &amp; spoke.</p><ul><li><q>I</q></li></ul>"
    assert plain(html) == "Salt\n\nThey met at dawn & spoke.\n\n“I”"


def test_only_what_differs_is_listed_in_the_new_order():
    old = [Part("a", "A", "en", "1"), Part("b", "B", "en", "2"), Part("c", "C", "en", "3")]
    new = [Part("d", "D", "en", "4"), Part("b", "B", "en", "2"), Part("a", "A", "en", "0")]
    assert [change.label for change in compared(old, new)] == ["D", "A", "C"]
