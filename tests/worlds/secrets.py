"""The secrets: whatever the newsroom has that no reader may notice, in two unlike sets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session

from appeals.merging import merge_passages
from appeals.models import CanonicalName, GlossaryTerm, NameAnswer, NameVariant
from appeals.naming.linking import link_everywhere
from blog.models import Comment, Receipt, ReplyAddress, Report
from editorial.models import Contribution, Decision, Note, Notice, PreviewLink, Redaction
from editorial.sealing import cancel_schedule
from editorial.states import State
from tests.worlds import making, pages
from tests.worlds.clock import NOW, at, day
from tests.worlds.facts import Facts

#: The pictures that no edition shows, by the secret they belong to.
SECRET_COLOURS = {"quartz": ("red", "maroon"), "basalt": ("blue", "navy")}
#: The public posts that are to be public under another slug, later or never.
MOVED = ("salt", "back-again", "last", "taken-down")
UNPUBLISHED = (State.DRAFT, State.IN_REVIEW, State.CHANGES_REQUESTED, State.APPROVED)


@dataclass(frozen=True)
class Secrets:
    """One set of secrets. Its tag stands in every text, name, slug and key of it.

    Attributes:
        many: how many there are of each kind.
        shift: by how many days its dates differ.
        backwards: whether the public items were made in the other order.
    """

    tag: str
    many: int
    shift: int
    backwards: bool

    def slugs(self) -> list[str]:
        """Return every slug of a secret item, label, person and organisation."""
        kinds = ("post", "soon", "never", "moving", "appeal", "later", "party", "label")
        moved = [f"{self.tag}-moved-{slug}" for slug in (*MOVED, "nowhere")]
        moved += [f"{self.tag}-between-{key}" for key in ("kpsalt", "kpharbour", "kalake")]
        return [f"{self.tag}-{kind}-{n}" for kind in kinds for n in range(self.many)] + moved

    def soon(self, number: int) -> Any:
        """Return a day that lies ahead."""
        return NOW + timedelta(days=self.shift + number)


A = Secrets("quartz", 2, 2, backwards=False)
B = Secrets("basalt", 3, 40, backwards=True)


def make_before(secrets: Secrets) -> None:
    """Make the secrets that are older than the public items: rows, users, items of their own."""
    make_people(secrets)
    for number in range(secrets.many):
        make_post(secrets, number)
        make_appeal(secrets, number)
        state = UNPUBLISHED[number % 4]
        pages.make_secret(secrets.tag, number, secrets.soon(number), state)


def make_beside(secrets: Secrets, facts: Facts) -> None:
    """Make the secrets of the public items themselves, and items that point at those."""
    for number in range(secrets.many):
        make_comments(secrets, facts, number)
        make_translations(secrets, facts, number)
        make_company(secrets, facts, number)
    make_reports(secrets, facts)
    pages.make_secret_changes(facts, secrets.tag, secrets.soon(0))
    schedule_more(secrets, facts)
    change_more(secrets, facts)
    make_records(secrets, facts)
    make_memory(secrets)


def make_between(secrets: Secrets, item: Any, moment: datetime) -> None:
    """Schedule other words under another slug some days before an edition, and cancel that."""
    if (sum(map(ord, item.key)) + secrets.many) % 2:
        return
    kept = {name: getattr(item, name) for name in ("title", "slug") if hasattr(item, name)}
    making.changed(item, **dict.fromkeys(kept, f"{secrets.tag}-between-{item.key}"))
    split = making.split(item)
    making.sealed(item, moment, at=moment + timedelta(days=1), until=moment + timedelta(days=9))
    with at(moment):
        cancel_schedule(item, by=making.editor())
    making.changed(item, **kept)
    if split:
        making.merged_again(*split)


def make_people(secrets: Secrets) -> None:
    for number in range(secrets.many):
        user = User.objects.create(
            username=f"{secrets.tag}{number}", first_name=f"{secrets.tag} {number}", is_staff=True
        )
        user.groups.add(*Group.objects.all())
        name = CanonicalName.objects.create(text=f"{secrets.tag} name {number}")
        NameVariant.objects.create(name=name, text=f"{secrets.tag} variant {number}")
    Session.objects.create(session_key=secrets.tag, session_data="", expire_date=NOW)


def make_memory(secrets: Secrets) -> None:
    """Teach the site names and terms that public texts use, after their editions were sealed."""
    for number, text in enumerate(("Salt", "Lake", "Harbour")[: secrets.many]):
        name = CanonicalName.objects.create(text=f"{secrets.tag} of {text}")
        name.distinctions.create(other=f"{secrets.tag} {number}")
        variant = name.variants.create(text=text)
        link_everywhere([variant], by=making.editor())
        NameAnswer.objects.create(one=text, other=name.text, answer="same", at=NOW)
        words = {"source": "ru", "target": "en", "term": f"{secrets.tag} {number}"}
        GlossaryTerm.objects.create(rendering=text, note=secrets.tag, **words)


def fields(secrets: Secrets, number: int) -> dict[str, Any]:
    """Return what a secret post has: labels, people, plans."""
    tag = secrets.tag
    return {
        "title": f"{tag} title {number}",
        "body": f"<p>{tag} words {number}</p>",
        "summary": f"{tag} summary",
        "labels": [
            making.label(f"{tag}-label-{number}", f"{tag} label {number}"),
            making.label("water", "Water"),
        ],
        "byline": [
            making.person(f"{tag}-party-{number}", f"{tag} person {number}"),
            making.person("ana-petrel", "Ana Petrel"),
        ],
        "planned_for": secrets.soon(number),
    }


def make_post(secrets: Secrets, number: int) -> None:
    """Make a draft in some state, one scheduled, and one whose schedule was cancelled."""
    tag, state = secrets.tag, UNPUBLISHED[number % 4]
    draft = making.post(f"{tag}-post-{number}", **fields(secrets, number))
    type(draft).objects.filter(pk=draft.pk).update(state=state)
    twin = making.post(["salt", "wells"][number % 2], **fields(secrets, number))
    type(twin).objects.filter(pk=twin.pk).update(state=state)
    soon = making.post(f"{tag}-soon-{number}", **fields(secrets, number))
    making.sealed(soon, NOW, at=secrets.soon(number))
    never = making.post(f"{tag}-never-{number}", **fields(secrets, number))
    making.sealed(never, day(2099, 1, 5), at=secrets.soon(number))
    cancel_schedule(never, by=making.editor())


def make_appeal(secrets: Secrets, number: int) -> None:
    """Make a draft appeal and a scheduled one, with parties known from nowhere else."""
    tag = secrets.tag
    party = making.organisation(f"{tag}-party-{number}", f"{tag} party {number}")
    council = making.organisation("lake-council", "Lake Council")
    ana = making.person("ana-petrel", "Ana Petrel")
    signed = [
        {"role": f"{tag} role", "name": "Ana Petrel", "person": ana, "name_status": "public"},
        {"role": f"{tag} second", "name_status": "pending", "count": 2 + number},
    ]
    draft = making.appeal(f"{tag}-appeal-{number}", issuers=[party, council], signatories=signed)
    making.translation(draft, "en", label=f"{tag} label")
    later = making.appeal(f"{tag}-later-{number}", issuers=[party, council], signatories=signed)
    making.sealed(later, NOW, at=secrets.soon(number))
    making.sealed(making.translation(later, "en"), NOW, at=secrets.soon(number + 1))


def make_comments(secrets: Secrets, facts: Facts, number: int) -> None:
    """Make comments that no moderator approved, or only just now; answers; older and newer ones."""
    for name, post in facts.posts.items():
        states = ("held", "rejected", "spam", "withdrawn", "approved")
        for position, state in enumerate(states):
            comment = Comment.objects.create(
                post=post,
                parent=facts.comments["kc2"] if name == "salt" and number else None,
                key=f"{secrets.tag[0]}{post.pk}{number}{position}",
                name=f"{secrets.tag} reader",
                text=f"{secrets.tag} {state} comment",
                state=state,
                language="ar",
                sent_at=day(2098, 9, 4, number * 5 + position),
                in_force_from=NOW + timedelta(seconds=secrets.shift),
            )
            Receipt.make(comment)
            ReplyAddress.objects.create(comment=comment, address=f"{secrets.tag}@reader.example")
            Comment.objects.create(
                post=post, parent=comment, text=f"{secrets.tag} answer", sent_at=day(2098, 9, 4, 1)
            )


def make_reports(secrets: Secrets, facts: Facts) -> None:
    """Make what only moderators and translators read: reports, and proposals of corrections."""
    tag = secrets.tag
    for name, comment in facts.comments.items():
        Report.objects.create(
            comment=comment, ground="insult", text=f"{tag} report", digest=f"{tag} {name}"
        )
    for translation in facts.translations.values():
        for state in ("held", "approved"):
            Comment.objects.create(
                translation=translation, passage="p1", text=f"{tag} proposal", state=state
            )


def make_translations(secrets: Secrets, facts: Facts, number: int) -> None:
    """Make translations of public appeals that are drafts, or public only later."""
    languages = ["de", "it", "pl", "uk"]
    tag, language = secrets.tag, languages[(number + secrets.shift) % 4]
    lake = facts.appeals["lake"]
    making.translation(lake, language, label=f"{tag} draft")
    making.translation(lake, "en", label=f"{tag} second draft", is_principal=False)
    key = making.key_of(f"{tag} {number}")
    second = making.translation(lake, "en", key=key, label=f"{tag} second soon", is_principal=False)
    making.sealed(second, NOW, at=secrets.soon(number))
    scheduled = making.translation(facts.appeals["harbour"], language, label=f"{tag} soon")
    making.sealed(scheduled, NOW, at=secrets.soon(number))
    PreviewLink.objects.create(item=scheduled, made_by_name=tag, expires_at=secrets.soon(9))


def make_company(secrets: Secrets, facts: Facts, number: int) -> None:
    """Make secret posts that present public appeals and translate public posts."""
    lake, salt = facts.appeals["lake"], facts.posts["salt"]
    company = making.post(
        f"{secrets.tag}-moving-{number}", appeals=[lake], **fields(secrets, number)
    )
    company.translation_of, company.language = salt, "uk"
    company.save()
    if number % 2:
        making.sealed(company, NOW, at=secrets.soon(number))


def schedule_more(secrets: Secrets, facts: Facts) -> None:
    """Schedule changes of what is public, under other slugs too, and cancel some of them."""
    tag, first = secrets.tag, secrets.soon(0)
    for slug in MOVED:
        post = making.changed(facts.posts[slug], title=f"{tag} later", slug=f"{tag}-moved-{slug}")
        post.labels.add(making.label(f"{tag}-label-0", ""))
        making.sealed(post, NOW, at=first + timedelta(hours=len(slug)))
        if slug in ("back-again", "taken-down"):
            cancel_schedule(post, by=making.editor())
    for slug in ("lake", "kept", "recalled"):
        appeal = making.changed(facts.appeals[slug], summary=f"{tag} later", slug=f"{tag}-{slug}")
        making.sealed(appeal, NOW, at=first + timedelta(hours=len(slug)))
        if slug == "kept":
            cancel_schedule(appeal, by=making.editor())
    for name in ("lake-fr", "lake-en", "lake-second", "lake-es"):
        translation = making.changed(facts.translations[name], title=f"{tag} later")
        making.sealed(translation, NOW, at=first + timedelta(hours=12), kind="correction")
        if name == "lake-en":
            cancel_schedule(translation, by=making.editor())


def change_more(secrets: Secrets, facts: Facts) -> None:
    """Change the working copies of what is public, down to the names and the passages."""
    tag = secrets.tag
    with at(NOW - timedelta(hours=secrets.shift)):
        for post in facts.posts.values():
            making.changed(
                post, title=f"{tag} change", slug=f"{tag}-moved-nowhere", comments_status="closed"
            )
            post.bylines.all().delete()
            post.sources.create(title=f"{tag} source", url="https://secret.example/")
        for appeal in facts.appeals.values():
            making.changed(appeal, title=f"{tag} change", place=tag, kind="statement")
            appeal.passages.create(key=f"{tag}-passage", text=tag, position=0)
            merge_passages(appeal, appeal.passages.first(), by=making.editor())
            appeal.signatories.update(name="", printed_as="", person=None, name_status="withheld")
            colours = SECRET_COLOURS[tag]
            making.document(appeal, tag, colours[0])
            making.document(appeal, f"{tag} uncovered", colours[1], released=True)
            photostat = appeal.documents.filter(title="A photostat").first()
            if photostat:
                making.changed(photostat, released_digest="", covered_digest="", title=tag)
        for translation in facts.translations.values():
            making.changed(translation, translator="", translator_status="withheld", label=tag)
            translation.renderings.update(text=f"{tag} rendering", state=State.CHANGES_REQUESTED)
        for party in (
            making.person("ana-petrel", ""),
            making.organisation("lake-council", ""),
            making.label("water", ""),
            making.label("sud", ""),
        ):
            making.changed(party, name=f"{tag} {party.slug}", slug=f"{tag}-{party.slug}")


def items(facts: Facts) -> Iterator[Any]:
    kinds = (facts.posts, facts.appeals, facts.translations, facts.pages)
    yield from (item for kind in kinds for item in kind.values())
    yield facts.masthead


def make_records(secrets: Secrets, facts: Facts) -> None:
    """Write what colleagues write to each other about public items."""
    tag = secrets.tag
    for item in items(facts):
        decision = Decision.objects.create(item=item, name="request_changes", reason=f"{tag} why")
        Contribution.objects.create(item=item, round=9, user_name=f"{tag} writer")
        Note.objects.create(item=item, place="title", text=f"{tag} note", author_name=tag)
        PreviewLink.objects.create(item=item, made_by_name=tag)
        Notice.objects.create(
            recipient=making.editor(), decision=decision, subject=f"{tag} mail", body=tag
        )
    for _number in range(secrets.many):
        Redaction.objects.create(ground=f"{tag} ground", by_name=tag, is_open=False)
