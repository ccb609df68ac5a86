"""A content folder becomes posts, appeals and translations, once and no more."""

from datetime import UTC, datetime

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from appeals.models import (
    Appeal,
    AppealEdition,
    CanonicalName,
    Organisation,
    Person,
    Translation,
    TranslationEdition,
)
from blog.models import Post, PostEdition
from editorial.editing import editing
from editorial.models import Decision, Note
from editorial.noting import add_note
from editorial.sealing import cancel_schedule, publish, withdraw
from editorial.verifying import verify
from tests.cast import approve, join, translate
from tests.folders import APPEAL, ENGLISH, LAKE, ORIGINAL, POST, counts, lay, run

pytestmark = pytest.mark.django_db


def snapshot():
    """Return everything that a second import could disturb."""
    return [
        list(model._base_manager.order_by("pk").values())
        for model in (Post, Appeal, Translation, Decision, PostEdition, AppealEdition, Person)
    ]


def test_without_publish_everything_arrives_as_a_draft(tmp_path):
    assert run(lay(tmp_path, {"posts/a.md": POST} | LAKE)) == counts(made=3)
    assert {item.state for item in (*Post.objects.all(), *Appeal.objects.all())} == {"draft"}
    assert not PostEdition.objects.exists()


def test_with_publish_what_has_a_date_is_live_from_that_date(tmp_path):
    assert run(lay(tmp_path, {"posts/a.md": POST} | LAKE), "--publish") == counts(
        made=3, published=3
    )
    edition = PostEdition.objects.live().get()
    assert edition.live_from == edition.published_at == datetime(2025, 3, 11, 8, 30, tzinfo=UTC)
    assert edition.data["second_reader"] == "imported"
    assert edition.data["body"] == "<p>They met at <em>dawn</em>.</p>"
    assert Post.objects.get().state == "approved"
    decision = Decision.objects.about(Post.objects.get()).get()
    assert (decision.name, decision.by, decision.to_state) == ("import", None, "approved")
    assert TranslationEdition.objects.live().get().data["renderings"][1]["text"] == (
        "The water has gone."
    )
    assert not Translation.objects.get().renderings.stale().exists()
    assert list(verify()) == []


@pytest.mark.parametrize("options", [[], ["--publish"]])
def test_a_second_run_changes_nothing(tmp_path, options):
    lay(tmp_path, {"posts/a.md": POST, "posts/b.html": POST.replace("salt", "b")} | LAKE)
    run(tmp_path, *options)
    before = snapshot()
    assert run(tmp_path, *options) == counts(unchanged=4)
    assert snapshot() == before


def test_drafts_of_a_first_run_are_published_by_a_second(tmp_path):
    run(lay(tmp_path, {"posts/a.md": POST} | LAKE))
    assert run(tmp_path, "--publish") == counts(updated=1, unchanged=2, published=3)
    assert TranslationEdition.objects.live().count() == 1


def test_a_changed_file_updates_the_working_copy_and_publishes_an_update(tmp_path):
    run(lay(tmp_path, {"posts/a.md": POST}), "--publish")
    lay(tmp_path, {"posts/a.md": POST.replace("dawn", "dusk")})
    assert run(tmp_path) == counts(updated=1)
    assert Post.objects.get().state == "draft"
    assert PostEdition.objects.live().get().number == 1
    assert run(tmp_path, "--publish") == counts(unchanged=1, published=1)
    edition = PostEdition.objects.live().get()
    assert (edition.number, edition.kind) == (2, "update")
    assert edition.published_at == datetime(2025, 3, 11, 8, 30, tzinfo=UTC)
    assert list(verify()) == []


def test_a_changed_original_leaves_its_rendering_stale(tmp_path):
    run(lay(tmp_path, LAKE), "--publish")
    lay(tmp_path, {"appeals/lake/original.ru.txt": ORIGINAL.replace("ушла", "вернулась")})
    assert run(tmp_path, "--publish") == counts(updated=1, unchanged=1, published=1)
    assert [r.passage.key for r in Translation.objects.get().renderings.stale()] == ["p1"]


def originals():
    """Return the stored names of private originals."""
    private = storages["private"]
    return private.listdir("documents")[1] if private.exists("documents") else []


def test_a_dry_run_writes_nothing_and_says_what_it_would(tmp_path):
    before = originals()
    lay(tmp_path, {"posts/a.md": POST, "appeals/lake/documents/scan.pdf": "%PDF"} | LAKE)
    assert run(tmp_path, "--publish", "--dry-run") == counts(made=3, published=3)
    assert not Post.objects.exists()
    assert not Decision.objects.exists()
    assert originals() == before


