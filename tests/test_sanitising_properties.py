"""Whatever goes in, what comes out is text, structure, links and their languages."""

import html
import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from editorial.sanitising import ATTRIBUTES, SCHEMES, TAGS, sanitise

PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<b", "<a href=", "'>", '">', ">", "<", "&lt;", "&#60;", "&amp;", "-->"),
        *("<script>", "</script>", "<style>", "</style>", "<svg>", "<math>", "<mtext>"),
        *("<textarea>", "<mglyph>"),
        *("<table>", "<td>", "<template>", "<noscript>", "<title>", "<!--", "<![CDATA["),
        *("javascript:", "java\tscript:", "data:text/html,", "//host.example", "https://a.example"),
        *(" onload=alert(1)", " style='color:red'", " dir=up", " lang=ru", "\x00", "\ufeff"),
        *("<blockquote cite='/\\host.example'>", "<time datetime=2022>", "слово", "كلمة"),
    ]
)  # fmt: skip
SOUP = st.lists(PIECES | st.text(max_size=6), max_size=14).map("".join)

VECTORS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>a</a>",
    "<a href='JaVa&#x0A;ScRiPt&colon;alert(1)'>a</a>",
    "<a href=' &#1; javascript:alert(1)'>a</a>",
    "<a href='vbscript:x'>a</a><a href='data:text/html;base64,PHNjcmlwdD4='>b</a>",
    "<a href='//host.example/'>a</a>",
    "<a href='/&#9;/host.example/'>a</a>",
    "<a href='\\\\host.example/'>a</a>",
    "<a href='/&#10;\\host.example/'>a</a>",
    "<a href='&#1;//host.example/'>a</a>",
    "<q cite='/&#13;/host.example/'>a</q>",
    "<a href='https://a.example' ping='https://b.example' target=_blank rel=opener>a</a>",
    "<svg><a xlink:href='javascript:alert(1)'><text>a</text></a></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=x'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<p style='background:url(javascript:alert(1))' class=x id=y onclick=z>a</p>",
    "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'></iframe>",
    "<object data='x.swf'></object><embed src=x><base href='https://host.example/'>",
    "<meta http-equiv=refresh content='0;url=https://host.example/'>",
    "<p dir='rtl' lang='ar'>كلمة</p><p dir='javascript:'>a</p>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<textarea><p title='</textarea><script>alert(1)</script>'>",
    "<details open ontoggle=alert(1)>a</details>",
    "<template><script>alert(1)</script></template>",
]  # fmt: skip
RESPONSES_TO_LINKS = {"rel": "noopener noreferrer"}


class Reader(HTMLParser):
    """Collects what a sanitised text still holds and may not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if RESPONSES_TO_LINKS.get(name) == value and tag == "a":
                continue
            if name not in ATTRIBUTES.get(tag, set()) | ATTRIBUTES["*"]:
                self.faults.append(f"{tag} {name}")
            if name in ("href", "cite") and not is_harmless(value or ""):
                self.faults.append(f"{tag} {name}={value}")

    def handle_comment(self, data: str) -> None:
        self.faults.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.faults.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.faults.append("instruction")


def is_harmless(address: str) -> bool:
    """Tell whether a browser would find an allowed scheme, or none and no host (WHATWG URL)."""
    address = re.sub(r"[\t\n\r]", "", address).lstrip("".join(map(chr, range(33))))
    address = address.replace("\\", "/")
    if address.startswith("//"):
        return False
    scheme = re.match(r"[a-z][a-z0-9+.-]*(?=:)", address, re.IGNORECASE)
    return scheme is None or urlsplit(address).scheme in SCHEMES


def faults(clean: str) -> list[str]:
    reader = Reader()
    reader.feed(clean)
    reader.close()
    return reader.faults


@given(SOUP)
@example("<table><td><p><a href=//host.example><table>")
def test_any_soup_comes_out_clean_and_cleaning_it_again_changes_nothing(soup):
    clean = sanitise(soup)

    assert faults(clean) == []
    assert sanitise(clean) == clean


@pytest.mark.parametrize("vector", VECTORS)
def test_a_known_trick_comes_out_clean(vector):
    clean = sanitise(vector)

    assert faults(clean) == []
    assert "host.example" not in clean
    assert sanitise(clean) == clean


@given(st.text())
def test_plain_words_come_out_as_they_went_in(words):
    words = re.sub("[\x00\r]", "", words)
    clean = sanitise(html.escape(words, quote=False))

    assert html.unescape(clean.replace("&nbsp;", "\xa0")) == words


@given(st.text(alphabet="abc <>/&'\"=", max_size=30))
def test_a_text_that_was_cleaned_is_safe_to_be_cleaned_inside_another(words):
    assert faults(sanitise(f"<blockquote>{sanitise(words)}</blockquote>")) == []
