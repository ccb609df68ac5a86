"""A small newsroom's whole database, with one person's name in every corner of it."""

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any
from unittest.mock import patch

from django.contrib.admin.models import CHANGE, LogEntry
from django.utils import timezone

from appeals.models import (
    AppealSource,
    CanonicalName,
    Issuer,
    NameDistinction,
    NameVariant,
    Organisation,
    Passage,
    Person,
    SourceDocument,
)
from blog.models import Byline, Comment, Label, PostSource
from editorial.editing import editing
from editorial.models import Note, Notice, name_of
from editorial.moving import move, record
from editorial.sealing import publish, withdraw
from tests.cast import approve, join, translate, write_appeal, write_post


@dataclass(frozen=True)
class Name:
    """One person's name: as it is written here, there, and in addresses."""

    latin: str
    cyrillic: str
    slug: str

    @property
    def values(self) -> list[str]:
        return [self.latin, self.cyrillic]


ANA = Name("Ana Petrel", "Ана Петрель", "ana-petrel")
IVO = Name("Ivo Quillon-Marsh", "Иво Квилон", "ivo-quillon-marsh")


@dataclass
class Newsroom:
    appeal: Any
    translation: Any
    post: Any
    other: Any


@contextmanager
def steady_keys():
    """Make the same keys in the same order, so that two newsrooms can be compared."""
    numbers = count(1)
    rooms = ("editorial.models.working", "editorial.redacting.contents", "editorial.redacting.rows")
    with ExitStack() as stack:
        for room in rooms:
            stack.enter_context(
                patch(f"{room}.random_key", lambda length=8: f"k{next(numbers):07}")
            )
        yield


def build(name: Name, key: Any = None) -> Newsroom:
    """Write, approve and publish texts that hold a name, and one that does not."""
    edda, tariq, wanda = join("edda"), join("tariq"), join("wanda")
    person = Person.objects.create(name=name.latin, names={"ru": name.cyrillic})
    friends = Organisation.objects.create(name=f"Friends of {name.latin}")
    council = Organisation.objects.create(name="Council of the Lake", slug="council")
    appeal = appeal_of(name, tariq, person, [friends, council])
    publish(approve(appeal), by=edda)
    translation = translate(appeal, by=tariq)
    translation.key = "ktext"
    with editing(translation, by=tariq):
        first = translation.renderings.get(passage__position=1)
        first.text = f"Said {name.latin}: the water is salt."
        first.save()
        translation.translator, translation.translator_status = name.latin, "public"
        translation.save()
    publish(approve(translation), by=edda)
    post = post_of(name, wanda, person, appeal)
    publish(approve(post), by=edda)
    with editing(post, by=wanda):
        post.title = f"{name.latin} speaks again"
        post.save()
    move(post, "submit", by=wanda)
    move(post, "request_changes", by=join("rosa"), reason=f"Ask {name.latin} first.")
    other = write_post(
        by=wanda, key="kother", title="Of wells", slug="wells", body="<p>Nobody is named.</p>"
    )
    publish(approve(other), by=edda)
    gone = write_post(by=wanda, key="kgone", title="Recalled", slug="recalled")
    publish(approve(gone), by=edda)
    withdraw(gone, by=edda, note=f"{name.latin} asked us to.")
    remember(name, post, appeal)
    return Newsroom(appeal, translation, post, other)


def appeal_of(name: Name, by: Any, person: Any, organisations: list[Any]) -> Any:
    appeal = write_appeal(
        by=by,
        key="kappeal",
        slug=f"statement-of-{name.slug}",
        summary=f"{name.latin.upper()} speaks.",
    )
    with editing(appeal, by=by):
        passage = appeal.passages.get(position=1)
        passage.text = f"Говорит {name.cyrillic}:\n\nвода стала солёной."
        passage.save()
        Passage.objects.create(appeal=appeal, key="p3", position=3, text="Подписи.")
        for position, organisation in enumerate(organisations):
            Issuer.objects.create(appeal=appeal, organisation=organisation, position=position)
        sign = appeal.signatories.create
        sign(name_status="public", name=name.latin, printed_as=name.cyrillic, person=person)
        sign(name_status="public", name="Bo Fisher", role="Secretary", position=1)
        AppealSource.objects.create(
            appeal=appeal,
            title=f"A talk with {name.latin}",
            url=f"https://press.example/{name.slug}.html",
        )
        SourceDocument.objects.create(
            appeal=appeal, title="A photostat", original_name=f"{name.slug}.pdf"
        )
    return appeal


def post_of(name: Name, by: Any, person: Any, appeal: Any) -> Any:
    first, last = name.latin.split()
    post = write_post(
        by=by,
        key="kpost",
        title=f"{name.latin} speaks",
        slug=f"{name.slug}-speaks",
        body=f"<p>So says {first} <em>{last}</em>, of the lake.</p>",
        summary=f"What {name.latin} says.",
    )
    with editing(post, by=by):
        Byline.objects.create(post=post, person=person)
        post.labels.add(Label.objects.create(name=name.latin), Label.objects.create(name="Water"))
        post.appeals.add(appeal)
        PostSource.objects.create(post=post, title="Lost", publisher=f"{name.latin} & sons")
    return post


def remember(name: Name, post: Any, appeal: Any) -> None:
    """Write down the name in comments, notes, reasons, the name memory and the logs."""
    edda = join("edda")
    for state in ("approved", "held", "rejected", "spam"):
        Comment.objects.create(
            key=f"kc{state}",
            post=post,
            name=name.latin,
            text=f"I know {name.latin}.",
            state=state,
            sent_at=timezone.now(),
        )
    Note.objects.create(item=appeal, text=f"Is it {name.cyrillic}?", author_name=name_of(edda))
    decision = record(appeal, "note", by=edda, reason=f"for {name.latin}")
    Notice.objects.create(
        recipient=edda, decision=decision, subject=f"About {name.latin}", body="Look."
    )
    canonical = CanonicalName.objects.create(text=name.latin)
    NameVariant.objects.create(name=canonical, text=name.cyrillic, language="ru")
    other = CanonicalName.objects.create(text="Bo Fisher")
    NameDistinction.objects.create(name=other, other=name.latin)
    LogEntry.objects.create(
        user=edda,
        object_repr=name.latin,
        action_flag=CHANGE,
        change_message=f'[{{"changed": {{"name": "person", "object": {ascii(name.cyrillic)!r}}}}}]',
    )
