"""The stylesheet: one file from many, small, and asking nobody for anything."""

import gzip
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

from config.stylesheet import joined

CSS = Path(settings.BASE_DIR) / "static" / "css"


def test_every_part_is_in_it():
    named = re.findall(r'@import "parts/([^"]+)"', (CSS / "index.css").read_text())
    assert sorted(named) == sorted(path.name for path in (CSS / "parts").iterdir())


def test_it_is_small_and_calls_nobody():
    css = joined(CSS / "index.css")
    assert len(gzip.compress(css.encode())) < 7 * 1024
    assert not re.search(r"url\(|@import|@font-face|//", css)


def test_directions_are_logical():
    physical = (
        r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)|[;{](?:left|right|width)\s*:"
    )
    css = joined(CSS / "index.css")
    assert re.findall(physical, css) == []
    for shorthand in re.findall(r"[{;](?:margin|padding|inset):([^;}]+)", css):
        sides = re.findall(r"(?:[^\s(]|\((?:[^()]|\([^()]*\))*\))+", shorthand)
        assert len(sides) < 4 or sides[1] == sides[3], shorthand


def test_it_is_found_and_collected(tmp_path, settings):
    found = Path(finders.find("css/site.css"))
    assert found.read_text() == joined(CSS / "index.css")
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "css" / "site.css").read_text() == joined(CSS / "index.css")


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_text_stands_out_in_both_themes():
    for theme in (CSS / "parts" / "tokens.css").read_text().split("@media")[:2]:
        tokens = dict(re.findall(r"--(\w+): (#\w{6});", theme))
        for ink in ("ink", "soft", "rubric"):
            for paper in ("paper", "tint"):
                assert contrast(tokens[ink], tokens[paper]) >= 4.5, (ink, paper)
        for marked in ("added", "removed"):
            assert contrast(tokens["ink"], tokens[marked]) >= 4.5
