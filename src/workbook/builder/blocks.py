"""A block of cells pasted into the table of milestones, with or without a row of headings.

Without one, each cell goes where it was pasted. With one, the columns go by their names, as in a
table that is imported, and an empty cell changes nothing. What finds no column is reported, and so
are cells below the last milestone that have no name beside them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbook.amounts import is_unit
from workbook.builder.edits import Done, RefusedError
from workbook.builder.rows import CellsError, Row, write
from workbook.cases.columns import milestone_headings
from workbook.consistency.shape import shape_on
from workbook.errors import N_, InputError, Message
from workbook.plan import Plan
from workbook.tables import Cell, Column, Headings
from workbook.tables import Row as Line
from workbook.tables.header import LEFT_ASIDE, header_of
from workbook.tables.headings import BRACKETS
from workbook.tables.sheet import Findings, some

BARE = re.compile(r"[\d.,'\s/–-]*\d[\d.,'\s/–-]*")
"""A figure, or several, without a unit."""
BEYOND = N_("Not pasted, for it is beyond the last column: {cells}.")
NO_NAME = N_("Not pasted, for a new row needs a name: {cells}.")


@dataclass(frozen=True)
class Block:
    """Lines of cells, the row and column of the first, and the columns of the table.

    Attributes
    ----------
    keys, titles
        The path of each column of the table, and what it is called there.
    order, key
        What the rows of the table are, as in `rows.write`; the key that those below the last get,
        each with its number.
    """

    lines: tuple[tuple[str, ...], ...]
    top: int = 0
    left: int = 0
    keys: tuple[str, ...] = ("name", "needs")
    titles: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    key: str = ""


def block_of(sent: Mapping[str, Any]) -> Block:
    """The block that a page sent; whatever is no line of texts is left out."""
    lines = tuple(texts_of(line) for line in sent.get("lines") or () if isinstance(line, list))
    top, left = (max(0, n) if isinstance(n := sent.get(key), int) else 0 for key in ("top", "left"))
    keys, titles, order = (texts_of(sent.get(key)) for key in ("keys", "titles", "order"))
    return Block(lines, top, left, keys, titles, order, str(sent.get("key") or ""))


def texts_of(sent: object) -> tuple[str, ...]:
    """The texts of a list that a page sent."""
    return tuple(str(one).strip() for one in sent) if isinstance(sent, list) else ()


def write_block(plan: Plan, block: Block, named: dict[str, str] | None = None) -> Done:
    """The plan with the block in it; RefusedError or InputError with what cannot be read.

    `named` has the ids of rows that were new, by their keys; those of now are added.
    """
    named = {} if named is None else named
    cells, left_aside = _cells(block)
    rows, nameless = _rows(plan, block, cells, named)
    if nameless:
        left_aside.append(Message(NO_NAME, {"cells": some(nameless)}))
    if not rows:
        raise RefusedError("There is nothing in it that the table can hold. {why}", why=left_aside)
    try:
        after, done = write(plan, rows, block.order, named)
    except CellsError as error:  # what was pasted is not in the cells: nothing waits there
        raise RefusedError(error.message.template, **error.message.values) from None
    if not left_aside:
        return after, done
    return after, Message("{done} {left_aside}", {"done": done, "left_aside": left_aside})


def _cells(block: Block) -> tuple[list[dict[str, str]], list[Message]]:
    """The cells of each line by their columns' keys, and what found no column."""
    headings = _headings(block)
    if block.lines and _is_heading(block, headings):
        columns, aside = _columns(block.lines[0], headings)
        cells = [_named(columns, line) for line in block.lines[1:]]
        return cells, [Message(LEFT_ASIDE.template, {"names": some(aside)})] if aside else []
    room = max(0, len(block.keys) - block.left)
    beyond = [text for line in block.lines for text in line[room:] if text]
    cells = [dict(zip(block.keys[block.left :], line, strict=False)) for line in block.lines]
    cells = [found if any(found.values()) else {} for found in cells]
    return cells, [Message(BEYOND, {"cells": some(beyond)})] if beyond else []


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


def _named(columns: Sequence[Column], line: Sequence[str]) -> dict[str, str]:
    """The cells of a line by their columns' keys, each with the unit of its heading."""
    cells = [(column, line[column.place]) for column in columns if column.place < len(line)]
    return {column.key: _with_unit(text, column) for column, text in cells if text}


def _with_unit(text: str, column: Column) -> str:
    inside = BRACKETS.search(column.measured_head)
    unit = inside[0][1:-1].strip() if inside else ""
    return f"{text} {unit}" if is_unit(unit) and BARE.fullmatch(text) else text


def _rows(
    plan: Plan, block: Block, lines: Sequence[Mapping[str, str]], named: Mapping[str, str]
) -> tuple[list[Row], list[str]]:
    """A row for each line that has cells; the cells of new ones that lack a name."""
    below = [f"{block.key}-{n}" if block.key else "" for n in range(len(lines))]
    places = [*(block.order or plan.ids)[block.top :], *below]
    rows = []
    for place, cells in zip(places, lines, strict=False):
        id = named.get(place, place)
        rows.append(Row(id, cells) if id in plan.ids else Row("", cells, place))
    nameless = [row for row in rows if not row.id and not row.cells.get("name")]
    lost = [text for row in nameless for text in row.cells.values() if text]
    return [row for row in rows if row.cells and row not in nameless], lost
