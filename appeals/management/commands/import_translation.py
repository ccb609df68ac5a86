from collections import Counter
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import Q

from appeals.exchange.arriving import Arrival, Standing, Taken, compare, take, text_of
from appeals.exchange.parcel import Parcel, same_language
from appeals.exchange.parsing import MAX_BYTES
from appeals.exchange.reading import read
from appeals.models import Appeal, Translation
from editorial.fields import LANGUAGE_TAG
from editorial.states import CannotNow, MayNot


class Command(BaseCommand):
    help = (
        "Take in the renderings of an XLIFF or TMX file, to be reviewed. A passage whose original "
        "changed since the export is refused and named; nothing of it is overwritten."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--appeal", metavar="SLUG", help="where the file does not say")
        parser.add_argument("--language", metavar="LANG", help="where the file does not say")
        parser.add_argument("--user", metavar="NAME", help="whose work this is at the desk")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"] or ""
        try:
            parcel = read(contents(options["file"]), language)
            with transaction.atomic():
                translation = destination(parcel, options["appeal"], language)
                taken = self.bring(translation, parcel, person(options["user"]))
                transaction.set_rollback(options["dry_run"] or not taken.keys)
        except (CannotNow, MayNot) as why:
            raise CommandError(f"{options['file']}: {why}") from None
        if options["dry_run"]:
            self.stdout.write("This was a trial: nothing is written.")

    def bring(self, translation: Translation, parcel: Parcel, by: Any) -> Taken:
        """Take in what fits, and say what became of each passage."""
        arrivals = compare(translation, parcel)
        taken = take(translation, [text_of(a) for a in arrivals if a.is_text], by=by)
        for arrival in arrivals:
            if reason := taken.refused.get(arrival.key):
                arrival.standing, arrival.reason = Standing.REFUSED, reason
            self.stdout.write(line(arrival))
        counts = Counter(arrival.standing for arrival in arrivals)
        summary = ", ".join(f"{counts[standing]} {standing.label}" for standing in Standing)
        self.stdout.write(f"{translation}: {summary}.")
        if taken.keys:
            self.stdout.write("What is new waits to be reviewed.")
        return taken


def line(arrival: Arrival) -> str:
    """Return what became of a passage."""
    reason = f": {arrival.reason.label}" if arrival.reason else ""
    return f"§ {arrival.key}: {arrival.standing.label}{reason}"


def contents(path: str) -> bytes:
    """Return a file's bytes, one more than is allowed at most."""
    try:
        with Path(path).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as wrong:
        raise CommandError(f"{path}: {wrong.strerror}") from None


def person(name: str | None) -> Any:
    """Return the colleague of that name, or None where none was given."""
    if not name:
        return None
    found = get_user_model().objects.filter(username=name, is_active=True).first()
    if found is None:
        raise CommandError(f"Nobody at the desk is called {name}.")
    return found


def destination(parcel: Parcel, slug: str | None, language: str) -> Translation:
    """Return the translation that a file is for; a first one into a language is begun."""
    appeal = appeal_of(parcel, slug)
    language = language or parcel.target_language
    if not language:
        raise CommandError("The file does not say into which language it is: give --language.")
    primary, *rest = language.replace("_", "-").split("-")
    language = "-".join([primary.lower(), *rest])
    translations = list(appeal.translations.order_by("-is_principal", "pk"))
    for fits in (
        lambda t: t.key == parcel.translation and same_language(t.language, language),
        lambda t: t.language == language,
        lambda t: same_language(t.language, language),
    ):
        if found := next(filter(fits, translations), None):
            return found
    try:
        LANGUAGE_TAG(language)
    except ValidationError as wrong:
        raise CommandError(f"{language}: {wrong.message}") from None
    return Translation.objects.create(appeal=appeal, language=language)


def appeal_of(parcel: Parcel, slug: str | None) -> Appeal:
    """Return the appeal that was asked for, or else the one that the file names."""
    if slug:
        found = Appeal.objects.filter(slug=slug).first()
        lacking = f"There is no appeal with the slug {slug}."
    else:
        named = Q(key=parcel.appeal) if parcel.appeal else Q(slug=parcel.slug)
        found = Appeal.objects.filter(named).first()
        lacking = "The file does not say which appeal it is of: give --appeal."
    if found is None:
        raise CommandError(lacking)
    return found
