"""An appeal's own folder: what it says of itself, its texts, its documents."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from appeals.models.signatories import Signatory
from config.content.exporting_documents import export_documents
from config.content.finding import find_translations
from config.content.reading import UNDETERMINED
from config.content.showing import CannotExport, Export, Names, Shown, checked, show
from config.content.texts import write_passages
from config.content.yamlout import dump, filled, tidy, with_front
from editorial.canonical import sha256
from editorial.fields import LANGUAGE_TAG

#: What a line of the signatures says in another way than its content.
APART = {"organisation", "person", "evidence_document", "evidence_page"}


def export_appeal(appeal: Shown, names: Names, export: Export, originals: bool) -> None:
    """Add an appeal's files."""
    said = appeal.content
    folder = f"appeals/{checked(appeal.slug)}"
    lines = [signatory(line, names) for line in said["signatories"]]
    documents = export_documents(appeal, folder, export, originals, lines)
    front = {
        "title": said["title"],
        "slug": appeal.slug,
        "kind": said["kind"],
        "original_title": "" if said["passages"] else said["original_title"],
        "original_language": said["original_language"],
        "issued_by": [names.organisation(party) for party in said["issued_by"]],
        "issued_on": said["date"],
        "place": said["place"],
        "addressees": [addressee(one) for one in said["addressees"]],
        "basis": said["basis"],
        "summary": said["summary"],
        "sources": [filled(one, "url") for one in said["sources"]],
        "published": appeal.published,
        "planned": appeal.item.planned_for,
        "signatories": lines,
        "documents": documents,
    }
    export.add(f"{folder}/appeal.yaml", dump(filled(front)))
    if said["passages"]:
        language = language_of(said["original_language"])
        text = write_passages(
            (p["key"], p["kind"], tidy(p["text"]), p.get("was", [])) for p in said["passages"]
        )
        title = filled({"title": said["original_title"]})
        export.add(f"{folder}/original.{language}.txt", with_front(title, text))
    languages = appeal.item.translations.order_by("language").values_list("language", flat=True)
    for language in dict.fromkeys(languages):
        for number, row in enumerate(find_translations(appeal.item, language), start=1):
            add_translation(show(row, export), number, appeal, folder, export)


def language_of(code: str) -> str:
    """Return a language as a part of a file's name."""
    try:
        LANGUAGE_TAG(code or UNDETERMINED)
    except ValidationError:
        raise CannotExport(_("“%s” is not a language code.") % code) from None
    return code or UNDETERMINED


def addressee(said: dict[str, str]) -> Any:
    """Return an addressee: a text where there is nothing but one."""
    return said["text"] if said["text"] and not said["original"] else filled(said)


def signatory(said: dict[str, Any], names: Names) -> dict[str, Any]:
    """Return a line of the signatures. That there is no organisation or person is said too,

    where an import would otherwise make one from the name.
    """
    public = said["name_status"] == Signatory.NameStatus.PUBLIC
    organisation, person = names.organisation(said["organisation"]), names.person(said["person"])
    line = {key: value for key, value in said.items() if key not in APART}
    line |= {"count": said["count"] if said["count"] != 1 else None, "organisation": organisation}
    keep = []
    if public and said["kind"] == Signatory.Kind.ORGANISATION:
        keep.append("organisation")
    implied = said["name"] if said["kind"] == Signatory.Kind.PERSON else ""
    if public and person != implied:
        line["person"] = person
        keep.append("person")
    order = ["kind", "name", "printed_as", "name_status", "count", *line]
    return filled({key: line[key] for key in dict.fromkeys(order)}, *keep)


def add_translation(
    translation: Shown, number: int, appeal: Shown, folder: str, export: Export
) -> None:
    """Add a translation's file; passages without a rendering stand in it, empty."""
    said = translation.content
    published = translation.published if appeal.published else None
    if translation.published and not published:
        export.notes.append(_("%s: as a draft, since its appeal is not public") % translation.item)
    texts = {one["key"]: tidy(one["text"]) for one in said["renderings"]}
    now = {passage["key"]: sha256(passage["text"]) for passage in appeal.content["passages"]}
    older = {
        one["key"]: one["original_digest"]
        for one in said["renderings"]
        if published and one["original_digest"] not in {"", now.get(one["key"], "")}
        if one["key"] in now and texts[one["key"]]
    }
    if texts.keys() - now.keys():
        export.notes.append(_("%s: without the passages that its appeal lacks") % translation.item)
    front = {
        "title": said["title"],
        "label": said["label"],
        "method": said["method"],
        "translator": "withheld" if said["translator_status"] == "withheld" else said["translator"],
        "principal": said["principal"],
        "published": published,
        "planned": translation.item.planned_for,
        "accepted_against": older,
        "checked": said.get("checked"),
        "dismissed": said.get("dismissed"),
    }
    ordinal = "" if number == 1 else f".{number}"
    name = f"{folder}/translation.{language_of(said['language'])}{ordinal}.txt"
    text = write_passages((key, "", texts.get(key, ""), ()) for key in now)
    export.add(name, with_front(filled(front), text))
