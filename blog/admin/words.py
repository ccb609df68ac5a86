"""What the record calls the decisions about comments, in words."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from blog.comments.moderating import BY_ITSELF, KEPT, MODERATION, WRITERS
from blog.comments.second_looks import AGREE, DISAGREE
from blog.comments.undoing import UNDO
from blog.guarding.purging import PURGED
from blog.guarding.removing import REMOVED
from editorial.models import Decision

BESIDE_MOVES = {
    **BY_ITSELF,
    **KEPT,
    UNDO: pgettext_lazy("decision", "undone"),
    AGREE: gettext_lazy("second look: agreed"),
    DISAGREE: gettext_lazy("second look: disagreed"),
    REMOVED: pgettext_lazy("decision", "personal data removed"),
    PURGED: pgettext_lazy("decision", "purged"),
}


def done(decision: Decision) -> str:
    """Return the word for a decision; importers have words of their own."""
    move = (MODERATION | WRITERS).get(decision.name)
    return str(move.done if move else BESIDE_MOVES.get(decision.name, decision.name))
