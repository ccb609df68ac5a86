"""The flood in short; `python -m tests.soak.flood` is the whole of it, against a real server."""

import pytest

from blog.models import Comment
from tests.readers import publish_post
from tests.soak.flooding import flood


@pytest.mark.django_db(transaction=True)
def test_of_a_flood_nothing_is_public_nothing_lost_and_the_pages_stay_up(live_server, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    settings.COMMENTS_ON_POST = 40
    path = publish_post().get_absolute_url()

    done = flood(live_server.url, [path, "/"], posts=80, sources=20, workers=4)

    assert done.failures == []
    assert dict(done.answers) == {303: 80}
    assert set(done.pages) == {200}
    assert sorted(Comment.objects.values_list("text", flat=True)) == sorted(done.accepted)
    assert Comment.objects.public().count() == 0
    assert Comment.objects.values("source").distinct().count() == 20
    surging = [row for row in Comment.objects.values_list("reasons", flat=True) if "surge" in row]
    assert len(surging) == 80 - 40
    assert Comment.objects.values("alike").distinct().count() < 40


def test_a_flood_is_for_this_machine_only():
    with pytest.raises(ValueError, match="this machine"):
        flood("http://news.example", ["/"], posts=1, sources=1)
