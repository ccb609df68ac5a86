"""The translation memory: what is published of similar passages, and when it forgets."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from appeals.models import PairShingle, Passage, PublishedPair
from appeals.wording.offering import offers
from appeals.wording.shingles import shingles
from editorial.editing import editing
from editorial.redacting import MARK, redact
from editorial.sealing import publish, withdraw
from tests.cast import approve, join, translate, write_appeal

pytestmark = pytest.mark.django_db

SAID = "Мы, возчики долины, требуем вернуть нам дорогу к мельнице до весны."
LIKE = "Мы, возчики долины, снова требуем вернуть нам дорогу к старой мельнице."
OTHER = "Кто поедет на базар, если дорога стоит дороже мешка муки?"
RENDERED = "We, the carters of the valley, demand our road to the mill back before spring."


def written(text, slug, passages=1):
    appeal = write_appeal(passages=passages, slug=slug, title=f"Letter {slug}")
    appeal.passages.filter(key="p1").update(text=text)
    passage = appeal.passages.get(key="p1")
    passage.save()  # its digest follows
    return appeal


def published(text=SAID, rendering=RENDERED, slug="carters", language="en"):
    appeal = written(text, slug)
    translation = translate(appeal, by=join("tariq"), language=language)
    with editing(translation, by=join("tariq")):
        translation.renderings.update(text=rendering)
    for item in (appeal, translation):
        publish(approve(item), by=join("edda"))
    return translation


def found(text=LIKE, source="ru", target="en"):
    return [offer.rendering for offer in offers(text, source, target)]


def test_like_passages_share_most_of_their_numbers():
    mine, like, other = (set(shingles(text, "ru", "en")) for text in (SAID, LIKE, OTHER))
    assert len(mine & like) > 8 > len(mine & other)
    assert not mine & set(shingles(SAID, "ru", "fr"))


def test_what_is_published_is_offered_with_where_it_stands():
    translation = published()
    [offer] = offers(LIKE, "ru", "en")
    assert (offer.rendering, offer.appeal, offer.language) == (RENDERED, "Letter carters", "en")
    assert offer.url == "/appeals/carters/en/#p1"
    assert 60 < offer.percent < 100
    added = [piece.text.strip() for piece in offer.comparison if piece.kind == "added"]
    assert "снова" in added
    assert offers(SAID, "ru-RU", "en-GB")[0].percent == 100
    assert found(OTHER) == found(target="fr") == found("") == []
    assert translation.editions.get().pairs.count() == 1


def test_drafts_and_what_is_scheduled_are_not_offered(settings):
    from datetime import timedelta

    from django.utils import timezone

    appeal = written(SAID, "carters")
    translation = translate(appeal, by=join("tariq"))
    publish(approve(appeal), by=join("edda"))
    assert found() == []
    later = timezone.now() + timedelta(days=3)
    publish(approve(translation), by=join("edda"), at=later)
    assert PublishedPair.objects.exists()
    assert found() == []


def test_a_new_edition_replaces_what_the_old_one_said():
    translation = published()
    with editing(translation, by=join("tariq")):
        rendering = translation.renderings.get()
        rendering.text, rendering.state = "Carters want their road.", "draft"
        rendering.save()
    publish(approve(translation), by=join("edda"))
    assert found() == ["Carters want their road."]
    assert PublishedPair.objects.count() == 1


def test_what_is_withdrawn_is_offered_no_more():
    translation = published()
    withdraw(translation.appeal, by=join("edda"), note="A forgery.")
    assert found() == []
    assert not PublishedPair.objects.exists()


def test_a_redacted_name_is_in_no_passage_and_in_no_number():
    translation = published(f"{SAID} Прочёл Айрат Кульдин.", f"{RENDERED} Read by Airat Kuldin.")
    before = set(PairShingle.objects.values_list("number", flat=True))
    redact(["Айрат Кульдин", "Airat Kuldin"], by=None, ground="Asked for.")
    pair = PublishedPair.objects.get()
    assert pair.edition == translation.editions.get()
    assert (MARK in pair.original, MARK in pair.rendering) == (True, True)
    assert "Кульдин" not in pair.original
    after = set(PairShingle.objects.values_list("number", flat=True))
    assert after != before
    assert found() == [pair.rendering]


def test_the_memory_is_made_anew_from_the_editions(capsys):
    published()
    kept = list(PublishedPair.objects.values_list("key", "original", "rendering"))
    PublishedPair.objects.all().delete()
    call_command("rebuild_translation_memory")
    assert list(PublishedPair.objects.values_list("key", "original", "rendering")) == kept
    assert "1 passages" in capsys.readouterr().out


def test_one_click_fills_the_box_and_saves_nothing(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    tariq = join("tariq")
    published()
    appeal = written(LIKE, "again", passages=3)
    translation = translate(appeal, by=tariq)
    with editing(translation, by=tariq):
        translation.renderings.filter(passage__key="p1").delete()
    client.force_login(tariq)
    page = reverse("admin:appeals_translation_review", args=[translation.pk])
    shown = client.get(page).content.decode()
    assert shown.count("Similar passages published here") == 1
    [link] = re.findall(r'href="(\?similar=p1)#p1"', shown)
    with django_assert_max_num_queries(40) as asked:
        shown = client.get(page + link).content.decode()
    assert "Put this into the box" in shown
    assert "Letter carters" in shown
    assert f">\n{RENDERED}</textarea>" not in shown
    [use] = re.findall(r'href="(\?similar=p1&amp;use=\d+)#p1"', shown)
    with django_assert_num_queries(len(asked)):
        shown = client.get(page + use.replace("&amp;", "&")).content.decode()
    assert f">\n{RENDERED}</textarea>" in shown
    assert not translation.renderings.filter(passage__key="p1").exists()
    rosa = join("rosa")
    client.force_login(rosa)
    assert "Similar passages" not in client.get(page).content.decode()


def test_a_passage_that_was_merged_brings_its_text_from_the_older_edition():
    translation = published()
    with editing(translation.appeal, by=join("tariq")):
        passage = Passage.objects.get(appeal=translation.appeal)
        passage.text = OTHER
        passage.save()
    publish(approve(translation.appeal), by=join("edda"))
    call_command("rebuild_translation_memory")
    assert found() == [RENDERED]
