import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from appeals.ledger.importing import Parcel, bring, plan, refusals
from appeals.ledger.tables import BYTES, ENCODINGS, NotRead
from appeals.management.commands.import_translation import person
from appeals.models import Appeal


class Command(BaseCommand):
    help = (
        "Bring the rows of a CSV or .xlsx file into an appeal's ledger. A name with a status other "
        "than public is left out; nothing is removed. The last line is a JSON object of counts."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("appeal", metavar="APPEAL", help="the appeal's slug")
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")
        parser.add_argument("--encoding", choices=ENCODINGS, default="", help="of a CSV")
        parser.add_argument(
            "--in-file-order",
            action="store_true",
            help="put the rows of the file first, in its order",
        )
        parser.add_argument("--user", metavar="NAME", help="whose work this is at the desk")

    def handle(self, *args: Any, **options: Any) -> None:
        appeal, by = appeal_of(options["appeal"]), person(options["user"])
        try:
            data = contents(options["file"])
            parcel = Parcel.read(data, options["encoding"], options["in_file_order"])
        except NotRead as why:
            raise CommandError(f"{options['file']}: {why}") from None
        done = plan(appeal, parcel) if options["dry_run"] else bring(appeal, parcel, by=by)
        for sentence in refusals(done.entries):
            self.stdout.write(sentence)
        if parcel.guessed:
            self.stdout.write(f"Read as {parcel.guessed}; say so with --encoding if it is wrong.")
        if parcel.ignored:
            self.stdout.write(f"Columns not read: {', '.join(map(str, parcel.ignored))}.")
        if options["dry_run"]:
            self.stdout.write("This was a trial: nothing is written.")
        self.stdout.write(json.dumps(done.counts))


def appeal_of(slug: str) -> Appeal:
    """Return the appeal of a slug."""
    found = Appeal.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no appeal with the slug {slug}.")
    return found


def contents(path: str) -> bytes:
    """Return a file's bytes, one more than is allowed at most."""
    try:
        with open(path, "rb") as file:
            return file.read(BYTES + 1)
    except OSError as wrong:
        raise CommandError(f"{path}: {wrong.strerror}") from None
