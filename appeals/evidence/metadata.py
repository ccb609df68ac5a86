"""What a file says about itself: read in the child, for one answer, and kept nowhere.

EXIF, XMP, IPTC, comments and colour profiles of pictures; of a PDF its properties, XMP, bookmarks,
the names of attachments, and EXIF of the pictures in it. Not what its pages show or say.
"""

import contextlib
import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pi_heif
import pypdfium2
from PIL import Image

from appeals.evidence import limits
from appeals.evidence.kinds import HEIC, PDF, PNG, TIFF, kind_of
from appeals.evidence.sources import FORMATS, check_size

#: So much of one value is read, and of one file, in bytes or letters.
ONE, WHOLE = 200_000, 2_000_000
#: How the bytes of a text may be meant. A text of 16 bits may begin at an odd place.
CODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1251")
PACKED = re.compile(rb"/Metadata\b[^>]{0,300}>>\s{0,4}stream\r?\n")
PACKETS = re.compile(rb"<x:xmpmeta|Exif\0\0")
NOISE = re.compile("[\0-\x1f\x7f\ufffd]+")
#: A packet in a picture is no longer.
PACKET = 65_536


def metadata(path: Path) -> list[str]:
    """Return the texts in a file's metadata, as far as they fit.

    Raises:
        Refused: it is of no kind that we read.
    """
    with path.open("rb") as file:
        kind = kind_of(file.read(16))
    found = of_pdf(path) if kind == PDF else of_picture(path, kind)
    texts, room = [], WHOLE
    for value in found:
        for text in readings(value):
            texts.append(text[:room])
            room -= len(text)
            if room <= 0:
                return texts
    return texts


def of_picture(path: Path, kind: str) -> Iterator[Any]:
    """Yield the values in a picture's metadata; a TIFF has those of every frame."""
    if kind == HEIC:
        pi_heif.register_heif_opener(thumbnails=False)
    with Image.open(path, formats=[FORMATS.get(kind, kind)]) as image:
        for number in range(limits.PAGES if kind == TIFF else 1):
            try:
                image.seek(number)
            except EOFError:
                return
            check_size(*image.size)
            if kind == PNG:
                image.load()  # texts may stand behind the pixels
            yield image.info
            exif = image.getexif()
            yield dict(exif)
            for part in (0x8769, 0x8825, 0xA005):  # of the camera, the place, other readers
                yield dict(exif.get_ifd(part))


def of_pdf(path: Path) -> Iterator[Any]:
    """Yield the values in a PDF's metadata."""
    data = path.read_bytes()
    for hit in islice(PACKETS.finditer(data), limits.PAGES):
        yield data[hit.start() : hit.start() + PACKET]
    for hit in islice(PACKED.finditer(data), limits.PAGES):
        with contextlib.suppress(zlib.error):
            packed = data[hit.end() : hit.end() + ONE]
            yield zlib.decompressobj().decompress(packed, ONE)
    with pypdfium2.PdfDocument(path) as document:
        yield document.get_metadata_dict()
        for number in range(min(document.count_attachments(), limits.PAGES)):
            yield document.get_attachment(number).get_name()
        for bookmark in islice(document.get_toc(max_depth=8), 2_000):
            yield bookmark.get_title()


def readings(value: Any) -> Iterator[str]:
    """Yield a value as every text that it may be meant as."""
    if isinstance(value, str):
        yield value[:ONE]
        if not value.isascii():  # EXIF has no way to say that it is UTF-8
            yield from decoded(value[:ONE].encode("latin-1", "ignore"), ("utf-8", "cp1251"))
    elif isinstance(value, bytes | bytearray):
        yield from decoded(bytes(value[:ONE]), CODINGS)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from readings(inner)
    elif isinstance(value, Iterable):
        for inner in value:
            yield from readings(inner)


def decoded(data: bytes, codings: Iterable[str]) -> Iterator[str]:
    for coding in codings:
        yield NOISE.sub(" ", data.decode(coding, "replace"))
