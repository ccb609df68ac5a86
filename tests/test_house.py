"""The rules of the house, and for each an offence planted to show that it is caught."""

import ast
import re
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
ROOMS = ["editorial", "appeals", "blog", "config"]
"""Each may know the ones before it."""

WRITTEN = {".py", ".html", ".css", ".js", ".md", ".txt", ".xml", ".toml", ".yaml", ".sh", ""}
REGISTRIES = [
    ".".join(parts)
    for parts in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("deb", "debian", "org"),
    ]
]

HIDDEN = re.compile(r"(^|/)\.|^var/|__pycache__")

# --- what the rules read ---------------------------------------------------------------------


def files(root: Path) -> Iterator[Path]:
    """Yield what belongs to the project: what git tracks or would, or all that is not hidden."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if (root / ".git").exists():
        names = subprocess.run(listing, cwd=root, check=True, capture_output=True, text=True)
        found = {root / name for name in names.stdout.split("\0") if name}
    else:
        found = {p for p in root.rglob("[!.]*") if not HIDDEN.search(f"{p.relative_to(root)}")}
    yield from sorted(path for path in found if path.is_file())


def place(root: Path, path: Path, text: str, at: int) -> str:
    return f"{path.relative_to(root)}:{text.count(chr(10), 0, at) + 1}"


def read(path: Path) -> str:
    return path.read_text("utf-8", errors="replace")


TAGS = re.compile(r"\{#.*?#\}|\{% *comment.*?endcomment *%\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
TRANSLATED = re.compile(r"\{% *blocktrans\w*.*?endblocktrans\w* *%\}", re.S)


def blank(found: re.Match[str]) -> str:
    """Replace a template's tag by as many lines, so that what is left keeps its place."""
    return "\n" * found[0].count("\n")


def markup(template: str) -> str:
    """Return a template's own HTML, without what Django puts in."""
    return TAGS.sub(blank, TRANSLATED.sub(blank, template))


def templates(root: Path) -> Iterator[tuple[Path, str]]:
    for path in files(root):
        if path.suffix == ".html" and "templates" in path.relative_to(root).parts:
            yield path, read(path)


# --- the rules: each returns the offences it found -------------------------------------------


def arrows_backwards(root: Path) -> list[str]:
    """Imports, migrations' dependencies and names in strings go config → … → editorial."""
    found = []
    for path in files(root):
        room = path.relative_to(root).parts[0]
        if path.suffix != ".py" or room not in ROOMS:
            continue
        above = ROOMS[ROOMS.index(room) + 1 :]
        for line, name in sorted(names_in(ast.parse(read(path)))):
            if re.split(r"[.:]", name)[0] in above:
                found.append(f"{path.relative_to(root)}:{line} {name}")
    return found


