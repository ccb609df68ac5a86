"""XLIFF 1.2 (OASIS Standard, 1 February 2008): what nearly every tool reads and writes."""

from lxml import etree
from lxml.builder import ElementMaker

from appeals.exchange.inline import text_of
from appeals.exchange.parcel import Parcel, Unit
from appeals.exchange.parsing import child, children

CORE = "urn:oasis:names:tc:xliff:document:1.2"
#: Our own attributes: 1.2 lets them stand on a file and on a unit, and tools keep them there.
OWN = "urn:broadside:exchange:1"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

STATE = {
    "initial": "needs-translation",
    "translated": "translated",
    "reviewed": "signed-off",
    "final": "final",
}
#: States that other tools write; one that starts with x- is their own, and says nothing here.
STATE_READ = {written: state for state, written in STATE.items()} | {
    "new": "initial",
    "needs-adaptation": "initial",
    "needs-l10n": "initial",
    "needs-review-adaptation": "translated",
    "needs-review-l10n": "translated",
    "needs-review-translation": "translated",
}


def write(parcel: Parcel) -> bytes:
    """Return the parcel as an XLIFF 1.2 file."""
    make = ElementMaker(namespace=CORE, nsmap={None: CORE, "bs": OWN})
    body = make.body(*(trans_unit(make, parcel, unit) for unit in parcel.units))
    file = make.file(
        make.header(make.tool({"tool-id": "broadside", "tool-name": "Broadside"})),
        body,
        {
            "original": f"appeals/{parcel.slug}",
            "datatype": "plaintext",
            "source-language": parcel.source_language,
            "target-language": parcel.target_language,
            "tool-id": "broadside",
            f"{{{OWN}}}appeal": parcel.appeal,
            f"{{{OWN}}}translation": parcel.translation,
        },
    )
    return document(make.xliff(file, version="1.2"))


def document(root: etree._Element) -> bytes:
    """Return a root as the bytes of a file, indented around the texts but never inside them."""
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def trans_unit(make: ElementMaker, parcel: Parcel, unit: Unit) -> etree._Element:
    texts = [make.source(unit.source, {LANG: parcel.source_language})]
    if unit.target:
        target = {LANG: parcel.target_language, "state": STATE[unit.state]}
        texts.append(make.target(unit.target, target))
    attributes = {
        "id": unit.key,
        "resname": unit.key,
        SPACE: "preserve",
        f"{{{OWN}}}original": unit.original,
        f"{{{OWN}}}rendering": unit.rendering,
    }
    if unit.state in ("reviewed", "final"):
        attributes["approved"] = "yes"
    note = make.note(unit.kind, {"from": "Broadside"})
    return make("trans-unit", attributes, *texts, note)


def read(root: etree._Element) -> list[Parcel]:
    """Return what each file element of an XLIFF 1.x file holds."""
    return [read_file(file) for file in children(root, "file")]


def read_file(file: etree._Element) -> Parcel:
    return Parcel(
        source_language=file.get("source-language", ""),
        target_language=file.get("target-language", ""),
        units=[read_unit(unit) for unit in file.iter("{*}trans-unit")],
        slug=file.get("original", "").removeprefix("appeals/"),
        appeal=own(file, "appeal"),
        translation=own(file, "translation"),
    )


def own(element: etree._Element, name: str) -> str:
    """Return one of our attributes."""
    return element.get(f"{{{OWN}}}{name}", "")


def read_unit(unit: etree._Element) -> Unit:
    target = child(unit, "target")
    return Unit(
        key=unit.get("id", ""),
        name=unit.get("resname", ""),
        source=text_of(child(unit, "source")),
        target=text_of(target),
        state=STATE_READ.get(target.get("state", ""), "") if target is not None else "",
        original=own(unit, "original"),
        rendering=own(unit, "rendering"),
        is_partial=is_partial(unit, target),
    )


def is_partial(unit: etree._Element, target: etree._Element | None) -> bool:
    """Tell whether the tool cut the passage into segments and some have no rendering yet."""
    wanted = filled(child(unit, "seg-source"))
    return bool(wanted) and not wanted <= filled(target) and bool(text_of(target).strip())


def filled(element: etree._Element | None) -> set[str]:
    """Return the numbers of the segments that say something."""
    marks = element.iter("{*}mrk") if element is not None else ()
    return {
        mark.get("mid", "")
        for mark in marks
        if mark.get("mtype") == "seg" and text_of(mark).strip()
    }
