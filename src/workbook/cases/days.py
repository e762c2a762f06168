"""The weeks of a milestone, counted from the columns of its first and its last day.

Project tools export a start and a finish, or both in one cell. They are read only in a table that
gives no lengths; both days count, as they do in those tools.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from workbook.amounts import read_date, written
from workbook.amounts.dates import Order, dates_in
from workbook.cases.columns import BY_PATH, DATES
from workbook.consistency import shown
from workbook.errors import Fault, Message
from workbook.tables import Cell, Column, Row, Table
from workbook.tables.sheet import some

LENGTHS = ("weeks", "hours")
ONE_DAY = Message("{found} is no first and last day; write both: 2027-01-04 → 2027-01-17")
PERIOD = re.compile(r"\s*(?:→|–|—|~|～|至| - | to )\s*")
"""What is between the two days of a period: `February 2, 2026 → February 15, 2026`."""


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
    both = [columns[column.path] for column in DATES if column.path in columns]
    if "period" in columns and len(both) < len(DATES) and holds_periods(table, columns["period"]):
        both = [columns["period"]] * 2
    if columns and (len(both) < len(DATES) or any(map(table.column, LENGTHS))):
        names = some(column.header for column in columns.values())
        found.notes.append(Message("Days are left aside: {names}.", {"names": names}))
        return found
    order = day_order(table)
    for row in table.rows if columns else ():
        days = [_day(table, row, column, n, order, found) for n, column in enumerate(both)]
        if (first := days[0]) is not None and (last := days[1]) is not None:
            _count(first, last, (table, row, both[1]), found)
    return found


def day_order(table: Table) -> Order | None:
    """Return what comes first in the dates of a table if only one order fits all of them."""
    found = [
        dates_in(text)
        for column in table.columns
        if BY_PATH[column.key].kind == "date"
        for row in table.rows
        for text in PERIOD.split(row[column.place].text)
    ]
    orders: list[Order] = ["day", "month", "year"]
    fitting = [order for order in orders if all(order in dates for dates in found if dates)]
    return fitting[0] if len(fitting) == 1 else None


def holds_periods(table: Table, column: Column) -> bool:
    """Whether a column has a first and a last day in a cell; then one day alone is a fault."""
    return any(len(PERIOD.split(row[column.place].text)) == 2 for row in table.rows)


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


def _day(
    table: Table, row: Row, column: Column, n: int, order: Order | None, found: Days
) -> date | None:
    """Return the day in a cell, of a period the n-th; None for an empty cell and for a fault."""
    cell: Cell = row[column.place]
    if cell.blank:
        return None
    texts = PERIOD.split(cell.text) if column.key == "period" else [cell.found] * 2
    if len(texts) != 2:
        one_day = Message(ONE_DAY.template, {"found": f"'{shown(cell.text)}'"}) if not n else None
        day: date | Message | None = cell.problem or one_day
    else:
        day = cell.problem or read_date(texts[n], order)
    if isinstance(day, Message):
        where = table.cell_name(row.number, column)
        found.faults.append(Fault(where, day, row.number))
        return None
    return day
