"""Holding a folder against itself and against the database, before anything is written."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals import models as appeals
from blog import models as blog
from config.content.documents import check_document, check_evidence
from config.content.finding import find_appeal, find_posts
from config.content.glossary import TERM
from config.content.kinds import Record
from config.content.parties import Parties
from config.content.places import Problems, Ref, meant
from config.content.records import Appeal, Folder, Name, Passage, Post, Signatory, Translation
from config.content.relating import find_original
from config.content.signing import check_signatory
from editorial.fields import fold, slug_of


class Plan:
    """A folder and the rows that it speaks of."""

    def __init__(self, folder: Folder, problems: Problems, publish: bool) -> None:
        self.folder = folder
        self.problems = problems
        self.publish = publish
        self.organisations = Parties(
            appeals.Organisation, "organisations.yaml", folder.organisations, problems
        )
        self.people = Parties(appeals.Person, "people.yaml", folder.people, problems)
        self.labels = Parties(blog.Label, "labels.yaml", folder.labels, problems)
        self.appeals: dict[str, Appeal] = {}
        self.language = settings.LANGUAGE_CODE
        #: The row of each post and appeal that has one, by the identity of its record.
        self.rows: dict[int, Any] = {}

    def appeal_row(self, ref: Ref) -> Any:
        """Return the row of an appeal that a post presents."""
        record = self.appeals.get(ref)
        return self.rows[id(record)] if record else find_appeal(ref)


def check(folder: Folder, problems: Problems, publish: bool) -> Plan:
    """Return what would be written; the problems tell why it must not be."""
    plan = Plan(folder, problems, publish)
    for appeal in folder.appeals:
        check_appeal(appeal, plan)
    for post in folder.posts:
        post.slug = post.slug or slug_of(post.title)
    for post in folder.posts:
        check_post(post, plan)
    check_posts_apart(plan)
    for link in folder.site.navigation if folder.site else []:
        if link.label:
            plan.labels.find(link.label)
    check_names(folder.names, plan)
    check_glossary(plan)
    for parties in (plan.organisations, plan.people, plan.labels):
        parties.settle()
        for party in parties.everybody():
            hold(parties.model(name=party.name, slug=party.slug), party, problems)
    return plan


def hold(row: Model, record: Record, problems: Problems, **names: str) -> None:
    """Report what the model itself would not accept; ``names`` are those of other keys."""
    said = {
        field.name
        for field in row._meta.fields
        if getattr(row, field.attname) not in (None, "") and not field.is_relation
    }
    skipped = {field.name for field in row._meta.fields} - said | {"body", "key"}
    try:
        row.clean_fields(exclude=skipped)
    except ValidationError as error:
        for name, reasons in error.message_dict.items():
            at = record.where(names.get(name, name))
            for reason in reasons if record.echoes else [_("This value is not accepted.")]:
                problems.add(at, f"{names.get(name, name)}: {reason}")


def choose(record: Record, name: str, choices: Any, problems: Problems) -> None:
    """Report a value that is none of those there are to choose from."""
    said, choices = getattr(record, name), list(choices)
    if said and said not in choices:
        known = _("Known: %s.") % ", ".join(choices)
        said_so = _("“%s” means nothing here.") % said if record.echoes else _("Unknown value.")
        reason = f"{name}: {said_so}{meant(said, choices) or ' ' + known}"
        problems.add(record.where(name), reason)


def check_item(record: Any, row: Model, plan: Plan, **names: str) -> None:
    """Report what is wrong with an item and the sources it names."""
    hold(row, record, plan.problems, **names)
    for source in getattr(record, "sources", []):
        said = {name: getattr(source, name) for name in ("title", "url", "publisher")}
        hold(blog.PostSource(**said, archived_url=source.archived_url), source, plan.problems)


def check_post(post: Post, plan: Plan) -> None:
    """Report what is wrong with a post."""
    choose(post, "comments", blog.Post.Comments.values, plan.problems)
    scalars = {name: getattr(post, name) for name in ("title", "slug", "language", "dateline")}
    check_item(post, blog.Post(**scalars, comments_status=""), plan)
    if post.title and not post.slug:
        plan.problems.add(post.at, _("No slug can be made from this title: give one."))
    check_once(post.byline, plan.problems)
    check_once(post.appeals, plan.problems)
    for pair in post.as_printed:
        hold(appeals.NameAnswer(one=pair.one, other=pair.other), pair, plan.problems)
    for ref in post.byline:
        plan.people.find(ref)
    for ref in post.labels:
        plan.labels.find(ref)
    for ref in post.appeals:
        if ref not in plan.appeals and find_appeal(ref) is None:
            reason = _("There is no appeal “%s”.") % ref
            plan.problems.add(ref.at, reason + meant(ref, plan.appeals))


def check_once(refs: Iterable[Ref], problems: Problems) -> None:
    """Report what a list says twice."""
    seen: set[str] = set()
    for ref in refs:
        if not ref:
            problems.add(ref.at, _("Something is missing here."))
        elif ref in seen:
            problems.add(ref.at, _("“%s” stands here twice.") % ref)
        seen.add(ref)


def check_posts_apart(plan: Plan) -> None:
    """Find each post's row; report two that are, or would be, one."""
    seen: dict[Any, Post] = {}
    for post in plan.folder.posts:
        if not post.slug:
            continue
        rows = find_posts(post)
        if len(rows) > 1:
            reason = _("There are several drafts with the slug “%s” here: change one of them.")
            plan.problems.add(post.at, reason % post.slug)
        row = rows[0] if rows else None
        plan.rows[id(post)] = row
        dated = post.published and plan.publish
        month = f"{timezone.localdate(post.published):%Y-%m}" if dated else ""
        key = row.pk if row else (post.slug, month)
        if (first := seen.setdefault(key, post)) is not post:
            reason = _("%s has this slug too, and nothing tells the two apart.")
            plan.problems.add(post.where("slug"), reason % first.at.file)
        find_original(post, plan)


