"""A redaction and a publication at the same moment: whoever wins, the name is gone."""

from threading import Thread

import pytest
from django.db import connection

from appeals.hiding import hide
from appeals.models import AppealEdition, Signatory
from blog.models import PostEdition
from editorial.editing import editing
from editorial.matching import Needle
from editorial.redacting import redact
from editorial.sealing import publish
from editorial.states import CannotNow
from editorial.sweeping import sweep
from editorial.verifying import verify
from tests.cast import approve, join, write_appeal, write_post
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("turn", range(3))
def test_publishing_during_a_redaction_brings_nothing_back(turn):
    edda = join("edda")
    post = approve(write_post(by=join("wanda"), slug="salt", body="<p>Ana Petrel.</p>"))
    came_to = race(
        lambda: publish(post, by=edda),
        lambda: redact(["Ana Petrel"], by=edda, ground="At her request"),
    )
    assert isinstance(came_to[0], PostEdition | CannotNow), came_to
    assert not isinstance(came_to[1], Exception), came_to
    assert list(sweep(Needle(["Ana Petrel"]))) == []
    assert list(verify()) == []


@pytest.mark.parametrize("turn", range(3))
def test_publishing_while_a_name_is_hidden_brings_nothing_back(turn):
    edda, tariq = join("edda"), join("tariq")
    appeal = write_appeal(by=tariq, slug="lake")
    row = appeal.signatories.create(name_status="public", name="Ana Petrel")
    publish(approve(appeal), by=edda)
    with editing(appeal, by=tariq):
        appeal.summary = "Later."
        appeal.save()
    approve(appeal)
    came_to = race(
        lambda: publish(appeal, by=edda),
        lambda: hide(type(appeal).objects.get(), f"draft-{row.pk}", by=join("mato")),
    )
    assert isinstance(came_to[0], AppealEdition | CannotNow), came_to
    assert came_to[1] == {"Ana Petrel"}, came_to
    assert not Signatory.objects.filter(name="Ana Petrel").exists()
    assert not any("Petrel" in edition.content for edition in AppealEdition.objects.all())
    assert list(verify()) == []


def test_cleaning_that_the_database_began_gives_way_to_a_redaction():
    publish(approve(write_post(slug="salt", body="<p>Ana Petrel.</p>")), by=join("edda"))
    other, gave_way = connection.copy(), []
    other.inc_thread_sharing()
    other.set_autocommit(False)

    def clean():
        """Hold what a vacuum holds until somebody waits for it, and give way as it does."""
        for _attempt in range(200):
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(0.05), count(*) FROM pg_locks WHERE NOT granted")
                if cursor.fetchone()[1]:
                    gave_way.append(True)
                    break
        other.rollback()

    cleaner = Thread(target=clean)
    try:
        if connection.vendor == "postgresql":
            with other.cursor() as cursor:
                cursor.execute("LOCK TABLE blog_comment IN SHARE UPDATE EXCLUSIVE MODE")
            cleaner.start()
        assert redact(["Ana Petrel"], by=None, ground="At her request").places
        assert bool(gave_way) == (connection.vendor == "postgresql")
    finally:
        if cleaner.ident:
            cleaner.join()
        other.close()
