"""Writing the index: at sealing, at a redaction, and all of it anew."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from config.browsing.places import place_slug
from config.search.models import Indexed, IndexedWords, Kind, Posting, Spelling
from config.search.texts import (
    Line,
    is_looked_for,
    is_readable,
    kind_of,
    language_of,
    lines,
    model_of,
    place_of,
)
from config.search.words import consonants, script_of, tokens
from editorial.models import Edition

#: Okapi BM25's constants. The usual length is one: an average would tell of what is not public.
SATURATION, LENGTH_MATTERS, USUAL_LENGTH = 2.0, 0.6, 400
#: Weights are whole numbers, so that two databases add them up alike.
SCALE = 1000
#: A word of fewer letters has no near misses, nor has a number.
SHORTEST = 4
#: So many letters of a word are compared before the whole of it is.
BEGINNING = 8
MANY = 5000


def follow_published(sender: Any, edition: Any, **kwargs: Any) -> None:
    """Receiver of ``published``: index an edition, and take leave of what it supersedes."""
    if is_looked_for(sender):
        index(edition)
        settle(edition.item)


def follow_decided(sender: Any, item: Any, decision: Any, **kwargs: Any) -> None:
    """Receiver of ``decided``: a cancelled schedule moves spans without a new edition."""
    if decision.name == "cancel_schedule" and is_looked_for(type(item).edition_model):
        settle(item)


@transaction.atomic
def index(edition: Any) -> None:
    """Make an edition's rows anew; there are none for what is not public now nor will be."""
    remove(Indexed.objects.filter(**{kind_of(edition): edition}))
    if is_findable(edition):
        words = write([edition])
        spell(words - known_of(words))


def is_findable(edition: Any) -> bool:
    """Tell whether an edition is public now or may be later."""
    ended = edition.live_until and edition.live_until <= max(timezone.now(), edition.live_from)
    return not (edition.is_withdrawal or ended)


def settle(item: Any) -> None:
    """Let the index know the spans of an item's editions, and forget those that have ended."""
    kind = next(kind for kind in Kind if model_of(kind) is item.edition_model)
    rows = Indexed.objects.filter(**{f"{kind}__item": item})
    ended = []
    for row in rows.select_related(kind).only(
        "live_from",
        "live_until",
        *(f"{kind}__{name}" for name in ("live_from", "live_until", "kind")),
    ):
        edition = getattr(row, kind)
        if not is_findable(edition):
            ended.append(row.pk)
        elif row.live_until != edition.live_until:
            Indexed.objects.filter(pk=row.pk).update(live_until=edition.live_until)
    if ended:
        remove(Indexed.objects.filter(pk__in=ended))


def remove(rows: Any) -> None:
    """Take editions out of the index, down to the spelling of words that are nowhere else."""
    pks = list(rows.values_list("pk", flat=True))
    if not pks:
        return
    postings = Posting.objects.filter(edition__in=pks)
    words = set(postings.values_list("word", flat=True))
    postings.delete()
    Indexed.objects.filter(pk__in=pks).delete()
    for few in batches(sorted(words)):
        left = set(Posting.objects.filter(word__in=few).values_list("word", flat=True))
        Spelling.objects.filter(word__in=[word for word in few if word not in left]).delete()


def write(editions: Iterable[Any]) -> set[str]:
    """Write the rows of editions that have none, but for spelling; return the words to spell."""
    made = [(edition, Indexed(**columns(edition))) for edition in editions]
    Indexed.objects.bulk_create(row for _edition, row in made)
    postings: list[tuple[str, int, int]] = []
    texts: list[IndexedWords] = []
    spelled: set[str] = set()
    for edition, row in made:
        found = Found(lines(edition))
        texts.append(IndexedWords(edition=row, text=found.text, stems=found.stems))
        postings += [(word, row.pk, weight) for word, weight in found.weights().items()]
        spelled |= found.spelled
    IndexedWords.objects.bulk_create(texts, batch_size=200)
    post(sorted(postings))
    return {word for word in spelled if len(word) >= SHORTEST and word.isalpha()}


def post(postings: list[tuple[str, int, int]]) -> None:
    """Write words with their editions and weights: many, so as rows and not as objects."""
    statement = f"INSERT INTO {Posting._meta.db_table} (word, edition_id, weight) VALUES"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(f"{statement} (%s, %s, %s)", postings)
            return
        for some in batches(postings, MANY):
            values = ", ".join(["(%s, %s, %s)"] * len(some))
            cursor.execute(f"{statement} {values}", [value for row in some for value in row])


