"""Editions of appeals and translations as the parts that a comparison names."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from appeals.dividing import join
from appeals.models.editions import pages_of
from appeals.templatetags.appeals import unnamed
from editorial.comparing import Part, cited

Content = dict[str, Any]


def led(appeal: Content) -> dict[str, str]:
    """Return where former keys of an appeal's passages lead."""
    return {key: p["key"] for p in appeal.get("passages", []) for key in p.get("was", [])}


def parts_of_appeal(content: Content, into: Mapping[str, str]) -> Iterator[Part]:
    """Yield the parts of an appeal; ``into`` says which passages were merged since."""
    language = content["original_language"]
    yield Part("title", _("Title"), "", content["title"])
    yield Part("original_title", _("Title as printed"), language, content["original_title"])
    yield Part("issued_by", _("Issued by"), "", names(content["issued_by"]))
    yield Part("addressees", _("Addressed to"), "", names(content["addressees"], "text"))
    yield Part("date", _("Date"), "", content["date"])
    yield Part("place", _("Place"), "", content["place"])
    yield Part("basis", _("Based on"), "", content["basis"])
    yield Part("summary", _("Summary"), "", content["summary"])
    yield from passages(content["passages"], language, into)
    yield Part("signatories", _("Signed by"), "", "\n".join(map(line, content["signatories"])))
    yield Part("sources", _("Sources"), "", cited(content["sources"]))
    yield Part("documents", _("Documents"), "", "\n".join(map(pages, content["documents"])))
    yield Part("names", _("Names"), "", spellings(content))


def parts_of_translation(content: Content, into: Mapping[str, str]) -> Iterator[Part]:
    """Yield the parts of a translation, likewise."""
    language = content["language"]
    yield Part("title", _("Title"), language, content["title"])
    yield Part("label", _("Kind of translation"), "", content["label"])
    yield Part("translator", _("Translator"), "", content["translator"])
    yield from passages(content["renderings"], language, into)
    yield Part("names", _("Names"), "", spellings(content))


def spellings(content: Content) -> str:
    """Return how the site spells the names in a text, a line each."""
    return "\n".join(f"{row['text']}: {row['canonical']}" for row in content.get("names", []))


def passages(rows: list[Content], language: str, into: Mapping[str, str]) -> Iterator[Part]:
    """Yield the passages; those that were merged since are one, so that no move reads as loss."""
    texts: dict[str, list[str]] = {}
    for row in rows:
        texts.setdefault(into.get(row["key"], row["key"]), []).append(row["text"])
    for number, (key, said) in enumerate(texts.items(), start=1):
        label = _("Passage %(number)d") % {"number": number}
        yield Part(f"passage {key}", label, language, join(*said))


def line(signatory: Content) -> str:
    """Return one signatory as a line of text."""
    if signatory["name_status"] != "public":
        return unnamed(signatory)
    organisation = (signatory["organisation"] or {}).get("name", "")
    facts = (signatory["name"], signatory["role"], organisation)
    return ", ".join(fact for fact in facts if fact)


def pages(document: Content) -> str:
    """Return one document as lines of text: its title, and its pages by their digests."""
    found = [f"{page['number']}: {page['sha256']}" for page in pages_of(document)]
    return "\n".join([document["title"], *found])


def names(rows: list[Content], key: str = "name") -> str:
    return ", ".join(row[key] for row in rows)
