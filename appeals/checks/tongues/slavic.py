"""How Russian and Ukrainian decline their numbers, as far as both do it alike."""

from collections.abc import Iterable

RUSSIAN_ADJECTIVE = "ый ий ой ая ья ое ье ые ьи ого ьего ей ому ьему ую ью ым ьим ых ьих ыми ом ьем"
UKRAINIAN_ADJECTIVE = "ий ій а я е є і ого ього ої ьої ому ьому у ю ою ьою им ім их іх ими іми"


def forms(stems: str, endings: str) -> str:
    """Return every stem with every ending, as one list; "-" stands for no ending."""
    return " ".join(
        stem + ("" if ending == "-" else ending)
        for stem in stems.split()
        for ending in endings.split()
    )


def merged(*tables: dict[str, str]) -> dict[str, str]:
    """Return tables of forms by value as one."""
    values: Iterable[str] = {value: None for table in tables for value in table}
    return {value: " ".join(table.get(value, "") for table in tables) for value in values}
