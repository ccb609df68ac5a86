"""Playing a story: what a newsroom did after its content folder was imported.

A story is a YAML file with ``staff``, ``editions``, ``withdrawals``, ``comments`` and ``desk``. It
is told after the event, through the same functions that the desk uses, so that what results is
what a newsroom's own work would have left behind.
"""

import re
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth.models import Group, User
from django.utils import timezone

from appeals.checks.dismissing import check_translation, dismiss
from appeals.models import Appeal, Passage, Rendering, Translation
from appeals.reviewing import save_text
from blog.models import Comment, Post
from editorial.editing import contribute, editing
from editorial.models import Approval
from editorial.moving import move, record
from editorial.noting import add_note
from editorial.sealing import publish, seal, withdraw
from editorial.states import State

RELATIVE = re.compile(r"([+-]\d+)d(?: (\d\d:\d\d))?")
DECIDED = {"approved": "approve", "rejected": "reject", "spam": "mark_spam"}

Entry = dict[str, Any]


def read_story(path: Path) -> dict[str, list[Entry]]:
    """Return a story; every value in it is a text."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def play(story: dict[str, list[Entry]]) -> list[User]:
    """Play a story in its order; return the staff.

    Nobody has an address for mail until the end: of what is long past, nobody is told.
    """
    staff = {entry["username"]: hire(entry) for entry in story.get("staff", [])}
    for entry in story.get("editions", []):
        play_edition(entry, staff)
    for entry in story.get("withdrawals", []):
        item = find(entry["item"])
        if item.edition_model.objects.filter(item=item).live().exists():
            by, at = staff[entry["by"]], when(entry["on"])
            withdraw(item, by=by, note=entry["note"], at=at)
    comments: dict[str, Comment] = {}
    for entry in story.get("comments", []):
        play_comment(entry, staff, comments)
    for number, entry in enumerate(story.get("desk", [])):
        play_desk(entry, staff, timezone.now() - timedelta(days=9) + number * timedelta(hours=12))
    for user in staff.values():
        user.email = f"{user.username}@broadside.example"
        user.save()
    return list(staff.values())


def hire(entry: Entry) -> User:
    """Make an account, without a password that anybody knows."""
    first, _space, last = entry["name"].partition(" ")
    user = User(username=entry["username"], first_name=first, last_name=last, is_staff=True)
    user.set_unusable_password()
    user.save()
    user.groups.add(Group.objects.get(name=entry["role"]))
    return user


def who(role: str, staff: dict[str, User]) -> User:
    """Return the first of the staff with a role."""
    return next(user for user in staff.values() if user.groups.filter(name=role).exists())


def when(text: str) -> datetime:
    """Return a moment: ISO 8601, or relative to now: -3d, +2d 09:00."""
    if relative := RELATIVE.fullmatch(text):
        moment = timezone.localtime() + timedelta(days=int(relative[1]))
        if not relative[2]:
            return moment
        return timezone.make_aware(datetime.combine(moment.date(), time.fromisoformat(relative[2])))
    moment = datetime.fromisoformat(text)
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def find(address: str) -> Any:
    """Return the item at posts/SLUG, appeals/SLUG or appeals/SLUG/LANGUAGE."""
    kind, slug, *language = address.split("/")
    if kind == "posts":
        return Post.objects.get(slug=slug)
    if language:
        return Translation.objects.get(appeal__slug=slug, language=language[0], is_principal=True)
    return Appeal.objects.get(slug=slug)


def change(item: Any, entry: Entry, by: User, at: datetime) -> None:
    """Change an item's fields and passages as the entry says."""
    with editing(item, by=by, at=at):
        for name, value in entry.get("change", {}).items():
            setattr(item, name, value)
        item.save()
        for key, text in entry.get("passages", {}).items():
            passage = item.passages.get(key=key)
            passage.text = text
            passage.save()


