"""Reading originals page by page, within limits, whatever they were made to do."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pi_heif
import pypdfium2
from PIL import Image
from pypdfium2 import raw

from appeals.evidence import limits
from appeals.evidence.kinds import HEIC, PDF, TIFF, Refused, kind_of

#: Pages as (number, image), numbered from 1.
Pages = Iterator[tuple[int, Image.Image]]

FORMATS = {HEIC: "HEIF"}
#: No page of a PDF is larger, in points (ISO 32000-1, annex C).
LARGEST = 14_400
SCRIPT = b"/JavaScript"
OBJECTS = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.S)


def pages(path: Path, only: int | None = None) -> Pages:
    """Yield the pages of a file, or only one of them.

    Raises:
        Refused: the file is hostile, broken or not of a kind that we read.
    """
    with path.open("rb") as file:
        kind = kind_of(file.read(16))
    if path.stat().st_size > limits.BYTES:
        raise Refused("too_heavy")
    yield from pages_of_pdf(path, only) if kind == PDF else pages_of_image(path, kind, only)


def pages_of_image(path: Path, kind: str, only: int | None) -> Pages:
    """Yield the frames of a picture; only TIFF has more than one page."""
    if kind == HEIC:
        pi_heif.register_heif_opener(thumbnails=False)
    with Image.open(path, formats=[FORMATS.get(kind, kind)]) as image:
        for number in range(1, limits.PAGES + 2):
            if number > 1:
                try:
                    image.seek(number - 1)
                except EOFError:
                    return
            if number > limits.PAGES:
                raise Refused("too_many")
            check_size(*image.size)
            if only in (None, number):
                image.load()
                yield number, image
            if kind != TIFF:
                return


def check_size(width: int, height: int) -> None:
    """Refuse a page of no size, or of too many pixels, before one of them is decoded."""
    if width < 1 or height < 1:
        raise Refused("damaged")
    if width * height > limits.PIXELS:
        raise Refused("too_large")


def pages_of_pdf(path: Path, only: int | None) -> Pages:
    """Yield the pages of a PDF as they look; its text, scripts and attachments stay behind."""
    if has_script(path.read_bytes()):
        raise Refused("script")
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        raise Refused("locked" if locked else "damaged") from error
    with document:
        if raw.FPDF_GetSecurityHandlerRevision(document.raw) != -1:
            raise Refused("locked")
        if raw.FPDFDoc_GetJavaScriptActionCount(document.raw) > 0:
            raise Refused("script")
        if len(document) > limits.PAGES:
            raise Refused("too_many")
        if len(document) == 0:
            raise Refused("damaged")
        document.init_forms()  # what was filled in is part of the look
        for number in range(1, len(document) + 1):
            if only in (None, number):
                yield number, drawn(document[number - 1])


def drawn(page: Any) -> Image.Image:
    """Return a page of a PDF as an image no larger than a public page."""
    width, height = page.get_size()
    if max(width, height) > LARGEST:
        raise Refused("too_large")
    scale = min(limits.DPI / 72, limits.SIDE / max(width, height, 1))
    if not min(width, height) * scale >= 1:
        raise Refused("damaged")
    image: Image.Image = page.render(scale=scale).to_pil()
    return image


def has_script(data: bytes) -> bool:
    """Tell whether a PDF holds JavaScript, in the open or in its packed objects.

    Every such action is named ``/JavaScript`` (ISO 32000-2, 12.6.4.17); a name may be spelled
    with ``#`` and two digits in place of a letter. We run none, but the original is kept, and
    a colleague may open it.
    """
    if spelled_out(data):
        return True
    whole = memoryview(data)
    for found in OBJECTS.finditer(data):
        try:
            packed = zlib.decompressobj().decompress(whole[found.end() :], limits.BYTES)
        except zlib.error:
            continue
        if spelled_out(packed):
            return True
    return False


def spelled_out(data: bytes) -> bool:
    return SCRIPT in re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), data)
