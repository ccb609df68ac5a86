"""A post or an appeal as a file to keep: EPUB and PDF."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pypdfium2
import pytest
from django.core.cache import cache
from django.test import Client
from lxml import etree

from appeals.models import Organisation
from config.keeping import pdf
from editorial.editing import editing
from editorial.sealing import publish, withdraw
from tests.cast import approve, join, translate, write_appeal
from tests.readers import publish_again, publish_post
from tests.worlds.clock import at

pytestmark = pytest.mark.django_db

SPACES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "d": "http://purl.org/dc/elements/1.1/",
    "h": "http://www.w3.org/1999/xhtml",
    "e": "http://www.idpf.org/2007/ops",
}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def ask(url, **headers):
    return Client().get(url, headers=headers)


class Book:
    """An EPUB, opened as a reading system opens it; what is wrong with it is an error."""

    def __init__(self, data):
        self.zip = ZipFile(BytesIO(data))
        assert self.zip.testzip() is None
        first = self.zip.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
        assert self.zip.read("mimetype") == b"application/epub+zip"
        container = self.xml("META-INF/container.xml")
        [root] = container.xpath("//c:rootfile/@full-path", namespaces=SPACES)
        self.folder = root.rpartition("/")[0]
        self.package = self.xml(root)
        assert self.package.get("version") == "3.0"
        items = self.package.findall("o:manifest/o:item", SPACES)
        self.items = {item.get("id"): item.get("href") for item in items}
        there = {name for name in self.zip.namelist() if name.startswith(f"{self.folder}/")}
        listed = {f"{self.folder}/{href}" for href in self.items.values()}
        assert there == listed | {root}
        refs = self.package.findall("o:spine/o:itemref", SPACES)
        self.pages = [self.page(self.items[ref.get("idref")]) for ref in refs]
        [nav] = [item.get("href") for item in items if item.get("properties") == "nav"]
        links = self.page(nav).xpath("//h:nav[@e:type='toc']//h:a", namespaces=SPACES)
        assert [link.get("href") for link in links] == [
            self.items[ref.get("idref")] for ref in refs
        ]
        self.contents = [link.text for link in links]
        [key] = self.package.xpath(
            "//d:identifier[@id=/o:package/@unique-identifier]/text()", namespaces=SPACES
        )
        self.id = key
        assert len(self.facts("title")) == 1
        [moment] = self.package.xpath(
            "//o:meta[@property='dcterms:modified']/text()", namespaces=SPACES
        )
        self.modified = datetime.strptime(moment, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)

    def xml(self, name):
        return etree.fromstring(self.zip.read(name))

    def page(self, href):
        root = self.xml(f"{self.folder}/{href}")
        assert root.tag == f"{{{SPACES['h']}}}html"
        for element in root.iter():
            assert element.get("lang") == element.get(LANG)
            assert etree.QName(element).localname not in ("script", "style", "img", "iframe")
        assert root.findtext("h:head/h:title", namespaces=SPACES)
        return root

    def facts(self, name):
        return self.package.xpath(f"//d:{name}/text()", namespaces=SPACES)

    def texts(self):
        return [" ".join("".join(page.itertext()).split()) for page in self.pages]


def published_appeal(**fields):
    appeal = write_appeal(
        by=join("wanda"), **{"slug": "lake", "original_title": "К народу озера"} | fields
    )
    with editing(appeal, by=join("wanda")):
        appeal.issuers.create(organisation=Organisation.objects.create(name="Lake Council"))
        appeal.signatories.create(position=1, role="Secretary", name_status="withheld")
    publish(approve(appeal), by=join("edda"))
    publish(approve(translate(appeal, by=join("tariq"))), by=join("edda"))
    return appeal


def test_a_post_is_a_book():
    edition = publish_post(
        title="Salt & <wells>",
        summary="Brine.",
        body='<p>They met <a href="/appeals/lake/">there</a>\x0b<br> at dawn.</p>',
    )
    url = edition.get_absolute_url()
    answer = ask(f"{url}text.epub")
    assert answer.headers["Content-Type"] == "application/epub+zip"
    book = Book(answer.content)
    assert book.facts("title") == ["Salt & <wells>"]
    assert book.facts("language") == ["en"]
    assert book.facts("source") == [f"http://testserver{url}editions/1/"]
    assert book.id == f"tag:testserver,{edition.published_on}:{edition.key}/editions/1"
    assert book.modified == edition.live_from.replace(microsecond=0)
    [text] = book.texts()
    assert "They met there at dawn." in text
    assert f"http://testserver{url}editions/1/" in text
    links = book.pages[0].xpath("//h:a/@href", namespaces=SPACES)
    assert "http://testserver/appeals/lake/" in links

    assert ask(f"{url}text.epub").content == answer.content
    again = {"if-none-match": answer.headers["ETag"]}
    assert ask(f"{url}text.epub", **again).status_code == 304
    publish_again(edition, title="Salt")
    assert ask(f"{url}text.epub", **again).status_code == 200


def test_an_appeal_is_a_book_in_both_languages():
    published_appeal()
    for address in ("/appeals/lake/", "/appeals/lake/en/"):
        book = Book(ask(f"{address}text.epub").content)
        assert book.contents[1:] == ["English", "Russian (original)", "Signatories and sources"]
        assert book.facts("language") == ["en", "ru"]
        assert book.facts("creator") == ["Lake Council"]
        front, english, russian, back = book.texts()
        assert "К народу озера" in front
        assert "Passage 1." in english
        assert "Абзац 1." in russian
        assert "Secretary, name withheld" in back
        assert [page.get("lang") for page in book.pages] == ["en", "en", "ru", "en"]


def test_a_book_opens_where_its_script_begins():
    edition = publish_post(title="ملح في الآبار", language="ar", slug="milh")
    book = Book(ask(f"{edition.get_absolute_url()}text.epub").content)
    [spine] = book.package.findall("o:spine", SPACES)
    assert spine.get("page-progression-direction") == "rtl"
    assert book.pages[0].get("dir") == "rtl"


def test_a_pdf_says_the_same_where_one_can_be_made():
    published_appeal()
    answer = ask("/appeals/lake/text.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    with pypdfium2.PdfDocument(answer.content) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
        assert document.get_metadata_value("Title") == "To the people of the lake"
    for part in ("To the people of the lake", "Passage 1.", "Абзац 1.", "Secretary, name withheld"):
        assert part in text
    cache.clear()
    assert ask("/appeals/lake/text.pdf").content == answer.content
    assert 'href="/appeals/lake/text.pdf"' in ask("/appeals/lake/").content.decode()


def test_where_no_pdf_can_be_made_there_is_none(monkeypatch):
    published_appeal()
    for module in ("config.context", "config.keeping.carrying"):
        monkeypatch.setattr(f"{module}.is_offered", lambda: False)
    assert ask("/appeals/lake/text.pdf").status_code == 404
    assert "text.pdf" not in ask("/appeals/lake/").content.decode()
    assert ask("/appeals/lake/text.epub").status_code == 200


def test_a_document_asks_for_nothing(caplog):
    made = pdf.printed(
        '<p>Salt<img src="http://tracker.example/a.png"><img src="file:///etc/passwd">'
    )
    with pypdfium2.PdfDocument(made) as document:
        assert document[0].get_textpage().get_text_range().split() == ["Salt", "1"]
    assert "this asked for http://tracker.example/a.png" in caplog.text


def test_only_what_is_live_can_be_kept():
    edition = publish_post()
    url = edition.get_absolute_url()
    later = approve(write_appeal(by=join("wanda"), slug="later"))
    publish(later, by=join("edda"), at=datetime.now(UTC) + timedelta(days=1))
    assert ask("/appeals/later/text.epub").status_code == 404
    with at(datetime.now(UTC) + timedelta(days=2)):
        assert ask("/appeals/later/text.epub").status_code == 200
    withdraw(edition.item, by=join("edda"), note="By mistake.")
    for ending in ("epub", "pdf"):
        assert ask(f"{url}text.{ending}").status_code == 410
