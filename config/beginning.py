"""The desk of a newcomer: the way to the first post, and what anybody can begin with."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from appeals.models import AppealEdition
from blog.models import Post, PostEdition
from editorial.models import Approval, Decision
from editorial.moving import record

#: The decision of somebody who needs no steps, about their own account.
DISMISSED = "dismiss_first_steps"


@dataclass(frozen=True)
class Step:
    """One step: what to do, where, and why; whether it is done."""

    label: str
    hint: str
    url: str = ""
    is_done: bool = False


def beginning_urls(wrap: Any) -> list[URLPattern]:
    """Return the address at which the first steps are put away, for an admin site."""
    return [path("first-steps/dismiss/", wrap(dismiss), name="dismiss_first_steps")]


@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    """Put the first steps away, for this person and for good."""
    if not is_dismissed(request.user):
        record(request.user, DISMISSED, by=request.user)  # type: ignore[arg-type]
    return HttpResponseRedirect(reverse("admin:index"))


def is_dismissed(user: Any) -> bool:
    return Decision.objects.about(user).filter(name=DISMISSED).exists()


def first_steps(user: Any) -> list[Step]:
    """Return the steps to the first post; none once something was published, or for whom not.

    A site that is at work is asked one question.
    """
    if PostEdition.objects.exists() or AppealEdition.objects.exists():
        return []
    if not user.has_perm("blog.view_post") or is_dismissed(user):
        return []
    return [colleague(user), *post_steps(user)]


def colleague(user: Any) -> Step:
    """Return the step in which a second person comes in, or is done without."""
    if not settings.EDITORIAL_FOUR_EYES:
        return Step(
            _("Work alone"),
            _("EDITORIAL_FOUR_EYES is off: you may approve your own texts. Readers are told."),
            is_done=True,
        )
    reviewers = User.objects.with_perm(
        Post.permission("review"), backend="django.contrib.auth.backends.ModelBackend"
    )
    return Step(
        _("Make an account for a colleague"),
        _(
            "Nobody approves what they wrote themselves. Give the account “staff” and the role "
            "Reviewers or Editors. If you are alone, EDITORIAL_FOUR_EYES=off says so to the site, "
            "and to readers."
        ),
        reverse("admin:auth_user_add") if user.has_perm("auth.add_user") else "",
        reviewers.filter(is_staff=True).exclude(pk=user.pk).exists(),
    )


def post_steps(user: Any) -> Iterator[Step]:
    """Yield the steps that a post takes. The first post leads the way."""
    post = Post.objects.order_by("pk").first()
    here = post.desk_path() if post else ""
    add = reverse("admin:blog_post_add") if user.has_perm(Post.permission("add")) else ""
    kind = ContentType.objects.get_for_model(Post)
    was_submitted = Decision.objects.filter(content_type=kind, name="submit").exists()
    was_approved = Approval.objects.filter(content_type=kind).exists()
    yield Step(_("Write a post"), _("A title and a few lines will do."), here or add, bool(post))
    yield Step(
        _("Submit it for review"),
        _("From then on somebody else reads it. You can take it back."),
        here,
        was_submitted,
    )
    yield Step(
        _("Let your colleague approve it"),
        _("They sign in themselves, and find it on their desk. Approving does not publish."),
        here,
        was_approved,
    )
    yield Step(_("Publish it"), _("An editor does, now or for a day to come."), here)


def beginnings(user: Any) -> Iterator[Step]:
    """Yield what a person can begin when nothing waits for them."""
    may = user.has_perm
    if may("blog.add_post"):
        yield Step(_("Write a post"), _("Commentary of your own."), reverse("admin:blog_post_add"))
    if may("appeals.add_appeal"):
        yield Step(
            _("Record an appeal"),
            _("Its text, who issued it, where it comes from."),
            reverse("admin:appeals_appeal_add"),
        )
    if may("appeals.add_translation"):
        yield Step(
            _("Translate an appeal"),
            _("Passage by passage, beside the original."),
            reverse("admin:appeals_translation_add"),
        )
    if may("config.add_page"):
        yield Step(
            _("Write a page of the site"),
            _("About us, how to reach us, how we correct."),
            reverse("admin:config_page_changelist"),
        )
    if may("config.change_masthead"):
        yield Step(
            _("Name the site and its ways in"),
            _("What stands at the head of every page."),
            reverse("admin:config_masthead_changelist"),
        )
    if may("blog.moderate_comment"):
        yield Step(
            _("Look over the comments"),
            _("What readers send waits here for you, the longest first."),
            reverse("admin:blog_comment_changelist"),
        )
    if may("blog.review_post") and not may("blog.add_post"):
        yield Step(
            _("Look at what colleagues write"),
            _("What they submit appears here, and you are told by mail."),
            reverse("admin:blog_post_changelist"),
        )