def test_posts_are_told_apart_by_slug_and_month(tmp_path):
    later = POST.replace("2025-03", "2026-05").replace("dawn", "noon")
    lay(tmp_path, {"posts/a.md": POST, "posts/b.md": later})
    assert run(tmp_path, "--publish") == counts(made=2, published=2)
    assert run(tmp_path, "--publish") == counts(unchanged=2)


def test_what_the_desk_has_withdrawn_is_not_published_again(tmp_path):
    run(lay(tmp_path, {"posts/a.md": POST}), "--publish")
    withdraw(Post.objects.get(), by=join("edda"), note="It was wrong.")
    assert run(tmp_path, "--publish") == counts(unchanged=1)
    assert not PostEdition.objects.live().exists()


def test_what_the_desk_has_published_since_is_not_put_back(tmp_path):
    run(lay(tmp_path, {"posts/a.md": POST}), "--publish")
    post = Post.objects.get()
    with editing(post, by=join("wanda")):
        post.title = "Less salt in the wells"
        post.save()
    assert run(tmp_path, "--publish") == counts(unchanged=1)
    publish(approve(post), by=join("edda"))
    assert run(tmp_path, "--publish") == counts(unchanged=1)
    assert PostEdition.objects.live().get().title == "Less salt in the wells"


def test_what_somebody_is_working_on_is_left_alone_and_named(tmp_path, capsys):
    run(lay(tmp_path, {"posts/a.md": POST.replace("published", "planned")}))
    post = Post.objects.get()
    with editing(post, by=join("wanda")):
        post.summary = "Of salt."
        post.save()
    lay(tmp_path, {"posts/a.md": POST.replace("published", "planned").replace("dawn", "dusk")})
    call_command("import_content", str(tmp_path))
    assert "the desk has gone on with it: posts/a.md" in capsys.readouterr().out
    post.refresh_from_db()
    assert post.summary == "Of salt."


def test_a_plan_publishes_nothing(tmp_path):
    run(lay(tmp_path, {"posts/a.md": POST.replace("published", "planned")}), "--publish")
    post = Post.objects.get()
    assert post.planned_for == datetime(2025, 3, 11, 8, 30, tzinfo=UTC)
    assert post.state == "draft"


def test_a_date_ahead_is_a_schedule(tmp_path):
    run(lay(tmp_path, {"posts/a.md": POST.replace("2025", "2999")}), "--publish")
    assert not PostEdition.objects.live().exists()
    assert PostEdition.objects.scheduled().count() == 1
    assert run(tmp_path, "--publish") == counts(unchanged=1)


def test_parties_are_described_or_made_from_their_names(tmp_path):
    yaml = "- {name: Choir of the Lake, slug: choir, names: {ru: Хор}}\n"
    appeal = APPEAL + "issued_by: [Choir of the Lake, Общество памяти]\n"
    run(lay(tmp_path, {"organisations.yaml": yaml, "appeals/lake/appeal.yaml": appeal}))
    assert list(Organisation.objects.order_by("slug").values_list("slug", "names")) == [
        ("choir", {"ru": "Хор"}),
        ("obshchestvo-pamyati", {}),
    ]
    lay(tmp_path, {"organisations.yaml": yaml.replace("Choir", "Great Choir")})
    lay(tmp_path, {"appeals/lake/appeal.yaml": appeal.replace("Choir", "Great Choir")})
    assert run(tmp_path) == counts(updated=1, unchanged=2)
    assert Appeal.objects.get().revision == 2


def test_signatories_come_from_a_table_or_a_list(tmp_path):
    table = (
        "name;name_status;role;organisation;kind;count\r\n"
        "Anna Wells;public;ferrywoman;;;\r\n"
        ';withheld;"clerk; of the archive";;;3\r\n'
        ";public;;Choir of the Lake;;\r\n"
    )
    files = {"appeals/lake/appeal.yaml": APPEAL, "appeals/lake/signatories.csv": table}
    run(lay(tmp_path, files))
    assert list(
        Appeal.objects.get().signatories.values_list(
            "name", "name_status", "role", "kind", "count", "person__slug"
        )
    ) == [
        ("Anna Wells", "public", "ferrywoman", "person", 1, "anna-wells"),
        ("", "withheld", "clerk; of the archive", "group", 3, None),
        ("Choir of the Lake", "public", "", "organisation", 1, None),
    ]


def test_a_translation_may_have_passages_that_the_original_lacks(tmp_path):
    more = ENGLISH.replace("§ p1", "§ greeting [salutation]\nDear all,\n\n§ p1")
    run(lay(tmp_path, LAKE | {"appeals/lake/translation.en.txt": more}))
    assert [(p.key, p.kind, p.is_transcribed) for p in Appeal.objects.get().passages.all()] == [
        ("title", "title", True),
        ("greeting", "salutation", False),
        ("p1", "paragraph", True),
    ]


