"""A post's edition as the parts that a comparison names."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from appeals.parts import spellings
from editorial.comparing import Part, cited, plain
from editorial.languages import listed


def parts(content: dict[str, Any]) -> Iterator[Part]:
    language = content["language"]
    yield Part("title", _("Title"), language, content["title"])
    yield Part("byline", _("By"), "", names(content["byline"]))
    yield Part("dateline", _("Dateline"), language, content["dateline"])
    yield Part("summary", _("Summary"), language, content["summary"])
    yield Part("body", _("Text"), language, plain(content["body"]))
    yield Part("labels", _("Labels"), "", names(content["labels"]))
    yield Part("sources", _("Sources"), "", cited(content["sources"]))
    yield Part("names", _("Names"), "", spellings(content))


def names(rows: list[dict[str, str]]) -> str:
    return listed(row["name"] for row in rows)
