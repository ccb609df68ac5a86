"""Out of the database and back into an empty one: nothing is lost."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from appeals.merging import merge_passages
from appeals.models import (
    Appeal,
    CanonicalName,
    NameAnswer,
    Organisation,
    Person,
    Translation,
    TranslationEdition,
)
from appeals.naming.answering import asked_about
from blog.models import Label, Post, PostEdition
from config.content.exporting import export_folder
from config.content.writing import import_folder
from config.demonstrating import FOLDER
from config.story import play, read_story
from editorial.editing import editing
from editorial.fields import slug_of
from editorial.sealing import seal, withdraw
from editorial.states import State
from tests.cast import join, write_appeal
from tests.folders import APPEAL, ENGLISH, LAKE, POST, counts, lay, run

pytestmark = pytest.mark.django_db

SAMPLES = ["§ p1", "\\§ p2 [title]", "- dash: colon", "'“\"", "#", "null", "2022", "---"]
SAMPLES += ["שלום עולם", "مرحبا، بالعالم"]
SIGNS = "§\\-:'\"#|>[]{}&*!%@`~"


def texts(blank=False, max_size=40):
    """Return texts as people may write them, with all that has a meaning in the files."""
    letters = st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from(SIGNS)
    free = st.text(letters, min_size=0 if blank else 1, max_size=max_size)
    found = (free | st.sampled_from(SAMPLES)).map(str.strip)
    return found if blank else found.filter(bool)


def passage_texts():
    """Return several paragraphs, some lines of which begin like marks."""
    paragraph = st.lists(texts(), min_size=1, max_size=3).map("\n".join)
    return st.lists(paragraph, max_size=3).map("\n\n".join).map(str.strip)


names = texts().filter(lambda name: len(slug_of(name)) > 1)
keys = st.lists(st.from_regex(r"[a-zA-Z0-9_-]{1,9}", fullmatch=True), max_size=4, unique=True)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2025, 1, 1)).map(
    lambda day: day.replace(tzinfo=UTC)
)
kinds = st.sampled_from(["title", "paragraph", "slogan"])
sources = st.lists(
    st.fixed_dictionaries(
        {
            "title": texts(blank=True),
            "url": st.sampled_from(["", "https://example.org/a?b=c#d"]),
            "publisher": texts(blank=True),
            "seen_on": st.none() | st.dates(datetime(1990, 1, 1).date()),
        }
    ),
    max_size=2,
)


@st.composite
def newsrooms(draw):
    """Return what a small newsroom holds, as plain values."""
    parties = draw(st.lists(names, max_size=3, unique_by=slug_of))
    passages = [(key, draw(kinds), draw(passage_texts())) for key in draw(keys)]
    languages = draw(st.lists(st.sampled_from(["en", "ar", "he", "kk-Cyrl"]), max_size=4))
    return {
        "parties": parties,
        "title": draw(texts()),
        "place": draw(texts(blank=True)),
        "summary": draw(passage_texts()),
        "language": draw(st.sampled_from(["ru", "ar", ""])),
        "published": draw(st.none() | moments),
        "passages": passages,
        "addressees": draw(st.lists(st.tuples(texts(), texts(blank=True)), max_size=2)),
        "translations": [
            (language, draw(texts(blank=True)), [draw(passage_texts()) for _ in passages])
            for language in languages
        ],
        "sources": draw(sources),
        "signatories": draw(
            st.lists(
                st.fixed_dictionaries(
                    {
                        "name_status": st.sampled_from(["public", "withheld", "illegible"]),
                        "role": texts(blank=True),
                        "count": st.integers(1, 9),
                        "kind": st.sampled_from(["person", "group", "organisation"]),
                    }
                ),
                max_size=3,
            )
        ),
        "body": draw(st.sampled_from(["", "<p>A &amp; b</p>", "<p>§ p1</p>\n---\n<p>שלום</p>"])),
        "labels": draw(st.lists(names, max_size=2, unique_by=lambda n: slug_of(n).casefold())),
    }


def furnish(room):
    """Put a newsroom into the database, by the models alone."""
    organisations = [Organisation.objects.create(name=name) for name in room["parties"]]
    people = [Person.objects.create(name=name, names={"he": "שם"}) for name in room["parties"]]
    appeal = Appeal.objects.create(
        slug="lake",
        original_title=room["title"],
        original_language=room["language"],
        **{name: room[name] for name in ("title", "place", "summary")},
    )
    for position, organisation in enumerate(organisations):
        appeal.issuers.create(organisation=organisation, position=position)
    for position, (text, original) in enumerate(room["addressees"]):
        appeal.addressees.create(position=position, text=text, original=original)
    rows = [
        appeal.passages.create(position=position, key=key, kind=kind, text=text)
        for position, (key, kind, text) in enumerate(room["passages"])
    ]
    for position, line in enumerate(room["signatories"]):
        public = line["name_status"] == "public" and people
        status = "public" if public else "withheld"
        named = {"name": people[0].name, "person": people[0]} if public else {}
        appeal.signatories.create(position=position, **line | {"name_status": status} | named)
    seen = set()
    for language, title, renderings in room["translations"]:
        translation = Translation.objects.create(
            appeal=appeal, language=language, title=title, is_principal=language not in seen
        )
        seen.add(language)
        for passage, text in zip(rows, renderings, strict=True):
            accepted = room["published"] and text
            translation.renderings.create(
                passage=passage,
                text=text,
                state=State.APPROVED if accepted else State.DRAFT,
                accepted_digest=passage.digest if accepted else "",
            )
    post = Post.objects.create(
        title=room["title"], slug="salt", body=room["body"], summary=room["summary"]
    )
    post.presented.create(appeal=appeal)
    for position, person in enumerate(people):
        post.bylines.create(person=person, position=position)
    for position, source in enumerate(room["sources"]):
        for item in (post, appeal):
            item.sources.create(position=position, **source)
    post.labels.set(Label.objects.get_or_create(name=name)[0] for name in room["labels"])
    Post.objects.create(title=room["title"], slug="sol", translation_of=post)
    if room["published"]:
        for item in (appeal, *appeal.translations.all(), post):
            seal(item, by=None, at=room["published"], second_reader="yes")


def contents():
    """Return what everything says, with the keys that are new in each database left out."""
    post, translation = Post.objects.get(slug="salt"), Post.objects.get(slug="sol")
    assert translation.translation_of == post
    appeal = Appeal.objects.get()
    return [
        post.content() | {"appeals": [a.slug for a in post.appeals.all()]},
        appeal.content(),
        [t.content() | {"slug": ""} for t in appeal.translations.order_by("language", "pk")],
        [*Person.objects.order_by("slug").values_list("slug", "name", "names")],
    ]


def files(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def in_an_empty_database(build, root):
    """Build something, export it and forget it; return the files and what build returned."""
    with transaction.atomic():
        found = build()
        export_folder(root)
        transaction.set_rollback(True)
    return files(root), found


@settings(max_examples=40)
@given(room=newsrooms())
def test_a_round_trip_is_exact_whatever_was_written(room):
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder, "first"), Path(folder, "second")

        def build():
            furnish(room)
            return contents()

        def build_again():
            import_folder(first, publish=True)
            return contents()

        before, said = in_an_empty_database(build, first)
        after, said_again = in_an_empty_database(build_again, second)
    assert after == before
    assert said_again == said


def test_the_demonstration_survives_a_round_trip_with_its_history_of_changes(tmp_path):
    def build():
        import_folder(FOLDER, publish=True)
        play(read_story(FOLDER / "story.yaml"))

    before, _ = in_an_empty_database(build, tmp_path / "a")
    assert "accepted_against:\n  p3: " in (
        before["appeals/marsa-nuhas-wells/translation.fr.txt"].decode()
    )
    said = before["appeals/ilvar-assembly-labour-levy/appeal.yaml"].decode()
    assert "  released: true\n  marks:\n  - box: 0.1 0.075 0.77 0.065\n" in said
    after, _ = in_an_empty_database(
        lambda: import_folder(tmp_path / "a", publish=True), tmp_path / "b"
    )
    assert after == before


def test_the_keys_of_merged_passages_go_on_leading_where_they_led(tmp_path):
    def build():
        appeal = write_appeal(slug="lake", passages=3)
        edda = join("edda")
        seal(appeal, by=edda, at=datetime(2024, 1, 5, tzinfo=UTC), second_reader="imported")
        for _step in range(2):
            merge_passages(appeal, appeal.passages.get(key="p1"), by=edda)
        seal(appeal, by=edda, at=datetime(2024, 1, 6, tzinfo=UTC), second_reader="imported")

    before, _ = in_an_empty_database(build, tmp_path / "a")
    text = before["appeals/lake/original.ru.txt"].decode()
    assert "\n§ p1 [paragraph] was p2 p3\n" in text

    def again():
        import_folder(tmp_path / "a", publish=True)
        assert run(tmp_path / "a", "--publish")["updated"] == 0
        [live] = Appeal.objects.get().editions.all()
        assert live.data["passages"][0]["was"] == ["p2", "p3"]

    after, _ = in_an_empty_database(again, tmp_path / "b")
    assert after == before


def test_an_export_imported_where_it_came_from_changes_nothing(tmp_path):
    run(lay(tmp_path / "a", {"posts/a.md": POST} | LAKE), "--publish")
    call_command("export_content", str(tmp_path / "b"))
    totals = run(tmp_path / "b", "--publish")
    assert (totals["made"], totals["updated"], totals["published"]) == (0, 0, 0)


def test_unpublished_changes_are_named_and_stay_at_home(tmp_path, capsys):
    run(lay(tmp_path / "a", {"posts/a.md": POST}), "--publish")
    post = Post.objects.get()
    with editing(post, by=join("wanda")):
        post.title = "Something unproven"
        post.save()
    call_command("export_content", str(tmp_path / "b"))
    assert "Something unproven: what is public" in capsys.readouterr().out
    assert not any(b"unproven" in text for text in files(tmp_path / "b").values())


def test_what_was_withdrawn_comes_back_as_a_draft(tmp_path):
    run(lay(tmp_path / "a", {"posts/a.md": POST}), "--publish")
    withdraw(Post.objects.get(), by=join("edda"), note="It was wrong.")
    call_command("export_content", str(tmp_path / "b"), verbosity=0)
    (text,) = [text for name, text in files(tmp_path / "b").items() if name.startswith("posts/")]
    assert b"published" not in text
    assert run(tmp_path / "b", "--publish")["published"] == 0
    assert PostEdition.objects.count() == 2


def test_originals_go_out_only_where_no_name_is_kept_back(tmp_path):
    signed = APPEAL + "signatories:\n  - {role: Clerk, name_status: withheld}\n"
    documents = {
        "appeals/lake/documents/1.pdf": "%PDF one",
        "appeals/hill/documents/1.pdf": "%PDF two",
    }
    run(
        lay(
            tmp_path / "a",
            {"appeals/lake/appeal.yaml": signed, "appeals/hill/appeal.yaml": APPEAL} | documents,
        )
    )
    call_command("export_content", str(tmp_path / "b"))
    scans = {name: text for name, text in files(tmp_path / "b").items() if "documents" in name}
    assert scans == {"appeals/hill/documents/1.pdf": b"%PDF two"}
    call_command("export_content", str(tmp_path / "c"), "--originals")
    assert "appeals/lake/documents/1.pdf" in files(tmp_path / "c")


def test_the_name_memory_survives(tmp_path):
    names = """- canonical: Oirat
  note: As they write it.
  variants:
  - text: Ayrat
    language: en
    script: Latn
    printed_in:
    - lake
  not_the_same_as:
  - Ayrat River
