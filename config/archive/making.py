"""Making a synthetic site in bulk, with true seals: ``verify_editions`` holds them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from appeals.models import (
    Appeal,
    Issuer,
    Organisation,
    Passage,
    Person,
    Signatory,
    Translation,
)
from appeals.models.translations import Rendering
from blog.models import Byline, Comment, Label, Post
from config.archive.tongues import SOUNDS, Tongue
from config.search.indexing import rebuild
from editorial import canonical
from editorial.models import Decision, Edition, Path
from editorial.sealing import compose
from editorial.states import State

#: The last day of the archive; it begins so many days before.
END, DAYS = datetime(2026, 6, 30, 9, tzinfo=UTC), 15 * 365
#: The hour of what is scheduled.
LATER = datetime(2199, 1, 1, 9, tzinfo=UTC)
#: Rows of working copies that are made, sealed and forgotten together.
BATCH = 250
LABELS, PEOPLE, BODIES, PLACES = 60, 300, 120, 40
LETTERS = "bcdfghjkmnpqrstvwxz23456789"


@dataclass(frozen=True)
class Wanted:
    """How much of a site to make."""

    posts: int
    comments: int
    appeals: int
    seed: int = 1


class Maker:
    """Makes one site. Everything random in it comes from the seed."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted, self.random = wanted, Random(wanted.seed)
        self.tongues = {language: Tongue(language, self.random) for language in SOUNDS}
        self.used: set[str] = set()

    @transaction.atomic
    def make(self) -> None:
        """Make parties, posts, appeals, translations, comments and the index."""
        ours = self.tongues["en"]
        self.labels = self.parties(Label, LABELS, lambda: ours.some(1)[0].title())
        self.people = self.parties(Person, PEOPLE, ours.name)
        self.bodies = self.parties(Organisation, BODIES, lambda: f"Council of {ours.name()}")
        self.places = [ours.name().split()[0] for _n in range(PLACES)]
        for count in sizes(self.wanted.appeals):
            self.appeals(count)
        for count in sizes(self.wanted.posts):
            self.posts(count)
        self.comments()
        rebuild()

    def parties(self, model: Any, count: int, name: Any) -> list[Any]:
        """Make parties or labels of different names."""
        names: dict[str, str] = {}
        while len(names) < count:
            names.setdefault(name(), f"{model._meta.model_name}-{len(names)}")
        return model.objects.bulk_create(model(name=n, slug=slug) for n, slug in names.items())

    def key(self, length: int = 8) -> str:
        """Return a key that is not taken."""
        while True:
            key = "".join(self.random.choices(LETTERS, k=length))
            if key not in self.used:
                self.used.add(key)
                return key

    def day(self) -> datetime:
        return END - timedelta(minutes=self.random.randrange(DAYS * 24 * 60))

    def tongue(self, *languages: str) -> Tongue:
        return self.tongues[self.random.choice(languages)]

    def appeals(self, count: int) -> None:
        """Make appeals with passages, issuers and signatories; most have a translation or two."""
        tongues = [self.tongue("ru", "ru", "uk", "ar", "fr") for _n in range(count)]
        rows = Appeal.objects.bulk_create(self.appeal(tongue) for tongue in tongues)
        Passage.objects.bulk_create(
            Passage(appeal=row, key=f"p{n}", position=n, text=tongue.paragraph())
            for row, tongue in zip(rows, tongues, strict=True)
            for n in range(1, self.random.randint(3, 9))
        )
        Issuer.objects.bulk_create(
            Issuer(appeal=row, organisation=body, position=n)
            for row in rows
            for n, body in enumerate(self.random.sample(self.bodies, 2))
        )
        Signatory.objects.bulk_create(
            self.signatory(row, n) for row in rows for n in range(self.random.randint(1, 20))
        )
        days = {row.pk: self.day() for row in rows}
        self.seal(Appeal, rows, days)
        passages = Passage.objects.filter(appeal__in=rows).order_by("appeal", "position")
        of: dict[int, list[Passage]] = {row.pk: [] for row in rows}
        for passage in passages:
            of[passage.appeal_id].append(passage)
        self.translations(rows, days, of)

    def appeal(self, tongue: Tongue) -> Appeal:
        ours = self.tongues["en"]
        return Appeal(
            key=self.key(),
            title=ours.title(),
            slug=self.key(),
            kind=self.random.choice(Appeal.Kind.values),
            original_title=tongue.title(),
            original_language=tongue.language,
            issued_on=str(self.day().date()),
            place=self.random.choice(self.places),
            summary=ours.sentence(),
            basis="a synthetic text",
            state=State.APPROVED,
        )

    def signatory(self, appeal: Appeal, position: int) -> Signatory:
        if self.random.random() < 0.2:
            return Signatory(appeal=appeal, position=position, name_status="withheld", count=3)
        person = self.random.choice(self.people)
        return Signatory(
            appeal=appeal, position=position, name_status="public", name=person.name, person=person
        )

    def translations(
        self, appeals: list[Appeal], days: dict[int, datetime], of: dict[int, list[Passage]]
    ) -> None:
        rows = Translation.objects.bulk_create(
            Translation(
                key=self.key(),
                appeal=appeal,
                language=language,
                title=self.tongues[language].title(),
                state=State.APPROVED,
            )
            for appeal in appeals
            for language in self.random.sample(("en", "de"), self.random.randint(0, 2))
        )
        Rendering.objects.bulk_create(
            Rendering(
                translation=row,
                passage=passage,
                text=self.tongues[row.language].paragraph(),
                state=State.APPROVED,
                accepted_digest=passage.digest,
            )
            for row in rows
            for passage in of[row.appeal_id]
        )
        self.seal(Translation, rows, {row.pk: days[row.appeal_id] for row in rows}, withdraw=False)

    def posts(self, count: int) -> None:
        """Make posts; one in fifty is a draft, and one in fifty scheduled."""
        rows = Post.objects.bulk_create(
            self.post(self.tongue("en", "en", "en", "ru", "fr", "de")) for _n in range(count)
        )
        Byline.objects.bulk_create(
            Byline(post=row, person=self.random.choice(self.people)) for row in rows
        )
        labelling = Post.labels.through
        labelling.objects.bulk_create(
            labelling(post=row, label=label)
            for row in rows
            for label in self.random.sample(self.labels, self.random.randint(0, 3))
        )
        public = [row for row in rows if row.state == State.APPROVED]
        days = {row.pk: LATER if self.random.random() < 0.02 else self.day() for row in public}
        self.seal(Post, public, days)

    def post(self, tongue: Tongue) -> Post:
        body = "".join(f"<p>{tongue.paragraph()}</p>" for _n in range(self.random.randint(3, 9)))
        return Post(
            key=self.key(),
            title=tongue.title(),
            slug=self.key(),
            language=tongue.language,
            summary=tongue.sentence(),
            body=body,
            state=State.DRAFT if self.random.random() < 0.02 else State.APPROVED,
        )

    def seal(
        self, model: Any, rows: list[Any], days: dict[int, datetime], *, withdraw: bool = True
    ) -> None:
        """Seal items as they are; one in ten had an earlier edition, one in fifty is withdrawn."""
        items = model.with_parts(model.objects.filter(pk__in=[row.pk for row in rows]))
        made: list[Any] = []
        for item in items.order_by("pk"):
            content = item.content() | {"note": "", "second_reader": "imported"}
            day = days[item.pk]
            chain: list[Any] = []
            if self.random.random() < 0.1 and day < END:
                self.add(chain, item, content | {"title": f"{item.title}, once"}, day)
                day += timedelta(days=1)
            self.add(chain, item, content, day)
            if withdraw and model is Post and self.random.random() < 0.02 and day < END:
                gone = {key: content[key] for key in ("title", "slug", "language")}
                gone["note"] = "A mistake."
                self.add(chain, item, gone, day + timedelta(days=2), Edition.Kind.WITHDRAWAL)
            made += chain
        self.write(model, made)

    def add(self, chain: list[Any], item: Any, content: Any, at: datetime, kind: str = "") -> None:
        """Add the next edition to an item's chain, ending the span of the one before."""
        salts = {
            pointer: self.random.randbytes(16).hex() for pointer, _ in canonical.leaves(content)
        }
        previous = chain[-1] if chain else None
        if previous is not None:
            previous.live_until = at
        first = chain[0] if chain else None
        chain.append(
            compose(item, content, salts, previous=previous, first=first, by=None, at=at, kind=kind)
        )

    def write(self, model: Any, editions: list[Any]) -> None:
        """Write editions with their rows, their addresses and the decisions about them."""
        edition_model = model.edition_model
        edition_model.objects.bulk_create(editions)
        related: dict[Any, list[Any]] = {}
        for edition in editions:
            for relation, rows in edition_model.rows(edition.data).items():
                row_model = getattr(edition, relation).model
                related.setdefault(row_model, []).extend(
                    row_model(edition=edition, position=n, **row) for n, row in enumerate(rows)
                )
        for row_model, found in related.items():
            row_model.objects.bulk_create(found)
        kind = ContentType.objects.get_for_model(model)
        paths = {
            path: edition.item_id
            for edition in editions
            if (path := edition.item.public_path(edition))
        }
        Path.objects.bulk_create(
            Path(path=path, content_type=kind, object_id=pk) for path, pk in paths.items()
        )
        Decision.objects.bulk_create(
            Decision(
                content_type=kind,
                object_id=edition.item_id,
                name="import",
                to_state=State.APPROVED,
                at=min(edition.live_from, END),
            )
            for edition in editions
        )

    def comments(self) -> None:
        """Make comments on posts that were ever public; most are approved."""
        posts = list(Post.objects.filter(editions__live_from__lte=END).order_by("pk").distinct())
        for count in sizes(self.wanted.comments if posts else 0, 2000):
            Comment.objects.bulk_create(self.comment(posts) for _n in range(count))

    def comment(self, posts: list[Post]) -> Comment:
        post = self.random.choice(posts)
        return Comment(
            post=post,
            key=self.key(),
            name=self.random.choice(self.people).name,
            text=self.tongues[post.language].paragraph(),
            state=self.random.choices(["approved", "held", "rejected", "spam"], [80, 5, 10, 5])[0],
            sent_at=self.day(),
        )


def sizes(count: int, batch: int = BATCH) -> Iterator[int]:
    """Yield the sizes of batches that make up a number."""
    yield from [batch] * (count // batch)
    if count % batch:
        yield count % batch


def count_all(models: Iterable[Any]) -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in models}


def settle_statistics() -> None:
    """Let the database's planner know how many rows there are now."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
