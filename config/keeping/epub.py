"""EPUB 3.3: a document as a book. The same edition is the same bytes."""

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from lxml import etree, html
from lxml.builder import ElementMaker

from config.feeds.writing import writable
from config.keeping.documents import Chapter, Document
from editorial.languages import direction

OPS, OPF = "http://www.idpf.org/2007/ops", "http://www.idpf.org/2007/opf"
DC, XHTML = "http://purl.org/dc/elements/1.1/", "http://www.w3.org/1999/xhtml"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CONTAINER = b"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""
STYLE = b"""body { line-height: 1.5; }
h1, h2 { line-height: 1.2; }
blockquote { margin-inline: 1.5em; }
"""
#: The first day that a zip file can write.
NEVER = (1980, 1, 1, 0, 0, 0)

H = ElementMaker(namespace=XHTML, nsmap={None: XHTML, "epub": OPS})
P = ElementMaker(namespace=OPF, nsmap={None: OPF, "dc": DC})
D = ElementMaker(namespace=DC)


def epub(document: Document) -> bytes:
    """Return a document as a book."""
    names = [f"chapter{number}.xhtml" for number, _ in enumerate(document.chapters, start=1)]
    files = {
        "META-INF/container.xml": CONTAINER,
        "EPUB/package.opf": written(package(document, names)),
        "EPUB/nav.xhtml": written(navigation(document, names)),
        "EPUB/style.css": STYLE,
    } | {
        f"EPUB/{name}": written(page(chapter.title, chapter.language, *body(chapter)))
        for name, chapter in zip(names, document.chapters, strict=True)
    }
    out = BytesIO()
    with ZipFile(out, "w") as book:
        put(book, "mimetype", b"application/epub+zip", ZIP_STORED)  # first, and as it is
        for name, data in files.items():
            put(book, name, data, ZIP_DEFLATED)
    return out.getvalue()


def put(book: ZipFile, name: str, data: bytes, how: int) -> None:
    info = ZipInfo(name, NEVER)
    info.compress_type = how
    book.writestr(info, data)


def written(root: Any) -> bytes:
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def page(title: str, language: str, *content: Any) -> Any:
    """Return an XHTML page in one language."""
    head = H.head(H.title(writable(title)), H.link(rel="stylesheet", href="style.css"))
    root = H.html(head, H.body(*content), lang=language, dir=direction(language))
    root.set(XML_LANG, language)
    return root


def body(chapter: Chapter) -> list[Any]:
    """Return a chapter's sanitised HTML as XHTML."""
    div = html.fragment_fromstring(writable(chapter.html), create_parent="div")
    html.html_to_xhtml(div)
    for element in div.iter():
        if language := element.get("lang"):
            element.set(XML_LANG, language)
    return [div]


def navigation(document: Document, names: list[str]) -> Any:
    """Return the table of contents."""
    language = document.work.language
    items = [
        H.li(H.a(writable(chapter.title), href=name))
        for name, chapter in zip(names, document.chapters, strict=True)
    ]
    nav = H.nav(H.h1(writable(document.work.title)), H.ol(*items), {f"{{{OPS}}}type": "toc"})
    return page(document.work.title, language, nav)


def package(document: Document, names: list[str]) -> Any:
    """Return what the book says of itself, and in which order it is read."""
    work = document.work
    creators = [D.creator(writable(name)) for name in work.authors]
    translator = [D.contributor(writable(work.translator))] if work.translator else []
    metadata = P.metadata(
        D.identifier(document.id, id="id"),
        D.title(writable(work.title)),
        *(D.language(language) for language in document.languages),
        *creators,
        *translator,
        D.publisher(writable(work.site)),
        D.date(work.published.isoformat()),
        D.source(work.url),
        P.meta(f"{document.modified:%Y-%m-%dT%H:%M:%SZ}", property="dcterms:modified"),
        P.meta("textual", property="schema:accessMode"),
        P.meta("textual", property="schema:accessModeSufficient"),
        P.meta("tableOfContents", property="schema:accessibilityFeature"),
        P.meta("none", property="schema:accessibilityHazard"),
    )
    xhtml = {"media-type": "application/xhtml+xml"}
    manifest = P.manifest(
        P.item({"id": "nav", "href": "nav.xhtml", "properties": "nav", **xhtml}),
        P.item({"id": "style", "href": "style.css", "media-type": "text/css"}),
        *(P.item({"id": name.partition(".")[0], "href": name, **xhtml}) for name in names),
    )
    spine = P.spine(*(P.itemref(idref=name.partition(".")[0]) for name in names))
    spine.set("page-progression-direction", direction(work.language))
    facts = {"version": "3.0", "unique-identifier": "id"}
    return P.package(metadata, manifest, spine, facts)