def check_appeal(appeal: Appeal, plan: Plan) -> None:
    """Report what is wrong with an appeal and its translations."""
    problems = plan.problems
    if (first := plan.appeals.setdefault(appeal.slug, appeal)) is not appeal:
        reason = _("%s has this slug too.") % first.at.file
        problems.add(appeal.where("slug"), reason)
    plan.rows[id(appeal)] = find_appeal(appeal.slug)
    check_original(appeal, plan)
    choose(appeal, "kind", appeals.Appeal.Kind.values, problems)
    scalars = ("title", "slug", "original_title", "original_language", "issued_on", "place")
    row = appeals.Appeal(
        **{name: getattr(appeal, name) for name in scalars}, basis=appeal.basis, kind=""
    )
    check_item(appeal, row, plan)
    if appeal.slug in appeals.appeal.RESERVED:
        problems.add(appeal.where("slug"), _("This slug is the site's own: choose another."))
    for addressee in appeal.addressees:
        said = {"text": addressee.text, "original": addressee.original}
        if not any(said.values()):
            problems.add(addressee.at, _("Something is missing here."))
        hold(appeals.Addressee(**said), addressee, problems)
    check_once(appeal.issued_by, problems)
    for ref in appeal.issued_by:
        plan.organisations.find(ref)
    for signatory in appeal.signatories:
        check_signer(signatory, plan)
    for document in appeal.documents:
        said = {"title": document.title, "original_name": document.file}
        hold(appeals.SourceDocument(**said), document, problems, original_name="file")
        check_document(document, appeal, problems)
    check_evidence(appeal, problems)
    check_translations(appeal, plan)


def check_original(appeal: Appeal, plan: Plan) -> None:
    """Report where appeal.yaml and the original say different things; then let both say one."""
    original = appeal.original
    if original is None:
        return
    for name, said in (
        ("original_title", original.title),
        ("original_language", original.language),
    ):
        other = getattr(appeal, name)
        if said and other and said != other:
            reason = _("appeal.yaml says something else in its line %d.")
            plan.problems.add(original.at, reason % appeal.where(name).line)
        setattr(appeal, name, other or said)
    for passage in original.passages:
        choose(passage, "kind", appeals.Passage.Kind.values, plan.problems)


def check_signer(signatory: Signatory, plan: Plan) -> None:
    """Report what is wrong with a line of the signatures, without repeating it."""
    choose(signatory, "kind", appeals.Signatory.Kind.values, plan.problems)
    choose(signatory, "name_status", appeals.Signatory.NameStatus.values, plan.problems)
    check_signatory(signatory, plan.problems)
    scalars = ("name", "printed_as", "role", "role_original", "group", "group_original")
    row = appeals.Signatory(
        **{name: getattr(signatory, name) for name in scalars},
        verification=signatory.verification,
        evidence_url=signatory.evidence_url,
        kind="",
        name_status="",
    )
    hold(row, signatory, plan.problems)
    if signatory.organisation:
        plan.organisations.find(signatory.organisation)
    if signatory.person:
        plan.people.find(signatory.person)


