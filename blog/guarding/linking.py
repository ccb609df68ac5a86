"""Links in a comment's text, written in whatever way a reader could follow."""

import re

ENDINGS = (
    "com|net|org|info|biz|app|dev|io|co|me|tv|cc|xyz|top|site|online|shop|store|club|live|news|"
    "click|link|win|bet|casino|loan|vip|icu|fun|pro|ru|рф|su|kz|uz|kg|mn|ua|by|cn|de|fr|es|it|pl|"
    "uk|us|eu|nl|tr|ir|in|jp|kr|example|test"
)
DOT = r"(?:\.|\s?[\[({]\s?(?:\.|dot|точка)\s?[\])}]\s?)"
LINK = re.compile(
    r"\b(?:h(?:tt|xx)ps?|ftp)\s?:\s?/\s?/\s?\S+"  # with a scheme, disguised or not
    r"|\bwww\d?\.\S+"
    rf"|(?<![\w@.])(?:[\w-]{{1,63}}{DOT}){{1,6}}(?:{ENDINGS})(?![\w-])(?:/\S*)?"
    r"|\b(?:t\.me|wa\.me|bit\.ly)/\S+"
    r"|<a\s|\[url\b|\]\(\s?/?/?\w",
    re.IGNORECASE,
)
HOST = re.compile(rf"(?:[\w-]{{1,63}}\.){{1,6}}(?:{ENDINGS}|[^\W\d_]{{2,24}})", re.IGNORECASE)


def links(text: str) -> list[str]:
    """Return the links in a text, as they are written."""
    return [found[0].strip() for found in LINK.finditer(text)]


def hosts(text: str) -> set[str]:
    """Return the hosts that a text's links lead to, undisguised and in lower case."""
    plain = (re.sub(DOT, ".", link, flags=re.IGNORECASE) for link in links(text))
    return {
        found[0].lower().removeprefix("www.") for link in plain for found in HOST.finditer(link)
    }
