"""Published posts and appeals with what they are found by: labels, names, bodies, places."""

from datetime import datetime
from typing import Any

from appeals.models import Appeal, Issuer, Organisation, Person, Signatory
from blog.models import Byline, Label, Post, PostEdition
from editorial.editing import editing
from editorial.fields import slug_of
from editorial.sealing import publish
from tests.cast import approve, join, write_appeal, write_post


def called(model: Any, name: str) -> Any:
    """Return the label, person or organisation of a name."""
    return model.objects.get_or_create(name=name)[0]


def shelved_post(
    title: str, *, labels: Any = (), by: Any = (), at: datetime | None = None, **fields: Any
) -> PostEdition:
    """Return the edition of a post; ``at`` schedules it."""
    post = write_post(by=join("wanda"), **{"title": title, "slug": slug_of(title)} | fields)
    with editing(post, by=join("wanda")):
        for name in labels:
            post.labels.add(called(Label, name))
        for name in by:
            Byline.objects.create(post=post, person=called(Person, name))
    return publish(approve(post), by=join("edda"), at=at)  # type: ignore[return-value]


def shelved_appeal(
    title: str,
    *,
    issued_by: Any = (),
    signed_by: Any = (),
    withheld: int = 0,
    transcribed: bool = True,
    at: datetime | None = None,
    **fields: Any,
) -> Appeal:
    """Return an appeal that was published; ``at`` schedules it."""
    appeal = write_appeal(by=join("tariq"), **{"title": title, "slug": slug_of(title)} | fields)
    with editing(appeal, by=join("tariq")):
        if not transcribed:
            appeal.passages.update(text="")
        for number, name in enumerate(issued_by):
            body = called(Organisation, name)
            Issuer.objects.create(appeal=appeal, organisation=body, position=number)
        for number, name in enumerate([*signed_by, *[""] * withheld]):
            person = called(Person, name) if name else None
            Signatory.objects.create(
                appeal=appeal,
                position=number,
                name=name,
                person=person,
                name_status="public" if name else "withheld",
            )
    publish(approve(appeal), by=join("edda"), at=at)
    return appeal


def post_of(edition: PostEdition) -> Post:
    return Post.objects.get(pk=edition.item_id)
