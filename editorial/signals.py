"""What the editorial core announces."""

from django.dispatch import Signal

#: A decision was written (sender: the item's class; item, decision), in its own transaction.
decided = Signal()
#: What the public can see of an item changed (sender: the edition's class; edition), likewise.
published = Signal()
