"""Scans for tests: good ones that carry what must not get out, and ones made to do harm."""

import base64
import io
import struct
import zlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, PngImagePlugin, TiffImagePlugin

#: What is planted in the metadata, and may never be found in what is public.
MARKERS = (b"Ana Petrel", b"59.3", b"GPS", b"Exif", b"Photoshop", b"xmpmeta", b"secretly")
GPS = {1: "N", 2: (59.0, 20.0, 3.0), 3: "E", 4: (18.0, 4.0, 7.0)}
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><creator>Ana Petrel</creator></x:xmpmeta>"


def sheet(size: tuple[int, int] = (600, 800), mode: str = "RGB") -> Image.Image:
    """Return a sheet whose left half is red and whose right half fades, with lines on it."""
    image = Image.new("RGB", size, "white")
    fade = Image.linear_gradient("L").resize(size)
    image.paste(Image.merge("RGB", (fade, fade, fade)), (size[0] // 2, 0))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, size[0] // 2 - 1, size[1] - 1), fill=(200, 0, 0))
    return image.convert(mode)


def told(size: tuple[int, int] = (600, 800), kind: str = "JPEG", **options: Any) -> bytes:
    """Return a picture whose metadata tell who took it, and where."""
    exif = Image.Exif()
    exif[0x013B], exif[0x010E] = "Ana Petrel", "secretly taken"
    exif[0x0112] = options.pop("orientation", 1)
    exif.get_ifd(0x8825).update(GPS)
    if kind == "JPEG":
        options |= {"comment": b"Ana Petrel", "xmp": XMP, "icc_profile": b"Ana Petrel" * 20}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", "Ana Petrel")
        text.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
        options["pnginfo"] = text
    file = io.BytesIO()
    sheet(size).save(file, kind, exif=exif, **options)
    return file.getvalue()


def tiff(pages: int = 2, size: tuple[int, int] = (300, 400), mode: str = "RGB") -> bytes:
    """Return a TIFF of several pages; page N has N white stripes."""
    told_by = TiffImagePlugin.ImageFileDirectory_v2()
    told_by[315] = "Ana Petrel"
    frames = []
    for number in range(1, pages + 1):
        image = Image.new("RGB", size, (0, 0, 120))
        for stripe in range(number):
            ImageDraw.Draw(image).rectangle((10 + 40 * stripe, 0, 30 + 40 * stripe, 300), "white")
        frames.append(image.convert(mode))
    file = io.BytesIO()
    frames[0].save(file, "TIFF", save_all=True, append_images=frames[1:], tiffinfo=told_by)
    return file.getvalue()


def png_of(width: int, height: int) -> bytes:
    """Return a PNG that says it is so large, and holds no more than that."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99))


def chunk(name: bytes, data: bytes) -> bytes:
    crc = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + crc


def text_bomb() -> bytes:
    """Return a PNG with a small text that unpacks to a very large one."""
    whole = told(kind="PNG")
    packed = zlib.compress(b"a" * 80_000_000, 9)
    bomb = chunk(b"zTXt", b"Comment\0\0" + packed)
    return whole[:33] + bomb + whole[33:]


def pdf(
    pages: int = 1,
    size: str = "0 0 612 792",
    catalog: str = "",
    more: tuple = (),
    trailer: str = "",
) -> bytes:
    """Return a PDF that reads "Salt in the wells N" above "signed by Ana Petrel" on each page."""
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(pages))
    objects = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        2: f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        4: "<< /Author (Ana Petrel) /Title (secretly) >>",
    }
    for n in range(pages):
        lines = f"(Salt in the wells {n + 1}) Tj 0 -600 Td (signed by Ana Petrel) Tj"
        text = f"BT /F1 40 Tf 60 700 Td {lines} ET"
        objects[10 + 2 * n] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{size}] /Contents {11 + 2 * n} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects[11 + 2 * n] = f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"
    objects |= dict(more)
    data = b"%PDF-1.7\n"
    places = {}
    for number, said in objects.items():
        places[number] = len(data)
        body = said if isinstance(said, bytes) else said.encode()
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = len(data)
    data += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        data += b"%d 1\n%010d 00000 n \n" % (number, place)
    tail = f"trailer\n<< /Root 1 0 R /Info 4 0 R /Size {max(objects) + 1} {trailer} >>\n"
    return data + f"{tail}startxref\n{table}\n%%EOF\n".encode()


def locked() -> bytes:
    """Return a PDF that opens with a password only."""
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>"
    return pdf(trailer=f"{lock} /ID [<00> <00>]")


def programmed() -> bytes:
    """Return a PDF with a program, its name spelled so that a search does not find it."""
    return pdf(catalog="/OpenAction << /S /#4aava#53cript /JS (app.alert(1)) >>")


def packed_program() -> bytes:
    """Return a PDF whose program stands in a compressed object stream."""
    packed = zlib.compress(b"20 0 << /S /JavaScript /JS (app.alert(1)) >>")
    said = b"<< /Type /ObjStm /N 1 /First 5 /Filter /FlateDecode /Length %d >>\nstream\n" % len(
        packed
    )
    return pdf(more=((5, said + packed + b"\nendstream"),))


def bring(data: bytes, name: str) -> SimpleUploadedFile:
    """Return a file as somebody brings it."""
    return SimpleUploadedFile(name, data)


#: A photograph of 64 × 48 pixels, red on the left, whose EXIF names who took it.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAA"
    "AAAAAAAAADRpbG9jAAAAAERAAAIAAQAAAAAB4gABAAAAAAAAACMAAgAAAAACBQABAAAAAAAAADAAAAA4aWluZgAAAAAA"
    "AgAAABVpbmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADd"
    "aXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAq"
    "QgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQAN"
    "AAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBp"
    "eGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAAW21kYXQA"
    "AAAfKAGvC2D15YOv//fBHfvUIOuW5VS/elkDkP/7ZwifTgAAAAZFeGlmAABNTQAqAAAACAABATsAAgAAAAsAAAAaAAAA"
    "AEFuYSBQZXRyZWwAAA=="
)
