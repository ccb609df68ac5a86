"""Street addresses as they are written in the languages of the newsroom's readers."""

import re
from collections.abc import Iterator

#: One to four words of a street's name; the first may not be a preposition in front of a year.
NAME = r"(?:[^\W\d_][\w.'’«»\"-]{0,30}[ ]){0,3}[^\W\d_][\w.'’«»\"-]{0,30}"
NUMBER = r"\d{1,3}(?:[/-]\d{1,3})?[ ]?[A-Za-zА-Яа-я]?"
#: A house number ends a phrase or leads to a flat; otherwise it counts something.
NO_COUNT = r"(?=[ ]*(?:$|[^\w\s]|\n|(?:кв|корп|стр|под|эт|apt|app|flat|no|и|and|und|et|y)\b))"
FLAT = (
    r"(?:[ ]?,?[ ]?(?:кв(?:артира|\.)?|корп(?:ус|\.)?|к\.|стр(?:оение|\.)?|подъезд|эт(?:аж|\.)?"
    r"|apt\.?|flat|daire|whg\.?)[ ]?№?[ ]?\d{1,4}\w?){0,4}"
)
BEFORE = (
    r"ул(?:\.|иц[аеыу])|пр(?:-т|осп(?:\.|ект\w{0,2}))|пер(?:\.|еул\w{1,3})|бульвар\w{0,2}|б-р"
    r"|наб(?:\.|ережн\w{1,3})|ш(?:\.|оссе)|мкр\.?|микрорайон\w{0,2}|проезд\w{0,2}"
    r"|вул(?:\.|иц[яіею])|calle|avenida|avda\.?|plaza|paseo|rua|travessa|viale?|piazza|corso"
    r"|ulica|ul\.|شارع|خیابان|کوچه"
)
STREETS = [
    rf"\b(?:{BEFORE})[ ]?{NAME},?[ ](?:д(?:ом|\.)[ ]?|№[ ]?|n[º°o][ ]?|رقم[ ]|پلاک[ ])?"
    rf"{NUMBER}{FLAT}{NO_COUNT}",
    rf"\bд(?:ом|\.)[ ]?{NUMBER},?[ ]?кв(?:артира|\.)?[ ]?\d{{1,4}}\b",
    r"\b\d{1,5}[A-Za-z]?,?[ ](?:[A-Z][\w'’.-]{0,30}[ ]){1,4}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Square|Sq"
    r"|Terrace|Crescent|Close|Highway)\b\.?",
    r"\b[A-ZÄÖÜ][\wß-]{2,40}(?:straße|strasse|str\.|gasse|weg|allee|platz|damm|ufer)[ ]\d{1,4}"
    r"(?:[ ]?[a-z])?\b",
    r"\b(?:[A-ZÄÖÜ][\wß-]{2,30}[ -]){1,3}(?:Straße|Strasse|Str\.|Allee|Platz|Ufer)[ ]\d{1,4}\b",
    r"\b\d{1,4}(?:[ ]?(?:bis|ter))?,?[ ](?:rue|avenue|av\.|boulevard|bd\.?|chemin|impasse|allée"
    r"|quai)[ ](?:(?:de|du|des|la|le|l['’])[ ]?){0,3}[^\W\d_][\w'’-]{1,30}"
    r"(?:[ ][A-ZÉ][\w'’-]{1,30}){0,3}",
    r"\b[^\W\d_][\w.]{0,30}[ ](?:sok(?:ak|ağı|\.)|cad(?:desi|\.)|mah(?:allesi|\.)|bulvarı)"
    r"[ ]?,?[ ]?no[ ]?[:.]?[ ]?\d{1,4}\b",
    r"\b\d{1,3}-р[ ](?:байр|гудамж)\w{0,3}[ ,]{0,2}(?:\d{1,4}[ ]?тоот)?",
    r"[\u3400-\u9fff]{2,12}[路街道巷](?:\d{1,5}|[一二三四五六七八九十百]{1,5})[号號]",
]
#: In these the capital letter is what tells a street from a number of things.
CASED = {2, 3, 4}
PATTERNS = [
    re.compile(pattern, 0 if number in CASED else re.IGNORECASE)
    for number, pattern in enumerate(STREETS)
]


def streets(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a text names a house in a street."""
    for pattern in PATTERNS:
        for found in pattern.finditer(text):
            yield found.span()
