"""The last hands through which HTML passes before a reader sees it."""

import re
from collections.abc import Callable
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe

from editorial.addresses import front, kept

TAGS = {
    "a", "abbr", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "dd",
    "del", "div", "dl", "dt", "em", "figcaption", "figure", "h2", "h3", "h4", "hr", "i", "ins",
    "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strong",
    "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "title", "hreflang"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "scope", "headers"},
    "time": {"datetime"},
}
SCHEMES = {"http", "https", "mailto"}


#: What a browser leaves out of an address before it reads it (WHATWG URL, basic parser).
IGNORED = re.compile(r"^[\x00-\x20]+|[\t\n\r]")


def allowed(tag: str, attribute: str, value: str) -> str | None:
    """Let through what the lists allow, but no address that leaves the scheme open (//host)."""
    if attribute in {"href", "cite"}:
        value = IGNORED.sub("", value)
        if value.replace("\\", "/").startswith("//"):
            return None
    if attribute == "dir" and value.lower() not in {"ltr", "rtl", "auto"}:
        return None
    return value


#: How word processors and other blogs indent: fixed spaces at the beginning of each block.
INDENT = re.compile(
    r"(<(?:p|li|h[2-6]|blockquote|div)\b[^>]*>)(?:&nbsp;|&#160;|\s)+", re.IGNORECASE
)


def typed(html: str, *_unused: Any) -> str:
    """Return what somebody typed or pasted, sanitised, and not indented by hand."""
    return sanitise(INDENT.sub(r"\1", html))


def shown(html: str) -> SafeString:
    """Return what was sealed as the page that is being written shows it.

    On a page with a language in front, links in a text keep that language as all others do.
    """
    return mark_safe(sanitise(html, lead=kept) if front() else html)


def sanitise(
    html: str, *_unused: Any, base: str = "", lead: Callable[[str], str] | None = None
) -> str:
    """Return HTML with nothing in it but text, structure, links and their languages.

    Args:
        base: the whole address that relative ones are made whole by, where a text leaves its page.
        lead: gives a link the address that it leads to here.
    """

    def led(tag: str, attribute: str, value: str) -> str | None:
        found = allowed(tag, attribute, value)
        return lead(found) if lead and found and attribute == "href" else found

    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=led,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
        strip_comments=True,
        url_relative=("rewrite_with_base", base) if base else None,
    )
