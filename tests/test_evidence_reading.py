"""What becomes of a file that somebody brings: pages of nothing but pixels, or a sentence."""

import io
import tempfile
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from appeals.evidence import limits, rendering
from appeals.evidence.rendering import NotTaken, draw
from appeals.evidence.taking import pages_of_upload
from tests import scans

#: Grey, whatever white and black may become on the way.
BRIGHT, DARK = 200, 60


def page(data, boxes=None, number=1):
    """Return a public page, opened."""
    [drawn] = draw([data], {number: boxes or []}, only=number)
    return Image.open(io.BytesIO(drawn.data))


def refused(data, name="scan"):
    with pytest.raises(NotTaken) as refusal:
        pages_of_upload(scans.bring(data, name))
    return str(refusal.value)


GOOD = {
    "JPEG": (scans.told(), "scan.jpg", (600, 800)),
    "JPEG, turned": (scans.told((800, 600), orientation=6), "scan.JPEG", (600, 800)),
    "PNG": (scans.told(kind="PNG"), "scan.png", (600, 800)),
    "TIFF": (scans.tiff(1), "scan.tif", (300, 400)),
    "TIFF in black and white": (scans.tiff(1, mode="1"), "scan.tiff", (300, 400)),
    "HEIC": (scans.HEIC, "IMG_0001.HEIC", (64, 48)),
    "PDF": (scans.pdf(), "letter.pdf", (1700, 2200)),
    "without a suffix": (scans.told(), "scan", (600, 800)),
}


@pytest.mark.parametrize("what", GOOD)
def test_a_page_is_pixels_and_nothing_else(what):
    data, name, size = GOOD[what]
    assert b"Ana Petrel" in data
    [drawn] = pages_of_upload(scans.bring(data, name))
    assert (drawn.number, drawn.width, drawn.height) == (1, *size)
    assert [marker for marker in scans.MARKERS if marker in drawn.data] == []
    opened = Image.open(io.BytesIO(drawn.data))
    opened.load()
    assert opened.size == size
    assert not opened.getexif()
    assert not getattr(opened, "text", {})
    assert set(opened.info) <= {"background", "loop", "timestamp", "duration"}


