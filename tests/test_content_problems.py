"""A bad folder: every problem with its file and line, no traceback, nothing written."""

import contextlib
import os
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from appeals.models import Appeal, Organisation, Person
from blog.models import Post
from config.content.places import BadFolder
from config.content.writing import import_folder
from editorial.models import Decision
from tests.folders import APPEAL, ENGLISH, LAKE, ORIGINAL, POST, lay, problems, run

pytestmark = pytest.mark.django_db

YAML = "appeals/lake/appeal.yaml"
TABLE = "appeals/lake/signatories.csv"
RUSSIAN = "appeals/lake/original.ru.txt"
TRANSLATION = "appeals/lake/translation.en.txt"


def post(*lines):
    """Return the files of one post with other front matter."""
    text = POST.replace("---\nThey", "".join(f"{line}\n" for line in lines) + "---\nThey")
    return {"posts/a.md": text}


def signed(*lines):
    """Return the files of one appeal with these lines of signatures."""
    return {YAML: APPEAL + "signatories:\n" + "".join(f"  - {line}\n" for line in lines)}


@pytest.mark.parametrize(
    ("files", "line", "reason"),
    [
        (post("byline: Anna"), "posts/a.md:5", "A list is expected"),
        (post("sumary: x"), "posts/a.md:5", "Did you mean “summary”?"),
        (post("slug: other"), "posts/a.md:5", "a second time; the first is in line 3"),
        (post("comments: maybe"), "posts/a.md:5", "Known: open, hold, first, direct, closed"),
        (post("planned: soon"), "posts/a.md:5", "2022-03-12T09:00"),
        (post("language: English!"), "posts/a.md:5", "language code"),
        (post("appeals: [like]", "dateline: x"), "posts/a.md:5", "There is no appeal “like”"),
        (post("translation_of: sald"), "posts/a.md:5", "Did you mean “salt”?"),
        (post("translation_of: salt"), "posts/a.md:5", "not a translation of itself"),
        (post("sources:", "  - title: x", "    url: //x"), "posts/a.md:7", "web address"),
        (post("sources:", "  - title: x", "    ulr: x"), "posts/a.md:7", "Did you mean “url”?"),
        (post("labels: [a, a]", "byline: [B, B]"), "posts/a.md:6", "stands here twice"),
        (post("dateline: [a"), "posts/a.md", "not valid YAML"),
        (post("dateline: *a"), "posts/a.md:5", "aliases"),
        (post("dateline: !!python/name:os.system x"), "posts/a.md:5", "Tags"),
        (post('dateline: "a\\0b"'), "posts/a.md:5", "control character (U+0000)"),
        (post("dateline: |", "  a", "  b"), "posts/a.md:5", "One line"),
        (post(f"dateline: {'x' * 201}"), "posts/a.md:5", "at most 200"),
        (post("summary: " + "[" * 5000), "posts/a.md:2", "nested too deep"),
        ({"posts/a.md": "---\ntitle: x\n"}, "posts/a.md:1", "has no end"),
        ({"posts/a.md": b"---\ntitle: x\n---\na\n\xe9\n"}, "posts/a.md:5", "byte 0xE9"),
        ({"posts/a.md": "---\ntitle: '!'\n---\n"}, "posts/a.md:2", "No slug"),
        ({"posts/a.txt": "x"}, "posts/a.txt:1", ".md or an .html"),
        ({"posts/a.md": POST, "posts/b.md": POST}, "posts/b.md:3", "posts/a.md has this slug"),
        ({"appeals/lake/appeal.yml": "title: x"}, "appeals/lake/appeal.yml:1", "“appeal.yaml”"),
        ({"organizations.yaml": "[]"}, "organizations.yaml:1", "“organisations.yaml”"),
        ({"people.yaml": "Anna"}, "people.yaml:1", "A list is expected"),
        ({"people.yaml": "- {name: A, nams: {}}"}, "people.yaml:1", "“names”"),
        (LAKE | {YAML: APPEAL + "kind: leter\n"}, f"{YAML}:4", "“open_letter”"),
        (LAKE | {YAML: APPEAL + "issued_on: 2022-13\n"}, f"{YAML}:4", "2022-03-12"),
        (LAKE | {YAML: APPEAL + "slug: feed\n"}, f"{YAML}:4", "the site's own"),
        (LAKE | {YAML: APPEAL.replace("ru", "uk")}, f"{RUSSIAN}:1", "in its line 2"),
        (LAKE | {RUSSIAN: "a\n§ p1\nb"}, f"{RUSSIAN}:1", "before the first"),
        (LAKE | {RUSSIAN: "§ p1\n§p2\n"}, f"{RUSSIAN}:2", "\\§"),
        (LAKE | {RUSSIAN: "§ p1\n§ p1\n"}, f"{RUSSIAN}:2", "after line 1"),
        (LAKE | {RUSSIAN: "§ p1 [titel]\n"}, f"{RUSSIAN}:1", "Did you mean “title”?"),
        (LAKE | {RUSSIAN: "§ p1\na\n\x00"}, f"{RUSSIAN}:3", "U+0000"),
        (LAKE | {TRANSLATION: "§ title [slogan]\n"}, f"{TRANSLATION}:1", "[title]"),
        (LAKE | {TRANSLATION: ENGLISH.replace("---\n§", "method: magic\n---\n§")},
         f"{TRANSLATION}:4", "Known: human"),
        (LAKE | {"appeals/lake/translation.en.3.txt": "x"},
         "appeals/lake/translation.en.3.txt:1", "Number 2"),
        (LAKE | {"appeals/lake/translation.en.2.txt": "---\nprincipal: yes\n---\n§ p1\n"},
         "appeals/lake/translation.en.2.txt:2", "principal translation already"),
        (LAKE | {"appeals/lake/original.uk.txt": "x"},
         "appeals/lake/original.uk.txt:1", "another original"),
        ({"names.yaml": "- canonical: A\n  variants:\n  - {text: b}\n  - {text: B}\n"},
         "names.yaml:4", "twice"),
    ],
)  # fmt: skip
def test_each_problem_is_named_with_its_line(tmp_path, files, line, reason):
    found = problems(tmp_path, files)
    assert any(said.startswith(line) and reason in said for said in found), found
    assert not Post.objects.exists()
    assert not Appeal.objects.exists()
    assert not Decision.objects.exists()


