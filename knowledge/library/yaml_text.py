"""Reads one YAML document into nodes that know their file and line.

Text stays as it was typed: `08:00`, `no` and `007` are text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from knowledge.library.problems import Place, Problems

MAX_BYTES: Final = 1_000_000  # a practice of fifty clinicians is under 200 kB; more than this is the wrong file

_REMEDIES: Final = (
    ("\\t", "Indent with spaces, never with tabs."),
    ("mapping values are not allowed", 'Put the text in quotes when it contains a colon: name: "Note: call first".'),
    ("expected ',' or", "Close the bracket or brace that was opened here, and put a comma between items."),
    ("quoted scalar", "Close the quotation mark that was opened here."),
    ("unexpected end of stream", "Close the quotation mark or bracket that was opened here."),
    ("another document", "Keep one document per section: remove the line `---`."),
    ("block end", "Indent this line like the lines above it."),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A piece of a file: its text, and how many lines of the file come before it."""

    file: str
    text: str
    lines_before: int = 0

    def at(self, line: int) -> Place:
        return Place(self.file, self.lines_before + line + 1)


def compose(source: Source, *, problems: Problems) -> Node | None:
    """The root node, or None after a problem was noted (or when there is nothing in the text)."""
    try:
        root: Node | None = YAML(typ="safe", pure=True).compose(source.text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = " ".join(part for part in (error.problem, error.context) if part)
        problems.error(
            source.at(mark.line if mark is not None else 0),
            what=f"This is not valid YAML ({_plain(said)}).",
            remedy=next((remedy for sign, remedy in _REMEDIES if sign in said), "Compare with the lines above it."),
        )
        return None
    except (YAMLError, RecursionError, ValueError) as error:
        where = source.text.count("\n", 0, getattr(error, "position", 0) or 0)
        problems.error(
            source.at(where),
            what="This holds a character or nesting that YAML does not allow.",
            remedy="Remove invisible control characters; retype the line.",
        )
        return None
    return root


def is_text(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not str(node.tag).endswith(":null")


def is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and str(node.tag).endswith(":null")


def kind_of(node: Node) -> str:
    """What a node is, in words for a message."""
    if isinstance(node, MappingNode):
        return "a group of keys"
    if isinstance(node, SequenceNode):
        return "a list"
    return "empty" if is_empty(node) else "a text"


def _plain(said: str) -> str:
    return " ".join(said.replace("'", '"').split())
