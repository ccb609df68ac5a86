"""Import a content folder: posts and appeals as plain files."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.content.places import BadFolder
from config.content.writing import Tally, import_folder


class Command(BaseCommand):
    help = (
        "Import a content folder. Everything arrives as drafts; with --publish, what carries a "
        "date of publication is published as of that date. A bad file stops the import before "
        "anything is written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--publish", action="store_true", help="seal what carries a date")
        parser.add_argument("--dry-run", action="store_true", help="try, and write nothing")

    def handle(self, *, folder: Path, publish: bool, dry_run: bool, **options: Any) -> None:
        try:
            tally = import_folder(folder, publish=publish, dry_run=dry_run)
        except BadFolder as bad:
            lines = bad.problems.lines()
            for line in lines:
                self.stderr.write(line)
            count = len(lines)
            said = "1 problem" if count == 1 else f"{count} problems"
            raise CommandError(f"{said} in {folder}; nothing was written.") from None
        self.report(tally, dry_run)

    def report(self, tally: Tally, dry_run: bool) -> None:
        """Print what was done, for people; and as the last line the totals, for programs."""
        for kind, counts in tally.counts.items():
            if counts:
                said = ", ".join(f"{number} {what}" for what, number in counts.items())
                self.stdout.write(f"{kind + ':':15} {said}")
        for file in tally.left:
            self.stdout.write(f"left as it is, since the desk has gone on with it: {file}")
        totals = tally.totals()
        if not any(totals[key] for key in ("made", "updated", "published")):
            self.stdout.write("Nothing has changed.")
        if dry_run:
            self.stdout.write("A dry run: nothing was written.")
        self.stdout.write(json.dumps(totals))
