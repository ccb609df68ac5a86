from editorial.models.editions import Edition, EditionQuerySet, EditionRow, distinct
from editorial.models.notices import Notice
from editorial.models.paths import Path
from editorial.models.previews import PreviewLink
from editorial.models.records import Approval, Contribution, Decision, Note, name_of
from editorial.models.redactions import Redaction
from editorial.models.sources import SourceLink
from editorial.models.working import Movable, WorkingCopy, random_key

__all__ = [
    "Approval",
    "Contribution",
    "Decision",
    "Edition",
    "EditionQuerySet",
    "EditionRow",
    "Movable",
    "Note",
    "Notice",
    "Path",
    "PreviewLink",
    "Redaction",
    "SourceLink",
    "WorkingCopy",
    "distinct",
    "name_of",
    "random_key",
]
