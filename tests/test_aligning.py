"""Which rendering stands beside which passage, and what readers are told of it."""

from hashlib import sha256

import pytest

from appeals.aligning import changed_on, original, translated


def digest(text):
    return sha256(text.encode()).hexdigest()


def appeal(*passages):
    """Return an appeal's content from (key, text, former keys) of its passages."""
    rows = [
        {"key": key, "kind": "paragraph", "text": text} | ({"was": list(was)} if was else {})
        for key, text, *was in passages
    ]
    return {"passages": rows, "original_title": "", "title": "T", "original_language": "ru"}


def translation(*renderings):
    """Return a translation's content from (key, text, the original it was accepted against)."""
    rows = [{"key": k, "text": t, "original_digest": o and digest(o)} for k, t, o in renderings]
    return {"language": "en", "title": "T", "renderings": rows}


def shown(appeal, translation):
    side = translated(appeal, translation)
    return [(p.key, p.text, p.stale, p.with_above) for p in side.passages]


ONE, TWO = ("p1", "One.", "Раз."), ("p2", "Two.", "Два.")


def test_a_rendering_is_stale_by_its_original_alone():
    both = translation(ONE, TWO)
    assert shown(appeal(("p1", "Раз."), ("p2", "Другое.")), both) == [
        ("p1", "One.", False, False),
        ("p2", "Two.", True, False),
    ]
    assert shown(appeal(("p1", "Раз.")), translation(("p1", "One.", ""))) == [
        ("p1", "One.", False, False)
    ]


def test_renderings_of_passages_merged_since_stand_together():
    merged = appeal(("p1", "Раз.\n\nДва.", "p2"))
    assert shown(merged, translation(ONE, TWO)) == [("p1", "One.\n\nTwo.", False, False)]
    changed = appeal(("p1", "Раз.\n\nТри.", "p2"))
    assert shown(changed, translation(ONE, TWO)) == [("p1", "One.\n\nTwo.", True, False)]


@pytest.mark.parametrize("between", ["\n\n", "\n", " ", ""])
def test_a_rendering_of_a_passage_split_since_covers_both(between):
    whole = translation(("p1", "One and two.", f"Раз{between}два."), ("p3", "Three.", "Три."))
    split = appeal(("p1", "Раз"), ("x", "два."), ("p3", "Три."))
    assert shown(split, whole) == [
        ("p1", "One and two.", False, False),
        ("x", "", False, True),
        ("p3", "Three.", False, False),
    ]
    corrected = appeal(("p1", "Раз"), ("x", "три."), ("p3", "Три."))
    assert shown(corrected, whole)[:2] == [
        ("p1", "One and two.", True, False),
        ("x", "", False, False),
    ]


def test_former_keys_stay_with_the_text():
    merged = appeal(("p1", "Раз.", "p2", "p3"))
    assert original(merged).passages[0].was == ("p2", "p3")
    assert translated(merged, translation(ONE)).passages[0].was == ("p2", "p3")


def test_the_day_of_a_correction_is_that_of_the_edition_that_made_it():
    told = [
        (1, appeal(("p1", "Раз."), ("p2", "Два."))),
        (2, appeal(("p1", "Раз!"), ("p2", "Два."))),
        (3, appeal(("p1", "Раз!"), ("p2", "Два!"))),
        (4, appeal(("p1", "Раз!"), ("p2", "Два!"), ("x", "Три."))),
    ]
    assert changed_on(told) == {"p1": 2, "p2": 3}
    assert changed_on([*told, (5, appeal(("p1", "Раз."), ("p2", "Два!")))]) == {"p1": 5, "p2": 3}
    assert changed_on(told[:1]) == {}
    merged = [*told, (5, appeal(("p1", "Раз!\n\nДва!", "p2"), ("x", "Три.")))]
    assert changed_on(merged) == {"p1": 3}
