"""TMX 1.4b: translation memories. A memory holds pairs, so it takes only what is rendered."""

from importlib.metadata import PackageNotFoundError, version

from django.utils.translation import gettext as _
from lxml import etree
from lxml.builder import E

from appeals.exchange.inline import text_of
from appeals.exchange.parcel import Parcel, Unit, Unreadable, same_language, subtags
from appeals.exchange.parsing import children
from appeals.exchange.xliff import LANG, document

#: Properties of our own begin so; TMX asks for the x-.
OWN = "x-broadside-"
ANY = "*all*"


def write(parcel: Parcel) -> bytes:
    """Return the pairs of a parcel as a TMX 1.4 file."""
    header = E.header(
        *properties(appeal=parcel.appeal, translation=parcel.translation, slug=parcel.slug),
        creationtool="Broadside",
        creationtoolversion=own_version(),
        segtype="block",
        adminlang="en",
        srclang=parcel.source_language,
        datatype="plaintext",
        **{"o-tmf": "Broadside"},
    )
    pairs = [unit for unit in parcel.units if unit.source and unit.target]
    return document(E.tmx(header, E.body(*(pair(parcel, unit) for unit in pairs)), version="1.4"))


def own_version() -> str:
    try:
        return version("broadside")
    except PackageNotFoundError:
        return "1"


def properties(**facts: str) -> list[etree._Element]:
    return [E.prop(value, type=f"{OWN}{name}") for name, value in facts.items()]


def pair(parcel: Parcel, unit: Unit) -> etree._Element:
    return E.tu(
        E.note(unit.kind),
        *properties(original=unit.original, rendering=unit.rendering, state=unit.state),
        E.tuv({LANG: parcel.source_language}, E.seg(unit.source)),
        E.tuv({LANG: parcel.target_language}, E.seg(unit.target)),
        tuid=unit.key,
    )


def read(root: etree._Element, language: str) -> list[Parcel]:
    """Return the pairs of a memory that are rendered into a language.

    Args:
        language: of the renderings; empty where the memory has but one besides the original's.
    """
    header = next(iter(children(root, "header")), None)
    source = header.get("srclang", ANY) if header is not None else ANY
    found = [unit for body in children(root, "body") for unit in children(body, "tu")]
    language = language or only_language(found, source)
    facts = own(header) if header is not None else {}
    pairs = (read_pair(unit, unit.get("srclang", source), language) for unit in found)
    return [
        Parcel(
            source_language="" if source.lower() == ANY else source,
            target_language=language,
            units=[unit for unit in pairs if unit],
            slug=facts.get("slug", ""),
            appeal=facts.get("appeal", ""),
            translation=facts.get("translation", ""),
        )
    ]


def own(element: etree._Element) -> dict[str, str]:
    """Return our properties of an element, where the tools on the way kept them."""
    return {
        prop.get("type", "").removeprefix(OWN): (prop.text or "").strip()
        for prop in children(element, "prop")
        if prop.get("type", "").startswith(OWN)
    }


def spoken(variant: etree._Element) -> str:
    """Return the language of a variant; TMX before 1.4 called the attribute differently."""
    return variant.get(LANG, "") or variant.get("lang", "")


def only_language(units: list[etree._Element], source: str) -> str:
    tags = {spoken(variant) for unit in units for variant in children(unit, "tuv")}
    found = {tag for tag in tags if not same_language(tag, source)}
    if len(found) > 1 or (source.lower() == ANY and found):
        raise Unreadable(_("This memory holds several languages: say which one is meant."))
    return found.pop() if found else ""


def read_pair(unit: etree._Element, source: str, language: str) -> Unit | None:
    """Return the original and its rendering, or None where this pair has other languages."""
    variants = children(unit, "tuv")
    target = variant_in(variants, language)
    others = [variant for variant in variants if variant is not target]
    original = variant_in(others, source) if source.lower() != ANY else next(iter(others), None)
    if target is None or original is None:
        return None
    facts = own(unit)
    return Unit(
        key=unit.get("tuid", ""),
        source=text_of(next(iter(children(original, "seg")), None)),
        target=text_of(next(iter(children(target, "seg")), None)),
        state=facts.get("state", "translated"),
        original=facts.get("original", ""),
        rendering=facts.get("rendering", ""),
    )


def variant_in(variants: list[etree._Element], language: str) -> etree._Element | None:
    """Return the variant in a language: in that very one, or else in one of its regions."""
    exact = [v for v in variants if subtags(spoken(v)) == subtags(language)]
    close = [v for v in variants if same_language(spoken(v), language)]
    return next(iter(exact or close), None)
