"""A passage that goes into another one between the look at its key and the lock on its row."""

import pytest

from appeals.keys import led_to
from appeals.merging import merge_passages
from editorial.canonical import sha256
from editorial.models import Note
from tests.cast import join
from tests.desk import sit
from tests.test_correcting_originals import appeal as appeal
from tests.test_correcting_originals import original, pair, review
from tests.test_correcting_originals import tariq as tariq
from tests.test_correcting_originals import translation as translation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("do", ["save", "accept", "send_back", "note", "dismiss"])
def test_a_passage_merged_at_this_very_moment_loses_nothing(
    appeal, translation, tariq, monkeypatch, do
):
    """Between the look at its key and the lock on its row somebody else merges it away."""
    translation.renderings.filter(passage__key="p2").update(text="Passage 3.")
    rosa, at_once = sit("rosa"), []

    def led_and_merged(item, key):
        passage = led_to(item, key)
        if not at_once:
            at_once.append(merge_passages(appeal, appeal.passages.first(), by=join("edda")))
        return passage

    rendering = translation.renderings.get(passage__key="p2")
    sent = {
        "do": do,
        "passage": "p2",
        "revision": rendering.revision,
        "original": rendering.passage.digest,
        "rendering": sha256("Passage 3."),
        "text": "What I wrote.",
    }
    monkeypatch.setattr("appeals.review_views.led_to", led_and_merged)
    refused = (tariq if do == "save" else rosa).post(review(translation), sent)
    assert refused.status_code == 409
    assert refused.context["refusal"].key == "p1"
    assert refused.context["refusal"].text == "What I wrote."
    assert not Note.objects.exists()
    if do != "dismiss":
        assert "§ p2 was merged into this passage" in pair(refused)
    if do != "accept":
        assert "What I wrote.</textarea>" in refused.content.decode()


def test_an_original_merged_at_this_very_moment_loses_nothing(appeal, tariq, monkeypatch):
    at_once = []

    def led_and_merged(item, key):
        passage = led_to(item, key)
        if not at_once:
            at_once.append(merge_passages(appeal, appeal.passages.first(), by=join("edda")))
        return passage

    seen = appeal.passages.get(key="p2").digest
    monkeypatch.setattr("appeals.passage_views.led_to", led_and_merged)
    sent = {"do": "save", "passage": "p2", "revision": 1, "seen": seen, "text": "Моё."}
    refused = tariq.post(original(appeal), sent)
    assert refused.status_code == 409
    assert "§ p2 was merged into this passage" in pair(refused)
    assert "Моё.</textarea>" in refused.content.decode()
