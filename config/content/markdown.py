"""Markdown bodies: CommonMark with tables. What comes out is sanitised by whoever keeps it."""

from functools import cache

from markdown_it import MarkdownIt


@cache
def parser() -> MarkdownIt:
    """Return the parser. HTML in a text may pass: the sanitiser is the last to see it."""
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def to_html(text: str) -> str:
    """Return a text as HTML. The page has its own h1, so a heading of the first level is an h2."""
    tokens = parser().parse(text)
    for token in tokens:
        if token.tag == "h1":
            token.tag = "h2"
    return parser().renderer.render(tokens, parser().options, {})
