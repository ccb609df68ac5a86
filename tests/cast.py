"""The recurring cast of the tests: one person per role, and what they write."""

from typing import Any

from django.contrib.auth.models import Group, User

from appeals.models import Appeal, Passage, Translation
from blog.models import Post
from editorial.editing import editing
from editorial.moving import move
from editorial.states import State

ROLE_OF = {
    "wanda": "Writers",
    "tariq": "Translators",
    "rosa": "Reviewers",
    "edda": "Editors",
    "mato": "Moderators",
}


def join(username: str, role: str | None = None) -> User:
    """Return a member of the newsroom; the cast's first letters are their roles'."""
    user, made = User.objects.get_or_create(
        username=username,
        defaults={
            "is_staff": True,
            "email": f"{username}@broadside.example",
            "first_name": username.title(),
        },
    )
    if made:
        user.set_password(username)
        user.save()
        user.groups.add(Group.objects.get(name=role or ROLE_OF[username]))
    return user


def write_post(by: User | None = None, **fields: Any) -> Post:
    """Return a draft post that somebody wrote."""
    fields = {"title": "Salt in the wells", "body": "<p>They met at dawn.</p>"} | fields
    post = Post.objects.create(**fields | {"body": ""})
    with editing(post, by=by):
        post.body = fields["body"]
        post.save()
    return post


def write_appeal(by: User | None = None, passages: int = 2, **fields: Any) -> Appeal:
    """Return a draft appeal with passages p1, p2, …"""
    appeal = Appeal.objects.create(
        **{"title": "To the people of the lake", "original_language": "ru"} | fields
    )
    with editing(appeal, by=by):
        for number in range(1, passages + 1):
            Passage.objects.create(
                appeal=appeal, key=f"p{number}", position=number, text=f"Абзац {number}."
            )
    return appeal


def translate(appeal: Appeal, by: User | None = None, language: str = "en") -> Translation:
    """Return a draft translation with a rendering of every passage."""
    translation = Translation.objects.create(appeal=appeal, language=language, title="To the lake")
    with editing(translation, by=by):
        for passage in appeal.passages.all():
            translation.renderings.create(
                passage=passage, text=f"Passage {passage.position}.", author=by
            )
    return translation


def accept(rendering: Any, by: User) -> None:
    """Accept a rendering; of one that is stale a translator says that it still holds."""
    if rendering.is_stale:
        move(rendering, "vouch", by=join("tariq"))
        move(rendering, "confirm", by=by)
    elif rendering.state != State.APPROVED:
        move(rendering, "accept", by=by)


def approve(item: Any, by: User | None = None, submitted_by: User | None = None) -> Any:
    """Take a draft through review."""
    move(item, "submit", by=submitted_by or join("edda"))
    if isinstance(item, Translation):
        for rendering in item.renderings.select_related("passage"):
            accept(rendering, by=by or join("rosa"))
        item.refresh_from_db()
    move(item, "approve", by=by or join("rosa"))
    return item
