"""Asking a world, and comparing what two of them answer."""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client

#: What may differ between two answers to the same question: the clock, and what is random in a
#: page made for one person (a nonce, a form's ticket).
UNSTEADY = {"Date"}
NONCE = re.compile(rb'nonce-[\w+/=-]+|(?<=name="ticket" value=")[^"]+')

TABLE = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE)\s+"?(\w+)"?', re.IGNORECASE)
#: What a public page may read: editions, their rows and index, approved comments, kept addresses.
EDITIONS = re.compile(
    r"^(blog_postedition|appeals_appealedition|appeals_translationedition)\w*$"
    r"|^config_(pageedition|mastheadedition|indexed|indexedwords|posting|spelling)$"
)
OTHERS = {
    "blog_comment",
    "blog_commentmonth",
    "blog_commentpolicy",
    "editorial_path",
    "django_content_type",
}


@dataclass(frozen=True)
class Answer:
    """What a reader is told: status, headers, body; and what it took to say it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    tables: frozenset[str] = frozenset()
    read_session: bool = False


Answers = dict[str, Answer]


def ask(address: str, method: str = "GET", client: Client | None = None, **headers: Any) -> Answer:
    """Ask for an address as a reader without a cookie does."""
    client = client or Client(raise_request_exception=False)
    statements: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        response: Any = client.generic(method, address, headers=headers)
        body = b"".join(response.streaming_content) if response.streaming else response.content
    found = sorted(
        (name, NONCE.sub(b"nonce", value.encode()).decode())
        for name, value in [*response.items(), *(("Set-Cookie", c) for c in response.cookies)]
        if name not in UNSTEADY
    )
    session = getattr(response.wsgi_request, "session", None)
    return Answer(
        response.status_code,
        tuple(found),
        NONCE.sub(b"nonce", body),
        frozenset(tables(statements)),
        bool(session is not None and session.accessed),
    )


def tables(statements: Iterable[str]) -> set[str]:
    """Return the tables that statements speak of."""
    return {table for sql in statements for table in TABLE.findall(sql)}


def is_working_table(table: str) -> bool:
    """Tell whether a table is none of those that public pages are made from."""
    return not EDITIONS.match(table) and table not in OTHERS


def ask_each(questions: Iterable[Any]) -> Iterator[tuple[str, Answer]]:
    """Ask one after the other; a question is an address, or (method, address, headers)."""
    for question in questions:
        method, address, headers = (
            question if isinstance(question, tuple) else ("GET", question, {})
        )
        spelled = " ".join([method, address, *(f"{name}: {headers[name]}" for name in headers)])
        yield spelled, ask(address, method, **headers)


def ask_all(questions: Iterable[Any]) -> Answers:
    """Ask everything, and keep what was answered."""
    return dict(ask_each(questions))


def differences(one: Answers, other: Answers) -> list[str]:
    """Return where two worlds answer differently, in words."""
    assert one.keys() == other.keys()
    return [
        f"{question}: {how}"
        for question in one
        for how in [difference(one[question], other[question])]
        if how
    ]


def difference(one: Answer, other: Answer) -> str:
    """Say what differs between two answers; an empty text where nothing does."""
    if one.status != other.status:
        return f"status {one.status} / {other.status}"
    if one.body != other.body:
        lines = difflib.unified_diff(
            one.body.decode(errors="replace").splitlines(),
            other.body.decode(errors="replace").splitlines(),
            lineterm="",
            n=0,
        )
        told = [line.strip() for line in lines if not line.startswith(("---", "+++", "@@"))]
        return f"body {' '.join(told)[:300]}"
    if one.headers != other.headers:
        return f"headers {sorted(set(one.headers) ^ set(other.headers))}"
    return ""
