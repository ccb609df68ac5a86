"""YAML as nodes that know their line. Nothing is constructed from it but texts."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _

from config.content.places import Place, Problems

TAGS = {
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map", "merge", "value")
}
NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True)
class Node:
    """A text, nothing (None), a list of nodes, or nodes by key. The line is that of its key."""

    value: Any
    line: int


class Loader(yaml.SafeLoader):
    """Composes nodes, and follows no alias: a few lines of them could fill any memory."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.MarkedYAMLError(problem=_("aliases (*name) are not read"), problem_mark=mark)
        return super().compose_node(parent, index)


def load(text: str, file: str, problems: Problems, offset: int = 0) -> Node | None:
    """Return the node of a YAML text that begins ``offset`` lines into its file."""
    try:
        root = Loader(text).get_single_node()
        return convert(root, file, problems, offset) if root else None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1 + offset
        problems.add(Place(file, line), _("This is not valid YAML: a control character."))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + 1 + offset
        reason = _("This is not valid YAML: %(problem)s.") % {"problem": error.problem}
        problems.add(Place(file, line), reason)
    except RecursionError:
        problems.add(Place(file, 1 + offset), _("This is nested too deep."))
    return None


def convert(node: Any, file: str, problems: Problems, offset: int, line: int | None = None) -> Node:
    """Return our node for one of YAML's."""
    line = node.start_mark.line + 1 + offset if line is None else line
    at = Place(file, line)
    if node.tag not in TAGS:
        problems.add(at, _("Tags (!name) are not read."))
        return Node(None, line)
    if isinstance(node, yaml.ScalarNode):
        return Node(None if node.tag == NULL else clean(node.value, at, problems), line)
    if isinstance(node, yaml.SequenceNode):
        return Node([convert(item, file, problems, offset) for item in node.value], line)
    found: dict[str, Node] = {}
    for key, value in node.value:
        key_line = key.start_mark.line + 1 + offset
        if not isinstance(key, yaml.ScalarNode):
            problems.add(Place(file, key_line), _("A key has to be a word."))
            continue
        name = unicodedata.normalize("NFC", key.value)
        if name in found:
            reason = _("This key stands here a second time; the first is in line %(line)d.")
            problems.add(Place(file, key_line), reason % {"line": found[name].line})
            continue
        found[name] = convert(value, file, problems, offset, key_line)
    return Node(found, line)


def clean(text: str, at: Place, problems: Problems) -> str:
    """Return a text without white space around it; report what no database would take."""
    if stray := re.search("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", text):
        line = at.line + text.count("\n", 0, stray.start())
        reason = _("A control character (U+%(code)04X) stands here.") % {"code": ord(stray[0])}
        problems.add(Place(at.file, line), reason)
        return ""
    return text.strip()
