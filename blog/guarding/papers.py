"""Numbers of papers: passports and other documents, payment cards, bank accounts."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

CARD = re.compile(r"(?<![\w.])[2-6]\d(?:[ -]?\d){11,17}(?!\w)")
ACCOUNT = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}")
#: Forms that are documents wherever they stand.
SHAPES = re.compile(
    r"(?<![\w-])(?<!\d )(?:"
    r"\d{2} ?\d{2} \d{6}|"  # passport, Russia
    r"\d{3}-\d{3}-\d{3}[ -]\d{2}|"  # social insurance, Russia
    r"\d{3}-\d{2}-\d{4}|"  # social security, United States
    r"[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]|"  # national insurance, United Kingdom
    r"[A-ZА-Я]{1,2} ?(?:№ ?)?\d{7,9}|"  # passports of many countries
    r"[A-Z0-9]{1,2}<[A-Z]{3}[A-Z0-9<]{20,40}"  # a passport's line for machines
    r")(?![\w-])"
)
NAMES = (
    r"passports?|pass(?:eport|aporto|nummer)|reisepass|(?:personal)?ausweis\w*|pasaporte|pasaport"
    r"|паспорт\w*|удостоверени\w+|свидетельств\w+|сери[яи]|снилс|инн|иин|жсн|водительск\w+|куәлік"
    r"|паспортын|үнэмлэх\w*|регистр\w*|id(?: ?card)?(?: ?(?:no|number|nr))?|ssn|social security"
    r"|driv(?:er'?s|ing) licen[cs]e|tc kimlik|kimlik|dni|nie|personnummer|pesel|rodné číslo"
    r"|护照|身份证|جواز|شناسنامه"
)
NAMED = re.compile(
    rf"(?<!\w)(?:{NAMES})[^\w\n]{{0,4}}(?:[^\W\d]{{1,12}}[^\w\n]{{1,3}}){{0,3}}"
    r"(?P<number>[A-ZА-Я]{0,3}[ №-]{0,3}\d(?:[ №-]{0,3}\d){5,17})(?!\d)",
    re.IGNORECASE,
)
AMOUNT = re.compile(r"\d{1,3}(?:[ ]\d{3})+$")


def cards(text: str) -> Iterator[Span]:
    """Yield payment cards: 13 to 19 digits whose last one checks the others (ISO/IEC 7812)."""
    for found in CARD.finditer(text):
        if passes_luhn([int(char) for char in found[0] if char.isdigit()]):
            yield found.span()


def passes_luhn(digits: list[int]) -> bool:
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0 and len(set(digits)) > 1


def accounts(text: str) -> Iterator[Span]:
    """Yield bank accounts whose check digits are right (IBAN, ISO 13616)."""
    for found in ACCOUNT.finditer(text):
        ends = (end for end in range(found.end(), found.start() + 14, -1) if text[end - 1] != " ")
        for end in ends:
            if passes_mod_97(text[found.start() : end]):
                yield found.start(), end
                break


def passes_mod_97(written: str) -> bool:
    compact = written.replace(" ", "")
    return int("".join(str(int(char, 36)) for char in compact[4:] + compact[:4])) % 97 == 1


def documents(text: str) -> Iterator[Span]:
    """Yield numbers in a document's form, and those that stand behind a document's name."""
    yield from (found.span() for found in SHAPES.finditer(text))
    for found in NAMED.finditer(text):
        if not (AMOUNT.match(found["number"]) and re.match(r" [^\W\d]", text[found.end() :])):
            yield found.span("number")
