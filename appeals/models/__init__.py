from appeals.models.appeal import Addressee, Appeal, AppealSource, Issuer
from appeals.models.dismissals import CheckDismissal
from appeals.models.editions import (
    AppealEdition,
    AppealEditionName,
    AppealEditionOrganisation,
    AppealEditionPage,
    AppealEditionPerson,
    TranslationEdition,
)
from appeals.models.glossary import GlossaryTerm
from appeals.models.memory import PairShingle, PublishedPair
from appeals.models.names import CanonicalName, NameAnswer, NameDistinction, NameVariant, UsesNames
from appeals.models.pages import BlackBox, PageImage, Place
from appeals.models.parties import Organisation, Person
from appeals.models.passages import Passage, PassageAlias, PassageText
from appeals.models.signatories import Signatory
from appeals.models.sources import SourceDocument
from appeals.models.translations import Rendering, Translation

Appeal.edition_model = AppealEdition
Translation.edition_model = TranslationEdition

__all__ = [
    "Addressee",
    "Appeal",
    "AppealEdition",
    "AppealEditionName",
    "AppealEditionOrganisation",
    "AppealEditionPage",
    "AppealEditionPerson",
    "AppealSource",
    "BlackBox",
    "CanonicalName",
    "CheckDismissal",
    "GlossaryTerm",
    "Issuer",
    "NameAnswer",
    "NameDistinction",
    "NameVariant",
    "Organisation",
    "PageImage",
    "PairShingle",
    "Passage",
    "PassageAlias",
    "PassageText",
    "Person",
    "Place",
    "PublishedPair",
    "Rendering",
    "Signatory",
    "SourceDocument",
    "Translation",
    "TranslationEdition",
    "UsesNames",
]
