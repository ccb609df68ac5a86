"""The labelled questions: what readers hope for is found, and mostly first."""

import pytest
from django.core.management import call_command

from tests.labelled.rating import rate, share, table


@pytest.mark.django_db
def test_what_readers_hope_for_is_found(capsys):
    call_command("import_content", "demo", publish=True)
    rated = list(rate())
    assert len(rated) >= 80
    assert {each.kind for each in rated} >= {
        *("latin", "cyrillic", "arabic", "misspelt", "transliterated")
    }
    assert share(rated, 1) >= 0.85, table(rated)
    assert share(rated, 10) >= 0.97, table(rated)
