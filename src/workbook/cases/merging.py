"""Lay new data over a document that remembers its comments, touching only what differs.

`before` is what the document said, facts put in for their names; where `after` says the same, the
document keeps what is written there, so a reference to a fact stays one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from workbook.cases.case import CaseFile
from workbook.cases.layout import node, set_apart
from workbook.consistency import Shape, shape_of


def merge(
    document: CommentedMap,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    shape: Shape | None = None,
) -> None:
    """Change the document from saying `before` to saying `after`."""
    shape = shape_of(CaseFile) if shape is None else shape
    for key in before:
        if key not in after:
            document.pop(key, None)
    for key, value in after.items():
        if key in before and before[key] == value:
            continue
        inner = shape.child(key)
        if key not in document:
            document.insert(_position(document, key, shape.keys), key, node(value, depth=1))
        elif not _merged(document[key], before.get(key), value, inner):
            document[key] = node(value, depth=1)


def _merged(written: Any, before: Any, after: Any, shape: Shape) -> bool:
    """Change a part of the document in place; False where it must be replaced as a whole."""
    if isinstance(written, CommentedMap) and isinstance(before, Mapping):
        if isinstance(after, Mapping):
            merge(written, before, after, shape)
            return True
    elif isinstance(written, CommentedSeq) and _mappings(before) and _mappings(after):
        _merge_list(written, before, after, shape)
        return True
    return False


def _mappings(items: Any) -> bool:
    return isinstance(items, list) and all(isinstance(item, Mapping) for item in items)


def _position(document: CommentedMap, key: str, order: Sequence[str]) -> int:
    """Where a new key belongs: behind the last of those that the format lists before it."""
    if key not in order:
        return len(document)
    earlier = set(order[: order.index(key)])
    places = [n for n, present in enumerate(document) if present in earlier]
    return places[-1] + 1 if places else len(document)


def _merge_list(
    written: CommentedSeq,
    before: Sequence[Mapping[str, Any]],
    after: Sequence[Mapping[str, Any]],
    shape: Shape,
) -> None:
    """Change a list of parts; those with an id keep their text and comments wherever they go."""
    names = _names(before)
    items: list[Any] = []
    comments: list[Any] = []
    for name, value in zip(_names(after), after, strict=True):
        if name in names:
            position = names.index(name)
            item = written[position]
            merge(item, before[position], value, shape.child(0))
            comments.append(_comment(written, position))
        else:
            item = node(value, depth=0 if "id" in value else 1)
            comments.append(None)
        items.append(item)
    _refill(written, items, comments)


def _names(items: Sequence[Mapping[str, Any]]) -> list[Any]:
    """What tells parts apart: their ids; without one, their position."""
    return [item.get("id", n) for n, item in enumerate(items)]


def _comment(written: CommentedSeq, position: int) -> Any:
    """The lines of comment above an item."""
    if position == 0 and written.ca.comment:
        return written.ca.comment[1]
    found = written.ca.items.get(position)
    return found[1] if found else None


def _refill(written: CommentedSeq, items: list[Any], comments: list[Any]) -> None:
    apart = any(_comment(written, n) for n in range(1, len(written))) or len(written) < 2
    end = written.ca.end
    written.clear()
    written.ca.items.clear()
    written.ca.comment = None
    written.extend(items)
    written.ca.end = end
    for n, comment in enumerate(comments):
        if n == 0 and comment:
            written.ca.comment = [None, comment]
        elif comment:
            written.ca.items[n] = [None, comment, None, None]
        elif n and apart and isinstance(items[n], CommentedMap) and "id" in items[n]:
            set_apart(written, n)
