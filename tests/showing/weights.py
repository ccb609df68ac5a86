"""``python -m tests.showing.weights``: what pages weigh in each width, of three kinds of scans."""

import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from appeals.evidence import limits
from appeals.evidence.pixels import encoded, public, smaller

#: An A4 sheet at 200 dots per inch.
SHEET = (1654, 2339)
FACE = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
WORDS = "the assembly of the people asks for water wells council harbour appeal nobody signed"


def typed() -> Image.Image:
    """Return a sheet full of lines, dark on white."""
    sheet, chance = Image.new("L", SHEET, 255), random.Random(1)
    draw, face = ImageDraw.Draw(sheet), ImageFont.truetype(FACE, 38)
    for top in range(200, SHEET[1] - 250, 58):
        line = " ".join(chance.choice(WORDS.split()) for _ in range(11))[:64]
        draw.text((180, top), line, font=face, fill=20)
    return sheet


def photographed(sheet: Image.Image) -> Image.Image:
    """Return a sheet as a camera sees it: soft, yellowish, with grain."""
    soft, grain = sheet.filter(ImageFilter.GaussianBlur(0.8)), Image.effect_noise(SHEET, 28)
    tints = [ImageChops.multiply(soft, Image.new("L", SHEET, tint)) for tint in (235, 228, 205)]
    return Image.merge("RGB", [ImageChops.add(tint, grain, 1, -128) for tint in tints])


def weights(sheet: Image.Image) -> dict[int, int]:
    """Return a page's KB by its width; line art too is made smaller, to see what that would be."""
    page = public(sheet)
    data, _suffix = encoded(page)
    forced = smaller(data, "webp")
    found = {width: len(forced[width]) // 1024 for width in limits.WIDTHS}
    return found | {page.width: len(data) // 1024}


def main() -> None:
    sheet = typed()
    fax = sheet.point(lambda value: 255 * (value > 128)).convert("1")
    for name, scan in (("photograph", photographed(sheet)), ("greys", sheet), ("fax", fax)):
        print(name, weights(scan))


if __name__ == "__main__":
    main()