def check_translations(appeal: Appeal, plan: Plan) -> None:
    """Report what is wrong with the translations of an appeal, one by one and together."""
    problems = plan.problems
    kinds = {passage.key: passage for passage in appeal.passages()}
    principal: dict[str, Translation] = {}
    ordinals: dict[str, int] = {}
    for words in appeal.translations:
        expected = ordinals.get(words.language, 0) + 1
        ordinals[words.language] = words.ordinal
        if words.ordinal != expected:
            reason = _("Number %d of this language is missing.") % expected
            problems.add(words.at, reason)
        if words.principal is None:
            words.principal = words.ordinal == 1
        if words.principal and (first := principal.setdefault(words.language, words)) is not words:
            reason = _("%s is the principal translation already.") % first.at.file
            problems.add(words.where("principal"), reason)
        choose(words, "method", appeals.Translation.Method.values, problems)
        scalars = ("title", "label", "translator", "language")
        row = appeals.Translation(
            **{name: getattr(words, name) for name in scalars}, method="", translator_status=""
        )
        hold(row, words, problems)
        for passage in words.passages:
            check_rendered(passage, kinds[passage.key], problems)
        for key, digest in words.accepted_against.items():
            known = key in {passage.key for passage in words.passages if passage.text}
            if not known or len(digest) != 64:
                reason = _("“%s” has to be a passage of this file, with a SHA-256.") % key
                problems.add(words.where("accepted_against"), reason)
        for one in words.dismissed:
            if one.key not in kinds:
                reason = _("There is no passage “%s” here.") % one.key
                problems.add(one.where("key"), reason)
        if plan.publish and words.published:
            check_appeal_is_public(appeal, words, words.published, plan)


def check_rendered(passage: Passage, original: Passage, problems: Problems) -> None:
    """Report a rendering that says it is of another kind than its original."""
    choose(passage, "kind", appeals.Passage.Kind.values, problems)
    if passage.kind and (original.kind or appeals.Passage.Kind.PARAGRAPH) != passage.kind:
        reason = _("The original says of this passage: [%(kind)s] (%(at)s).")
        kind = original.kind or appeals.Passage.Kind.PARAGRAPH
        problems.add(passage.at, reason % {"kind": kind, "at": original.at})


def check_appeal_is_public(
    appeal: Appeal, words: Translation, published: datetime, plan: Plan
) -> None:
    """Report a translation that would be public before its appeal."""
    row = plan.rows[id(appeal)]
    live = row and appeals.AppealEdition.objects.filter(item=row).live(published).exists()
    if not live and (appeal.published is None or appeal.published > published):
        reason = _("A translation cannot be public before its appeal (%s).") % appeal.at.file
        plan.problems.add(words.where("published"), reason)


def check_glossary(plan: Plan) -> None:
    """Report what is wrong in the glossary."""
    seen: set[tuple[str, ...]] = set()
    for term in plan.folder.glossary:
        said = {name: getattr(term, name) for name in TERM}
        hold(appeals.GlossaryTerm(**said), term, plan.problems)
        key = (term.source, term.target, fold(term.term))
        if key in seen:
            plan.problems.add(term.at, _("“%s” stands here twice.") % term.term)
        seen.add(key)


def check_names(names: list[Name], plan: Plan) -> None:
    """Report what is wrong in the name memory."""
    seen: set[str] = set()
    for name in names:
        hold(appeals.CanonicalName(text=name.canonical, note=name.note), name, plan.problems)
        if name.canonical in seen:
            plan.problems.add(name.at, _("“%s” stands here twice.") % name.canonical)
        seen.add(name.canonical)
        spellings: set[tuple[str, str]] = set()
        for variant in name.variants:
            said = {"text": variant.text, "language": variant.language, "script": variant.script}
            hold(appeals.NameVariant(**said), variant, plan.problems)
            key = (fold(variant.text), variant.language)
            if key in spellings:
                plan.problems.add(variant.at, _("“%s” stands here twice.") % variant.text)
            spellings.add(key)
            for ref in variant.printed_in:
                known = ref in plan.appeals or appeals.Appeal.objects.filter(slug=ref).exists()
                if not known:
                    reason = _("There is no appeal “%s”.") % ref + meant(ref, plan.appeals)
                    plan.problems.add(ref.at, reason)
        check_once(name.not_the_same_as, plan.problems)
