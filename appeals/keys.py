"""From the key of a passage, today's or a former one, to the passage."""

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from appeals.models import Appeal, Passage
from editorial.states import CannotNow


def led_to(appeal: Appeal, key: str) -> Passage:
    """Return the passage that has a key, or that the one with it went into.

    Raises:
        Http404: no passage of this appeal has the key, or had.
    """
    found = list(appeal.passages.filter(Q(key=key) | Q(aliases__key=key)).distinct())
    if not found:
        raise Http404
    return next((passage for passage in found if passage.key == key), found[0])


def hold_passage(passage: Passage) -> Passage:
    """Lock a passage until the transaction ends, and return it as it is now.

    Raises:
        CannotNow: it went into another one after somebody opened it.
    """
    row = Passage.objects.select_for_update().filter(pk=passage.pk).first()
    if row is None:
        why = _("§ %(key)s was merged into this passage after you opened it.")
        raise CannotNow(why % {"key": passage.key})
    return row
