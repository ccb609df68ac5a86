"""The questions about names on the page where a translation is reviewed."""

from collections.abc import Iterable
from typing import Any

from appeals.checks.texts import Text
from appeals.naming.answering import asked_about
from appeals.naming.finding import Said


def ask_about_names(translation: Any, rows: Iterable[Any]) -> None:
    """Put each question at the passage in which the spelling that is new stands first."""
    by_key = {row.passage.key: row for row in rows}
    original, language = translation.appeal.original_language, translation.language
    texts = [
        Said(key, Text(text, tongue), row.passage.kind in row.passage.HEADLINES)
        for text_of, tongue in ((original_of, original), (rendering_of, language))
        for key, row in by_key.items()
        for text in [text_of(row)]
        if text
    ]
    for question in asked_about(translation, texts):
        by_key[question.place].questions.append(question)


def original_of(row: Any) -> str:
    return row.passage.text


def rendering_of(row: Any) -> str:
    return row.rendering.text
