"""Write a plan back: what was read keeps its comments, its order and its references to facts.

Only the text that differs is changed. `before` is what the text said, facts put in for their names;
where `after` says the same, the text is kept, so a reference to a fact stays one, and so do
comments, order, quotes and empty lines. A milestone that moves takes the comment above it along.

Before the file is replaced, the new text is read once more: what could not be read back as the same
case is never written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from os import PathLike
from pathlib import Path
from typing import Any

from workbook.cases.case import STORY_KEYS, Case, CaseFile
from workbook.cases.file import put, text_of
from workbook.cases.reading import read_text
from workbook.cases.yaml_data import entry, fresh, inline, item
from workbook.cases.yaml_source import Listing, Node, Table, parse
from workbook.consistency import Shape, shape_of
from workbook.errors import InputError, WorkError
from workbook.plan import Plan

Data = Mapping[str, Any]
Piece = tuple[int, int, str]


def rewritten(text: str, tree: Table, before: Data, after: Data) -> str:
    """The text, saying `after` where it said `before`; `tree` is what was read from it."""
    pieces = _Text(text).table(tree, before, after, shape_of(CaseFile))
    return _patched(text, 0, len(text), pieces)


def _patched(text: str, start: int, end: int, pieces: Sequence[Piece]) -> str:
    """A stretch of text with some of its pieces replaced."""
    out: list[str] = []
    at = start
    for first, last, new in sorted(pieces):
        out += [text[at:first], new]
        at = last
    return "".join([*out, text[at:end]])


@dataclass(frozen=True)
class _Item:
    """An item of a list as it is in the text: the comment above it, and itself."""

    start: int
    dash: int
    end: int


class _Text:
    """The text of a file, and what must be replaced in it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def table(self, node: Table, before: Data, after: Data, shape: Shape) -> list[Piece]:
        """What to replace in a set of keys."""
        added = [key for key in after if key not in node.entries]
        removed = [key for key in before if key not in after and key in node.entries]
        if node.flow and (added or removed):
            return [(node.start, node.end, self._flow(node, before, after))]
        if next(iter(node.keys)) in removed:
            return [self._block(node, before, after, shape)]
        pieces: list[Piece] = []
        for key in after:
            pieces += self._changed(node, key, before, after, shape)
        pieces += [self._without(node, key) for key in removed]
        return pieces + self._more(node, {key: after[key] for key in added}, shape)

    def _changed(
        self, node: Table, key: str, before: Data, after: Data, shape: Shape
    ) -> list[Piece]:
        """What to replace in the entry of one key that is there already."""
        if key not in node.entries or (key in before and before[key] == after[key]):
            return []
        return self._entry(node, key, before.get(key), after[key], shape.child(key))

    def _block(self, node: Table, before: Data, after: Data, shape: Shape) -> Piece:
        """All lines of a set of keys whose first one goes, the others as they were typed."""
        starts = {key: found.start for key, found in node.keys.items()}
        column = self._column(min(starts.values()))
        ends = {key: self._line_end(child.end) for key, child in node.entries.items()}
        parts = []
        for key in sorted(after, key=lambda key: _rank(key, shape.keys)):
            if key in starts:
                pieces = self._changed(node, key, before, after, shape)
                parts.append(_patched(self.text, starts[key], ends[key], pieces))
            else:
                parts.append(entry(key, after[key], column).rstrip())
        lines = ("\n" + " " * column).join(parts) or "{}"
        return min(starts.values()), max(ends.values()), lines

    def _flow(self, node: Table, before: Data, after: Data) -> str:
        """A set of keys in braces, unchanged values as they were typed."""
        kept = [key for key in node.entries if key in after or key not in before]
        inside = []
        for key in [*kept, *(key for key in after if key not in node.entries)]:
            child = node.entries.get(key)
            same = child is not None and before.get(key) == after.get(key)
            value = self.text[child.start : child.end] if same and child else inline(after[key])
            inside.append(f"{inline(key)}: {value}")
        return "{" + ", ".join(inside) + "}"

    def _entry(self, node: Table, key: str, before: Any, value: Any, shape: Shape) -> list[Piece]:
        child = node.entries[key]
        if child.alias:  # what it repeats stays; here the value is written out
            return [(child.start, child.end, inline(value))]
        if isinstance(child, Table) and isinstance(value, Mapping) and isinstance(before, Mapping):
            return self.table(child, before, value, shape)
        if isinstance(child, Listing) and _parts(before) and _parts(value):
            found = self._list(child, before, value, shape)
            if found is not None:
                return found
        start = node.keys[key].start
        block = isinstance(child, (Table, Listing)) and not child.flow
        if node.flow or not (block or isinstance(value, Mapping) or _parts(value)):
            return [(child.start, child.end, self._spaced(child, inline(value)))]
        return [(start, child.end, entry(key, value, self._column(start)).rstrip())]

    def _spaced(self, child: Node, new: str) -> str:
        """A new value; if nothing was behind the colon, with a space before it."""
        return f" {new}" if self.text[child.start - 1 : child.start] == ":" else new

    def _without(self, node: Table, key: str) -> Piece:
        """The lines of a key and its value, to be taken out."""
        start, end = node.keys[key].start, self._line_end(node.entries[key].end)
        return self._line_start(start) - 1, end, ""

    def _more(self, node: Table, new: Data, shape: Shape) -> list[Piece]:
        """New keys, each behind the last of those that the format lists before it."""
        pieces: dict[int, str] = {}
        column = self._column(min(key.start for key in node.keys.values())) if new else 0
        for key in sorted(new, key=lambda key: _rank(key, shape.keys)):
            earlier = [k for k in node.entries if _rank(k, shape.keys) < _rank(key, shape.keys)]
            behind = node.entries[earlier[-1] if earlier else list(node.entries)[-1]]
            at = self._line_end(behind.end)
            text = "\n" + " " * column + entry(key, new[key], column).rstrip()
            pieces[at] = pieces.get(at, "") + text
        return [(at, at, text) for at, text in pieces.items()]

    def _list(
        self, node: Listing, before: Sequence[Data], after: Sequence[Data], shape: Shape
    ) -> list[Piece] | None:
        """What to replace in a list of parts; None if several share a line."""
        items = self._items(node)
        if items is None or not after or len(before) != len(items):
            return None
        old, new = _names(before), _names(after)
        inner = shape.child(0)
        changes = {
            name: self._part(part, before[n], after[new.index(name)], inner)
            for n, (name, part) in enumerate(zip(old, node.items, strict=True))
            if name in new
        }
        if old == new:
            return [piece for found in changes.values() for piece in found]
        return [self._rearranged(items, dict(zip(old, items, strict=True)), changes, after)]

    def _part(self, node: Node, before: Data, after: Data, shape: Shape) -> list[Piece]:
        return self.table(node, before, after, shape) if isinstance(node, Table) else []

    def _rearranged(
        self,
        items: Sequence[_Item],
        known: Mapping[Any, _Item],
        changes: Mapping[Any, list[Piece]],
        after: Sequence[Data],
    ) -> Piece:
        """The whole list in its new order, parts that stay with their own text and comment."""
        column = self._column(items[0].dash)
        texts = []
        for name, value in zip(_names(after), after, strict=True):
            if name in known:
                place = known[name]
                texts.append(_patched(self.text, place.start, place.end, changes[name]))
            else:
                texts.append(item(value, column).rstrip())
        gaps = [self.text[one.end : other.start] for one, other in pairwise(items)]
        apart = not gaps or any(gap.count("\n") > 1 for gap in gaps)
        return items[0].start, items[-1].end, ("\n\n" if apart else "\n").join(texts)

    def _items(self, node: Listing) -> list[_Item] | None:
        """The place of each item with the comment above it; None if dashes share lines."""
        found: list[_Item] = []
        after = self._line_start(node.start)
        for child in node.items:
            dash = self._line_start(child.start)
            if (
                child.alias
                or not isinstance(child, Table)
                or self.text[dash : child.start].strip() != "-"
            ):
                return None
            dash += len(self.text[dash : child.start]) - len(self.text[dash : child.start].lstrip())
            start = self._comment_start(dash, after if found else 0, whole=bool(found))
            after = self._line_end(child.end)
            found.append(_Item(start, dash, after))
        return found

    def _comment_start(self, dash: int, after: int, *, whole: bool) -> int:
        """Where the comment above a dash begins; `whole`: all there is since the item before."""
        start = self._line_start(dash)
        while start > after:
            above = self._line_start(start - 1)
            line = self.text[above : start - 1].strip()
            if above < after or not (line.startswith("#") or (whole and not line)):
                break
            start = above
        while self.text[start] == "\n":
            start += 1
        return start

    def _line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _line_end(self, index: int) -> int:
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end

    def _column(self, index: int) -> int:
        return index - self._line_start(index)


