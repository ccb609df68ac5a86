"""Nothing secret influences what is public: three worlds, every address, one answer."""

import time
from collections.abc import Iterable

import pytest
from django.test import Client
from django.urls import path

from blog.comments.commenting import token_for
from blog.guarding import tickets
from blog.models import Comment
from editorial.addresses import canonical
from tests.worlds import NONE, A, B, world
from tests.worlds.addresses import (
    NEVER,
    TONGUE,
    crawl,
    every_address,
    of_others,
    of_pattern,
    one_of_each,
    patterns,
    posts_of_forms,
    queries,
    variations,
)
from tests.worlds.asking import Answers, ask, ask_all, differences, is_working_table
from tests.worlds.making import editor

pytestmark = pytest.mark.django_db

#: What opens with a token alone looks up, by design, whose it is: previews, receipts and letters.
MAY_LOOK_UP = {
    "/letters/": {"config_subscription"},
    "/preview/": {"editorial_previewlink"},
    "/comments/receipt/": {
        "blog_receipt",
        "blog_replyaddress",
        "blog_report",
        "blog_secondlook",
        "editorial_decision",
        "editorial_note",
        "blog_band",
    },
}

#: What is missing in every world: not set, not enough of it to part, or no token opens it.
NOT_THERE = {
    ".well-known/security.txt",
    "comments/replies/<str:token>/",
    "comments/replies/<str:token>/<slug:key>/",
    "preview/<str:token>/",
    "sitemaps/appeals-<year:year>-<number:number>.xml",
    "sitemaps/lists-<number:number>.xml",
    "sitemaps/pages-<number:number>.xml",
    "sitemaps/posts-<year:year>-<number:number>.xml",
}


def unreached(statuses: dict[str, int]) -> set[str]:
    """Return the routes of which no address is anything but missing: of them nothing is shown."""
    return {
        route
        for route, entry in patterns()
        if all(statuses.get(address) == 404 for address in of_pattern(route, entry))
    }


def strange(answers: Answers) -> Iterable[str]:
    """Yield the answers that a reader's cookie, or a working copy, had a part in."""
    for question, answer in answers.items():
        headers = dict(answer.headers)
        if "Set-Cookie" in headers or "cookie" in headers.get("Vary", "").lower():
            yield f"{question}: a cookie"
        if answer.read_session:
            yield f"{question}: the session was read"
        address = canonical(question.split(" ")[1])
        allowed = next((tables for s, tables in MAY_LOOK_UP.items() if address.startswith(s)), ())
        for table in filter(is_working_table, answer.tables - set(allowed)):
            yield f"{question}: reads {table}"


def test_no_answer_differs_whatever_is_secret():
    with world(NONE, many=27):
        plain = ask_all(every_address())
        crawl(plain)
        statuses = {question.removeprefix("GET "): a.status for question, a in plain.items()}
        assert unreached(statuses) == NOT_THERE
        addresses, each = list(statuses), one_of_each(statuses, most=1)
        pages = [address for address in each if statuses[address] == 200]
        odd = [*variations(each), *queries(pages), *posts_of_forms(each)]
        plain |= ask_all(odd)
        some = set(one_of_each(statuses, most=9))
        few = [address for address in addresses if address in some or B.tag in address]
    for secrets, asked in ((A, [*addresses, *odd]), (B, few)):
        with world(secrets, many=27):
            told = ask_all(question for question in asked if not of_others(question, secrets))
            nothing = [ask(f"{front}/{NEVER}/") for front in ("", f"/{TONGUE}")]
            crawl(told)
        assert told.keys() <= plain.keys()
        assert differences({q: plain[q] for q in told}, told) == []
        assert list(strange(told)) == []
        nowhere = {a for q, a in told.items() if a.status == 404 and q.startswith("GET /")}
        assert {(a.headers, a.body) for a in nowhere} <= {(n.headers, n.body) for n in nothing}
    assert {answer.status for answer in plain.values()} >= {200, 301, 404, 405, 410}
    assert not [question for question, answer in plain.items() if answer.status >= 500]


def test_a_colleague_sees_what_every_reader_sees():
    with world(A):
        addresses = one_of_each(dict.fromkeys(crawl(), 200), most=3)
        colleague = Client()
        colleague.force_login(editor())

        assert (
            differences(
                {address: ask(address) for address in addresses},
                {address: ask(address, client=colleague) for address in addresses},
            )
            == []
        )


def test_a_comment_that_waits_changes_no_answer():
    with world(A):
        addresses = one_of_each(dict.fromkeys(crawl(), 200), most=3)
        before = ask_all(addresses)
        post = "/2098/09/salt/"
        ticket = tickets.issue(post, time.time() - 60)
        sent = {"text": "I was there.", "token": token_for(post), "ticket": ticket}
        answer = Client().post(f"{post}comment/", sent)

        assert (answer.status_code, answer.cookies) == (303, {})
        assert Comment.objects.filter(text="I was there.", state="held").exists()
        assert differences(before, ask_all(addresses)) == []


def test_an_address_that_this_test_cannot_fill_in_fails_with_a_sentence():
    pattern = path("<slug:slug>/<int:vintage>/", lambda request: None)

    with pytest.raises(LookupError, match="no values for vintage of '<slug:slug>/<int:vintage>/'"):
        list(of_pattern("<slug:slug>/<int:vintage>/", pattern))
