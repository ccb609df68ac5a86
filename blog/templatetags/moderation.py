"""What moderators see in a comment that readers do not."""

from collections.abc import Iterator
from html import escape

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from blog.guarding.exposing import Finding, findings

register = template.Library()


@register.filter
def pointed_out(text: str) -> list[SafeString]:
    """Return a text's paragraphs, in which what may expose somebody is marked and named."""
    found = findings(text)
    at, paragraphs = 0, []
    for paragraph in text.split("\n\n"):
        end = at + len(paragraph)
        within = [finding for finding in found if finding.start < end and at < finding.end]
        paragraphs.append(mark_safe("".join(pieces(paragraph, at, within))))
        at = end + len("\n\n")
    return paragraphs


def pieces(paragraph: str, at: int, found: list[Finding]) -> Iterator[str]:
    """Yield a paragraph in pieces of HTML, the marked ones and those between them."""
    done = 0
    for finding in found:
        start, end = max(finding.start - at, 0), finding.end - at
        yield linebreaksbr(escape(paragraph[done:start]), autoescape=False)
        yield format_html(
            '<mark>{}</mark> <small class="kind">({})</small>', paragraph[start:end], finding.label
        )
        done = end
    yield linebreaksbr(escape(paragraph[done:]), autoescape=False)
