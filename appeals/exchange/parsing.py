"""Reading XML that strangers made: any encoding, no entities, no network, nothing without end."""

import codecs
import re

from django.utils.translation import gettext as _
from lxml import etree

from appeals.exchange.parcel import Unreadable

MAX_BYTES = 10 * 1024 * 1024
MAX_DEPTH = 64
MAX_ELEMENTS = 200_000

#: The longer marks first: the one of UTF-32 begins with that of UTF-16.
MARKS = [
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
]
DECLARATION = re.compile(r"\s*<\?xml\s[^>]*\?>")
DECLARED = re.compile(rb"""\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
#: Character sets of texts; Python knows others under such names that are none.
CHARACTER_SETS = re.compile(
    r"(us-)?ascii|utf-?8|iso[-_]?8859[-_]\d+|latin-?\d|(windows|cp)-?\d+|koi8-[rut]"
    r"|mac-?(roman|cyrillic|greek|turkish)|gb(k|2312|18030)|big5(hkscs)?|shift[-_]jis|euc-(jp|kr)",
    re.I,
)


def parse(data: bytes) -> etree._Element:
    """Return the root of an XML file.

    Raises:
        Unreadable: it is none, or it is hostile.
    """
    text = DECLARATION.sub("", decode(data), count=1)
    if "<!ENTITY" in text:
        raise Unreadable(_("The file defines entities of its own; no translation needs any."))
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        line = getattr(wrong, "lineno", None) or 1
        raise Unreadable(
            _("This is not well-formed XML: see line %(line)d.") % {"line": line}
        ) from None
    check_bounds(root)
    return root


def decode(data: bytes) -> str:
    """Return the text of a file: a byte order mark tells how, or else what the file declares."""
    if not data.strip():
        raise Unreadable(_("The file is empty."))
    if len(data) > MAX_BYTES:
        raise Unreadable(_("The file is larger than 10 MB; no appeal is."))
    if data.startswith(b"PK"):
        raise Unreadable(
            _("This is a package of several files: unpack it, and send the one inside.")
        )
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "") or declared(data)
    try:
        return data.decode(encoding).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    except (UnicodeDecodeError, LookupError):
        sentence = _("The file cannot be read as %(encoding)s, which it says it is.")
        raise Unreadable(sentence % {"encoding": encoding}) from None


def declared(data: bytes) -> str:
    """Return the character set that a file of single bytes declares.

    A file that says UTF-16 in single bytes was transcoded to UTF-8 by somebody who left the
    declaration alone.
    """
    found = DECLARED.match(data)
    name = found[1].decode("ascii") if found else "utf-8"
    if re.match(r"utf-?(16|32)", name, re.I):
        return "utf-8"
    if not CHARACTER_SETS.fullmatch(name):
        raise Unreadable(
            _("The file is in %(encoding)s, which is not read here.") % {"encoding": name}
        )
    return re.sub(r"^windows-?", "cp", name, flags=re.I)


def check_bounds(root: etree._Element) -> None:
    """Raise ``Unreadable`` for a tree that no translation grows."""
    if any(True for _entity in root.iter(etree.Entity)):
        raise Unreadable(_("The file refers to entities that it does not hold."))
    depth = count = 0
    for event, _element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            raise Unreadable(_("The file is nested too deeply, or has too many elements."))


def name_of(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return etree.QName(element).localname


def child(element: etree._Element, name: str) -> etree._Element | None:
    """Return the first child of that name in the element's own namespace."""
    return next(iter(children(element, name)), None)


def children(element: etree._Element, *names: str) -> list[etree._Element]:
    """Return the children of these names in the element's own namespace, in order."""
    own = etree.QName(element).namespace
    return [
        found
        for found in element
        if etree.QName(found).namespace == own and name_of(found) in names
    ]