def names_in(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the modules imported and the strings that name a thing in a room (`blog.Post`)."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield node.lineno, module
            case ast.ImportFrom(level=level) if level > 1:
                yield node.lineno, f"config.{'.' * level} (a relative import may leave its room)"
            case ast.Constant(value=str(text)) if re.fullmatch(r"\w+([.:]\w+)+", text):
                yield node.lineno, text
            case ast.Tuple(elts=[ast.Constant(value=str(app)), ast.Constant(value=str(name))]):
                if re.fullmatch(r"\d{4}_\w+|__first__|__latest__", name):
                    yield node.lineno, f"{app}.{name}"


def too_long(root: Path) -> list[str]:
    """No file that a person wrote has more than 400 lines."""
    written = {".py", ".html", ".css", ".js", ".md", ".sh"}
    by_hand = [p for p in files(root) if p.suffix in written and p.parent.name != "migrations"]
    counted = {path: read(path).count("\n") for path in by_hand}
    return [f"{path.relative_to(root)} {lines}" for path, lines in counted.items() if lines > 400]


def says_nothing(root: Path) -> list[str]:
    """A file is named for what it knows."""
    empty = {"util", "utils", "common", "helper", "helpers", "misc", "tools"}
    paths = [path.relative_to(root) for path in files(root) if path.suffix == ".py"]
    return [str(path) for path in paths if empty & {*path.parts, path.stem}]


INLINE = re.compile(
    r"<script\b(?![^>]*\bsrc\s*=)(?! type=.application/ld\+json.>)|<style\b"
    r"|<[a-z][^>]*\s(style|on[a-z]+)\s*=|\bjavascript:",
    re.I,
)


def inline_code(root: Path) -> list[str]:
    """Scripts and styles are files: the content security policy blocks everything else.

    A data block of JSON-LD is neither: no browser runs it, and the policy does not ask about it.
    """
    return [
        f"{place(root, path, html, hit.start())} {' '.join(hit[0].split())}"
        for path, text in templates(root)
        for html in [markup(text)]
        for hit in INLINE.finditer(html)
    ]


THIRD_PARTY = re.compile(
    r"<(?:script|img|iframe|source|link|audio|video|embed|form)\b[^>]*?"
    r"\b(?:src|srcset|href|action)\s*=\s*[\"']?((?:https?:)?//[^\"'\s>]+)"
    r"|(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\"')\s]+)",
    re.I,
)


def third_parties(root: Path) -> list[str]:
    """No page calls another host."""
    css = [(p, read(p)) for p in files(root) if p.suffix == ".css"]
    return [
        f"{place(root, path, text, hit.start())} {hit[1] or hit[2]}"
        for path, text in [*templates(root), *css]
        for hit in THIRD_PARTY.finditer(text)
    ]


def unescaped(root: Path) -> list[str]:
    """Only a body that was sanitised is marked safe; a title never is."""
    return [
        f"{place(root, path, text, hit.start())} {hit[0]}"
        for path, text in templates(root)
        for hit in re.finditer(r"[\w.]+(?:\|\w+(?::[^|\s}]+)?)*\|\s*safe(?:seq)?\b", text)
        if not re.search(r"(?:^|[._])(?:body|html)$", hit[0].split("|")[0])
    ]


class Words(HTMLParser):
    """Collects the words a template shows without asking gettext."""

    SHOWN = frozenset({"alt", "title", "placeholder", "aria-label", "aria-description"})
    AS_IS = frozenset({"code", "kbd", "samp", "pre", "script", "style", "text"})
    ATTRIBUTE = re.compile(r"[\w-]+=\"[^\"]*\"")  # a block may hold one for a parent's tag

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.AS_IS:
            self.inside.append(tag)
        for name, value in attrs:
            if name in self.SHOWN and value:
                self.note(value)

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.note(self.ATTRIBUTE.sub(blank, data))

    def note(self, text: str) -> None:
        if word := re.search(r"[^\W\d_]{2,}", text):
            self.found.append((self.getpos()[0] + text[: word.start()].count("\n"), word[0]))


def untranslated(root: Path) -> list[str]:
    """Every word that a template shows passes through gettext."""
    found = []
    for path, text in templates(root):
        words = Words()
        words.feed(markup(text))
        found += [f"{path.relative_to(root)}:{line} {word}" for line, word in words.found]
    return found


def registries_named(root: Path) -> list[str]:
    """No file names a package registry's host: each machine has its own."""
    return [
        f"{place(root, path, text, text.index(host))} {host}"
        for path in files(root)
        if path.suffix in WRITTEN or path.suffix in (".in", ".lock", ".json", ".cfg", ".yml")
        for text in [read(path)]
        for host in REGISTRIES
        if host in text
    ]


PIN = re.compile(r"^([\w.-]+)==(\S+) \\\n +--hash=sha256:", re.M)
ASKED = re.compile(r"^(\w[\w.-]*)", re.M)


def canonical_name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def unpinned(root: Path) -> list[str]:
    """What is asked for is pinned with a hash, and to one version for running and for testing."""
    found = []
    pinned: dict[str, dict[str, str]] = {}
    for file in sorted((root / "requirements").glob("*.in")):
        pinned[file.stem] = pins = dict(PIN.findall(read(file.with_suffix(".txt"))))
        names = [canonical_name(name) for name in ASKED.findall(read(file))]
        found += [f"{file.stem}.txt lacks {name}" for name in names if name not in pins]
    for pins in pinned.values():
        found += [f"dev.txt differs on {n}" for n in pins if pinned["dev"].get(n) != pins[n]]
    return found


# --- the house keeps them, and each catches an offence ---------------------------------------

PLANTED = [
    (arrows_backwards, "editorial/a.py", "\nfrom blog.models import Post", "editorial/a.py:2"),
    (arrows_backwards, "appeals/a.py", "import blog", "appeals/a.py:1 blog"),
    (arrows_backwards, "blog/a.py", "def f():\n    import config.urls", "blog/a.py:2"),
    (arrows_backwards, "appeals/a.py", "reverse('blog:post')", "appeals/a.py:1 blog:post"),
    (arrows_backwards, "appeals/a.py", "f = Key('blog.Post')", "appeals/a.py:1 blog.Post"),
    (arrows_backwards, "appeals/a.py", "from ..blog import b", "appeals/a.py:1"),
    (
        *(arrows_backwards, "editorial/migrations/0002_a.py"),
        *("dependencies = [('appeals', '0001_initial')]", "editorial/migrations/0002_a.py:1"),
    ),
    (too_long, "blog/a.py", "a = 1\n" * 401, "blog/a.py 401"),
    (too_long, "static/a.css", "\n" * 500, "static/a.css 500"),
    (says_nothing, "blog/utils.py", "", "blog/utils.py"),
    (says_nothing, "appeals/common/names.py", "", "appeals/common/names.py"),
    (inline_code, "templates/a.html", "<p>\n<script>1</script>", "templates/a.html:2 <script"),
    (inline_code, "templates/a.html", "<style>", "templates/a.html:1 <style"),
    (inline_code, "blog/templates/a.html", "<p\n style='a'>", "blog/templates/a.html:1 <p style="),
    (
        *(inline_code, "templates/a.html"),
        *("<a {% if a > 1 %}b{% endif %} onclick=b()>", "templates/a.html:1 <a b onclick="),
    ),
    (inline_code, "templates/a.html", "<a href='javascript:a'>", "templates/a.html:1 javascript:"),
    (third_parties, "templates/a.html", "<img src='//a.example'>", "templates/a.html:1 //a.exampl"),
    (third_parties, "static/a.css", "\n@import 'https://a.example'", "static/a.css:2 https://a"),
    (unescaped, "templates/a.html", "{{ post.title|safe }}", "templates/a.html:1 post.title|safe"),
    (unescaped, "templates/a.html", "{{ name|upper|safe }}", "templates/a.html:1 name|upper|safe"),
    (untranslated, "templates/a.html", "<p>\nRead {{ a }}", "templates/a.html:2 Read"),
    (untranslated, "templates/a.html", "<img alt='Портрет'>", "templates/a.html:1 Портрет"),
    (registries_named, "requirements.in", f"# {REGISTRIES[0]}", "requirements.in:1"),
]
ALLOWED = [
    (arrows_backwards, "config/a.py", "import blog.models, appeals, editorial"),
    (arrows_backwards, "blog/a.py", "from . import models\nfrom appeals import models"),
    (arrows_backwards, "editorial/a.py", '"""Knows neither blog nor appeals."""'),
    (too_long, "blog/a.py", "a = 1\n" * 400),
    (inline_code, "templates/a.html", "<script src='a.js' type=module></script><p data-style=a>"),
    (inline_code, "templates/a.html", '<script type="application/ld+json">{}</script>'),
    (inline_code, "templates/a.html", "{# <style> #}{% comment %}<script>{% endcomment %}"),
    (third_parties, "templates/a.html", "<a href='https://a.example'></a><img src='/a.png'>"),
    (unescaped, "templates/a.html", "{{ edition.body|safe }}"),
    (untranslated, "templates/a.html", "{% translate 'Read' %} {{ a }} · 2 <code>make</code>"),
    (untranslated, "templates/a.html", '{% block a %} class="front"{% endblock %}'),
    (untranslated, "templates/a.html", "<svg><text>BROADSIDE</text></svg>"),
    (untranslated, "templates/a.html", "{% blocktranslate %}Read {{ a }}{% endblocktranslate %}"),
]
RULES = sorted({unpinned, *(rule for rule, *_ in PLANTED)}, key=lambda rule: rule.__name__)


def named(value: object) -> str | None:
    return getattr(value, "__name__", None)


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_the_house_keeps(rule):
    assert rule(PROJECT) == []


@pytest.mark.parametrize(("rule", "name", "text", "offence"), PLANTED, ids=named)
def test_caught(rule, name, text, offence, tmp_path):
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text)

    [caught] = rule(tmp_path)

    assert caught.startswith(offence)


@pytest.mark.parametrize(("rule", "name", "text"), ALLOWED, ids=named)
def test_allowed(rule, name, text, tmp_path):
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text)

    assert rule(tmp_path) == []


@pytest.mark.parametrize(
    ("asked", "pinned", "offences"),
    [
        ("Django>=5", "django==5.2 \\\n    --hash=sha256:1", []),
        ("Django>=5", "django==5.2", ["dev.txt lacks django"]),
        ("", "nh3==0.4 \\\n    --hash=sha256:1", ["dev.txt differs on nh3"]),
    ],
)
def test_pins(asked, pinned, offences, tmp_path):
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements/base.in").write_text("nh3")
    (tmp_path / "requirements/base.txt").write_text("nh3==0.3 \\\n    --hash=sha256:1\n")
    (tmp_path / "requirements/dev.in").write_text(asked)
    nh3 = "" if "nh3" in pinned else "nh3==0.3 \\\n    --hash=sha256:1\n"
    (tmp_path / "requirements/dev.txt").write_text(nh3 + pinned)

    assert unpinned(tmp_path) == offences
