"""What tells who somebody is although the name is withheld: pure. It warns, and never blocks.

A signatory is what ``Signatory.content()`` returns.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editorial.matching import fold

Signatory = dict[str, Any]

#: Offices that one person holds at a time, in five languages.
OFFICES = {
    "en": """president chair chairman chairwoman chairperson head director imam mufti rabbi bishop
        archbishop abbot mayor governor rector dean principal ataman chief commander ombudsman
        spokesman spokeswoman spokesperson patriarch""",
    "ru": """президент председатель председательница глава директор имам муфтий раввин епископ
        архиепископ настоятель мэр губернатор ректор декан атаман руководитель руководительница
        начальник начальница командир староста главред патриарх омбудсмен""",
    "uk": """президент президентка голова директор директорка імам муфтій рабин єпископ настоятель
        мер губернатор ректор ректорка декан керівник керівниця очільник очільниця отаман командир
        староста омбудсмен""",
    "fr": """président présidente directeur directrice chef cheffe imam mufti rabbin évêque maire
        gouverneur recteur rectrice doyen doyenne dirigeant dirigeante commandant""",
    "ar": """رئيس رئيسة مدير مديرة إمام مفتي حاخام أسقف مطران عمدة محافظ والي عميد عميدة قائد
        نقيب بطريرك""",
}
#: Words before an office that make it one of several.
DEPUTIES = """vice deputy assistant former co acting member вице заместитель зам помощник бывший
    заступник заступниця віце колишній adjoint adjointe ancien ancienne membre نائب
    نائبة مساعد سابق عضو"""


def words(text: str) -> list[str]:
    """Return a text's folded words; the Arabic article is no part of a word."""
    found = re.findall(r"[^\W_]+", fold(text))
    return [re.sub(r"^ال(?=\w{3})", "", word) for word in found]


ONE_OF_ITS_KIND = {word for said in OFFICES.values() for word in words(said)}
ONE_OF_SEVERAL = set(words(DEPUTIES)) - ONE_OF_ITS_KIND
PHRASES = [
    words(phrase)
    for phrase in (
        *("editor-in-chief", "secretary-general", "rédacteur en chef", "secrétaire général"),
        *("главный редактор", "генеральный секретарь", "головний редактор", "أمين عام"),
    )
]


@dataclass(frozen=True)
class Exposure:
    """A warning about one signatory, by their place in the list."""

    index: int
    sentence: str


def exposures(signatories: Sequence[Signatory]) -> list[Exposure]:
    """Return what gives away those whose names are withheld, in their order."""
    found = [*by_office(signatories)]
    found += by_elimination(signatories, "group", lambda one: one["group"])
    found += by_elimination(signatories, "organisation", organisation_of)
    return sorted(found, key=lambda exposure: exposure.index)


def is_withheld(signatory: Signatory) -> bool:
    """Tell whether we know, or will know, a name that readers must not."""
    return signatory["name_status"] in ("withheld", "pending")


def organisation_of(signatory: Signatory) -> str:
    return (signatory["organisation"] or {}).get("name", "")


def is_office(role: str) -> bool:
    """Tell whether a role names an office that one person holds at a time."""
    said = words(role)
    if ONE_OF_SEVERAL & set(said):
        return False
    return bool(ONE_OF_ITS_KIND & set(said)) or any(holds(said, words_) for words_ in PHRASES)


def holds(said: list[str], phrase: list[str]) -> bool:
    return any(said[at : at + len(phrase)] == phrase for at in range(len(said)))


def by_office(signatories: Sequence[Signatory]) -> Iterator[Exposure]:
    """Yield those whose role alone says who they are; of several in one role the first."""
    in_role: Counter[tuple[str, str]] = Counter()
    for one in signatories:
        if is_of_people(one):
            in_role[role_of(one)] += one["count"]
    told: set[tuple[str, str]] = set()
    for index, one in enumerate(signatories):
        if not is_withheld(one) or one["count"] != 1:
            continue
        role = one["role"] or one["role_original"]
        if is_office(one["role"]) or is_office(one["role_original"]):
            yield Exposure(
                index,
                _("“%(role)s” is one person: whoever knows the office knows the name.")
                % {"role": role},
            )
        elif role and (organisation := organisation_of(one)):
            key = role_of(one)
            if key not in told:
                told.add(key)
                yield Exposure(index, of_a_role(role, organisation, in_role[key] or 1))


def role_of(one: Signatory) -> tuple[str, str]:
    """Return a role and its organisation, whatever their case."""
    return fold(one["role"] or one["role_original"]), fold(organisation_of(one))


def of_a_role(role: str, organisation: str, count: int) -> str:
    """Return the warning about a role in an organisation that so many people signed in."""
    said = {"role": role, "organisation": organisation, "count": count}
    if count == 1:
        return _("One “%(role)s” of “%(organisation)s”: who knows it may know the name.") % said
    return (
        ngettext(
            "%(count)d person signed as “%(role)s” of “%(organisation)s”: who knows them may know"
            " the name.",
            "%(count)d people signed as “%(role)s” of “%(organisation)s”: who knows them may know"
            " the names.",
            count,
        )
        % said
    )


def by_elimination(
    signatories: Sequence[Signatory], kind: str, of: Callable[[Signatory], str]
) -> Iterator[Exposure]:
    """Yield the one that is left when all others of a group are named."""
    groups: dict[str, list[int]] = {}
    for index, one in enumerate(signatories):
        if name := of(one):
            groups.setdefault(fold(name), []).append(index)
    for places in groups.values():
        members = [signatories[place] for place in places]
        named = people(one for one in members if one["name_status"] == "public")
        hidden = [p for p in places if is_withheld(signatories[p]) and is_of_people(signatories[p])]
        everybody = people(members)
        if named and len(hidden) == 1 and everybody - named == 1:
            yield Exposure(
                hidden[0],
                _("Of the %(all)d in “%(group)s” all but this one are named.")
                % {"all": everybody, "group": of(members[0])},
            )


def is_of_people(signatory: Signatory) -> bool:
    return signatory["kind"] != "organisation"


def people(signatories: Iterable[Signatory]) -> int:
    """Return how many people these are."""
    return sum(one["count"] for one in signatories if is_of_people(one))
