"""XLIFF 2.0 and 2.1 (ISO 21720): one unit a passage, one segment a unit."""

from itertools import count

from lxml import etree
from lxml.builder import ElementMaker

from appeals.exchange.inline import text_of
from appeals.exchange.parcel import STATES, Parcel, Unit
from appeals.exchange.parsing import child, children, name_of
from appeals.exchange.xliff import SPACE, document
from editorial.languages import direction
from editorial.numbers import whole

CORE = "urn:oasis:names:tc:xliff:document:2.0"
#: The metadata module: whoever does not know it hands it on untouched.
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
CATEGORY = "broadside"


def write(parcel: Parcel, version: str = "2.1") -> bytes:
    """Return the parcel as an XLIFF 2.0 or 2.1 file; both have one namespace."""
    make = ElementMaker(namespace=CORE, nsmap={None: CORE, "mda": METADATA})
    facts = metadata(appeal=parcel.appeal, translation=parcel.translation)
    file = make.file(
        facts,
        *(unit_element(make, unit) for unit in parcel.units),
        id="appeal",
        original=f"appeals/{parcel.slug}",
        srcDir=direction(parcel.source_language),
        trgDir=direction(parcel.target_language),
    )
    languages = {"srcLang": parcel.source_language, "trgLang": parcel.target_language}
    return document(make.xliff(file, languages, version=version))


def metadata(**facts: str) -> etree._Element:
    """Return what other tools keep for us."""
    make = ElementMaker(namespace=METADATA)
    values = [make.meta(value, type=name) for name, value in facts.items()]
    return make.metadata(make.metaGroup(*values, category=CATEGORY))


def unit_element(make: ElementMaker, unit: Unit) -> etree._Element:
    texts = [make.source(unit.source)]
    if unit.target:
        texts.append(make.target(unit.target))
    return make.unit(
        metadata(original=unit.original, rendering=unit.rendering),
        make.notes(make.note(unit.kind, category="kind")),
        make.segment(*texts, state=unit.state),
        {"id": unit.key, "canResegment": "no", SPACE: "preserve"},
    )


def read(root: etree._Element) -> list[Parcel]:
    """Return what each file element of an XLIFF 2.x file holds."""
    source, target = root.get("srcLang", ""), root.get("trgLang", "")
    return [read_file(file, source, target) for file in children(root, "file")]


def read_file(file: etree._Element, source: str, target: str) -> Parcel:
    facts = read_metadata(file)
    return Parcel(
        source_language=source,
        target_language=target,
        units=[read_unit(unit) for unit in file.iter(f"{{{etree.QName(file).namespace}}}unit")],
        slug=file.get("original", "").removeprefix("appeals/"),
        appeal=facts.get("appeal", ""),
        translation=facts.get("translation", ""),
    )


def read_metadata(element: etree._Element) -> dict[str, str]:
    """Return what we gave to an element, where the tools on the way kept it."""
    path = f"{{{METADATA}}}metadata/{{{METADATA}}}metaGroup[@category='{CATEGORY}']"
    return {
        meta.get("type", ""): (meta.text or "").strip()
        for group in element.findall(path)
        for meta in group.findall(f"{{{METADATA}}}meta")
    }


def read_unit(unit: etree._Element) -> Unit:
    facts = read_metadata(unit)
    pieces = children(unit, "segment", "ignorable")
    segments = children(unit, "segment")
    targets = [text_of(child(segment, "target")).strip() for segment in segments]
    states = [segment.get("state", "") for segment in segments]
    return Unit(
        key=unit.get("id", ""),
        name=unit.get("name", ""),
        source="".join(text_of(child(piece, "source")) for piece in pieces),
        target=joined(pieces) if any(targets) else "",
        state=min((s for s in states if s in STATES), key=STATES.index, default=""),
        original=facts.get("original", ""),
        rendering=facts.get("rendering", ""),
        is_partial=any(targets)
        and any(
            text_of(child(segment, "source")).strip() and not target
            for segment, target in zip(segments, targets, strict=True)
        ),
    )


def joined(pieces: list[etree._Element]) -> str:
    """Return a rendering whole: its pieces may stand in another order than the original's.

    What is between segments is the original's where it has no rendering of its own.
    """
    placed = []
    for place, piece in zip(count(1), pieces, strict=False):
        target = child(piece, "target")
        if target is None and name_of(piece) == "ignorable":
            target = child(piece, "source")
        order = whole(target.get("order", "")) if target is not None else None
        placed.append((place if order is None else order, text_of(target)))
    return "".join(text for _place, text in sorted(placed, key=lambda pair: pair[0]))
