"""The synthetic site: the same seed makes the same one, and its seals are true."""

import json
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from appeals.models import Appeal, Translation
from blog.models import Post, PostEdition
from config.archive.making import Maker, Wanted
from config.archive.tongues import Tongue
from editorial.verifying import verify
from tests.test_search import found

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_tongues(monkeypatch):
    monkeypatch.setattr("config.archive.tongues.SIZE", 3000)


def test_it_is_sealed_found_and_the_same_for_a_seed(capsys):
    call_command("make_archive", posts=60, appeals=12, comments=30, seed=7)
    made = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (made["blog.Post"], made["appeals.Appeal"], made["blog.Comment"]) == (60, 12, 30)
    assert list(verify()) == []
    for model in (Post, Appeal, Translation):
        for item in model.objects.filter(state="approved"):
            standing = item.edition_model.objects.filter(item=item).last()
            assert standing.is_withdrawal or standing.says(item.content())
    live = PostEdition.objects.live().order_by("pk").first()
    assert live.title in found(f'"{live.title}"')
    with pytest.raises(CommandError, match="a site here already"):
        call_command("make_archive", posts=1)


def test_the_same_seed_makes_the_same_site():
    def made(seed):
        with transaction.atomic():
            Maker(Wanted(posts=12, comments=4, appeals=3, seed=seed)).make()
            digests = list(PostEdition.objects.order_by("pk").values_list("digest", flat=True))
            transaction.set_rollback(True)
        return digests

    assert made(1) == made(1) != made(2)


def test_its_measure_is_taken(capsys):
    call_command("make_archive", posts=20, appeals=5, seed=2)
    call_command("measure_search", questions=22)
    told = capsys.readouterr().out
    assert "22 questions" in told
    assert "95th" in told
    with pytest.raises(CommandError, match="over 0"):
        call_command("measure_search", questions=11, limit=0.0)


def test_common_words_are_common():
    words = Tongue("en", Random(1)).some(5000)
    assert words.count("a") > 3 * words.count("been") > 0
    assert len(set(words)) > 800
