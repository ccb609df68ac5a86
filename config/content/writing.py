"""Writing what a folder says: working copies first, then the editions that it publishes."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import pgettext

from appeals.evidence import shelf
from appeals.models import Appeal, AppealEdition, Translation
from blog.models import Post
from config.content import masthead, pages, records
from config.content.checking import Plan, check
from config.content.documents import fill_documents, fill_evidence
from config.content.filling import fill_appeal, fill_post, fill_translation
from config.content.finding import find_translations
from config.content.glossary import write_glossary
from config.content.names import write_names
from config.content.parties import write_parties
from config.content.places import BadFolder, Problems
from config.content.reading import read_folder
from config.content.relating import find_original
from config.masthead.models import Masthead
from config.pages.models import Page
from editorial.editing import editing
from editorial.languages import for_keeps
from editorial.models import Decision
from editorial.moving import record as decide
from editorial.sealing import seal
from editorial.states import CannotNow, State
from editorial.workflow import contributions

#: Finds what a text is a translation of; gives a working copy what its record says.
Find = Callable[[Any, Plan], Any]
Fill = Callable[[Any, Any, Plan, Any], bool]


@dataclass
class Tally:
    """What an import did: how many of each kind, and what it left alone."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    left: list[str] = field(default_factory=list)

    def totals(self) -> dict[str, int]:
        """Return the counts of all kinds together."""
        keys = ("made", "updated", "unchanged", "published")
        return {key: sum(count[key] for count in self.counts.values()) for key in keys}


@dataclass
class Written:
    """An item that the folder speaks of, and what writing its working copy did."""

    item: Any
    said: Any
    outcome: str

    @property
    def rank(self) -> tuple[datetime, int]:
        """The order of sealing: by date, and an appeal before what presents it."""
        kinds = list(KINDS)
        return self.said.published, kinds.index(type(self.item))


def import_folder(
    root: Path, *, publish: bool = False, dry_run: bool = False, historic: datetime | None = None
) -> Tally:
    """Import a content folder, or nothing of it.

    Args:
        historic: for a history told after the event, the date of the decisions about drafts;
            those about editions are dated like them.

    Raises:
        BadFolder: something is wrong with it; nothing was written.
    """
    problems = Problems()
    folder = read_folder(root, problems)
    plan = check(folder, problems, publish)
    pages.check_pages(plan)
    masthead.check_masthead(plan)
    if problems:
        raise BadFolder(problems)
    stored: list[str] = []
    try:
        with transaction.atomic():
            tally = write(plan, stored, historic)
            if problems:
                raise BadFolder(problems)
            if dry_run:
                transaction.set_rollback(True)
    except BaseException:
        shelf.discard(stored)
        raise
    if dry_run:
        shelf.discard(stored)
    return tally


def write(plan: Plan, stored: list[str], historic: datetime | None) -> Tally:
    """Write everything; the order is that in which things need one another."""
    tally = Tally()
    parties = {
        "organisations": plan.organisations, "people": plan.people, "labels": plan.labels
    }  # fmt: skip
    for kind, some in parties.items():
        tally.counts[kind].update(write_parties(some))
    written = write_appeals(plan, tally, stored)
    written += write_prose("posts", Post, find_original, fill_post, plan, tally)
    written += write_prose("pages", Page, pages.find_original, pages.fill_page, plan, tally)
    written += write_masthead(written, plan, tally)
    tally.counts["names"].update(write_names(plan))
    tally.counts["terms"].update(write_glossary(plan))
    sealed = publish_all(written, plan, tally, historic) if plan.publish else []
    for one in written:
        if one.outcome in {"made", "updated"} and one.item not in sealed:
            record_import(one, None, historic)
    return tally


def write_appeals(plan: Plan, tally: Tally, stored: list[str]) -> list[Written]:
    """Write the appeals and their translations."""
    written = []
    for said in plan.folder.appeals:

        def fill(appeal: Any, said: records.Appeal = said) -> bool:
            changed = fill_appeal(appeal, said, plan)
            changed |= fill_documents(appeal, said, stored, plan.problems)
            return fill_evidence(appeal, said) or changed

        row = plan.rows[id(said)]
        one = put("appeals", row, Appeal(), said, fill, tally, stored)
        plan.rows[id(said)] = one.item
        written.append(one)
        for words in said.translations:
            written.append(write_translation(one, words, plan, tally))
    return written


def write_translation(
    appeal: Written, words: records.Translation, plan: Plan, tally: Tally
) -> Written:
    """Write one translation of an appeal that is written."""
    rows = find_translations(appeal.item, words.language)
    row = rows[words.ordinal - 1] if words.ordinal <= len(rows) else None

    def fill(translation: Any) -> bool:
        return fill_translation(translation, words, plan.publish and bool(words.published))

    keys = set(appeal.item.passages.values_list("key", flat=True))
    if not {passage.key for passage in words.passages} <= keys:  # the appeal was left alone
        return leave("translations", row, words, tally)
    return put("translations", row, Translation(appeal=appeal.item), words, fill, tally)


