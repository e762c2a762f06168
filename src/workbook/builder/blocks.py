"""A block of cells pasted into the table of milestones, with or without a row of headings.

Without one, each cell goes where it was pasted. With one, the columns go by their names, as in a
table that is imported; an empty cell changes nothing, and what no column is called is reported.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbook.amounts import is_unit
from workbook.builder.edits import Done, RefusedError
from workbook.builder.rows import Row, write
from workbook.cases.columns import milestone_headings
from workbook.consistency.shape import shape_on
from workbook.errors import InputError, Message
from workbook.plan import Plan
from workbook.tables import Cell, Column, Headings
from workbook.tables import Row as Line
from workbook.tables.header import LEFT_ASIDE, header_of
from workbook.tables.headings import BRACKETS
from workbook.tables.sheet import Findings, some

BARE = re.compile(r"[\d.,'\s/–-]*\d[\d.,'\s/–-]*")
"""A figure, or several, without a unit."""


@dataclass(frozen=True)
class Block:
    """Lines of cells, the row and column of the first, and the columns of the table.

    Attributes
    ----------
    keys, titles
        The path of each column of the table, and what it is called there.
    """

    lines: tuple[tuple[str, ...], ...]
    top: int = 0
    left: int = 0
    keys: tuple[str, ...] = ("name", "needs")
    titles: tuple[str, ...] = ()


def block_of(sent: Mapping[str, Any]) -> Block:
    """The block that a page sent; whatever is no line of texts is left out."""
    lines = tuple(_texts(line) for line in sent.get("lines") or () if isinstance(line, list))
    top, left = (max(0, n) if isinstance(n := sent.get(key), int) else 0 for key in ("top", "left"))
    return Block(lines, top, left, _texts(sent.get("keys")), _texts(sent.get("titles")))


def _texts(sent: object) -> tuple[str, ...]:
    return tuple(str(one).strip() for one in sent) if isinstance(sent, list) else ()


def write_block(plan: Plan, block: Block) -> Done:
    """The plan with the block in it; RefusedError or InputError with what cannot be read."""
    headings = _headings(block)
    if not block.lines or not _is_heading(block, headings):
        return write(plan, _rows(plan, block, [_placed(block, line) for line in block.lines]))
    columns, aside = _columns(block.lines[0], headings)
    cells = [_named(columns, line) for line in block.lines[1:]]
    rows = _rows(plan, block, cells)
    if not rows:
        raise RefusedError("Below the row of headings is nothing that the table can hold.")
    after, done = write(plan, rows)
    if not aside:
        return after, done
    left = Message(LEFT_ASIDE.template, {"names": some(aside)})
    return after, Message("{done} {left_aside}", {"done": done, "left_aside": left})


def _headings(block: Block) -> Headings:
    """The headings of an imported table, and what the table on the screen calls its columns."""
    known = milestone_headings()
    titles = dict(zip(block.titles, block.keys, strict=False))
    return replace(known, names={**known.names, **titles})


def _is_heading(block: Block, headings: Headings) -> bool:
    """Whether the first line names columns: several, or the one that it is pasted into."""
    texts = {n: text for n, text in enumerate(block.lines[0], block.left) if text}
    known = {n: found.key for n in texts if (found := headings.match(texts[n])).kind == "known"}
    at_home = any(block.keys[n : n + 1] == (key,) for n, key in known.items())
    return 2 * len(known) >= max(1, len(texts)) and (len(known) > 1 or at_home)


def _columns(line: Sequence[str], headings: Headings) -> tuple[tuple[Column, ...], list[str]]:
    """The columns that the table can hold, and the headings of the others."""
    row = Line(1, {n: Cell(text) for n, text in enumerate(line) if text})
    findings = Findings()
    found = header_of([row], headings, "table", False, findings).columns
    if findings.faults:
        raise InputError("table", findings.faults)
    columns = tuple(column for column in found if _held(column.key))
    taken = {column.place for column in columns}
    return columns, [text for n, text in enumerate(line) if text and n not in taken]


def _held(key: str) -> bool:
    return key in ("name", "needs") or bool(shape_on(f"milestones.any.{key}")[-1].number)


def _placed(block: Block, line: Sequence[str]) -> dict[str, str]:
    return dict(zip(block.keys[block.left :], line, strict=False))


def _named(columns: Sequence[Column], line: Sequence[str]) -> dict[str, str]:
    """The cells of a line by their columns' keys, each with the unit of its heading."""
    cells = [(column, line[column.place]) for column in columns if column.place < len(line)]
    return {column.key: _with_unit(text, column) for column, text in cells if text}


def _with_unit(text: str, column: Column) -> str:
    inside = BRACKETS.search(column.measured_head)
    unit = inside[0][1:-1].strip() if inside else ""
    return f"{text} {unit}" if is_unit(unit) and BARE.fullmatch(text) else text


def _rows(plan: Plan, block: Block, lines: Sequence[dict[str, str]]) -> list[Row]:
    """A row for each line that has cells; one below the last milestone needs a name."""
    ids = [*plan.ids[block.top :], *[""] * len(lines)]
    rows = [Row(id, cells) for id, cells in zip(ids, lines, strict=False) if cells]
    return [row for row in rows if row.id or row.cells.get("name")]
