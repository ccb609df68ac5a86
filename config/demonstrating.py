"""The demonstration: a newsroom with everything in it, in a database of its own."""

import secrets
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.utils import timezone

from appeals.models import Appeal, Organisation, Person
from blog.models import Comment, Post
from config.content.writing import import_folder
from config.story import play, read_story

FOLDER = Path(settings.BASE_DIR) / "demo"
#: The group that marks a database as the demonstration's. It grants nothing.
MARK = "Demonstration"
OWN = (User, Post, Appeal, Organisation, Person, Comment)


class SomethingElse(Exception):
    """The database holds what is not the demonstration's."""


def is_there() -> bool:
    """Tell whether the database holds the demonstration; if not, it is empty.

    Raises:
        SomethingElse: it holds something else.
    """
    tables = set(connection.introspection.table_names())
    if Group._meta.db_table in tables and Group.objects.filter(name=MARK).exists():
        return True
    ours = [model for model in OWN if model._meta.db_table in tables]
    strange = tables and len(ours) < len(OWN)
    if strange or any(model._default_manager.exists() for model in ours):
        raise SomethingElse
    return False


@transaction.atomic
def load() -> None:
    """Import the demonstration's folder and play its story, all of it or nothing."""
    import_folder(FOLDER, publish=True, historic=timezone.now() - timedelta(days=14))
    mark = Group.objects.create(name=MARK)
    for user in play(read_story(FOLDER / "story.yaml")):
        user.groups.add(mark)


def give_passwords() -> list[tuple[User, str]]:
    """Give everybody in the demonstration a new random password, and return both."""
    given = []
    for user in User.objects.filter(groups__name=MARK).order_by("pk"):
        password = secrets.token_urlsafe(9)
        user.set_password(password)
        user.save()
        given.append((user, password))
    return given


def role_of(user: User) -> str:
    """Return the name of a person's role."""
    roles = user.groups.exclude(name=MARK).order_by("name")
    return ", ".join(roles.values_list("name", flat=True))