"""
    run(lay(tmp_path / "a", {"names.yaml": names, "appeals/lake/appeal.yaml": APPEAL}))
    export_folder(tmp_path / "b")
    assert (tmp_path / "b" / "names.yaml").read_text() == names
    assert CanonicalName.objects.count() == 1


def test_what_a_post_keeps_as_it_was_printed_survives(tmp_path):
    names = "- canonical: Oirat\n  variants:\n  - text: Ayrat\n"
    post = """---
title: Salt
slug: salt
language: en
comments: open
as_printed:
- one: Ayrat
  other: Oirat
---
<p>Of the Ayrat.</p>
"""
    folder = lay(tmp_path / "a", {"names.yaml": names, "posts/draft-salt.html": post})
    run(folder)
    [answer] = NameAnswer.objects.all()
    salt = Post.objects.get()
    assert (answer.answer, answer.item_key) == ("printed", salt.key)
    assert asked_about(salt) == []
    assert run(folder) == counts(unchanged=2)
    export_folder(tmp_path / "b")
    assert (tmp_path / "b/posts/draft-salt.html").read_text() == post
    long = post.replace("Ayrat\n", f"{'A' * 201}\n", 1)
    with pytest.raises(CommandError, match="1 problem"):
        run(lay(tmp_path / "c", {"posts/draft-salt.html": long}))


def test_two_drafts_of_one_slug_are_told_apart_before_anything_is_written(tmp_path):
    Post.objects.create(title="A", slug="salt")
    Post.objects.create(title="B", slug="salt")
    with pytest.raises(CommandError, match="Two items"):
        call_command("export_content", str(tmp_path / "b"))
    assert not (tmp_path / "b").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CommandError, match="not an empty folder"):
        call_command("export_content", str(tmp_path))
    assert list(files(tmp_path)) == ["mine.txt"]


def test_what_was_checked_and_left_survives_a_round_trip(tmp_path):
    front = (
        "title: To the lake\npublished: 2025-03-11\nchecked: [numbers, quotes]\n"
        "dismissed:\n- {key: p1, check: numbers, why: Three and 3.}\n"
    )
    english = ENGLISH.replace("title: To the lake\npublished: 2025-03-11\n", front)
    assert front in english
    run(lay(tmp_path / "a", LAKE | {"appeals/lake/translation.en.txt": english}), "--publish")
    live = TranslationEdition.objects.live().get().data
    assert live["checked"] == ["numbers", "quotes"]
    assert live["dismissed"] == [{"key": "p1", "check": "numbers", "why": "Three and 3."}]
    assert run(tmp_path / "a", "--publish")["updated"] == 0
    call_command("export_content", str(tmp_path / "b"))
    assert "why: Three and 3." in (tmp_path / "b/appeals/lake/translation.en.txt").read_text()
    totals = run(tmp_path / "b", "--publish")
    assert (totals["made"], totals["updated"], totals["published"]) == (0, 0, 0)
