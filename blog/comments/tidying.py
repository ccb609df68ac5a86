"""Making a commenter's words safe to show, without changing anything that can be seen."""

import re
import unicodedata

#: Characters that Unicode lets a reader not see (Default_Ignorable_Code_Point), and the blank
#: Braille pattern, which looks like a space and is none.
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
#: Letters that joiners and variation selectors shape: from Arabic to Myanmar, and from Khmer to
#: Mongolian. Between two of them "علی‌رضا" needs its joiner; elsewhere one only disguises a name.
SHAPED = "\u0600-\u109f\u1780-\u18af"
UNSEEN_IN_NAME = re.compile(
    rf"(?P<needed>(?<=[{SHAPED}])[\u180b-\u180f\u200c\u200d](?=[{SHAPED}]))|[{INVISIBLE}]"
)
#: What turns a line's direction round unseen. Isolates and marks stay: they harm nobody outside
#: their own paragraph, and quotations in Arabic and Hebrew need them.
TURNING = re.compile("[\u202a-\u202e\u206a-\u206f\ufff9-\ufffb]")
LINE_BREAK = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")


def tidy_text(text: str) -> str:
    """Return a comment's text with plain line breaks and no control characters or overrides."""
    text = TURNING.sub("", drop_controls(LINE_BREAK.sub("\n", text)))
    text = unicodedata.normalize("NFC", text)
    if not re.sub(rf"[\s{INVISIBLE}]", "", text):
        return ""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def tidy_name(name: str) -> str:
    """Return a name on one line, in the form (NFKC) in which two that look alike are alike.

    Invisible characters are dropped: nobody signs with a colleague's name that is none.
    """
    for _again in range(3):  # what is composed after a character went may need it once more
        name = UNSEEN_IN_NAME.sub(lambda found: found["needed"] or "", drop_controls(name))
        name = " ".join(unicodedata.normalize("NFKC", name).split())
    return name


def drop_controls(text: str) -> str:
    """Return the text without what no one can read: controls, private and unassigned characters."""
    unreadable = {"Cc", "Cs", "Co", "Cn"}
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in unreadable)
