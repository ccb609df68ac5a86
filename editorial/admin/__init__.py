"""The desk's pages of what all apps share."""

from editorial.admin import records as records  # registers them
from editorial.admin.base import DeskAdmin, DeskForm, ReadOnlyAdmin
from editorial.admin.inlines import OrderedStack, OrderedTable, SourceStack
from editorial.admin.shared import SharedAdmin
from editorial.admin.workflow import WorkflowAdmin

__all__ = [
    "DeskAdmin",
    "DeskForm",
    "OrderedStack",
    "OrderedTable",
    "ReadOnlyAdmin",
    "SharedAdmin",
    "SourceStack",
    "WorkflowAdmin",
]
