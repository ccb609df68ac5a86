"""From a folder to records. Everything wrong with its files is collected on the way."""

import re
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from config.content.kinds import Record, Source, build
from config.content.markdown import to_html
from config.content.nodes import Node, clean, load
from config.content.pictures import as_links
from config.content.places import Place, Problems, meant
from config.content.records import (
    Appeal,
    Document,
    Folder,
    Name,
    Original,
    Page,
    Party,
    Post,
    Signatory,
    Site,
    Term,
    Translation,
)
from config.content.tables import read_rows
from config.content.texts import front_matter, read_passages
from editorial.sanitising import sanitise

LISTS: dict[str, type[Record]] = {
    "organisations": Party,
    "people": Party,
    "labels": Party,
    "names": Name,
    "glossary": Term,
}
SITE = "site.yaml"
ROOT = [SITE, *(f"{name}.yaml" for name in LISTS), "pages", "posts", "appeals"]
TEXT = re.compile(r"(original|translation)\.([A-Za-z0-9-]+)(?:\.([1-9]\d?))?\.txt")
#: How a file says that the language of its text is not known (ISO 639-2).
UNDETERMINED = "und"


def read_folder(root: Path, problems: Problems) -> Folder:
    """Return what a folder says. The problems tell what could not be read."""
    folder = Folder(root)
    if not root.is_dir():
        problems.add(Place(str(root)), _("There is no such folder."))
        return folder
    for path in entries(root, root, problems):
        if path.suffix == ".yaml" and path.stem in LISTS:
            setattr(folder, path.stem, read_list(path, root, LISTS[path.stem], problems))
        elif path.name == SITE:
            folder.site = read_site(path, root, problems)
        elif path.name not in ROOT and (hint := meant(path.name, ROOT, 0.8)):
            problems.add(Place(path.name), _("This file is not read.") + hint)
    folder.pages = read_prose(root / "pages", root, Page, problems)
    folder.posts = read_prose(root / "posts", root, Post, problems)
    for path in entries(root / "appeals", root, problems):
        if path.is_dir():
            folder.appeals += [appeal] if (appeal := read_appeal(path, root, problems)) else []
        else:
            problems.add(Place(name_of(path, root)), _("An appeal is a folder with appeal.yaml."))
    return folder


def name_of(path: Path, root: Path) -> str:
    """Return a file's name as a person who looks into the folder knows it."""
    return path.relative_to(root).as_posix()


def entries(folder: Path, root: Path, problems: Problems) -> list[Path]:
    """Return what lies in a folder, in order: hidden files left out, links refused."""
    if not folder.is_dir():
        return []
    found = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    for path in found:
        if path.is_symlink():
            problems.add(Place(name_of(path, root)), _("This is a link, and links are not read."))
    return [path for path in found if not path.is_symlink()]


def read_text(path: Path, root: Path, problems: Problems) -> str | None:
    """Return a file's text with plain line ends, or report where it is not UTF-8."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = _("This is not UTF-8 (byte 0x%02X). Save the file as UTF-8.") % data[error.start]
        problems.add(Place(name_of(path, root), line), reason)
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_list(path: Path, root: Path, cls: type[Record], problems: Problems) -> list[Any]:
    """Return the records of a file that is one list."""
    text = read_text(path, root, problems)
    source = Source(name_of(path, root), problems)
    node = load(text, source.file, problems) if text else None
    if node is None or node.value is None:
        return []
    if not isinstance(node.value, list):
        source.refuse(node, _("A list is expected here: one “- …” an entry."))
        return []
    return [build(cls, item, source) for item in node.value]


def read_site(path: Path, root: Path, problems: Problems) -> Site | None:
    """Return what the file of the masthead says."""
    text = read_text(path, root, problems)
    source = Source(name_of(path, root), problems)
    node = load(text, source.file, problems) if text else None
    return build(Site, node, source) if node and node.value is not None else None


def read_front(
    path: Path, root: Path, cls: type[Any], problems: Problems, **given: Any
) -> tuple[Any, str, int] | None:
    """Return the record in a file's front matter, its body, and the lines before the body."""
    text = read_text(path, root, problems)
    if text is None:
        return None
    file = name_of(path, root)
    front, body, before = front_matter(text)
    if front is None:
        problems.add(Place(file), _("The front matter has no end: a line “---”."))
        return None
    failures = len(problems.found)
    node = load(front, file, problems, offset=1) if front.strip() else Node({}, 1)
    if node is None and len(problems.found) > failures:
        return None
    return build(cls, node or Node({}, 1), Source(file, problems), **given), body, before