@pytest.mark.parametrize("what", ["JPEG, turned", "HEIC", "TIFF", "PNG"])
def test_a_page_shows_what_the_original_shows(what):
    data, _name, size = GOOD[what]
    shown = page(data).convert("RGB")
    if what == "JPEG, turned":  # its red half, once on the left, is on top
        assert shown.getpixel((300, 100))[0] > 150 > shown.getpixel((300, 700))[1]
        assert shown.getpixel((300, 100))[1] < DARK
    elif what == "TIFF":
        assert min(shown.getpixel((20, 20))) > BRIGHT
        assert shown.getpixel((60, 20))[0] < DARK
    else:
        left = shown.getpixel((size[0] // 5, size[1] - 4))
        assert left[0] > 150
        assert left[1] < DARK
        assert shown.getpixel((size[0] * 4 // 5, size[1] - 4))[1] > BRIGHT


def test_sixteen_bits_of_grey_are_not_clipped():
    file = io.BytesIO()
    grey = Image.linear_gradient("L").convert("I").point(lambda value: value * 256)
    grey.convert("I;16").save(file, "TIFF")
    shown = page(file.getvalue()).convert("L")
    assert shown.getpixel((128, 4)) < DARK
    assert 100 < shown.getpixel((128, 128)) < 156
    assert shown.getpixel((128, 250)) > BRIGHT


def test_what_is_transparent_lies_on_white():
    file = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(file, "PNG")
    assert page(file.getvalue()).convert("L").getextrema() == (255, 255)


def test_every_page_of_a_tiff_and_of_a_pdf_is_drawn():
    assert [drawn.number for drawn in draw([scans.tiff(3)])] == [1, 2, 3]
    assert [drawn.number for drawn in draw([scans.pdf(3)])] == [1, 2, 3]
    third = page(scans.tiff(3), number=3).convert("RGB")
    assert min(third.getpixel((100, 20))) > BRIGHT


def test_a_page_has_a_bounded_size():
    shown = page(scans.told((5000, 3000)))
    assert shown.size == (limits.SIDE, limits.SIDE * 3 // 5)
    assert page(scans.pdf(size="0 0 14400 7200")).size == (limits.SIDE, limits.SIDE // 2)


def test_the_same_page_has_the_same_bytes():
    assert draw([scans.told()])[0].data == draw([scans.told()])[0].data


BOX = (0.1, 0.2, 0.25, 0.1)


@pytest.mark.parametrize(
    "data", [scans.told(), scans.told((5000, 3000)), scans.tiff(1)], ids=["JPEG", "large", "TIFF"]
)
def test_a_black_box_is_burnt_into_the_pixels(data):
    """Another picture under the box makes no other bytes: nothing of it is left."""
    shown = page(data, [BOX]).convert("RGB")
    w, h = shown.size
    inside = shown.crop((int(w * 0.1) + 1, int(h * 0.2) + 1, int(w * 0.35) - 1, int(h * 0.3) - 1))
    assert max(high for _low, high in inside.getextrema()) < 24
    assert max(shown.getpixel((int(w * 0.1) - 6, int(h * 0.25)))) > 100


def test_nothing_under_a_box_makes_a_difference():
    made = []
    for colour in ("yellow", "blue"):
        image = scans.sheet((3000, 4000))
        image.paste(Image.new("RGB", (700, 380), colour), (320, 810))
        file = io.BytesIO()
        image.save(file, "PNG", compress_level=1)
        [drawn] = draw([file.getvalue()], {1: [BOX]})
        made.append(drawn.data)
    assert made[0] == made[1]


def test_the_text_of_a_pdf_is_gone_with_its_layer():
    data = scans.pdf()
    with pypdfium2.PdfDocument(data) as document:
        assert "Ana Petrel" in document[0].get_textpage().get_text_range()
    plain = page(data).convert("L")
    signature = (int(1700 * 0.08), int(2200 * 0.83), int(1700 * 0.9), int(2200 * 0.9))
    assert plain.crop(signature).getextrema()[0] < DARK
    hidden = page(data, [(0.05, 0.8, 0.9, 0.15)])
    assert hidden.format in ("PNG", "WEBP")
    assert hidden.convert("L").crop(signature).getextrema()[1] < 24
    assert hidden.convert("L").crop((0, 0, 1700, 400)).getextrema()[0] < DARK


HOSTILE = {
    "empty": (b"", "scan.png", "is empty"),
    "a web page": (b"<html><script>alert(1)</script>", "scan.html", "no file that we read"),
    "a picture of lines": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "scan.svg", "no file"),
    "a GIF": (b"GIF89a" + bytes(40), "scan.gif", "no file that we read"),
    "a PNG named PDF": (scans.told(kind="PNG"), "scan.pdf", "ends in “.pdf”, but the file is PNG"),
    "a PDF named PNG": (scans.pdf(), "scan.png", "ends in “.png”, but the file is PDF"),
    "a program": (scans.told(), "scan.exe", "ends in “.exe”"),
    "a bomb of pixels": (scans.png_of(60_000, 60_000), "scan.png", "more pixels"),
    "a long strip": (scans.png_of(2_000_000_000, 1), "scan.png", "more pixels"),
    "a bomb of text": (scans.text_bomb(), "scan.png", "damaged"),
    "no pixels": (scans.png_of(0, 10), "scan.png", "damaged"),
    "a truncated JPEG": (scans.told()[:6000], "scan.jpg", "damaged"),
    "a truncated PNG": (scans.told(kind="PNG")[:3000], "scan.png", "damaged"),
    "a truncated TIFF": (scans.tiff(2)[:-5000], "scan.tif", "damaged"),
    "a truncated HEIC": (scans.HEIC[:400], "scan.heic", "damaged"),
    "a truncated PDF": (b"%PDF-1.7\n1 0 obj\n<<", "scan.pdf", "damaged"),
    "a PDF without pages": (scans.pdf(0), "scan.pdf", "damaged"),
    "many pages": (scans.pdf(limits.PAGES + 1), "scan.pdf", "more than 100 pages"),
    "many frames": (scans.tiff(limits.PAGES + 1, (9, 9)), "scan.tif", "more than 100 pages"),
    "a huge page": (scans.pdf(size="0 0 200000 200000"), "scan.pdf", "more pixels"),
    "a thread of a page": (scans.pdf(size="0 0 14000 0.01"), "scan.pdf", "damaged"),
    "a locked PDF": (scans.locked(), "scan.pdf", "password"),
    "a PDF with a program": (scans.programmed(), "scan.pdf", "JavaScript"),
    "a packed program": (scans.packed_program(), "scan.pdf", "JavaScript"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(what):
    data, name, reason = HOSTILE[what]
    assert reason in refused(data, name)


def test_a_file_that_is_too_heavy_is_not_even_read(monkeypatch):
    monkeypatch.setattr(limits, "BYTES", 1000)
    monkeypatch.setattr(rendering, "ask", None)
    assert "larger than" in refused(scans.told(), "scan.jpg")


def test_a_reader_that_dies_or_dawdles_refuses_the_file(monkeypatch, tmp_path):
    reader = tmp_path / "reader"
    monkeypatch.setattr(rendering.sys, "executable", str(reader))
    reader.write_text("#!/bin/sh\nkill -SEGV $$\n")
    reader.chmod(0o700)
    assert "damaged" in refused(scans.told())
    monkeypatch.setattr(limits, "SECONDS", 0.2)
    reader.write_text("#!/bin/sh\nexec sleep 20\n")
    assert "too long" in refused(scans.told())


def test_the_reader_is_told_no_secret(monkeypatch, tmp_path):
    reader, heard = tmp_path / "reader", tmp_path / "heard"
    reader.write_text(f"#!/bin/sh\nenv > {heard}\n")
    reader.chmod(0o700)
    monkeypatch.setattr(rendering.sys, "executable", str(reader))
    refused(scans.told())
    assert "SECRET_KEY" not in heard.read_text()


def test_nothing_is_left_behind(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    draw([scans.told()])
    refused(scans.told()[:6000], "scan.jpg")
    assert list(Path(tmp_path).iterdir()) == []
