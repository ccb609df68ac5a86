"""One document in 532 languages and one with 7,000 signatories: ``python -m tests.large``.

Builds each twice, small and large, in a database of its own; opens the pages of the desk and of
the readers, edits, approves and publishes; prints how many queries each took in the small and in
the large, and the seconds that this process worked in the large. ``--postgres`` asks PostgreSQL.
"""

import argparse
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

LANGUAGES, SIGNATORIES = 532, 7_000
FEW_LANGUAGES, FEW_SIGNATORIES = 5, 120


@dataclass(frozen=True)
class Asked:
    """What was done, how many queries it took, and how long."""

    what: str
    queries: int
    seconds: float
    size: int = 0


def asked(what: str, do: Callable[[], Any]) -> Asked:
    """Do something and count."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    begun = time.process_time()
    with CaptureQueriesContext(connection) as captured:
        answer = do()
    seconds = time.process_time() - begun
    status = getattr(answer, "status_code", 200)
    assert status in (200, 302), f"{what}: {status}"
    content = getattr(answer, "content", b"")
    return Asked(what, len(captured), seconds, len(content) if isinstance(content, bytes) else 0)


def tags(count: int) -> list[str]:
    """Return so many languages that a translation may be in."""
    from babel import Locale

    from editorial.fields import LANGUAGE_TAG

    known = sorted(Locale("en").languages)
    found = [tag for tag in known if re.match(LANGUAGE_TAG.regex, tag) and tag not in ("en", "ru")]
    assert len(found) >= count, len(found)
    return ["en", *found[: count - 1]]


def in_languages(count: int) -> Any:
    """Return a public appeal in so many languages."""
    from django.utils import timezone

    from appeals.models import Rendering, Translation
    from editorial.sealing import publish, seal
    from editorial.states import State
    from tests.cast import approve, join, write_appeal

    by = join("edda")
    appeal = write_appeal(by=join("tariq"), slug=f"languages-{count}")
    publish(approve(appeal), by=by)
    rows = [Translation(appeal=appeal, language=t, title=f"In {t}") for t in tags(count)]
    Translation.objects.bulk_create(rows)
    passages = list(appeal.passages.all())
    Rendering.objects.bulk_create(
        Rendering(
            translation=row,
            passage=passage,
            text=f"{row.language}: {passage.text}",
            state=State.APPROVED,
            accepted_digest=passage.digest,
        )
        for row in rows
        for passage in passages
    )
    for row in rows:
        seal(row, by=by, at=timezone.now(), second_reader="imported")
    return appeal


def signed_by(count: int) -> Any:
    """Return a draft that so many signed."""
    from appeals.ledger.importing import Parcel, bring
    from tests.cast import join, write_appeal
    from tests.tables import csv_of

    appeal = write_appeal(by=join("tariq"), slug=f"signed-{count}")
    headings = ["name", "name_status", "role", "role_original", "group", "organisation", "count"]
    rows = [
        ["", "withheld", f"nurse {n}", "", f"Ward {n % 7}", "", 2]
        if n % 50 == 7
        else [
            f"Имя {n:05} Фамилия",
            "",
            "teacher",
            "учитель",
            f"Ward {n % 7}",
            f"School {n % 9}",
            1,
        ]
        for n in range(count)
    ]
    rows.sort(key=lambda row: str(row[4]))
    bring(appeal, Parcel.read(csv_of(headings, *rows)), by=join("tariq"))
    return appeal


def of_languages(appeal: Any) -> Iterator[Asked]:
    """Open and publish what has many languages."""
    from django.test import Client

    from editorial.editing import editing
    from editorial.sealing import publish
    from tests.cast import approve, join
    from tests.desk import listing, page, sit

    reader, edda, tariq = Client(), sit("edda"), join("tariq")
    translation = appeal.translations.get(language="en")
    base = f"/appeals/{appeal.slug}/"
    for path in ("", "en/", "en+ru/", "editions/", "en/editions/"):
        yield asked(base + path, partial(reader.get, base + path))
    for path in ("/", "/appeals/", "/sitemap.xml"):
        yield asked(path, partial(reader.get, path, follow=True))
    yield asked("desk: first page", partial(edda.get, "/admin/"))
    yield asked("desk: appeal", partial(edda.get, page(appeal)))
    yield asked("desk: translations", partial(edda.get, listing(type(translation))))
    yield asked("desk: translation", partial(edda.get, page(translation)))
    yield asked("desk: review", partial(edda.get, page(translation, "review")))

    def edit(item: Any) -> None:
        with editing(item, by=tariq):
            item.title += "!"
            item.save()

    for name, item in (("appeal", appeal), ("translation", translation)):
        item.refresh_from_db()
        yield asked(f"save the {name}", partial(edit, item))
        yield asked(f"review the {name}", partial(approve, item))
        yield asked(f"publish the {name}", partial(publish, item, by=join("edda")))


def of_signatories(appeal: Any) -> Iterator[Asked]:
    """Open, edit and publish what many signed."""
    from django.test import Client
    from django.urls import reverse

    from editorial.sealing import publish
    from tests.cast import approve, join, translate
    from tests.desk import fields, page, sit

    reader, edda = Client(), sit("edda")
    ledger = reverse("admin:appeals_ledger", args=[appeal.pk])
    first, last = appeal.signatories.first(), appeal.signatories.last()
    row = reverse("admin:appeals_ledger_row", args=[appeal.pk, first.pk])
    yield asked("desk: appeal", partial(edda.get, page(appeal)))
    form = fields(edda.get(page(appeal))) | {"title": "Signed", "_continue": "1"}
    yield asked("desk: save appeal", partial(edda.post, page(appeal), form))
    yield asked("desk: ledger", partial(edda.get, ledger))
    yield asked("desk: ledger, searched", partial(edda.get, ledger, {"q": "imia 00003"}))
    yield asked("desk: row", partial(edda.get, row))
    opened = fields(edda.get(row)) | {"role": "head teacher"}
    yield asked("desk: save row", partial(edda.post, row, opened))
    moving = fields(edda.get(ledger)) | {"do": "move", "chosen": last.pk, "to": 1}
    yield asked("desk: move row", partial(edda.post, ledger, moving))
    yield asked("desk: names", partial(edda.get, page(appeal, "names")))
    export = reverse("admin:appeals_ledger_export", args=[appeal.pk, "csv"])
    yield asked("desk: take out CSV", partial(edda.get, export))
    appeal.refresh_from_db()
    yield asked("submit and approve", partial(approve, appeal))
    yield asked("publish", partial(publish, appeal, by=join("edda")))
    publish(approve(translate(appeal, by=join("tariq"))), by=join("edda"))
    base = f"/appeals/{appeal.slug}/"
    for path in ("", "en/", "ru/", "en+ru/", "editions/", "editions/1/"):
        yield asked(base + path, partial(reader.get, base + path))
    yield asked("/appeals/", partial(reader.get, "/appeals/"))
    yield asked("desk: public appeal", partial(edda.get, page(appeal)))


def report(few: list[Asked], many: list[Asked]) -> list[str]:
    """Return a line for each, with those that grew marked."""
    return [
        f"{large.what:32} {small.queries:6} {large.queries:6} {large.seconds:8.2f} s "
        f"{large.size // 1000:7} kB{'' if small.queries == large.queries else '  grew'}"
        for small, large in zip(few, many, strict=True)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--languages", type=int, default=LANGUAGES)
    parser.add_argument("--signatories", type=int, default=SIGNATORIES)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.test.utils import (
        setup_databases,
        setup_test_environment,
        teardown_databases,
        teardown_test_environment,
    )

    setup_test_environment(debug=False)
    made = setup_databases(verbosity=0, interactive=False)
    try:
        for title, build, walk, few, many in (
            ("languages", in_languages, of_languages, FEW_LANGUAGES, options.languages),
            ("signatories", signed_by, of_signatories, FEW_SIGNATORIES, options.signatories),
        ):
            print(
                f"\n{many} {title} (queries with {few}, with {many}; seconds and size with {many})"
            )
            small = build(few)
            list(walk(build(few + 1)))  # what is asked once only: kinds of content, templates
            before = list(walk(small))
            begun = time.process_time()
            large = build(many)
            print(f"{'built in':32} {'':13} {time.process_time() - begun:8.2f} s")
            print("\n".join(report(before, list(walk(large)))))
    finally:
        teardown_databases(made, verbosity=0)
        teardown_test_environment()


if __name__ == "__main__":
    main()
