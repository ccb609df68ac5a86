"""Citations in words: APA 7, MLA 9, Chicago 17 and GOST R 7.0.100.

Names stand as they are printed and in their order: a style that turns them round would have to
guess which part is the family's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from config.keeping.works import Work
from editorial.languages import direction

#: The styles' own languages: their months and words do not follow the page's.
ENGLISH, RUSSIAN = "en", "ru"


@dataclass(frozen=True)
class Citation:
    style: str
    language: str
    html: SafeString


def citations(work: Work) -> list[Citation]:
    """Return a work in every style."""
    return [
        Citation("APA", ENGLISH, joined(apa(work))),
        Citation("MLA", ENGLISH, joined(mla(work))),
        Citation("Chicago", ENGLISH, joined(chicago(work))),
        Citation("ГОСТ Р 7.0.100", RUSSIAN, joined(gost(work))),
    ]


def joined(parts: Iterable[SafeString | str]) -> SafeString:
    """Return the parts of a citation with spaces between them."""
    return format_html_join(" ", "{}", ((part,) for part in parts if part))


def own(text: str, work: Work) -> SafeString:
    """Return the title in its language and direction, with the stop that it lacks left out."""
    language = work.language
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', language, direction(language), text)


def title(work: Work, tag: str = "i") -> SafeString:
    marked = {"i": "<i>{}</i>", "quotes": "“{}”", "plain": "{}"}[tag]
    return format_html(marked, own(work.title, work))


def link(work: Work) -> SafeString:
    return format_html('<a href="{0}">{0}</a>', work.url)


def written(day: date, pattern: str, language: str = ENGLISH) -> str:
    return format_date(day, pattern, locale=language)


def ended(text: str) -> str:
    """Return a sentence with one stop at its end."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def listed(names: tuple[str, ...], last: str) -> str:
    """Return names in a row: "A", "A & B", "A, B & C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])}{',' if last == '&' else ''} {last} {names[-1]}"


def apa(work: Work) -> Iterable[SafeString | str]:
    """APA, 7th edition."""
    when = f"({written(work.published, 'y, MMMM d')})."
    sort = f"[{work.genre}]" if work.genre else ""
    hands = [f"{work.translator}, Trans." if work.translator else "", f"Edition {work.number}"]
    rest = f"({'; '.join(filter(None, hands))})."
    heading = [title(work), sort, rest]
    names = ended(listed(work.authors, "&")) if work.authors else ""
    yield from [names, when, *heading] if names else [*heading, when]
    yield ended(work.site)
    yield link(work)
    if work.original_date:
        yield f"(Original work published {work.original_date[:4]})"


def mla(work: Work) -> Iterable[SafeString | str]:
    """MLA, 9th edition."""
    yield ended(listed(work.authors, "and")) if work.authors else ""
    yield format_html("“{}”", own(ended(work.title), work))
    if work.translator:
        yield f"Translated by {work.translator},"
    yield format_html("<i>{}</i>,", work.site)
    yield f"edition {work.number},"
    yield f"{work.published.day} {month_of_mla(work.published)} {work.published.year},"
    yield format_html("{}.", link(work))


def month_of_mla(day: date) -> str:
    """Return a month as MLA writes it: those of up to four letters in full, September with four."""
    name = written(day, "MMMM")
    return name if len(name) <= 4 else f"{name[: 4 if day.month == 9 else 3]}."


def chicago(work: Work) -> Iterable[SafeString | str]:
    """Chicago, 17th edition, notes and bibliography."""
    yield ended(listed(work.authors, "and")) if work.authors else ""
    yield format_html("“{}”", own(ended(work.title), work))
    if work.genre:
        yield ended(work.genre)
    if work.translator:
        yield ended(f"Translated by {work.translator}")
    yield f"{work.site}, edition {work.number}, {written(work.published, 'MMMM d, y')}."
    yield format_html("{}.", link(work))


def gost(work: Work) -> Iterable[SafeString | str]:
    """GOST R 7.0.100-2018, whose words are Russian whatever the work's language is."""
    people = ", ".join(work.authors)
    if not people and not work.translator:
        yield own(ended(work.title), work)
    else:
        yield title(work, "plain")
        said = [people, f"перевод: {work.translator}" if work.translator else ""]
        yield f"/ {' ; '.join(filter(None, said))}."
    yield f"– Версия {work.number}."
    yield "– Текст : электронный //"
    yield f"{work.site} : [сайт]."
    yield f"– {work.published.year}."
    yield f"– {written(work.published, 'd MMMM', RUSSIAN)}."
    yield format_html("– URL: {}.", link(work))