def columns(edition: Any) -> dict[str, Any]:
    """Return what a search filters and sorts an edition by."""
    kind, language = kind_of(edition), language_of(edition)
    appeals = {Kind.APPEAL: "item_id", Kind.TRANSLATION: "appeal_id"}
    place = place_of(edition)
    return {
        "kind": kind,
        kind: edition,
        "appeal_item": getattr(edition, appeals[kind]) if kind in appeals else None,
        "key": edition.key,
        "language": language,
        "script": script_of(language),
        "place": place,
        "place_slug": place_slug(place),
        "is_readable": is_readable(edition),
        "year": edition.published_on.year,
        "published_at": edition.published_at,
        "live_from": edition.live_from,
        "live_until": edition.live_until,
    }


class Found:
    """The words of an edition."""

    def __init__(self, texts: list[Line]) -> None:
        self.counts: Counter[str] = Counter()
        self.spelled: set[str] = set()
        self.length = 0
        read = [self.read(line) for line in texts]
        self.text = "\n".join(forms for forms, _stems in read)
        self.stems = "\n".join(stems for _forms, stems in read)

    def read(self, line: Line) -> tuple[str, str]:
        """Count the words of a line; return them in their order, and what else each is known by."""
        said, stems = [], []
        for token in tokens(line.text, line.language):
            said.append(token.form)
            stems.append(token.stem)
            self.length += 1
            if token.is_stop and line.part != "title":
                continue
            self.spelled |= {token.form, token.stem}
            terms = {token.form, token.stem}
            if token.is_name and (bare := consonants(line.text[token.start : token.end])):
                terms.add(bare)
                stems.append(bare)
            for term in terms:
                self.counts[term] += line.weight
        return f" {' '.join(said)} ", " ".join(stems)

    def weights(self) -> dict[str, int]:
        """Return how much each word says about this edition: BM25 without what is rare where."""
        longer = 1 - LENGTH_MATTERS + LENGTH_MATTERS * self.length / USUAL_LENGTH
        return {
            word: round(SCALE * (SATURATION + 1) * count / (count + SATURATION * longer))
            for word, count in self.counts.items()
        }


def known_of(words: set[str]) -> set[str]:
    """Return those of the words whose letters are written."""
    rows = Spelling.objects.order_by().values_list("word", flat=True).distinct()
    return {word for few in batches(sorted(words)) for word in rows.filter(word__in=few)}


def spell(words: set[str]) -> None:
    """Write the letters of words that are new to the index."""
    for few in batches(sorted(words)):
        rows = [
            Spelling(letters=letters, word=word)
            for word in few
            for letters in sorted(letters_of(word))
        ]
        Spelling.objects.bulk_create(rows, batch_size=MANY, ignore_conflicts=True)


def letters_of(word: str, lost: int = 1) -> set[str]:
    """Return the beginning of a word, whole and without any so many of its letters.

    Two words that are a slip apart are equal when each loses a letter.
    """
    found = {word[:BEGINNING]}
    for _time in range(lost):
        found |= {part[:at] + part[at + 1 :] for part in found for at in range(len(part))}
    return found


def batches(rows: list[Any], size: int = 500) -> Iterator[list[Any]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


@transaction.atomic
def rebuild() -> int:
    """Make the index anew from the editions; return how many are in it.

    Which words are spelled is remembered, not asked: PostgreSQL has no statistics of tables that
    this transaction fills, and would read all of them each time.
    """
    for model in (Spelling, Posting, IndexedWords, Indexed):
        model._base_manager.all()._raw_delete("default")
    count, spelled = 0, set[str]()
    for kind in Kind:
        for editions in findable(model_of(kind)):
            words = write(editions)
            spell(words - spelled)
            spelled |= words
            count += len(editions)
    return count


def findable(model: Any) -> Iterator[list[Any]]:
    """Yield the editions that belong into the index, some at a time."""
    now = timezone.now()
    rows = model._base_manager.filter(Q(live_until=None) | Q(live_until__gt=now))
    rows = rows.exclude(kind=Edition.Kind.WITHDRAWAL).exclude(live_until=F("live_from"))
    some: list[Any] = []
    for edition in rows.defer("salts", "redactions").order_by("pk").iterator(chunk_size=200):
        some.append(edition)
        if len(some) == 200:
            yield some
            some = []
    if some:
        yield some
