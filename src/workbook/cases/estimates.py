"""Columns that say in more than one cell, or in an unknown unit, how long a milestone takes.

Three-point estimates (optimistic, most likely, pessimistic; min and max) become the range of one
column. What project tools call an estimate may count hours, days or points: without any other
length it is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workbook.amounts.style import NumberStyle, headed
from workbook.cases.columns import POINTS, RANGED, UNKNOWN
from workbook.consistency import shown
from workbook.errors import Fault, Message
from workbook.tables import Cell, Column, Row, Table
from workbook.tables.sheet import letter_of, some

IN_RANGE = Message("Read as low, likely and high: {names}.")
SAID_ELSEWHERE = Message("Left aside, for other columns say it: {names}.")
NO_RANGE = Message("Left aside, for a range takes both a low and a high figure: {names}.")
HALF_A_RANGE = Message(
    "a range takes both a low and a high figure; fill in both, or only the likely"
)
UNITS_DIFFER = Message("the columns of one range count in different units; write one unit in all")
ESTIMATE = Message(
    "an estimate may count hours, days, weeks or points; call the column “hours”, “days” or"
    " “weeks”, or put # before its name to leave it aside"
)


def with_ranges(table: Table) -> Table:
    """Return the table with one column for each range that several columns make."""
    for path in RANGED:
        points = {p: c for p in POINTS if (c := table.column(f"{p}.{path}")) is not None}
        if points:
            table = _with_range(table, path, points)
    return table


def _with_range(table: Table, path: str, points: Mapping[str, Column]) -> Table:
    single = table.column(path)
    used = [points.get("low"), points.get("likely") or single, points.get("high")]
    if single is None and list(points) == ["likely"]:
        used = [None, points["likely"], None]
    elif used[0] is None or used[2] is None:
        return _without(table, list(points.values()), NO_RANGE)
    parts = [column for column in used if column is not None]
    table = _checked(table, parts)
    joined = replace(parts[0], key=path, unit=next((c.unit for c in parts if c.unit), ""))
    if headed(joined.header, NumberStyle()) == NumberStyle():
        joined = replace(joined, header=max((c.header for c in parts), key=_names_unit))
    rows = tuple(_joined(row, joined.place, used) for row in table.rows)
    others = [single] if single is not None and single not in parts else []
    if len(parts) > 1:
        names = some(column.header for column in parts)
        table = table.with_notes(Message(IN_RANGE.template, {"names": names}))
    table = _without(table, others, SAID_ELSEWHERE)
    kept = [joined if c is parts[0] else c for c in table.columns if c not in parts[1:]]
    return replace(table, columns=tuple(kept), rows=rows, _styles={})


def _names_unit(header: str) -> bool:
    return headed(header, NumberStyle()) != NumberStyle()


def _without(table: Table, columns: Sequence[Column], why: Message) -> Table:
    if not columns:
        return table
    kept = tuple(column for column in table.columns if column not in columns)
    note = Message(why.template, {"names": some(column.header for column in columns)})
    return replace(table, columns=kept, _styles={}).with_notes(note)


def _checked(table: Table, parts: Sequence[Column]) -> Table:
    """Return the table, with a fault if these columns name different units."""
    styles = [headed(column.measured_head, NumberStyle()) for column in parts]
    if len({style for style in styles if style != NumberStyle()}) < 2:
        return table
    return _with_fault(table, parts[0], UNITS_DIFFER)


def _with_fault(table: Table, column: Column, message: Message) -> Table:
    where = f"{letter_of(column.place)} ({shown(column.header)})"
    return replace(table, faults=(*table.faults, Fault(where, message, table.header)))


def _joined(row: Row, place: int, points: Sequence[Column | None]) -> Row:
    """Return the row with the figures of a range in one cell: `1 / 2 / 4`."""
    cells = [Cell() if column is None else row[column.place] for column in points]
    low, likely, high = (Cell() if c.text.casefold() in UNKNOWN else c for c in cells)
    said = [cell for cell in (low, likely, high) if not cell.blank]
    if low.blank != high.blank and len(said) > 1:
        return Row(row.number, {**row.cells, place: Cell(problem=HALF_A_RANGE)})
    first = said[0] if said else Cell()
    cell = replace(
        first,
        text=(" / " if len(said) == 3 else " – ").join(cell.text for cell in said),
        value=first.value if len(said) == 1 else None,
        problem=next((cell.problem for cell in said if cell.problem), None),
        exact=bool(said) and all(cell.exact or cell.value is not None for cell in said),
    )
    return Row(row.number, {**row.cells, place: cell})


def with_estimates_asked(table: Table, *, timed: bool) -> Table:
    """Return the table without its estimates: left aside if it is timed otherwise, else asked."""
    found = [column for column in table.columns if column.key == "estimate"]
    if timed:
        return _without(table, found, SAID_ELSEWHERE)
    for column in found:
        if any(not row[column.place].blank for row in table.rows):
            table = _with_fault(table, column, ESTIMATE)
    return replace(table, columns=tuple(c for c in table.columns if c not in found), _styles={})
