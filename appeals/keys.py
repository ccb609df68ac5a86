"""From the key of a passage, today's or a former one, to the passage."""

from django.db.models import Q
from django.http import Http404

from appeals.models import Appeal, Passage


def led_to(appeal: Appeal, key: str) -> Passage:
    """Return the passage that has a key, or that the one with it went into.

    Raises:
        Http404: no passage of this appeal has the key, or had.
    """
    found = list(appeal.passages.filter(Q(key=key) | Q(aliases__key=key)).distinct())
    if not found:
        raise Http404
    return next((passage for passage in found if passage.key == key), found[0])
