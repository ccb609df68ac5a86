from appeals.models.appeal import Addressee, Appeal, AppealSource, Issuer
from appeals.models.editions import (
    AppealEdition,
    AppealEditionOrganisation,
    AppealEditionPerson,
    TranslationEdition,
)
from appeals.models.names import CanonicalName, NameDistinction, NameVariant
from appeals.models.parties import Organisation, Person
from appeals.models.passages import Passage
from appeals.models.signatories import Signatory
from appeals.models.sources import SourceDocument
from appeals.models.translations import Rendering, Translation

Appeal.edition_model = AppealEdition
Translation.edition_model = TranslationEdition

__all__ = [
    "Addressee",
    "Appeal",
    "AppealEdition",
    "AppealEditionOrganisation",
    "AppealEditionPerson",
    "AppealSource",
    "CanonicalName",
    "Issuer",
    "NameDistinction",
    "NameVariant",
    "Organisation",
    "Passage",
    "Person",
    "Rendering",
    "Signatory",
    "SourceDocument",
    "Translation",
    "TranslationEdition",
]
