"""From a page's pixels to the file the public gets: nothing but pixels, black where it must be."""

import io
from collections.abc import Iterable, Sequence
from math import ceil, floor

from PIL import Image, ImageDraw, ImageOps

from appeals.evidence import limits

#: A rectangle in fractions of the page: left, top, width, height.
Rectangle = Sequence[float]
#: Up to so many colours a page is line art: PNG is then smaller, and exact.
FEW_COLOURS = 16


def upright(image: Image.Image) -> Image.Image:
    """Return the image turned as its metadata asks, where that can be read."""
    try:
        return ImageOps.exif_transpose(image) or image
    except Exception:  # the pixels are good even where what describes them is not
        return image


def plain(image: Image.Image) -> Image.Image:
    """Return the image in plain colours on white paper."""
    if image.mode.startswith("I"):  # 16 bits of grey; converting would clip them to 8
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if "transparency" in image.info or image.mode in ("RGBA", "LA", "PA", "RGBa", "La"):
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, image).convert("RGB")
    return image.convert("RGB")


def bounded(image: Image.Image) -> Image.Image:
    """Return the image with its longer side no longer than a public page's."""
    scale = limits.SIDE / max(image.size)
    if scale >= 1:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def blackened(image: Image.Image, boxes: Iterable[Rectangle]) -> Image.Image:
    """Return the image with every box filled, rounded outwards to whole pixels."""
    image = image.copy()
    draw = ImageDraw.Draw(image)
    for x, y, w, h in boxes:
        left, top = floor(x * image.width), floor(y * image.height)
        right, bottom = ceil((x + w) * image.width), ceil((y + h) * image.height)
        draw.rectangle((left, top, right, bottom), fill="black")
    return image


def public(image: Image.Image, boxes: Sequence[Rectangle] = ()) -> Image.Image:
    """Return what the public may see of a page.

    The boxes are burnt in before it is made smaller, so that nothing under them bleeds out, and
    after, so that their edges are whole.
    """
    image = plain(upright(image))
    return blackened(bounded(blackened(image, boxes)), boxes)


def encoded(image: Image.Image) -> tuple[bytes, str]:
    """Return the bytes of a page and the suffix of their format, with no word of metadata."""
    page = Image.new("RGB", image.size)
    page.paste(image)  # pixels alone: whatever else the image carried stays behind
    file = io.BytesIO()
    if page.getcolors(FEW_COLOURS):
        page.quantize(FEW_COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
        return file.getvalue(), "png"
    page.save(file, "WEBP", quality=80, method=4)
    return file.getvalue(), "webp"


def widths(width: int, suffix: str) -> list[int]:
    """Return the widths in which a page comes besides its own, the narrowest first.

    Only what is clearly narrower saves anything. Line art has none: made smaller it is of many
    greys, and heavier than the whole page.
    """
    return [less for less in limits.WIDTHS if suffix == "webp" and less <= width * 3 / 4]


def smaller(data: bytes, suffix: str) -> dict[int, bytes]:
    """Return an encoded page in its smaller widths.

    They are made of the very bytes that are public and of nothing else, so they show no more.
    """
    made = {}
    with Image.open(io.BytesIO(data), formats=["PNG", "WEBP"]) as page:
        for width in widths(page.width, suffix):
            size = (width, max(1, round(page.height * width / page.width)))
            less = page.convert("RGB").resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
            file = io.BytesIO()
            less.save(file, "WEBP", quality=80, method=2)
            made[width] = file.getvalue()
    return made
