"""What of an edition can be found: its lines, each with its language, its weight and its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from appeals.models import AppealEdition, TranslationEdition
from blog.models import PostEdition
from config.browsing.places import place_of_dateline
from config.pages.models import PageEdition
from config.search.models import Kind
from editorial.comparing import plain

Content = dict[str, Any]

#: How much a word says, by where it stands.
TITLE, NAME, SUMMARY, FACT, TEXT = 8, 5, 3, 2, 1


MODELS: dict[Kind, Any] = {
    Kind.POST: PostEdition,
    Kind.APPEAL: AppealEdition,
    Kind.TRANSLATION: TranslationEdition,
    Kind.PAGE: PageEdition,
}


@dataclass(frozen=True)
class Line:
    """A line or a passage of an edition.

    Attributes:
        anchor: a passage's key; empty for what stands elsewhere on the page.
        part: "title", "text", or "facts" for all else.
    """

    text: str
    language: str
    weight: int
    part: str = "facts"
    anchor: str = ""


def is_looked_for(model: Any) -> bool:
    """Tell whether a search finds editions of this kind."""
    return model in MODELS.values()


def kind_of(edition: Any) -> Kind:
    """Return what kind of text an edition is."""
    return next(kind for kind, model in MODELS.items() if type(edition) is model)


def model_of(kind: str) -> Any:
    """Return the editions of a kind of text."""
    return MODELS[Kind(kind)]


def language_of(edition: Any) -> str:
    """Return the language of an edition's text; of an appeal, that of the original."""
    if kind_of(edition) == Kind.APPEAL:
        return edition.data["original_language"]
    return edition.data["language"]


def place_of(edition: Any) -> str:
    """Return where a text is from, as far as it says."""
    if kind_of(edition) == Kind.POST:
        return place_of_dateline(edition.data["dateline"])
    return edition.data.get("place", "")


def is_readable(edition: Any) -> bool:
    """Tell whether there is a text: an appeal's original may not be transcribed."""
    if kind_of(edition) != Kind.APPEAL:
        return True
    return any(passage["text"] for passage in edition.data["passages"])


def lines(edition: Any) -> list[Line]:
    """Return everything that can be found in an edition, in the order of its page."""
    of: dict[Any, Any] = {
        PostEdition: of_post,
        AppealEdition: of_appeal,
        TranslationEdition: of_translation,
        PageEdition: of_prose,
    }
    return [line for line in of[type(edition)](edition.data) if line.text.strip()]


def of_prose(content: Content) -> Iterator[Line]:
    tongue = content["language"]
    yield Line(content["title"], tongue, TITLE, "title")
    yield Line(content["summary"], tongue, SUMMARY, "text")
    for paragraph in plain(content["body"]).split("\n\n"):
        yield Line(paragraph, tongue, TEXT, "text")


def of_post(content: Content) -> Iterator[Line]:
    tongue = content["language"]
    yield from of_prose(content)
    yield Line(content["dateline"], tongue, FACT)
    for party in (*content["byline"], *content["labels"]):
        yield Line(party["name"], tongue, NAME)
    yield from of_sources(content, tongue)


def of_appeal(content: Content) -> Iterator[Line]:
    ours, tongue = settings.LANGUAGE_CODE, content["original_language"]
    yield Line(content["title"], ours, TITLE, "title")
    yield Line(content["original_title"], tongue, TITLE)
    yield Line(content["summary"], ours, SUMMARY, "text")
    for party in content["issued_by"]:
        yield Line(party["name"], ours, NAME)
    for addressee in content["addressees"]:
        yield Line(addressee["text"], ours, FACT)
        yield Line(addressee["original"], tongue, FACT)
    yield Line(content["place"], ours, NAME)
    yield Line(content["basis"], ours, TEXT)
    for passage in content["passages"]:
        yield Line(passage["text"], tongue, TEXT, "text", passage["key"])
    for signatory in content["signatories"]:
        yield from of_signatory(signatory, tongue)
    yield from of_sources(content, ours)


def of_signatory(signatory: Content, tongue: str) -> Iterator[Line]:
    """Yield what is public of a signatory, the name as printed too: two scripts are one person."""
    ours = settings.LANGUAGE_CODE
    if signatory["name_status"] == "public":
        yield Line(signatory["name"], ours, NAME)
        yield Line(signatory["printed_as"], tongue, NAME)
        yield Line((signatory["person"] or {}).get("name", ""), ours, NAME)
    yield Line(signatory["role"], ours, TEXT)
    yield Line(signatory["role_original"], tongue, TEXT)
    yield Line(signatory["group"], ours, TEXT)
    yield Line(signatory["group_original"], tongue, TEXT)
    yield Line((signatory["organisation"] or {}).get("name", ""), ours, FACT)


def of_translation(content: Content) -> Iterator[Line]:
    tongue = content["language"]
    yield Line(content["title"], tongue, TITLE, "title")
    yield Line(content["translator"], tongue, NAME)
    for rendering in content["renderings"]:
        yield Line(rendering["text"], tongue, TEXT, "text", rendering["key"])


def of_sources(content: Content, tongue: str) -> Iterator[Line]:
    for source in content["sources"]:
        yield Line(source["title"], tongue, TEXT)
        yield Line(source["publisher"], tongue, TEXT)