SECRET = "Ana Petrel"


@pytest.mark.parametrize(
    "files",
    [
        signed(f"{{name: {SECRET}, name_status: withheld}}"),
        signed(f"{{printed_as: {SECRET}, name_status: pending}}"),
        signed(f"{{person: {SECRET}, name_status: illegible}}"),
        signed(f"{{role: Clerk, count: {SECRET}, name_status: withheld}}"),
        signed(f"{{role: Clerk, kind: {SECRET}, name_status: withheld}}"),
        signed(f"{{role: Clerk, name_status: {SECRET}}}"),
        signed(f"{{role: Clerk, withdrew_on: {SECRET}, name_status: withheld}}"),
        signed(f"{{{SECRET}: Clerk, name_status: withheld}}"),
        signed(SECRET),
        signed(f"{{role: {SECRET}{'x' * 300}, name_status: withheld}}"),
        {YAML: APPEAL, TABLE: f"name,name_status\n{SECRET},withheld\n"},
        {YAML: APPEAL, TABLE: f"name_status,role\nwithheld,Clerk,{SECRET}\n"},
        {YAML: APPEAL, TABLE: f"{SECRET},withheld\n"},
        {YAML: APPEAL, TABLE: f'name,role\n"{SECRET}" x,withheld\n'},
    ],
)
def test_a_name_that_is_kept_back_is_refused_and_never_repeated(tmp_path, files):
    lay(tmp_path, files)
    output, errors = StringIO(), StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("import_content", str(tmp_path), stdout=output, stderr=errors)
    said = output.getvalue() + errors.getvalue() + str(refusal.value)
    assert "appeals/lake/" in said
    assert "Petrel" not in said
    assert not Person.objects.exists()


def test_a_table_and_a_list_of_signatories_are_one_too_many(tmp_path):
    files = signed("{name: Anna}") | {TABLE: "name\nAnna\n"}
    assert problems(tmp_path, files) == [
        f"{YAML}:4: The signatories stand in signatories.csv too: say them once."
    ]


def test_a_table_that_is_not_utf8_is_named_with_its_line(tmp_path):
    files = {YAML: APPEAL, TABLE: "name,role\nAnna,a\nJosé,b\n".encode("latin-1")}
    assert problems(tmp_path, files) == [
        f"{TABLE}:3: This is not UTF-8 (byte 0xE9). Save the file as UTF-8."
    ]


