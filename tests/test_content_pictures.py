"""Posts show no pictures: those of a text that is brought in stay as links."""

import pytest

from config.content.markdown import to_html
from config.content.pictures import as_links
from editorial.sanitising import sanitise


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![The quay](https://a.example/q.png)", '<a href="https://a.example/q.png">The quay</a>'),
        ("![](https://a.example/q.png?w=1)", '<a href="https://a.example/q.png?w=1">q.png</a>'),
        ("![The quay](quay.png)", "[The quay]"),
        ("![](data:image/png;base64,AAAA)", ""),
        ("[![The quay](https://a.example/q.png)](https://b.example/)",
         '<a href="https://b.example/">[The quay]</a>'),
        ('[x](https://b.example/) <IMG alt="A &lt;b&gt;" src="http://a.example/q">',
         '<a href="https://b.example/">x</a> <a href="http://a.example/q">A &lt;b&gt;</a>'),
        ('<img src="https://a.example/&quot;><script>alert(1)</script>" alt="x">', None),
        ("`![no](https://a.example/)`", "<code>![no](https://a.example/)</code>"),
    ],
)  # fmt: skip
def test_a_picture_becomes_a_link(text, shown):
    html = sanitise(as_links(to_html(text))).replace(' rel="noopener noreferrer"', "")
    assert "<script" not in html
    assert "<img" not in html
    if shown is not None:
        assert html.strip() == f"<p>{shown}</p>"