def _parts(value: Any) -> bool:
    """Whether this is a list of sets of keys, at least one."""
    return isinstance(value, list) and bool(value) and all(isinstance(v, Mapping) for v in value)


def _names(items: Sequence[Data]) -> list[Any]:
    """What distinguishes the parts of a list: their ids; without one, their position."""
    return [part.get("id", n) for n, part in enumerate(items)]


def _rank(key: str, order: Sequence[str]) -> int:
    return order.index(key) if key in order else len(order)


def write(case: Case | Plan, path: str | PathLike[str]) -> None:
    """Write a case, or a plan alone, to a file.

    A case that was read keeps the text it came from where nothing has changed. A plan alone keeps
    that of the file it replaces, story and facts included, if that is a file of the same plan.

    Raises
    ------
    InputError
        Where the plan holds what no plan file may hold (a control character, say).
    WorkError
        Where the file cannot be written; the file that was there before stays.
    """
    target = Path(path)
    if isinstance(case, Plan):
        case = _around(case, target)
    put(target, text_for(case))


def text_for(case: Case) -> str:
    """The text of a case's file."""
    if case.text is not None:
        kept = written_into(case, case.text)
        if kept is not None:
            return kept
    text = fresh(data_of(case))
    if read_text(text, case.id) != case:
        raise WorkError("the plan '{id}' cannot be written so that it reads the same", id=case.id)
    return text