def test_two_names_that_would_share_a_slug_ask_for_one(tmp_path):
    appeal = APPEAL + "issued_by:\n  - Суд\n  - Sud\n"
    assert problems(tmp_path, {YAML: appeal}) == [
        f"{YAML}:6: “Sud” and “Суд” ({YAML}:5) would share the slug “sud”: "
        "give one of them its own in organisations.yaml."
    ]
    described = {"organisations.yaml": "- {name: Sud, slug: south}\n"}
    assert problems(tmp_path, described) == []
    assert list(Organisation.objects.order_by("slug").values_list("slug", "name")) == [
        ("south", "Sud"),
        ("sud", "Суд"),
    ]


def test_a_slug_that_somebody_here_has_is_never_counted_up(tmp_path):
    Organisation.objects.create(name="Суд")
    [said] = problems(tmp_path, {YAML: APPEAL + "issued_by: [Sud]\n"})
    assert "belongs to “Суд” here: give another in organisations.yaml" in said


def test_an_address_that_is_taken_is_a_problem_of_the_file(tmp_path):
    run(lay(tmp_path / "a", {YAML: APPEAL}), "--publish")
    Appeal.objects.update(slug="elsewhere")
    run(lay(tmp_path / "b", {YAML: APPEAL.replace("people", "fish")}), "--publish")
    assert Appeal.objects.get().slug == "lake"


def test_a_translation_is_not_public_before_its_appeal(tmp_path):
    early = LAKE | {TRANSLATION: ENGLISH.replace("2025-03-11", "2025-03-10")}
    assert problems(tmp_path, early) == []
    assert problems(tmp_path, early, publish=True) == [
        f"{TRANSLATION}:3: A translation cannot be public before its appeal ({YAML})."
    ]


def test_drafts_that_nothing_tells_apart_are_refused_unless_published(tmp_path):
    files = {"posts/a.md": POST, "posts/b.md": POST.replace("2025-03", "2025-04")}
    assert len(problems(tmp_path, files)) == 1
    assert problems(tmp_path, files, publish=True) == []


def test_links_are_not_followed(tmp_path):
    (tmp_path / "secret.md").write_text(POST)
    (tmp_path / "folder" / "posts").mkdir(parents=True)
    os.symlink(tmp_path / "secret.md", tmp_path / "folder" / "posts" / "a.md")
    assert problems(tmp_path / "folder", {}) == [
        "posts/a.md:1: This is a link, and links are not read."
    ]


def test_there_has_to_be_a_folder(tmp_path):
    with pytest.raises(CommandError, match="nothing was written"):
        call_command("import_content", str(tmp_path / "none"), stderr=StringIO())


def test_byte_order_marks_and_line_ends_of_windows_change_nothing(tmp_path):
    run(lay(tmp_path / "a", {"posts/a.md": POST} | LAKE))
    before = [item.content() for item in (*Post.objects.all(), *Appeal.objects.all())]
    for name, text in ({"posts/a.md": POST} | LAKE).items():
        windows = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
        lay(tmp_path / "b", {name: windows})
    assert run(tmp_path / "b")["unchanged"] == 3
    assert [item.content() for item in (*Post.objects.all(), *Appeal.objects.all())] == before


pieces = st.sampled_from(
    ["---\n", "title: x\n", "title:\n", "- a\n", "  - b: c\n", "§ p1\n", "§\n", "§ p2 [title]\n",
     "{", "}", "[", "]", ": ", "'", '"', "|\n", ">-\n", "&a ", "*a\n", "!!set ", "? ", "\t", "\n",
     "signatories:\n", "name: x\n", "sources:\n", "published: ", "2022", "~", "0x1F", "\ufeff",
     "\x85",
     "name,role\n", ",", ";", "\u2028", "\ud7ff", "accepted_against: {p1: x}\n", "<b>", "&amp;\x00"]
)  # fmt: skip


@settings(max_examples=150)
@given(
    name=st.sampled_from(
        ["people.yaml", "names.yaml", "posts/a.md", YAML, RUSSIAN, TRANSLATION, TABLE]
    ),
    text=st.lists(pieces | st.text(max_size=5), max_size=15).map("".join),
    begin=st.sampled_from(["", "---\ntitle: x\n", APPEAL, ORIGINAL, "name,name_status\n"]),
)  # fmt: skip
def test_whatever_a_file_holds_it_is_imported_or_refused(name, text, begin):
    with TemporaryDirectory() as folder:
        data = (begin + text).encode("utf-8", "surrogatepass")
        lay(Path(folder), LAKE | {name: data})
        with contextlib.suppress(BadFolder):
            import_folder(Path(folder), publish=True, dry_run=True)
