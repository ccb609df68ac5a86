from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from appeals.exchange.packing import FORMATS, pack, replaced
from appeals.models import Appeal, Translation
from editorial.fields import LANGUAGE_TAG
from editorial.states import CannotNow


class Command(BaseCommand):
    help = (
        "Write an appeal's passages, and what renders them so far, for a translator's own tool. "
        "No signatory, person, credit or note travels."
    )

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        """Let --version be that of the format; Django's own is `manage.py version`."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **options)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("appeal", metavar="APPEAL", help="the appeal's slug")
        parser.add_argument("language", metavar="LANG", help="the translation's language: en")
        parser.add_argument("--format", choices=["xliff", "tmx"], default="xliff", dest="form")
        parser.add_argument(
            "--version",
            choices=["1.2", "2.0", "2.1"],
            help="of XLIFF; 1.2, which most tools read, if nothing is said",
        )
        parser.add_argument("--output", metavar="FILE", help="standard output without it")

    def handle(self, *args: Any, **options: Any) -> None:
        form = options["form"]
        if form == "xliff":
            form = f"xliff-{options['version'] or '1.2'}"
        elif options["version"]:
            raise CommandError("--version is XLIFF's; of TMX there is one: 1.4.")
        appeal, translation = find(options["appeal"], options["language"])
        try:
            parcel = pack(appeal, options["language"], translation)
        except CannotNow as why:
            raise CommandError(str(why)) from None
        self.put(FORMATS[form][0](parcel), options["output"])
        rendered = sum(bool(unit.target) for unit in parcel.units)
        self.stderr.write(f"{len(parcel.units)} passages, {rendered} of them rendered.")
        if translation is None:
            self.stderr.write("There is no translation into this language yet: originals only.")
        for key in replaced(appeal, translation):
            self.stderr.write(f"§ {key}: has characters that no XML can hold, replaced by U+FFFD.")

    def put(self, data: bytes, path: str | None) -> None:
        """Write the file where it was asked for, in UTF-8 whatever the terminal speaks."""
        if path:
            try:
                Path(path).write_bytes(data)
            except OSError as wrong:
                raise CommandError(f"{path}: {wrong.strerror}") from None
        elif (buffer := getattr(self.stdout, "buffer", None)) is not None:
            buffer.write(data)
            buffer.flush()
        else:
            self.stdout.write(data.decode(), ending="")


def find(slug: str, language: str) -> tuple[Appeal, Translation | None]:
    """Return the appeal and its translation into a language, the principal one if any."""
    try:
        LANGUAGE_TAG(language)
    except ValidationError as wrong:
        raise CommandError(f"{language}: {wrong.message}") from None
    appeal = Appeal.objects.filter(slug=slug).first()
    if appeal is None:
        raise CommandError(f"There is no appeal with the slug {slug}.")
    translations = appeal.translations.filter(language=language)
    return appeal, translations.order_by("-is_principal", "pk").first()
