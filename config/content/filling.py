"""Giving a working copy what its record says, and touching nothing that already says it."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from typing import Any

from appeals.checks.dismissing import Checked, check_translation
from appeals.merging import absorb
from appeals.models import Appeal, Passage, PassageAlias, Rendering, Translation
from appeals.models.dismissals import told
from blog.models import Post
from config.content import records
from config.content.checking import Plan
from config.content.printed import keep_printed
from editorial.editing import editing
from editorial.sanitising import sanitise
from editorial.states import State


def assign(item: Any, **values: Any) -> bool:
    """Set what differs; tell whether anything did."""
    differing = {name: value for name, value in values.items() if getattr(item, name) != value}
    for name, value in differing.items():
        setattr(item, name, value)
    return bool(differing)


def rewrite(manager: Any, rows: Iterable[dict[str, Any]]) -> bool:
    """Make a relation say exactly these rows, in order; tell whether it did not already."""
    wanted = list(rows)
    if list(manager.values(*(wanted[0] if wanted else ["pk"]))) == wanted:
        return False
    owner = {manager.field.name: manager.instance}
    manager.all().delete()
    manager.bulk_create(
        manager.model(**owner, **row, position=position) for position, row in enumerate(wanted)
    )
    return True


def rows_of(sources: Sequence[records.SourceLink]) -> list[dict[str, Any]]:
    """Return the rows of an item's sources."""
    names = ("title", "url", "publisher", "seen_on", "archived_url")
    return [{name: getattr(source, name) for name in names} for source in sources]


def fill_post(post: Post, record: records.Post, plan: Plan, original: Post | None) -> bool:
    """Give a post what its record says; tell whether anything differed."""
    changed = assign(
        post,
        title=record.title,
        slug=record.slug,
        language=record.language or plan.language,
        dateline=record.dateline,
        summary=record.summary,
        body=post.body if sanitise(post.body).strip() == record.body else record.body,
        comments_status=record.comments or Post.Comments.OPEN,
        comments_days=record.comments_days,
        translation_of=original,
    )
    changed |= bool(record.planned) and assign(post, planned_for=record.planned)
    if changed or post.pk is None:
        post.save()
    people = [plan.people.row(ref) for ref in record.byline]
    related = rewrite(post.bylines, ({"person_id": person.pk} for person in people))
    appeals = [plan.appeal_row(ref) for ref in record.appeals]
    related |= rewrite(post.presented, ({"appeal_id": appeal.pk} for appeal in appeals))
    related |= rewrite(post.sources, rows_of(record.sources))
    labels = {plan.labels.row(ref) for ref in record.labels}
    if labels != set(post.labels.all()):
        post.labels.set(labels)
        related = True
    related |= keep_printed(post, record.as_printed)
    return touch(post, changed, related)


def touch(item: Any, changed: bool, related: bool) -> bool:
    """Save an item of which only a relation changed, so that it counts as changed now."""
    if related and not changed:
        item.save(update_fields=["updated_at"])
    return changed or related


def fill_appeal(appeal: Appeal, record: records.Appeal, plan: Plan) -> bool:
    """Give an appeal what its record says, but for its translations and documents."""
    changed = assign(
        appeal,
        title=record.title,
        slug=record.slug,
        kind=record.kind or Appeal.Kind.APPEAL,
        original_title=record.original_title,
        original_language=record.original_language,
        issued_on=record.issued_on,
        place=record.place,
        basis=record.basis,
        summary=record.summary,
    )
    changed |= bool(record.planned) and assign(appeal, planned_for=record.planned)
    if changed or appeal.pk is None:
        appeal.save()
    issuers = [plan.organisations.row(ref) for ref in record.issued_by]
    related = rewrite(appeal.issuers, ({"organisation_id": row.pk} for row in issuers))
    related |= rewrite(
        appeal.addressees, ({"text": a.text, "original": a.original} for a in record.addressees)
    )
    related |= rewrite(appeal.sources, rows_of(record.sources))
    related |= rewrite(
        appeal.signatories, (signatory_row(line, plan) for line in record.signatories)
    )
    related |= fill_passages(appeal, record)
    return touch(appeal, changed, related)


def signatory_row(line: records.Signatory, plan: Plan) -> dict[str, Any]:
    """Return the row of a line of the signatures."""
    names = (
        "name", "name_status", "role", "role_original", "group", "group_original", "kind", "count",
        "printed_as", "verification", "evidence_url", "withdrew_on",
    )  # fmt: skip
    organisation, person = plan.organisations.row(line.organisation), plan.people.row(line.person)
    return {name: getattr(line, name) for name in names} | {
        "organisation_id": organisation.pk if organisation else None,
        "person_id": person.pk if person else None,
    }


def fill_passages(appeal: Appeal, record: records.Appeal) -> bool:
    """Make an appeal's passages those of its record, each row kept by its key.

    One that only a translation outside the folder still renders stays, not transcribed.
    """
    there = {passage.key: passage for passage in appeal.passages.all()}
    wanted = record.passages()
    keys = [said.key for said in wanted]
    in_order = [key for key in there if key in keys] == keys
    changed = take_in_former(appeal, wanted, there)
    for position, said in enumerate(wanted):
        passage = there.pop(said.key, None) or Passage(appeal=appeal, key=said.key)
        place = passage.position if in_order else position
        kind = said.kind or Passage.Kind.PARAGRAPH
        if assign(passage, position=place, kind=kind, text=said.text) or not passage.pk:
            passage.save()
            changed = True
    files = {(words.language, words.ordinal) for words in record.translations}
    for passage in there.values():
        renderings = [*passage.renderings.exclude(text="").select_related("translation")]
        if all(number_of(rendering.translation) in files for rendering in renderings):
            for rendering in renderings:
                with editing(rendering.translation, by=None):
                    rendering.delete()
            passage.renderings.all().delete()
            passage.delete()
            changed = True
        elif assign(passage, text="", position=passage.position if in_order else len(keys)):
            passage.save()
            changed = True
    return fill_former_keys(appeal, wanted) or changed


