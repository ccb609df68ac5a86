"""Citations for programs: BibTeX (as BibLaTeX reads it), RIS and CSL-JSON."""

import json
import re

from config.keeping.works import Work

#: What TeX would take for a command.
TEX = {
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
TYPES = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json",
}


def written(work: Work, form: str) -> bytes:
    """Return a citation in one of the forms."""
    return {"bib": bibtex, "ris": ris, "json": csl_json}[form](work).encode()


def plain(text: str) -> str:
    """Return a text in one line."""
    return re.sub(r"\s+", " ", text).strip()


def tex(text: str) -> str:
    return "".join(TEX.get(sign, sign) for sign in plain(text))


def bibtex(work: Work) -> str:
    """Return an entry; names and titles are braced, so that nothing is turned or made small."""
    fields = {
        "title": f"{{{tex(work.title)}}}",
        "author": " and ".join(f"{{{tex(name)}}}" for name in work.authors),
        "translator": f"{{{tex(work.translator)}}}" if work.translator else "",
        "date": work.published.isoformat(),
        "year": str(work.published.year),
        "edition": str(work.number),
        "organization": tex(work.site),
        "url": work.url,
        "language": work.language,
        "type": tex(work.genre),
        "origtitle": tex(work.original_title),
        "origlanguage": work.original_language,
        "origdate": work.original_date,
        "location": tex(work.place),
    }
    rows = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@online{{{work.key},\n" + ",\n".join(rows) + "\n}\n"


def ris(work: Work) -> str:
    """Return a record; its lines end as the format has them end."""
    rows = [
        ("TY", "BLOG" if work.kind == "post" else "ELEC"),
        ("ID", work.key),
        ("TI", work.title),
        *(("AU", name) for name in work.authors),
        ("A4", work.translator),
        ("PY", str(work.published.year)),
        ("DA", f"{work.published:%Y/%m/%d}"),
        ("ET", str(work.number)),
        ("T2", work.site),
        ("PB", work.site),
        ("CY", work.place),
        ("LA", work.language),
        ("M3", work.genre),
        ("OP", work.original_title),
        ("UR", work.url),
    ]
    lines = [f"{tag}  - {plain(value)}" for tag, value in rows if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl_json(work: Work) -> str:
    """Return a list of one item, as citation processors read it."""
    item = {
        "id": work.key,
        "type": "post-weblog" if work.kind == "post" else "webpage",
        "title": plain(work.title),
        "author": [{"literal": name} for name in work.authors],
        "translator": [{"literal": work.translator}] if work.translator else [],
        "issued": {"date-parts": [date_parts(work.published.isoformat())]},
        "edition": str(work.number),
        "container-title": work.site,
        "publisher": work.site,
        "genre": work.genre,
        "language": work.language,
        "original-title": plain(work.original_title),
        "original-date": {"date-parts": [date_parts(work.original_date)]}
        if work.original_date
        else None,
        "event-place": work.place,
        "URL": work.url,
    }
    return json.dumps([{k: v for k, v in item.items() if v}], ensure_ascii=False, indent=1) + "\n"


def date_parts(text: str) -> list[int]:
    """Return a date as precisely as it is known: [2022, 3]."""
    return [int(part) for part in text.split("-")]
