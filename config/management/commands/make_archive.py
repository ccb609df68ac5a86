import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from appeals.models import Appeal, AppealEdition, Translation, TranslationEdition
from blog.models import Comment, Post, PostEdition
from config.archive.making import Maker, Wanted, count_all, settle_statistics
from config.search.models import Indexed


class Command(BaseCommand):
    help = (
        "Makes a synthetic site in an empty database, for measuring: the same seed makes the "
        "same site. The last line printed is a JSON object of what there is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        for name in ("posts", "comments", "appeals"):
            parser.add_argument(f"--{name}", type=int, default=0, metavar="N")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *, posts: int, comments: int, appeals: int, seed: int, **options: Any) -> None:
        if min(posts, comments, appeals) < 0:
            raise CommandError("A number of things is not less than none.")
        if Post.objects.exists() or Appeal.objects.exists():
            raise CommandError("There is a site here already. Begin with an empty database.")
        Maker(Wanted(posts, comments, appeals, seed)).make()
        settle_statistics()
        made = (Post, Appeal, Translation, Comment, PostEdition, AppealEdition)
        self.stdout.write(json.dumps(count_all([*made, TranslationEdition, Indexed])))
