"""What readers see of corrections, of passages split and merged, and of how a text was made."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from appeals.correcting import correct_original
from appeals.merging import merge_passages
from appeals.models import Appeal, Translation
from appeals.splitting import split_passage
from editorial.editing import editing
from editorial.languages import long_date
from editorial.moving import move
from editorial.sealing import publish, seal, withdraw
from tests.cast import approve, join, translate, write_appeal

pytestmark = pytest.mark.django_db
LAKE = "/appeals/lake/"
CHECKED = r"The original was corrected on ([^;]*); this passage is being checked again\."


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def put_out(item, at=None, **options):
    """Publish what an item says now, or tell that it was published some days ago."""
    item = type(item).objects.get(pk=item.pk)
    if at is None:
        return publish(approve(item), by=join("edda"), **options)
    return seal(item, by=join("edda"), at=at, second_reader="yes", **options)


@pytest.fixture
def appeal():
    """An appeal that has been public in two languages for ten days."""
    appeal = write_appeal(slug="lake", passages=3, basis="a photostat")
    translation = translate(appeal, by=join("tariq"))
    for rendering in translation.renderings.all():
        move(rendering, "accept", by=join("rosa"))
    put_out(appeal, days_ago(10))
    put_out(translation, days_ago(10))
    return appeal


@pytest.fixture
def translation(appeal):
    return appeal.translations.get()


def rewrite(appeal, text, key="p1", by="edda"):
    row = appeal.passages.get(key=key)
    correct_original(appeal, row, text, by=join(by), seen=row.digest)


def merge(appeal, key="p1"):
    merge_passages(appeal, appeal.passages.get(key=key), by=join("tariq"))


def get(client, path=""):
    return client.get(LAKE + path).content.decode()


def told(client, path="en/"):
    return re.findall(CHECKED, get(client, path))


def test_readers_are_told_the_day_on_which_the_passage_was_corrected(client, appeal):
    rewrite(appeal, "Параграф 1.")
    assert told(client) == []
    put_out(appeal, days_ago(5), kind="correction")
    rewrite(appeal, "Параграф 2.", "p2")
    put_out(appeal, days_ago(2))
    days = [long_date(timezone.localdate(days_ago(days))) for days in (5, 2)]
    for path in ("", "en/", "en+ru/"):
        assert told(client, path) == days
    assert told(client, "ru/") == []
    rewrite(appeal, "Абзац 1.")
    put_out(appeal, days_ago(1))
    assert told(client) == days[1:]


def test_a_confirmed_meaning_puts_the_sentence_away(client, appeal, translation):
    rewrite(appeal, "Параграф 1.")
    put_out(appeal, days_ago(5))
    put_out(translation)
    assert told(client) == []


def test_what_is_scheduled_or_was_cancelled_dates_nothing(client, appeal):
    rewrite(appeal, "Параграф 1.")
    approve(appeal)
    publish(appeal, by=join("edda"), at=timezone.now() + timedelta(days=3))
    assert "being checked again" not in get(client, "en/")


def test_a_day_before_a_withdrawal_is_not_told(client, appeal, translation):
    rewrite(appeal, "Параграф 1.")
    put_out(appeal, days_ago(5))
    withdraw(appeal, by=join("edda"), note="A mistake.", at=days_ago(4))
    put_out(appeal, days_ago(3))
    with editing(translation, by=None):
        translation.renderings.update(accepted_digest="0" * 64)
    put_out(translation, days_ago(3))
    assert told(client) == []
    assert "The original was corrected; this passage is being" in get(client, "en/")


def test_a_merged_passage_reads_on_before_its_translation_is_published_again(client, appeal):
    merge(appeal)
    put_out(appeal)
    page = get(client, "en/")
    passage = re.search(r'id="p1">(.*?)<div class="passage', page, re.S)[1]
    assert re.findall(r"Passage \d\.", passage) == ["Passage 1.", "Passage 2."]
    assert '<span class="former" id="p2"></span>' in passage
    assert "being checked again" not in page
    assert "Not translated" not in page
    for path in ("", "ru/", "en+ru/"):
        assert 'id="p2"' in get(client, path)


def test_every_key_ever_public_leads_somewhere_on_every_page(client, appeal, translation):
    merge(appeal, "p2")
    put_out(appeal)
    second = split_passage(
        appeal, appeal.passages.get(key="p1"), ("Абзац", "1."), {}, by=join("tariq")
    )
    merge(appeal, second.key)
    put_out(appeal)
    put_out(translation)
    for path in ("", "en/", "ru/", "en+ru/"):
        anchors = re.findall(r' id="([\w:-]+)"', get(client, path))
        assert {"p1", "p2", "p3", second.key} <= set(anchors)
        assert len(anchors) == len(set(anchors))
    for number, keys in ((1, ["p1", "p2", "p3"]), (2, ["p1", "p2"])):
        page = get(client, f"editions/{number}/")
        assert re.findall(r'class="passage [^"]*" id="([^"]*)"', page) == keys
    assert 'id="p3"' in get(client, "en/editions/1/")


def test_what_was_split_stands_with_its_translation_until_that_is_divided(client, appeal):
    split_passage(appeal, appeal.passages.get(key="p2"), ("Абзац", "2."), {}, by=join("tariq"))
    put_out(appeal)
    page = get(client, "en/")
    assert "being checked again" not in page
    assert page.count("Translated together with the passage above") == 1


def test_a_comparison_reads_no_merge_as_a_loss(client, appeal, translation):
    merge(appeal)
    rewrite(appeal, "Абзац 3!", "p3")
    put_out(appeal, kind="correction", note="The end.")
    put_out(translation)
    compared = get(client, "editions/1-2/")
    assert "<del>3.</del><ins>3!</ins>" in compared
    assert compared.count('class="change"') == 1
    assert "The two editions say the same" in get(client, "en/editions/1-2/")


def made(page):
    found = re.search(r"<section[^>]*part:made.*?</section>", page, re.S)
    rows = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", found[0]) if found else []
    return {name: re.sub(r"<[^>]+>", "", value) for name, value in rows}


@pytest.mark.parametrize(
    ("credit", "shown"),
    [
        ({"translator_status": "public", "translator": "Anna Levkoeva"}, "Anna Levkoeva"),
        ({"translator_status": "withheld"}, "Name withheld"),
        ({}, "Name not given"),
    ],
)
def test_a_translation_says_how_it_was_made(client, appeal, translation, credit, shown):
    with editing(translation, by=join("tariq")):
        for name, value in (
            {"label": "informal translation", "method": "machine"} | credit
        ).items():
            setattr(translation, name, value)
        translation.save()
    before = get(client, "en/")
    assert "informal translation" not in before
    put_out(translation)
    page = get(client, "en/")
    told = made(page)
    assert "numbers that differ" in told.pop("Looked for by machine")
    assert told == {
        "Based on": "a photostat",
        "Kind": "informal translation",
        "Method": "Machine translation",
        "Translator": shown,
        "Second reader": "A second person read and approved it",
        "Editions": "Editions of this translation",
    }
    assert 'href="/appeals/lake/en/editions/2/"' in page
    assert made(get(client, "ru/")) == {}


def test_a_translation_that_one_person_published_says_so(client, appeal, translation):
    item = Translation.objects.get(pk=translation.pk)
    item.label = "by one"
    item.save()
    seal(item, by=join("edda"), at=timezone.now(), second_reader="no")
    assert made(get(client, "en/"))["Second reader"] == "Published without a second reader."


def test_what_is_uncertain_is_shown_alike_everywhere(client, appeal):
    rewrite(appeal, "Абзац [illegible], [?Элиста] <b>.")
    put_out(appeal)
    for path in ("ru/", "en+ru/", "editions/2/"):
        page = get(client, path)
        assert '<span class="mark" lang="en" dir="ltr">[illegible]</span>' in page
        assert '<span class="doubtful">Элиста</span>' in page
        assert "&lt;b&gt;." in page


def test_a_correction_costs_one_question_however_many_there_were(client, appeal):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{LAKE}en+ru/").status_code == 200
        return len(queries)

    plain, counts = asked(), []
    for days in (6, 5, 4, 3):
        rewrite(appeal, f"Параграф {days}.")
        rewrite(appeal, f"Параграф {days}.", "p2")
        put_out(appeal, days_ago(days))
        counts.append(asked())
    assert set(counts) == {plain + 1}
    assert Appeal.objects.get().editions.count() == 5
