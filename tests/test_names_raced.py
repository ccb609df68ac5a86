"""Two people answer the same question about a name at once: one wins, the other is told."""

from functools import partial

import pytest

from appeals.models import CanonicalName, NameAnswer, NameDistinction
from appeals.naming.answering import answer
from blog.models import Post
from editorial.states import CannotNow
from tests.cast import join, write_post
from tests.racing import race, refusals

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("round", range(2))
def test_of_two_answers_one_wins_and_the_other_hears_who_was_faster(round):
    edda, tariq = join("edda"), join("tariq")
    post = write_post(by=edda, body="<p>There Airat Kuldin sat with Ayrat Kuldin.</p>")
    came_to = race(
        *(
            partial(
                answer, Post.objects.get(pk=post.pk), "Airat Kuldin", "Ayrat Kuldin", said, by=by
            )
            for said, by in (("same", edda), ("different", tariq))
        )
    )
    [refused] = refusals(came_to)
    assert isinstance(refused, CannotNow)
    row = NameAnswer.objects.get()
    assert f"{row.by_name} answered meanwhile" in str(refused)
    name = CanonicalName.objects.get()
    assert (name.variants.count(), NameDistinction.objects.count()) == (
        (1, 0) if row.answer == "same" else (0, 1)
    )
