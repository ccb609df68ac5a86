"""Searching without regard to case, in any script, on both databases."""

import pytest

from blog.models import Label
from editorial.casefolding import like

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("asked", ["СУД", "суд", "Суд", "уд", "ВЕРХОВНЫЙ С"])
def test_case_is_ignored_beyond_ascii(asked):
    Label.objects.create(name="Верховный суд", slug="court")
    Label.objects.create(name="100% salt_pan", slug="salt")
    assert list(Label.objects.filter(name__icontains=asked).values_list("slug", flat=True)) == [
        "court"
    ]


@pytest.mark.parametrize(
    ("asked", "found"), [("0% S", ["salt"]), ("T_P", ["salt"]), ("0_", []), ("%", ["salt"])]
)
def test_wildcards_are_letters_in_a_search(asked, found):
    Label.objects.create(name="Верховный суд", slug="court")
    Label.objects.create(name="100% salt_pan", slug="salt")
    assert [label.slug for label in Label.objects.filter(name__icontains=asked)] == found


def test_a_pattern_has_wildcards_and_spans_lines():
    assert like("с%Д", "Суд\nи суд")
    assert like("с_д", "СУД")
    assert not like("с_д", "СУДЫ")
    assert like("%", None) is None