def write_prose(kind: str, model: Any, find: Find, fill_in: Fill, plan: Plan, tally: Tally) -> Any:
    """Write the posts or the pages, a translation after its original."""
    written: dict[int, Written] = {}

    def write_one(said: Any) -> Any:
        if id(said) in written:
            return written[id(said)].item
        original = find(said, plan)
        if isinstance(original, records.Item):
            original = write_one(original)

        def fill(row: Any) -> bool:
            return fill_in(row, said, plan, original)

        written[id(said)] = put(kind, plan.rows[id(said)], model(), said, fill, tally)
        return written[id(said)].item

    for said in getattr(plan.folder, kind):
        write_one(said)
    return list(written.values())


def write_masthead(written: list[Written], plan: Plan, tally: Tally) -> list[Written]:
    """Write the masthead, when the pages that it leads to are written."""
    if (said := plan.folder.site) is None:
        return []
    rows = {id(one.said): one.item for one in written}

    def fill(row: Any) -> bool:
        return masthead.fill_masthead(row, said, plan, rows)

    return [put("masthead", Masthead.objects.first(), Masthead(), said, fill, tally)]


def put(
    kind: str,
    row: Any,
    new: models.Model,
    said: Any,
    fill: Callable[[Any], bool],
    tally: Tally,
    stored: list[str] | None = None,
) -> Written:
    """Make an item or change it, unless the desk has gone on with it since."""
    if row is None:
        fill(new)
        tally.counts[kind]["made"] += 1
        return Written(new, said, "made")
    kept = len(stored or [])
    with editing(row, by=None):
        point = transaction.savepoint()
        changed = fill(row)
        if changed and desk_is_ahead(row):
            transaction.savepoint_rollback(point)
            if stored:
                shelf.discard(late := stored[kept:])
                del stored[kept:], late
            row.refresh_from_db()
            return leave(kind, row, said, tally)
        transaction.savepoint_commit(point)
    outcome = "updated" if changed else "unchanged"
    tally.counts[kind][outcome] += 1
    return Written(row, said, outcome)


def leave(kind: str, row: Any, said: Any, tally: Tally) -> Written:
    """Leave an item as it is, and say so."""
    tally.left.append(said.at.file)
    tally.counts[kind]["unchanged"] += 1
    return Written(row, said, "left")


def desk_is_ahead(item: Any) -> bool:
    """Tell whether somebody works on an item here, or has published more of it than the folder.

    Asked when the item says what the folder says. The folder may still hold a name that was
    hidden or redacted here: from then on the desk alone decides what an item says.
    """
    was_taken = Decision.objects.about(item).filter(name__in=("hide", "redact"))
    if contributions(item).exists() or was_taken.exists():
        return True
    editions = list(item.edition_model._base_manager.filter(item=item).order_by("number"))
    if not editions or editions[-1].data.get("second_reader") == "imported":
        return False
    says = wording(item.content())
    return any(wording(edition.data).items() >= says.items() for edition in editions)


def wording(content: dict[str, Any]) -> dict[str, Any]:
    """Return a content without what acceptance adds to it."""
    renderings = [(r["key"], r["text"]) for r in content.get("renderings", [])]
    return content | {"renderings": renderings}


def publish_all(
    written: list[Written], plan: Plan, tally: Tally, historic: datetime | None
) -> list[Any]:
    """Seal what the folder publishes and no edition says yet; return what was sealed."""
    sealed = []
    due = [one for one in written if one.said.published and one.outcome != "left"]
    for one in sorted(due, key=lambda one: one.rank):
        latest = one.item.latest_edition()
        if latest and (latest.is_withdrawal or latest.says(one.item.content())):
            continue
        at = max(one.said.published, timezone.now()) if latest else one.said.published
        ended = latest and latest.live_until is not None  # by the desk, which knows why
        if ended or not may_be_public(one.item, at):
            tally.left.append(one.said.at.file)
            continue
        came_from = one.item.state
        one.item.state = State.APPROVED
        type(one.item).objects.filter(pk=one.item.pk).update(state=State.APPROVED)
        try:
            seal(one.item, by=None, at=at, second_reader="imported")
        except CannotNow as error:
            plan.problems.add(one.said.where("slug"), error)
            continue
        record_import(one, came_from, historic)
        tally.counts[KINDS[type(one.item)]]["published"] += 1
        sealed.append(one.item)
    return sealed


KINDS: dict[type[Any], str] = {
    Appeal: "appeals",
    Translation: "translations",
    Post: "posts",
    Page: "pages",
    Masthead: "masthead",
}


def may_be_public(item: Any, at: datetime) -> bool:
    """Tell whether a translation's appeal is public by then, and no passage was sent back."""
    if not isinstance(item, Translation):
        return True
    sent_back = item.renderings.filter(state=State.CHANGES_REQUESTED).exists()
    return not sent_back and AppealEdition.objects.filter(item=item.appeal).live(at).exists()


def record_import(one: Written, came_from: str | None, historic: datetime | None) -> None:
    """Write the decision: this came from a file."""
    at = (one.said.published or historic) if historic else None
    before = "" if one.outcome == "made" else came_from
    with for_keeps():
        reason = pgettext("import", "from the file %(file)s") % {"file": one.said.at.file}
    decide(one.item, "import", by=None, reason=reason, from_state=before, at=at)
