"""What is asked about the names of a text, and remembering what somebody answered."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from appeals.models import (
    Appeal,
    CanonicalName,
    NameAnswer,
    NameDistinction,
    NameVariant,
    Organisation,
    Person,
    Translation,
)
from appeals.naming.asking import Memory, Question, questions
from appeals.naming.finding import Said, find_known, find_names
from appeals.naming.likeness import form, words_of
from appeals.naming.linking import link_everywhere
from editorial.fields import fold
from editorial.matching import MARK
from editorial.models import WorkingCopy, name_of
from editorial.states import CannotNow, MayNot

Answer = NameAnswer.Answer
#: So many people and so many organisations are compared: the newest, and an appeal's own.
PARTIES = 2000
#: Who may teach the site how a name is spelled; it is a text of all who use the name.
PERMISSION = "appeals.add_namevariant"


def memory(appeal: Appeal | None = None) -> Memory:
    """Return what the site knows of names, in a fixed number of queries.

    Of people and organisations the newest are compared, and those of an appeal.
    """
    names: dict[int, list[str]] = defaultdict(list)
    for pk, text in [
        *CanonicalName.objects.values_list("pk", "text"),
        *NameVariant.objects.values_list("name_id", "text"),
    ]:
        names[pk].append(text)
    parties = [
        [name, *map(str, other_names.values())]
        for rows in parties_of(appeal)
        for name, other_names in rows.values_list("name", "names")
    ]
    same = [*names.values(), *parties]
    known = dict.fromkeys(name for one in same for name in one if MARK not in name)
    distinct = {
        frozenset({form(one), form(other)})
        for one, other in [
            *NameDistinction.objects.values_list("name__text", "other"),
            *NameAnswer.objects.values_list("one", "other"),
        ]
    }
    return Memory(tuple(tuple(map(form, one)) for one in same), tuple(known), frozenset(distinct))


def parties_of(appeal: Appeal | None) -> Iterator[Any]:
    """Yield the people, then the organisations, that names are compared with."""
    of_appeal = {
        Person: ["signed"],
        Organisation: ["signed", "issued"],
    }
    for model, relations in of_appeal.items():
        newest = model._base_manager.order_by("-pk").values("pk")[:PARTIES]
        wanted = Q(pk__in=newest)
        for relation in relations if appeal else ():
            theirs = model._base_manager.filter(**{f"{relation}__appeal": appeal})
            wanted |= Q(pk__in=theirs.order_by("-pk").values("pk")[:PARTIES])
        yield model._base_manager.filter(wanted).order_by("pk")


def texts_beside(item: Any) -> Iterator[Said]:
    """Yield the texts among which the names of a working copy are compared."""
    if isinstance(item, Translation):
        yield from item.appeal.own_texts()
    yield from item.own_texts()


def asked_about(item: Any, texts: list[Said] | None = None) -> list[Question]:
    """Return the open questions about a text's names; without a text, about the site's own.

    Args:
        texts: those of the item, where they were read already.
    """
    if item is None:
        return list(questions([], memory(), among_known=True))
    texts = list(texts_beside(item)) if texts is None else texts
    known = memory(item.appeal if isinstance(item, Translation) else about(item))
    found = find_known(texts, known.known) | find_names(texts)
    return list(questions(found.values(), known))


def about(item: Any) -> Appeal | None:
    """Return the appeal that a text is, if it is one."""
    return item if isinstance(item, Appeal) and item.pk else None


def may_answer(user: Any) -> bool:
    return bool(user.has_perm(PERMISSION))


def answer(
    item: WorkingCopy | None,
    known: str,
    found: str,
    said: str,
    *,
    canonical: str = "",
    by: Any,
) -> NameAnswer:
    """Remember for the whole site whether two spellings are one name.

    Args:
        item: the text in which it was asked; None for a question among the site's names.
        said: an ``Answer``.
        canonical: how the site spells the name, if they are one; ``known``, if not given.

    Raises:
        MayNot: this person does not teach the site names.
        CannotNow: a colleague answered meanwhile, or the texts no longer ask.
    """
    if not may_answer(by):
        raise MayNot(_("Your role does not include the name memory."))
    canonical = " ".join(canonical.split()) or known
    try:
        with transaction.atomic():
            refuse_answered(known, found)
            if Question(known, found) not in {
                Question(q.known, q.found) for q in asked_about(item)
            }:
                refuse_answered(known, found)  # who was faster may have been so since above
                raise CannotNow(_("The texts no longer ask this. Look at them again."))
            row = keep(item, known, found, said, by)
            if said == Answer.DIFFERENT:
                tell_apart(known, found)
            else:
                name = join(canonical, known, found)
                if said == Answer.PRINTED:
                    keep_as_printed(name, found if found != canonical else known, item)
                link_everywhere(name.variants.all(), by=by)
    except IntegrityError as race:
        refuse_answered(known, found)
        raise CannotNow(_("A colleague taught the site these names meanwhile.")) from race
    return row


def refuse_answered(known: str, found: str) -> None:
    """Raise ``CannotNow`` if somebody answered, and say who, and what."""
    one, other = sorted((known, found), key=fold)
    row = NameAnswer.objects.filter(one_folded=fold(one), other_folded=fold(other)).first()
    if row:
        raise CannotNow(
            _("%(who)s answered meanwhile about “%(one)s” and “%(other)s”: %(answer)s.")
            % {
                "who": row.by_name or "–",
                "one": row.one,
                "other": row.other,
                "answer": row.get_answer_display(),
            }
        )


def keep(item: Any, known: str, found: str, said: str, by: Any) -> NameAnswer:
    one, other = sorted((known, found), key=fold)
    return NameAnswer.objects.create(
        one=one,
        other=other,
        answer=Answer(said),
        item_key=item.key if item else "",
        by=by,
        by_name=name_of(by),
    )


def tell_apart(known: str, found: str) -> None:
    """Remember that two names are not the same."""
    name = named(known) or CanonicalName.objects.create(text=known)
    name.distinctions.get_or_create(folded=fold(found), defaults={"other": found})


def join(canonical: str, *spellings: str) -> CanonicalName:
    """Make spellings one name, whatever names they were of, and return it."""
    if len(canonical) > 200 or not words_of(canonical):
        raise CannotNow(_("Say how the site spells this name."))
    rows = [row for text in (canonical, *spellings) if (row := named(text))]
    name = rows[0] if rows else CanonicalName.objects.create(text=canonical)
    texts = {*spellings, *(row.text for row in rows)}
    for row in rows[1:]:
        if row.pk != name.pk:
            move_to(name, row)
    if name.text != canonical:
        name.text = canonical
        name.save(update_fields=["text"])
    name.variants.filter(folded=fold(canonical), language="").delete()
    for text in sorted(texts):
        if fold(text) != fold(canonical):
            name.variants.get_or_create(folded=fold(text), language="", defaults={"text": text})
    return name


def named(text: str) -> CanonicalName | None:
    """Return the name that a spelling is of."""
    folded = fold(text)
    spelled = Q(text=text) | Q(variants__folded=folded)
    return CanonicalName.objects.filter(spelled).order_by("pk").first()


def move_to(name: CanonicalName, other: CanonicalName) -> None:
    """Give a name what another has: they are one."""
    of_other: list[Any] = [*other.variants.all(), *other.distinctions.all()]
    for row in of_other:
        kept = {"folded": row.folded}
        if isinstance(row, NameVariant):
            kept["language"] = row.language
        if type(row)._base_manager.filter(name=name, **kept).exists():
            continue  # it goes with the other
        row.name = name
        row.save(update_fields=["name"])
    CanonicalName.objects.filter(pk=other.pk).delete()


def keep_as_printed(name: CanonicalName, spelling: str, item: Any) -> None:
    """Keep a spelling as a document printed it: it is held against nobody there."""
    variant = name.variants.filter(folded=fold(spelling)).first()
    appeal = item.appeal if isinstance(item, Translation) else item
    if variant and isinstance(appeal, Appeal):
        variant.printed_in.add(appeal)
