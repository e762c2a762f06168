"""How a new plan file looks: an empty line between milestones, small things on one line."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

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
                    set_apart(document[key], n)
    buffer = io.StringIO()
    laid_out().dump(document, buffer)
    return buffer.getvalue()


def set_apart(items: CommentedSeq, position: int) -> None:
    """Leave a line empty before an item of a list."""
    items.yaml_set_comment_before_after_key(position, before="\n", indent=0)


def node(value: Any, depth: int = 0) -> Any:
    """Plain data as the writer takes it: no needless points, small things on one line."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
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