def play_edition(entry: Entry, staff: dict[str, User]) -> None:
    """Change a published item, have it approved, and publish it as of a day."""
    item, at = find(entry["item"]), when(entry["on"])
    by, reviewer, editor = staff[entry["by"]], staff[entry["approved_by"]], who("Editors", staff)
    begun = at - timedelta(days=1)
    change(item, entry, by, begun)
    for key, text in entry.get("renderings", {}).items():
        passage = Passage.objects.get(appeal=item.appeal, key=key)
        revision = item.renderings.get(passage=passage).revision
        save_text(item, passage, text, by=by, revision=revision, at=begun)
    item.refresh_from_db()
    move(item, "submit", by=by, at=at - timedelta(hours=3))
    if isinstance(item, Translation):
        for rendering in [*item.renderings.open(), *item.renderings.stale()]:
            accept(rendering, by, reviewer, at - timedelta(hours=2))
        item = find(entry["item"])
    move(item, "approve", by=reviewer, at=at - timedelta(hours=1))
    approval = Approval.objects.about(item).last()
    about = {"kind": entry["kind"], "note": entry["note"], "approval": approval}
    seal(item, by=editor, at=at, second_reader="yes", **about)
    record(item, "publish", by=editor, reason=entry["note"], at=at)


def accept(rendering: Rendering, by: User, reviewer: User, at: datetime) -> None:
    """Let a reviewer accept a rendering, or confirm what its translator says of it."""
    if rendering.is_stale:
        move(rendering, "vouch", by=by, at=at)
        move(rendering, "confirm", by=reviewer, at=at)
    else:
        move(rendering, "accept", by=reviewer, at=at)


def play_comment(entry: Entry, staff: dict[str, User], comments: dict[str, Comment]) -> None:
    """Let a reader write a comment, and a moderator decide about it some hours later."""
    sent = when(entry["on"])
    comment = Comment.objects.create(
        post=find(f"posts/{entry['post']}"),
        parent=comments[entry["reply_to"]] if "reply_to" in entry else None,
        name=entry.get("name", ""),
        text=entry["text"],
        sent_at=sent,
        waiting_since=sent,
    )
    comments[entry.get("key", "")] = comment
    if name := DECIDED.get(entry["status"]):
        by, reason = who("Moderators", staff), entry.get("reason", "")
        move(comment, name, by=by, reason=reason, at=sent + timedelta(hours=4))


def play_desk(entry: Entry, staff: dict[str, User], at: datetime) -> None:
    """Bring an item to where it lies on the desk today; it was last worked on at a moment."""
    item, by = find(entry["item"]), staff[entry["by"]]
    if "planned" in entry:
        item.planned_for = when(entry["planned"])
        item.save(update_fields=["planned_for"])
    if "change" in entry:
        change(item, entry, by, at - timedelta(hours=1))
    else:
        contribute(item, by=by, at=at - timedelta(hours=1))
    if isinstance(item, Translation):
        item.renderings.update(author=by)
    for note in entry.get("notes", []):
        add_note(item, note["text"], by=staff[note["by"]], place=note["place"])
    for dismissal in entry.get("dismissals", []):
        set_aside(item, dismissal, staff, at - timedelta(minutes=30))
    if entry["state"] == State.DRAFT:
        return
    move(item, "submit", by=by, at=at)
    reviewer = staff[entry["reviewer"]] if "reviewer" in entry else who("Reviewers", staff)
    for key, verdict in entry.get("renderings", {}).items():
        judge(item, key, verdict, entry, reviewer, at + timedelta(hours=2))
    item = find(entry["item"])
    if entry["state"] == State.CHANGES_REQUESTED:
        reason = entry["reason"]
        move(item, "request_changes", by=reviewer, reason=reason, at=at + timedelta(hours=3))
    elif entry["state"] == State.APPROVED:
        move(item, "approve", by=reviewer, at=at + timedelta(hours=3))
    if "schedule" in entry:
        publish(item, by=who("Editors", staff), at=when(entry["schedule"]))


def set_aside(item: Translation, entry: Entry, staff: dict[str, User], at: datetime) -> None:
    """Dismiss what a check says of a passage."""
    passage = item.appeal.passages.get(key=entry["place"])
    checked = check_translation(item)[passage.key]
    [finding] = [each for each in checked.open if each.check.code == entry["check"]]
    dismiss(
        item,
        passage.key,
        finding.fingerprint,
        by=staff[entry["by"]],
        reason=entry["reason"],
        original=passage.digest,
        rendering=checked.rendering_digest,
        at=at,
    )


def judge(item: Translation, key: str, verdict: str, entry: Entry, by: User, at: datetime) -> None:
    """Accept a rendering, or send it back with what the reviewer noted there."""
    rendering = item.renderings.get(passage__key=key)
    if verdict == "accepted":
        move(rendering, "accept", by=by, at=at)
        return
    said = [n["text"] for n in entry.get("notes", []) if n["place"] == key]
    move(rendering, "send_back", by=by, reason=" ".join(said) or entry["reason"], at=at)