def take_in_former(
    appeal: Appeal, wanted: Iterable[records.Passage], there: dict[str, Passage]
) -> bool:
    """Merge what is still here of passages that went into others by the record; tell if any was.

    Nothing at them is lost: not a note, and not a rendering that the folder does not know.
    """
    stays = {said.key for said in wanted}
    pairs = [(said.key, key) for said in wanted for key in said.was]
    pairs = [(key, was) for key, was in pairs if was in there and was not in stays]
    with ExitStack() as together:
        for translation in appeal.translations.order_by("pk") if pairs else ():
            together.enter_context(editing(translation, by=None))
        for key, was in pairs:
            second = there.pop(was)
            if key not in there:
                there[key] = appeal.passages.create(key=key, position=second.position)
            absorb(appeal, there[key], second, by=None)
    return bool(pairs)


def fill_former_keys(appeal: Appeal, wanted: Iterable[records.Passage]) -> bool:
    """Let the keys of passages that went into others lead there; tell whether any did not.

    One that the record does not name goes on leading where it leads.
    """
    there = {alias.key: alias for alias in appeal.passage_aliases.all()}
    passages = {passage.key: passage.pk for passage in appeal.passages.all()}
    changed = False
    for said in wanted:
        for position, key in enumerate(said.was):
            alias = there.get(key) or PassageAlias(appeal=appeal, key=key, former_id=0)
            leads = {"passage_id": passages[said.key], "position": position, "in_edition": True}
            if assign(alias, **leads) or not alias.pk:
                alias.save()
                changed = True
    return changed


def number_of(translation: Translation) -> tuple[str, int]:
    """Return a translation's language, and which one of this language it is."""
    same = translation.appeal.translations.filter(language=translation.language)
    return translation.language, same.filter(pk__lte=translation.pk).count()


def fill_translation(translation: Translation, record: records.Translation, accepted: bool) -> bool:
    """Give a translation what its record says; what is new in it is ``accepted``, or a draft."""
    status = Translation.Credit
    withheld = record.translator == status.WITHHELD
    named = "" if withheld else record.translator
    credit = status.PUBLIC if named else status.NOT_GIVEN
    others = translation.appeal.translations.filter(language=record.language, is_principal=True)
    for other in others.exclude(pk=translation.pk) if record.principal else ():
        with editing(other, by=None):
            other.is_principal = False
            other.save()
    changed = assign(
        translation,
        language=record.language,
        title=record.title,
        label=record.label,
        method=record.method or Translation.Method.HUMAN,
        translator=named,
        translator_status=status.WITHHELD if withheld else credit,
        is_principal=bool(record.principal),
        checked=record.checked,
    )
    changed |= bool(record.planned) and assign(translation, planned_for=record.planned)
    if changed or translation.pk is None:
        translation.save()
    related = fill_renderings(translation, record, accepted)
    return touch(translation, changed, fill_dismissals(translation, record) or related)


def fill_dismissals(translation: Translation, record: records.Translation) -> bool:
    """Set aside what the record says was left as it is, of the texts as they are now.

    Findings go by their place in the text; of what the checks here do not find, the reason stays.
    """
    said = [{"key": one.key, "check": one.check, "why": one.why} for one in record.dismissed]
    if translation.dismissed() == said:
        return False
    translation.dismissals.all().delete()
    checked = check_translation(translation)
    for one in said:
        at = checked.get(one["key"], Checked())
        found = [f.fingerprint for f in at.open if f.check.code == one["check"]]
        taken = set(translation.dismissals.values_list("fingerprint", flat=True))
        free = [fingerprint for fingerprint in found if fingerprint not in taken]
        translation.dismissals.create(
            place=one["key"],
            code=one["check"],
            fingerprint=free[0] if free else told(one["check"], one["why"]),
            original_digest=translation.appeal.passages.get(key=one["key"]).digest,
            rendering_digest=at.rendering_digest,
            reason=one["why"],
        )
    return True


def fill_renderings(translation: Translation, record: records.Translation, accepted: bool) -> bool:
    """Make the renderings say what the record says; those that already do keep their state."""
    passages = {passage.key: passage for passage in translation.appeal.passages.all()}
    there = {row.passage.key: row for row in translation.renderings.select_related("passage")}
    changed = False
    for said in record.passages:
        row = there.pop(said.key, None)
        if not said.text and row is None:
            continue
        row = row or Rendering(translation=translation, passage=passages[said.key])
        against = record.accepted_against.get(said.key, passages[said.key].digest)
        publishes = accepted and said.text and row.state == State.DRAFT
        if row.text != said.text or publishes:
            state = State.APPROVED if accepted and said.text else State.DRAFT
            digest = against if state == State.APPROVED else ""
            if assign(row, text=said.text, author=None, state=state, accepted_digest=digest):
                row.save()
                if digest and digest == passages[said.key].digest:
                    passages[said.key].keep_text()
                changed = True
    for row in there.values():
        if row.text:
            row.delete()
            changed = True
    return changed
