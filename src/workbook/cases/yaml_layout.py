"""How a new plan file looks: an empty line between milestones, small things on one line."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

ONE_LINE = 80
WIDTH = 100
APART = ("milestones", "forks", "facts", "happened")


def laid_out(width: int = WIDTH) -> YAML:
    """A YAML writer with the project's indentation."""
    yaml = YAML(typ="rt", pure=True)
    yaml.preserve_quotes = True
    yaml.width = max(width, WIDTH)
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    return yaml


def fresh(data: Mapping[str, Any]) -> str:
    """The text of a file that has not been written before."""
    document = CommentedMap({key: node(value, depth=1) for key, value in data.items()})
    for key in APART:
        if key in document:
            document.yaml_set_comment_before_after_key(key, before="\n")
            if isinstance(document[key], CommentedSeq):
                for n in range(1, len(document[key])):
                    document[key].yaml_set_comment_before_after_key(n, before="\n", indent=0)
    return _dumped(document)


def entry(key: str, value: Any, column: int) -> str:
    """The lines of a key and its value; all but the first begin at a column."""
    return _indented(CommentedMap({key: node(value, depth=1)}), column)


def item(value: Any, column: int) -> str:
    """The lines of a list's item with its dash, beginning at a column."""
    depth = 0 if isinstance(value, Mapping) and "id" in value else 1
    lines = _indented(CommentedMap({"item": CommentedSeq([node(value, depth)])}), column - 2)
    return " " * column + lines.split("\n", 1)[1].lstrip(" ")


def inline(value: Any) -> str:
    """A value on one line, quoted where it must be, even between brackets."""
    return (
        _dumped(CommentedMap({0: _flow(value)}), width=10**6)
        .removeprefix("0:")
        .strip()[1:-1]
        .strip()
    )


def _flow(value: Any) -> Any:
    listing = node([value])
    listing.fa.set_flow_style()
    return listing


def _indented(document: CommentedMap, column: int) -> str:
    first, *rest = _dumped(document, width=10**6).split("\n")
    return "\n".join([first, *(" " * column + line if line else line for line in rest)])


def _dumped(document: CommentedMap, width: int = WIDTH) -> str:
    buffer = io.StringIO()
    laid_out(width).dump(document, buffer)
    return buffer.getvalue()


def node(value: Any, depth: int = 0) -> Any:
    """Plain data as the writer takes it: no needless points, small things on one line."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and (not value[:1].isalnum() or "?" in value):
        return DoubleQuotedScalarString(value)  # some signs it leaves bare and misreads
    if isinstance(value, Mapping):
        table = CommentedMap({key: node(inner, depth + 1) for key, inner in value.items()})
        if depth and _small(value):
            table.fa.set_flow_style()
        return table
    if isinstance(value, (list, tuple)):
        listing = CommentedSeq([node(inner) for inner in value])
        if not any(isinstance(inner, Mapping) for inner in value):
            listing.fa.set_flow_style()
        return listing
    return value


def _small(value: Mapping[str, Any]) -> bool:
    """Whether a mapping holds nothing but single values and fits on a line."""
    single = not any(isinstance(inner, (Mapping, list, tuple)) for inner in value.values())
    return single and len(str(value)) <= ONE_LINE