def test_texts_without_marks_are_keyed_by_paragraph(tmp_path):
    run(
        lay(
            tmp_path,
            {
                "appeals/lake/appeal.yaml": APPEAL,
                "appeals/lake/original.ru.txt": "\ufeffРаз,\r\nдва.\r\n\r\n\r\n\\§ 5 закона.\r\n",
            },
        )
    )
    assert list(Appeal.objects.get().passages.values_list("key", "text")) == [
        ("p1", "Раз,\nдва."),
        ("p2", "§ 5 закона."),
    ]


def test_documents_are_kept_privately_and_their_names_too(tmp_path):
    files = {"appeals/lake/appeal.yaml": APPEAL, "appeals/lake/documents/Ana Petrel.pdf": "%PDF"}
    run(lay(tmp_path, files), "--publish")
    document = Appeal.objects.get().documents.get()
    assert document.original.read() == b"%PDF"
    document.original.close()
    assert document.original_name == "Ana Petrel.pdf"
    assert "Petrel" not in AppealEdition.objects.get().content + document.original.name
    assert run(tmp_path, "--publish") == counts(unchanged=1)


def test_the_name_memory_grows(tmp_path):
    names = """
- canonical: Oirat
  variants:
    - {text: Ayrat, language: en, printed_in: [lake]}
    - {text: ойрат, language: ru}
  not_the_same_as: [Ayrat River]
"""
    run(lay(tmp_path, {"names.yaml": names, "appeals/lake/appeal.yaml": APPEAL}))
    name = CanonicalName.objects.get()
    assert [str(v) for v in name.variants.all()] == ["Ayrat", "ойрат"]
    assert str(name.variants.get(language="en").printed_in.get()) == "To the people of the lake"
    assert name.distinctions.get().other == "Ayrat River"
    assert run(tmp_path) == counts(unchanged=2)


def test_html_is_sanitised_whatever_brought_it(tmp_path):
    body = '<script>x()</script>\n\n[a](javascript:x()) <b onclick="x()">b</b>\n\n# One\n'
    files = {"posts/a.md": POST + body, "posts/b.html": POST.replace("salt", "b") + body}
    run(lay(tmp_path, files), "--publish")
    for edition in PostEdition.objects.all():
        assert "script" not in edition.data["body"].replace("javascript:x()) <b>", "")
        assert "onclick" not in edition.data["body"]
    assert "<h2>One</h2>" in PostEdition.objects.get(slug="salt").data["body"]


def test_a_translated_post_knows_its_original_in_either_order(tmp_path):
    files = {
        "posts/a.md": POST.replace("slug: salt", "slug: sol\ntranslation_of: salt"),
        "posts/b.md": POST,
    }
    run(lay(tmp_path, files), "--publish")
    assert Post.objects.get(slug="sol").translation_of == Post.objects.get(slug="salt")
    assert run(tmp_path, "--publish") == counts(unchanged=2)


def test_the_command_names_every_problem_and_writes_nothing(tmp_path, capsys):
    files = {"posts/a.md": POST, "posts/b.md": POST.replace("title", "titel").replace("salt", "b")}
    with pytest.raises(CommandError, match="nothing was written"):
        run(lay(tmp_path, files))
    assert capsys.readouterr().err.splitlines() == [
        "posts/b.md:2: The key “titel” means nothing here. Did you mean “title”?",
        "posts/b.md:2: “title” is missing.",
    ]
    assert not Post.objects.exists()


def test_what_the_desk_has_cancelled_is_not_scheduled_again(tmp_path):
    run(lay(tmp_path, {"posts/a.md": POST.replace("2025", "2999")}), "--publish")
    cancel_schedule(Post.objects.get(), by=join("edda"))
    assert run(tmp_path, "--publish") == counts(unchanged=1)
    assert not PostEdition.objects.scheduled().exists()


def test_passages_that_went_into_another_lose_nothing_in_it(tmp_path):
    run(lay(tmp_path, LAKE))
    appeal = Appeal.objects.get()
    english = appeal.translations.get()
    german = translate(appeal, by=join("tariq"), language="de")
    add_note(english, "Which water?", by=join("rosa"), place="p1")
    original = "§ title [title] was p1\nК людям озера\n\nВода ушла.\n"
    run(
        lay(
            tmp_path,
            {
                "appeals/lake/original.ru.txt": original,
                "appeals/lake/translation.en.txt": ENGLISH.replace("§ p1\n", ""),
            },
        )
    )
    assert [p.key for p in appeal.passages.all()] == ["title"]
    assert appeal.passages.get().text == "К людям озера\n\nВода ушла."
    assert Note.objects.get().place == "title"
    assert german.renderings.get().text == "Passage 0.\n\nPassage 1."
    assert english.renderings.get().text.endswith("The water has gone.")
    assert run(tmp_path)["updated"] == 0
