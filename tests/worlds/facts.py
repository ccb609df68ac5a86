"""The public facts: the same in every world, to the minute and the letter."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from appeals.models import Addressee, AppealSource
from blog.models import Comment, CommentMonth, Receipt
from editorial.canonical import sha256
from editorial.models import Path
from editorial.sealing import claim, withdraw
from tests.worlds import making, pages
from tests.worlds.clock import at, day

Make = Any
Between = Callable[[Any, datetime], None]


@dataclass
class Facts:
    """What a world holds in public, by slug or key: working copies and comments."""

    posts: dict[str, Any] = field(default_factory=dict)
    appeals: dict[str, Any] = field(default_factory=dict)
    translations: dict[str, Any] = field(default_factory=dict)
    comments: dict[str, Any] = field(default_factory=dict)
    pages: dict[str, Any] = field(default_factory=dict)
    masthead: Any = None
    between: Between = field(default=lambda item, moment: None)

    def seal(self, item: Any, moment: datetime, **options: Any) -> None:
        """Publish an item as it is now, at a moment."""
        self.between(item, moment - timedelta(days=2))
        making.sealed(item, moment, **options)


def nothing(item: Any, moment: datetime) -> None:
    """What happens between two editions of an item in a world without secrets."""


def make_facts(*, backwards: bool = False, many: int = 0, between: Between = nothing) -> Facts:
    """Make the public facts; in which order is no fact, so another world makes them backwards.

    Args:
        between: called some days before each edition of an item; the item stays what it was.
    """
    facts = Facts(between=between)
    step = -1 if backwards else 1
    for make in [make_parties, make_labels][::step]:
        make()
    for slug in list(APPEALS)[::step]:
        facts.appeals[slug] = APPEALS[slug](slug)
    for slug in list(APPEALS)[::step]:
        publish_appeal(facts, slug)
    for name in list(TRANSLATIONS)[::step]:
        publish_translation(facts, name)
    for slug in list(POSTS)[::step]:
        facts.posts[slug] = POSTS[slug](slug, facts)
    facts.posts["le-sel"].translation_of = facts.posts["salt"]
    facts.posts["le-sel"].save()
    for slug in list(POSTS)[::step]:
        publish_post(facts, slug)
    for number in range(many)[::step]:
        slug = f"many-{number:02}"
        facts.posts[slug] = making.post(slug, key=f"kpm{number}", labels=[many_label()])
        facts.seal(facts.posts[slug], day(2098, 3, 1) + timedelta(days=number // 2))
    pages.make_public(facts, step)
    pages.make_masthead(facts)
    make_comments(facts, step)
    make_replies(facts, step)
    make_figures()
    return facts


def make_figures() -> None:
    """Close a month. What it counted then stays, whatever is held or decided today."""
    CommentMonth.objects.create(
        month=date(2098, 9, 1),
        received=9,
        approved=5,
        rejected=2,
        spam=1,
        withdrawn=0,
        grounds={"insult": 2},
        median_hours=7,
        closed_at=day(2098, 10, 8),
    )


def make_parties() -> None:
    making.person("ana-petrel", "Ana Petrel")
    making.person("ivo-marsh", "Ivo Marsh")
    making.organisation("lake-council", "Lake Council")
    making.organisation("ferry-union", "Ferry Union")


def make_labels() -> None:
    making.label("water", "Water")
    making.label("sud", "Суд")


def many_label() -> Any:
    return making.label("many", "Many")


def appeal_lake(slug: str) -> Any:
    council, union = making.organisation("lake-council", ""), making.organisation("ferry-union", "")
    ana = making.person("ana-petrel", "")
    appeal = making.appeal(
        slug,
        key="kalake",
        issuers=[council, union],
        original_title="К народу озера",
        issued_on="2098-03",
        place="The lake",
        basis="a photostat of the document",
        summary="Three publics at once.",
        passages=["К народу.", "Первый абзац.\n\nВторой.", ""],
        signatories=[
            {"role": "President", "name": "Ana Petrel", "name_status": "public", "person": ana,
             "printed_as": "Анна Петрель", "organisation": council},
            {"role": "Vice presidents", "name_status": "withheld", "count": 3, "kind": "group"},
            {"role": "Secretary", "name_status": "illegible", "organisation": union},
        ],
    )  # fmt: skip
    for position, text in enumerate(["To the lake", "To the city"]):
        Addressee.objects.create(appeal=appeal, position=position, text=text, original="Озеру")
    AppealSource.objects.create(appeal=appeal, title="A bulletin", url="")
    photostat = making.document(appeal, "A photostat", "white", released=True, covered=True)
    page = photostat.images.get()
    page.places.create(passage=appeal.passages.first(), x=0.1, y=0.1, w=0.8, h=0.2)
    page.places.create(signatory=appeal.signatories.first(), x=0.1, y=0.8, w=0.2, h=0.1)
    return appeal


APPEALS: dict[str, Make] = {
    "lake": appeal_lake,
    "harbour": lambda slug: making.appeal(
        slug, key="kaharbour", issuers=[making.organisation("ferry-union", "")]
    ),
    "recalled": lambda slug: making.appeal(slug, key="karecalled"),
    "kept": lambda slug: making.appeal(slug, key="kakept", original_language="en"),
}


def publish_appeal(facts: Facts, slug: str) -> None:
    appeal = facts.appeals[slug]
    facts.seal(appeal, day(2098, 3, 2 + len(slug)))
    if slug == "lake":
        making.changed(appeal, summary="Three publics at once, and a fourth.")
        facts.seal(appeal, day(2098, 5, 2), kind="correction", note="A fourth public.")
    if slug == "harbour":
        making.changed(appeal, slug="old-harbour")
        facts.seal(appeal, day(2098, 6, 2))
        making.changed(appeal, slug="harbour", title="Appeal of the harbour")
        facts.seal(appeal, day(2098, 7, 2), kind="correction")
    if slug == "recalled":
        with at(day(2098, 8, 2)):
            withdraw(appeal, by=making.editor(), note="At the authors' request.")


def lake_in(language: str, name: str = "", **fields: Any) -> Make:
    key = making.key_of(f"lake-{name or language}")
    return lambda facts: making.translation(facts.appeals["lake"], language, key=key, **fields)


TRANSLATIONS: dict[str, Make] = {
    "lake-en": lake_in(
        "en", label="informal translation", translator="Tariq", translator_status="public"
    ),
    "lake-second": lake_in("en", "second", label="another", is_principal=False),
    "lake-fr": lake_in("fr", translator_status="withheld", method="machine"),
    "lake-es": lake_in("es"),
    "harbour-en": lambda facts: making.translation(
        facts.appeals["harbour"], "en", key=making.key_of("harbour-en")
    ),
    "recalled-en": lambda facts: making.translation(
        facts.appeals["recalled"], "en", key=making.key_of("recalled-en")
    ),
}


def publish_translation(facts: Facts, name: str) -> None:
    translation = facts.translations[name] = TRANSLATIONS[name](facts)
    facts.seal(translation, day(2098, 7, 8 + list(TRANSLATIONS).index(name)))
    if name in ("lake-en", "lake-second"):
        making.changed(translation, title="To the people of the lake")
        facts.seal(translation, day(2098, 7, 20), kind="correction", note="A title.")
    if name == "lake-es":
        with at(day(2098, 8, 2)):
            withdraw(translation, by=making.editor(), note="It was unsound.")


POSTS: dict[str, Make] = {
    "salt": lambda slug, facts: making.post(
        slug,
        key="kpsalt",
        title="Salt in the wells",
        summary="Of salt.",
        dateline="Staunton, 12 March",
        labels=[making.label("water", ""), making.label("sud", "")],
        byline=[making.person("ana-petrel", ""), making.person("ivo-marsh", "")],
        appeals=[facts.appeals["lake"], facts.appeals["harbour"]],
        sources=[{"title": "A bulletin", "url": "https://press.example/1"}, {"title": "Lost"}],
    ),
    "wells": lambda slug, facts: making.post(
        slug,
        key="kpwells",
        labels=[making.label("water", "")],
        appeals=[facts.appeals["lake"]],
        comments_status="closed",
    ),
    "harbour": lambda slug, facts: making.post(slug, key="kpharbour", language="ru"),
    "taken-down": lambda slug, facts: making.post(slug, key="kptaken"),
    "back-again": lambda slug, facts: making.post(slug, key="kpback"),
    "for-a-week": lambda slug, facts: making.post(slug, key="kpweek"),
    "le-sel": lambda slug, facts: making.post(slug, key="kplesel", language="fr"),
    "last": lambda slug, facts: making.post(slug, key="kplast", labels=[making.label("sud", "")]),
}


def publish_post(facts: Facts, slug: str) -> None:
    post = facts.posts[slug]
    editor = making.editor()
    began = day(2098, 9, 1) if slug in ("salt", "wells") else day(2098, 9, 2 + len(slug))
    if slug == "last":
        began = day(2099, 9, 12)
    until = began + timedelta(days=7) if slug == "for-a-week" else None
    facts.seal(post, began, until=until)
    if slug == "salt":
        making.changed(post, body="<p>Salt, again.</p>")
        facts.seal(post, day(2098, 10, 1), note="More of it.")
        making.changed(post, body="<p>Salt, once more.</p>")
        facts.seal(post, day(2098, 11, 1), kind="correction", note="A number was wrong.")
        claim(post, "/p/salt.html")
    if slug == "harbour":
        making.changed(post, slug="the-harbour")
        facts.seal(post, day(2098, 10, 2))
    if slug in ("taken-down", "back-again"):
        with at(day(2098, 10, 3)):
            withdraw(post, by=editor, note="A mistake.")
    if slug == "back-again":
        making.changed(post, body="<p>Mended.</p>")
        facts.seal(post, day(2098, 10, 9))
    assert Path.objects.filter(object_id=post.pk).exists()


def make_comments(facts: Facts, step: int) -> None:
    for number in range(1, 4)[::step]:
        facts.comments[f"kc{number}"] = Comment.objects.create(
            post=facts.posts["salt"],
            key=f"kc{number}",
            name=["", "Ivo", "Ана"][number - 1],
            text=f"Comment {number}.",
            state="approved",
            sent_at=day(2098, 9, 4, 10 + number // 2),
        )
    Receipt.objects.create(
        comment=facts.comments["kc1"], token_hash=sha256("receipt-of-kc1"), made_at=day(2098, 9, 4)
    )


def make_replies(facts: Facts, step: int) -> None:
    for number in range(4, 6)[::step]:
        facts.comments[f"kc{number}"] = Comment.objects.create(
            post=facts.posts["salt"],
            parent=facts.comments["kc2"],
            key=f"kc{number}",
            text=f"Reply {number}.",
            state="approved",
            sent_at=day(2098, 9, 5),
        )