WORTH_SAYING = {"weeks", "cost"}
"""Estimates that are written even where they say what would hold anyway: they were considered.
"""


def data_of(case: Case) -> dict[str, Any]:
    """The keys of a case's file as plain data; those that say nothing new are left out."""
    plan = case.plan.model_dump(mode="json", exclude_defaults=True)
    for keys, milestone in zip(plan.get("milestones", ()), case.plan.milestones, strict=True):
        for name in WORTH_SAYING & milestone.model_fields_set:
            keys[name] = milestone.model_dump(mode="json", include={name})[name]
    story: dict[str, Any] = {
        "situation": _plain(case.situation),
        "question": _plain(case.question),
        "facts": {name: _plain(fact) for name, fact in case.facts.items()},
        "happened": [_plain(event) for event in case.happened],
    }
    return {"plan": 1, **plan, **{key: story[key] for key in STORY_KEYS if story[key]}}


def _plain(part: Any) -> Any:
    if isinstance(part, str):
        return part
    return part.model_dump(mode="json", exclude_defaults=True, by_alias=True)


def _around(plan: Plan, path: Path) -> Case:
    """The plan in the case that its file holds already, if it does."""
    try:
        before = read_text(text_of(path), str(path))
    except InputError:
        return Case(plan)
    return before.using(plan) if before.id == plan.id else Case(plan)


@lru_cache(maxsize=4)
def _begun(text: str, id: str) -> tuple[Case, Table]:
    """The case that a text holds, and its tree: a builder writes into the same one many times."""
    tree, _ = parse(text)
    assert tree is not None
    return read_text(text, id), tree


def written_into(case: Case, text: str) -> str | None:
    """The case written into the text it came from; None where that does not work out."""
    before, tree = _begun(text, case.id)
    if before == case:
        return text
    written = rewritten(text, tree, data_of(before), data_of(case))
    try:
        return written if read_text(written, case.id) == case else None
    except InputError:
        return None
