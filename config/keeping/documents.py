"""A post, a page or an appeal as one document with chapters, for books and for paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from appeals.aligning import Side, original
from appeals.texts import Texts
from config.feeds.entries import shown, tag
from config.keeping.items import Kept
from config.keeping.works import Work, work
from editorial.languages import language_name


@dataclass(frozen=True)
class Chapter:
    """One chapter: sanitised HTML in which every address is whole."""

    title: str
    language: str
    html: str


@dataclass(frozen=True)
class Document:
    id: str
    work: Work
    modified: Any
    chapters: tuple[Chapter, ...]

    @property
    def languages(self) -> list[str]:
        """The languages of the chapters' texts, the first one's first."""
        return list(dict.fromkeys(chapter.language for chapter in self.chapters))


def document(kept: Kept) -> Document:
    """Return what is live: a post or page, or an appeal in a translation and the original."""
    entry = kept.current()
    found = work(kept, entry)
    made = post(kept, found) if found.kind in ("post", "page") else appeal(kept, found)
    live = [kept.live, *([kept.appeal] if kept.appeal else [])]
    modified = max(edition.live_from for edition in live)
    return Document(tag(entry.edition, "editions", str(entry.number)), found, modified, tuple(made))


def post(kept: Kept, found: Work) -> Iterator[Chapter]:
    content = kept.live.data
    facts = {"edition": kept.live, "content": content, "work": found}
    yield Chapter(found.title, found.language, shown("keeping/_post.html", found.page, **facts))


def appeal(kept: Kept, found: Work) -> Iterator[Chapter]:
    """Yield what it is, its texts, and what shows where they come from."""
    content = kept.appeal.data
    facts = {"edition": kept.appeal, "content": content, "work": found}
    ours = get_language() or "en"
    yield Chapter(found.title, ours, shown("keeping/_front.html", found.page, **facts))
    for side in sides(kept):
        html = shown("keeping/_text.html", found.page, side=side, **facts)
        yield Chapter(side_title(side), side.language, html)
    yield Chapter(
        _("Signatories and sources"), ours, shown("keeping/_back.html", found.page, **facts)
    )


def sides(kept: Kept) -> list[Side]:
    """Return the translation, or the one in the newsroom's language, and then the original."""
    texts = Texts(kept.appeal)
    first = texts.first() if kept.live == kept.appeal else translation(kept, texts)
    own = original(kept.appeal.data)
    has_text = any(passage.text for passage in own.passages)
    return [first] if first.original or not has_text else [first, own]


def translation(kept: Kept, texts: Texts) -> Side:
    """Return the translation that was asked for, even where another one is the principal."""
    texts.live = [kept.live]
    return texts.side(kept.live.language)


def side_title(side: Side) -> str:
    name = capfirst(language_name(side.language))
    return _("%(language)s (original)") % {"language": name} if side.original else name
