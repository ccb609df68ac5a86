"""Leaks, planted one at a time: each is a mistake that somebody might well make."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from typing import Any
from unittest.mock import patch

from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template import engines
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date

from appeals.models import Appeal, Organisation, TranslationEdition
from blog.models import Comment, Label, Post, PostEdition
from editorial.models import EditionQuerySet
from tests.worlds.addresses import patterns

Leak = Callable[[], AbstractContextManager[Any]]
View = Callable[..., HttpResponse]

LEAKS: dict[str, Leak] = {}
#: Leaks at sealing: the world has to be made with them.
AT_SEALING = {"a slug gets a suffix when a draft has it"}


def leak(plant: Leak) -> Leak:
    """Keep a leak under its name, in words."""
    LEAKS[plant.__name__.replace("_", " ")] = plant
    return plant


@contextmanager
def rewritten(name: str, old: str, new: str) -> Iterator[None]:
    """Let a template say something else.

    Raises:
        LookupError: it does not say what was to be replaced; plant the leak where it says it now.
    """
    loader: Any = engines["django"].engine.template_loaders[0]  # type: ignore[attr-defined]
    inner = loader.loaders[0]
    read = inner.get_contents
    if old not in read(next(inner.get_template_sources(name))):
        raise LookupError(f"{name} does not say {old!r}")

    def get_contents(origin: Any) -> str:
        text = read(origin)
        return text.replace(old, new) if origin.template_name == name else text

    loader.reset()
    with patch.object(inner, "get_contents", get_contents):
        yield
    loader.reset()


@contextmanager
def wrapped(name: str, wrap: Callable[[View], View]) -> Iterator[None]:
    """Let the view of a URL pattern be another one around it."""
    [pattern] = [entry for _route, entry in patterns() if entry.lookup_str.endswith(name)]
    with patch.object(pattern, "callback", wrap(pattern.callback)):
        yield


def middleware(answer: Callable[[HttpRequest, Any], Any]) -> AbstractContextManager[Any]:
    """Let every response pass through a function on its way out."""
    from django.core.handlers.base import BaseHandler

    respond = BaseHandler.get_response

    def get_response(self: Any, request: HttpRequest) -> Any:
        return answer(request, respond(self, request))

    return patch.object(BaseHandler, "get_response", get_response)


def working_post(slug: str) -> Post | None:
    return Post.objects.filter(editions__slug=slug).order_by("pk").first()


@leak
def what_is_scheduled_is_live() -> Any:
    def spanning(self: Any, at: Any = None) -> Any:
        return self.filter(Q(live_until=None) | Q(live_until__gt=at or timezone.now()))

    return patch.object(EditionQuerySet, "spanning", spanning)


@leak
def a_cancelled_schedule_counts_as_history() -> Any:
    return patch.object(EditionQuerySet, "was_live", lambda self, at=None: self.all())


@leak
def history_shows_the_number_instead_of_the_rank() -> Any:
    def ranked(ever: list[Any]) -> list[Any]:
        for edition in ever:
            edition.rank = edition.number
        return ever

    return patch("editorial.resolving.ranked", ranked)


@leak
def the_end_that_is_planned_is_shown() -> Any:
    return rewritten("editorial/_span.html", "ended_at", "live_until")


@leak
def a_scheduled_slug_already_leads_to_the_item() -> Any:
    return patch("editorial.middleware.is_secret", lambda editions, path: False)


@leak
def a_withdrawn_page_shows_the_latest_edition_of_all() -> Any:
    return rewritten("410.html", "edition.title }}", "edition.item.title }}")


@leak
def held_comments_are_counted() -> Any:
    from blog.comments.discussion import discussion

    def counting(edition: Any, *rest: Any, **more: Any) -> dict[str, Any]:
        count = Comment.objects.filter(post_id=edition.item_id).count()
        return discussion(edition, *rest, **more) | {"comment_count": count}

    return patch("blog.views.discussion", counting)


@leak
def held_comments_stand_in_the_conversation() -> Any:
    def shown(post_id: int) -> Any:
        return Comment.objects.filter(post_id=post_id).order_by("place")

    return patch("blog.comments.conversation.shown", shown)


@leak
def a_held_comment_keeps_a_place() -> Any:
    from blog.comments.conversation import Conversation

    def around(self: Any, rows: Any) -> Any:
        held = Comment.objects.filter(post_id=self.post_id, parent=None).exclude(state="approved")
        rows += list(held)
        return real(self, rows)

    real = Conversation.around
    return patch("blog.comments.conversation.Conversation.around", around)


@leak
def a_comments_anchor_is_its_row() -> Any:
    return rewritten("blog/_comment.html", "comment-{{ comment.key }}", "comment-{{ comment.pk }}")


@leak
def comments_stand_in_the_order_of_their_rows() -> Any:
    return patch("blog.comments.conversation.ORDER", "pk")


@leak
def a_reply_to_a_held_comment_can_be_begun() -> Any:
    def find(threads: Any, key: str) -> Comment | None:
        return Comment.objects.exclude(state="approved").order_by("pk").first()

    return patch("blog.comments.discussion.find", find)


@leak
def labels_of_drafts_are_listed() -> Any:
    def wrap(view: View) -> View:
        def labels(request: HttpRequest) -> HttpResponse:
            response = view(request)
            response.content += "".join(Label.objects.values_list("slug", flat=True)).encode()
            return response

        return labels

    return wrapped("blog.views.labels", wrap)


@leak
def lists_are_ordered_by_the_working_copy() -> Any:
    return patch.object(EditionQuerySet, "newest_first", lambda self: self.order_by("-item_id"))


@leak
def a_slug_gets_a_suffix_when_a_draft_has_it() -> Any:
    columns = PostEdition.columns

    def suffixed(content: dict[str, Any]) -> dict[str, Any]:
        others = Post.objects.filter(slug=content["slug"]).exclude(editions__isnull=False)
        suffix = f"-{others.count()}" if others.count() > 1 else ""
        return columns(content) | {"slug": content["slug"] + suffix}

    return patch.object(PostEdition, "columns", suffixed)


@leak
def a_post_was_modified_when_its_working_copy_was() -> Any:
    def wrap(view: View) -> View:
        def post(request: HttpRequest, **address: Any) -> HttpResponse:
            response = view(request, **address)
            if found := working_post(address["slug"]):
                response["Last-Modified"] = http_date(found.updated_at.timestamp())
            return response

        return post

    return wrapped("blog.views.post", wrap)


@leak
def a_conditional_request_asks_the_working_copy() -> Any:
    def wrap(view: View) -> View:
        def post(request: HttpRequest, **address: Any) -> HttpResponse:
            found = working_post(address["slug"])
            if "If-Modified-Since" in request.headers and found and found.editions.count() == 3:
                return HttpResponseNotModified()
            return view(request, **address)

        return post

    return wrapped("blog.views.post", wrap)


@leak
def an_etag_counts_all_editions() -> Any:
    def answer(request: HttpRequest, response: Any) -> Any:
        response["ETag"] = f'"{PostEdition.objects.count()}"'
        return response

    return middleware(answer)


@leak
def the_404_of_a_draft_looks_at_the_session() -> Any:
    def answer(request: HttpRequest, response: Any) -> Any:
        slug = request.path.rstrip("/").rpartition("/")[2]
        if response.status_code == 404 and Post.objects.filter(slug=slug).exists():
            patch_vary_headers(response, ["Cookie"])
        return response

    return middleware(answer)


@leak
def the_404_of_a_draft_appeal_is_a_403() -> Any:
    def answer(request: HttpRequest, response: Any) -> Any:
        slug = request.path.rstrip("/").rpartition("/")[2]
        if response.status_code == 404 and Appeal.objects.filter(slug=slug).exists():
            response.status_code = 403
        return response

    return middleware(answer)


@leak
def neighbouring_months_are_asked_of_every_edition() -> Any:
    def beside(first: date, end: date) -> dict[str, date | None]:
        editions = PostEdition.objects.exclude(live_until=F("live_from"))
        days = sorted(editions.values_list("published_on", flat=True))
        return {
            "previous": max((day for day in days if day < first), default=None),
            "next": min((day for day in days if day >= end), default=None),
        }

    return patch("blog.archives.beside", beside)


@leak
def a_title_attribute_comes_from_the_working_copy() -> Any:
    return rewritten(
        "appeals/_proclamation.html", '<p class="label">', '<p title="{{ edition.item.place }}">'
    )


@leak
def the_language_switch_offers_unpublished_translations() -> Any:
    from appeals.texts import Texts

    def translations(self: Any) -> dict[str, Any]:
        every = TranslationEdition._base_manager.filter(appeal_id=self.appeal.item_id)
        found = {t.language: t for t in every.exclude(kind="withdrawal").order_by("live_from")}
        return dict(sorted(found.items()))

    return patch.object(Texts, "translations", property(translations))


@leak
def an_organisations_page_comes_from_the_working_table() -> Any:
    def wrap(view: View) -> View:
        def organisation(request: HttpRequest, slug: str) -> HttpResponse:
            found = Organisation.objects.filter(slug=slug).first()
            return HttpResponse(found.name) if found else view(request, slug=slug)

        return organisation

    return wrapped("appeals.views.organisation", wrap)


@leak
def an_appeal_lists_drafts_that_present_it() -> Any:
    return rewritten(
        "appeals/_facts.html", "{% if posts %}", "{{ edition.item.posts.count }}{% if posts %}"
    )


@leak
def a_query_shows_the_working_copy() -> Any:
    def wrap(view: View) -> View:
        def post(request: HttpRequest, **address: Any) -> HttpResponse:
            response = view(request, **address)
            if "preview" in request.GET and (found := working_post(address["slug"])):
                response.content += found.title.encode()
            return response

        return post

    return wrapped("blog.views.post", wrap)


@leak
def a_language_that_is_asked_for_leads_to_a_draft() -> Any:
    def answer(request: HttpRequest, response: Any) -> Any:
        if "uk" in request.headers.get("Accept-Language", ""):
            slug = request.path.rstrip("/").rpartition("/")[2]
            drafts = Post.objects.filter(translation_of__editions__slug=slug, language="uk")
            response["Content-Language"] = "uk" if drafts.exists() else "en"
        return response

    return middleware(answer)


@leak
def a_label_is_named_as_it_is_named_now() -> Any:
    now = "{{ edition.item.labels.first.name|newsroom }}"
    return rewritten("blog/_post.html", "{{ label.name|newsroom }}", now)


@leak
def a_feed_is_dated_by_what_is_scheduled() -> Any:
    def changed(*ever: Any) -> Any:
        return max(moment for some in ever for moment in some.values_list("live_from", flat=True))

    return patch("config.feeds.channels.changed", changed)


@leak
def a_feed_carries_the_comments_that_wait() -> Any:
    def said() -> Any:
        return Comment.objects.order_by("-sent_at", "key")

    return patch("config.feeds.channels.said", said)
