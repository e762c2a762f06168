"""The weeks of a milestone, counted from the columns of its first and its last day.

Project tools export a start and a finish. They are read only in a table that gives no lengths;
both days count, as they do in those tools.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from workbook.amounts import read_date, written
from workbook.cases.columns import BY_PATH, DATES
from workbook.errors import Fault, Message
from workbook.tables import Column, Row, Table
from workbook.tables.sheet import some

LENGTHS = ("weeks", "hours")


@dataclass
class Days:
    """The weeks of each row by its number, and what is said of the days they were counted from."""

    weeks: dict[int, float] = field(default_factory=dict)
    notes: list[Message] = field(default_factory=list)
    cell_notes: list[tuple[str, Message]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def days_of(table: Table) -> Days:
    """Return the weeks of the rows of a table that has days and no lengths."""
    found = Days()
    columns = {c.key: c for c in table.columns if BY_PATH[c.key].kind == "date"}
    if columns and (len(columns) < len(DATES) or any(map(table.column, LENGTHS))):
        names = some(column.header for column in columns.values())
        found.notes.append(Message("Days are left aside: {names}.", {"names": names}))
        return found
    for row in table.rows if columns else ():
        days = [_day(table, row, columns[column.path], found) for column in DATES]
        if (first := days[0]) is not None and (last := days[1]) is not None:
            _count(first, last, (table, row, columns["finish"]), found)
    return found


def _count(first: date, last: date, at: tuple[Table, Row, Column], found: Days) -> None:
    table, row, column = at
    where = table.cell_name(row.number, column)
    values: dict[str, object] = {"first": first.isoformat(), "last": last.isoformat()}
    if last < first:
        template = "{last} is before {first}, the first day; write a later one"
        found.faults.append(Fault(where, Message(template, values), row.number))
        return
    weeks = found.weeks[row.number] = round(((last - first).days + 1) / 7, 2)
    template = "{first} to {last}, both days counted = {weeks} weeks"
    found.cell_notes.append((where, Message(template, {**values, "weeks": written(weeks)})))


def _day(table: Table, row: Row, column: Column, found: Days) -> date | None:
    cell = row[column.place]
    if cell.blank:
        return None
    day = cell.problem or read_date(cell.found)
    if isinstance(day, Message):
        where = table.cell_name(row.number, column)
        found.faults.append(Fault(where, day, row.number))
        return None
    return day