def read_prose(folder: Path, root: Path, cls: type[Any], problems: Problems) -> list[Any]:
    """Return the posts or the pages that lie in a folder."""
    found = []
    for path in entries(folder, root, problems):
        if path.suffix not in {".md", ".html"} or not path.is_file():
            reason = _("A page is a .md or an .html file.")
            if cls is Post:
                reason = _("A post is a .md or an .html file.")
            problems.add(Place(name_of(path, root)), reason)
        elif (front := read_front(path, root, cls, problems)) is not None:
            said, body, before = front
            body = clean(body, Place(name_of(path, root), before + 1), problems)
            html = to_html(body) if path.suffix == ".md" else body
            said.body = sanitise(as_links(html)).strip()
            found.append(said)
    return found


def read_appeal(folder: Path, root: Path, problems: Problems) -> Appeal | None:
    """Return an appeal with its texts, its signatories and its documents."""
    path = folder / "appeal.yaml"
    known = ["appeal.yaml", "signatories.csv", "documents"]
    there = entries(folder, root, problems)
    for stray in there:
        if stray.name not in known and not TEXT.fullmatch(stray.name):
            hint = meant(stray.name, [*known, "original.en.txt", "translation.en.txt"], 0.7)
            problems.add(Place(name_of(stray, root)), _("This file is not read.") + hint)
    if path not in there:
        problems.add(Place(name_of(path, root)), _("There is no such file."))
        return None
    text = read_text(path, root, problems)
    source = Source(name_of(path, root), problems)
    node = load(text, source.file, problems) if text is not None else None
    if text is None or (node is None and text.strip()):
        return None
    appeal = build(Appeal, node or Node(None, 1), source)
    appeal.slug = appeal.slug or folder.name
    for path in there:
        if found := TEXT.fullmatch(path.name):
            read_words(path, root, appeal, found[1], found[2], int(found[3] or 1), problems)
    appeal.translations.sort(key=lambda text: (text.language, text.ordinal))
    if (rows := folder / "signatories.csv") in there:
        if appeal.signatories:
            at = appeal.where("signatories")
            problems.add(at, _("The signatories stand in signatories.csv too: say them once."))
        csv_text = read_text(rows, root, problems)
        if csv_text is not None:
            appeal.signatories = read_rows(csv_text, name_of(rows, root), Signatory, problems)
    read_documents(folder, root, appeal, problems)
    return appeal


def read_words(
    path: Path,
    root: Path,
    appeal: Appeal,
    role: str,
    language: str,
    ordinal: int,
    problems: Problems,
) -> None:
    """Read an original or a translation into its appeal."""
    file = name_of(path, root)
    language = "" if language == UNDETERMINED else language
    cls: type[Original] | type[Translation] = Original if role == "original" else Translation
    given = {"language": language} | ({} if role == "original" else {"ordinal": ordinal})
    found = read_front(path, root, cls, problems, **given)
    if found is None:
        return
    words, body, before = found
    words.passages = read_passages(body, file, before, problems)
    if isinstance(words, Translation):
        appeal.translations.append(words)
    elif appeal.original:
        problems.add(words.at, _("There is another original: %s.") % appeal.original.at.file)
    elif ordinal != 1:
        problems.add(words.at, _("An appeal has one original."))
    else:
        appeal.original = words


def read_documents(folder: Path, root: Path, appeal: Appeal, problems: Problems) -> None:
    """Join what appeal.yaml says of documents with the files that lie there."""
    there = {path.name: path for path in entries(folder / "documents", root, problems)}
    for path in there.values():
        if not path.is_file():
            problems.add(Place(name_of(path, root)), _("A document is a file."))
    said: dict[str, Document] = {}
    for document in appeal.documents:
        if document.file in said:
            problems.add(document.at, _("This file is described a second time."))
        elif document.file in there:
            document.path = there[document.file]
        elif document.file:
            reason = _("There is no such file in documents/.") + meant(document.file, there)
            problems.add(document.where("file"), reason)
        said[document.file] = document
    for name, path in there.items():
        if name not in said:
            at = Place(name_of(path, root))
            appeal.documents.append(Document(at=at, file=name, path=path))
