"""The shortest ways to make things for a world: no moves, no mails, one query a row."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from PIL import Image

from appeals.evidence import shelf
from appeals.evidence.pixels import encoded, smaller
from appeals.merging import merge_passages
from appeals.models import (
    Appeal,
    Issuer,
    Organisation,
    Passage,
    Person,
    Rendering,
    Signatory,
    SourceDocument,
    Translation,
)
from appeals.splitting import split_passage
from blog.models import Byline, Label, Post, PostAppeal, PostSource
from editorial.models import Approval, Edition
from editorial.models.working import KEY_ALPHABET
from editorial.sealing import publish
from editorial.states import State
from tests.worlds.clock import at

#: The width and height of a sheet.
SHEET = (440, 330)


def editor() -> User:
    """Return who publishes in every world, under one name."""
    return User.objects.get_or_create(
        username="edda", defaults={"first_name": "Edda", "is_superuser": True, "is_staff": True}
    )[0]


def approved(item: Any) -> Any:
    """Return the item approved by a second person, as it is."""
    type(item)._base_manager.filter(pk=item.pk).update(state=State.APPROVED)
    item.refresh_from_db()
    Approval.objects.create(
        item=item, revision=1, digest=item.content_digest(), approver_name="Rosa"
    )
    return item


def sealed(item: Any, moment: datetime, **options: Any) -> Edition:
    """Publish an item as it is now, at a moment."""
    with at(moment):
        return publish(approved(item), by=editor(), **options)


def changed(item: Any, **fields: Any) -> Any:
    """Return the item with other words in its fields."""
    for name, value in fields.items():
        setattr(item, name, value)
    item.save()
    return item


def key_of(name: str) -> str:
    """Return a key as items have them, the same for the same name in every world."""
    letters = len(KEY_ALPHABET)
    return "".join(KEY_ALPHABET[byte % letters] for byte in sha256(name.encode()).digest()[:8])


def person(slug: str, name: str) -> Person:
    return Person.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def organisation(slug: str, name: str) -> Organisation:
    return Organisation.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def label(slug: str, name: str) -> Label:
    return Label.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def post(
    slug: str,
    *,
    key: str = "",
    labels: list[Label] | None = None,
    byline: list[Person] | None = None,
    appeals: list[Appeal] | None = None,
    sources: list[dict[str, Any]] | None = None,
    **fields: Any,
) -> Post:
    """Return a draft post with everything that hangs on it."""
    fields = {"title": f"Of {slug}", "body": f"<p>Words about {slug}.</p>"} | fields
    made = Post.objects.create(slug=slug, **({"key": key} if key else {}), **fields)
    made.labels.set(labels or [])
    hanging: list[tuple[Any, list[dict[str, Any]]]] = [
        (Byline, [{"person": each} for each in byline or []]),
        (PostAppeal, [{"appeal": each} for each in appeals or []]),
        (PostSource, sources or []),
    ]
    for model, rows in hanging:
        for position, row in enumerate(rows):
            model.objects.create(post=made, position=position, **row)
    return made


def appeal(
    slug: str,
    *,
    key: str = "",
    issuers: list[Organisation] | None = None,
    signatories: list[dict[str, Any]] | None = None,
    passages: list[str] | None = None,
    **fields: Any,
) -> Appeal:
    """Return a draft appeal with passages p1, p2, …"""
    fields = {"title": f"Appeal of {slug}", "original_language": "ru"} | fields
    made = Appeal.objects.create(slug=slug, **({"key": key} if key else {}), **fields)
    for position, issuer in enumerate(issuers or []):
        Issuer.objects.create(appeal=made, organisation=issuer, position=position)
    for position, row in enumerate(signatories or []):
        Signatory.objects.create(appeal=made, position=position, **row)
    for position, text in enumerate(passages or ["Первый абзац."], start=1):
        Passage.objects.create(appeal=made, key=f"p{position}", position=position, text=text)
    return made


def split(item: Any) -> tuple[Passage, list[Rendering]] | None:
    """Split the first passage of an appeal that has two paragraphs; return it as it was."""
    passages = Passage.objects.filter(appeal=item) if isinstance(item, Appeal) else []
    for passage in passages:
        first, blank, second = passage.text.partition("\n\n")
        if blank:
            was = list(passage.renderings.all())
            split_passage(item, passage, (first, second), {}, by=editor())
            return passage, was
    return None


def merged_again(passage: Passage, was: list[Rendering]) -> None:
    """Merge what was split, and accept again what was accepted."""
    merge_passages(passage.appeal, passage, by=editor())
    for rendering in was:
        rendering.save()


def picture(colour: str) -> tuple[bytes, str]:
    """Return the picture of a sheet half in one colour, and the name under which it is kept.

    The other half fades, so that it comes in a smaller width too, as line art would not.
    """
    fading = Image.linear_gradient("L").resize(SHEET).convert("RGB")
    fading.paste(Image.new("RGB", (SHEET[0] // 2, SHEET[1]), colour))
    data, suffix = encoded(fading)
    return data, f"{sha256(data).hexdigest()}.{suffix}"


def document(
    of: Appeal, title: str, colour: str, *, released: bool = False, covered: bool = False
) -> SourceDocument:
    """Return a document of one page, perhaps released, perhaps with its names found covered."""
    made = SourceDocument.objects.create(appeal=of, title=title, original_name=f"{title}.pdf")
    data, file = picture(colour)
    suffix = file.rpartition(".")[2]
    name, digest = shelf.put(data, suffix, smaller(data, suffix))
    size = dict(zip(("width", "height"), SHEET, strict=True))
    page = made.images.create(number=1, file=name, sha256=digest, **size)
    page.boxes.create(x=0.5, y=0.5, w=0.25, h=0.25)
    made.released_digest = made.pages_digest if released else ""
    made.covered_digest = made.pages_digest if covered else ""
    made.save()
    return made


def translation(of: Appeal, language: str, *, key: str = "", **fields: Any) -> Translation:
    """Return a draft translation with an accepted rendering of every passage."""
    fields = {"title": f"{of.title} in {language}"} | fields
    made = Translation.objects.create(
        appeal=of, language=language, **({"key": key} if key else {}), **fields
    )
    for passage in of.passages.all():
        made.renderings.create(
            passage=passage,
            text=f"Passage {passage.key} in {language}.",
            state=State.APPROVED,
            accepted_digest=passage.digest,
        )
    return made
