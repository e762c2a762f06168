"""A table of milestones, one a row, becomes a plan: pasted text, CSV or Excel, English or Chinese.

Only the name is a must. Without a column for what a milestone needs, each needs the one above it;
without a mark for the goal, it is the last row that nothing else needs. Every fault is reported
at once, by row and cell, in the words that faults of plan files have.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import Any

from workbook.amounts.reader import NO_FIGURE
from workbook.cases.columns import (
    BY_PATH,
    UNKNOWN,
    CellError,
    assumed_notes,
    flag_in,
    milestone_headings,
    put_in,
    same_name_notes,
    stage_in,
)
from workbook.cases.currency import YEN_OR_YUAN, currency_of, yen_or_yuan
from workbook.cases.days import LENGTHS, Days, days_of
from workbook.cases.exports import levels_of, prepared, without_heads, without_marks
from workbook.cases.links import Linker, MilestoneRow
from workbook.consistency import Place, faults_of
from workbook.consistency.shape import shape_on
from workbook.errors import N_, Fault, InputError, Message
from workbook.law import signed
from workbook.plan import Milestone, Plan
from workbook.tables import Cell, Column, Row, Table, read_table, read_text
from workbook.tables.reading import table_of
from workbook.tables.sheet import Sheet, some
from workbook.tables.table import gathered

MOST_ROWS = 1_000
DEFAULT_CURRENCY = Plan.model_fields["currency"].default
WEEKS = ("from_week", "by_week")
NO_FIRST_DAY = N_("{found} is a date, and a table has no first day; write the number of the week")
NO_HOURS = N_("A table has no hours a week in it: {n} are taken; write your own.")
WORKING_WEEK = 40
"""Hours a week of a table in which some milestone is counted in hours."""
IN_WORDS: Mapping[str, Callable[[str], object]] = {"flag": flag_in, "stage": stage_in, "text": str}
OPEN = N_("Read as empty, for their content is still open: {cells}.")
SHORT = N_("Shorter than a week, and played as one, for a plan counts whole weeks: {names}.")


@dataclass(frozen=True)
class PlanOfTable:
    """A plan out of a table, and what the reader should know of how it was read."""

    plan: Plan
    notes: tuple[Message, ...] = ()


def plan_of_table(
    path: str | PathLike[str],
    id: str = "my-plan",
    *,
    encoding: str | None = None,
    given: Mapping[str, str] | None = None,
) -> PlanOfTable:
    """The plan of a `.csv`, `.tsv`, `.txt` or `.xlsx` file.

    Parameters
    ----------
    encoding
        The encoding of a text file, where the user names one.
    given
        The known column that each header of the user's own means; `-` for none.

    Raises
    ------
    InputError
        With every fault of the table.
    """
    headings = milestone_headings(given)
    table = read_table(path, headings, encoding=encoding, most_rows=MOST_ROWS)
    return PlanReader(table, id).plan()


def plan_of_cells(text: str, id: str = "my-plan", name: str = "table") -> PlanOfTable:
    """The plan of pasted cells, separated by tabs, commas or semicolons, or of a list of names."""
    table = read_text(text, milestone_headings(), name=name, most_rows=MOST_ROWS)
    return PlanReader(table, id).plan()


def reader_of_sheet(sheet: Sheet, name: str, id: str) -> PlanReader:
    """The reader of one sheet of a workbook; `name` is what faults call the file."""
    return PlanReader(table_of(sheet, milestone_headings(), name), id)


class PlanReader:
    """Makes a plan of a table, gathering faults as it goes."""

    def __init__(self, table: Table, id: str) -> None:
        table = prepared(table)
        self.table, self.id = table, id
        self.currency = currency_of(table)
        self.faults: list[Fault] = list(table.faults)
        self.notes: list[Message] = list(table.notes)
        self.cell_notes: list[tuple[str, Message]] = []
        self.found: list[MilestoneRow] = []
        self.open: list[str] = []
        if (said := yen_or_yuan(table, self.currency)) == YEN_OR_YUAN:
            self.faults.append(Fault("", Message(said), table.header))
        elif said:
            self.notes.append(Message(said))

    def _note_money(self) -> None:
        if self.currency not in (None, DEFAULT_CURRENCY):
            template = "Its amounts are in {currency}, so the plan counts in {currency}."
            self.notes.append(Message(template, {"currency": self.currency}))
        self.notes.append(Message("A table has no cash in it: write what you have, and the burn."))

    def plan(self) -> PlanOfTable:
        """The plan, or every fault of the table."""
        data = self.data()
        if self.table.column("hours") is not None:
            data["hours_per_week"] = WORKING_WEEK
            self.notes.append(Message(NO_HOURS, {"n": str(WORKING_WEEK)}))
        plan = self.checked(data)
        if self.open:
            self.notes.append(
                Message(OPEN, {"cells": self.open[:5] + ["…"] * (len(self.open) > 5)})
            )
        short = [one.name for one in self.found if _shorter_than_a_week(one.keys.get("weeks"))]
        if short:
            self.notes.append(Message(SHORT, {"names": some(short)}))
        self.notes += assumed_notes([(one.name, one.keys) for one in self.found])
        self.notes += gathered(self.cell_notes)
        self._note_money()
        return PlanOfTable(plan, tuple(self.notes))

    def data(self) -> dict[str, Any]:
        """The keys of a plan file as the table says; `faults` has what cannot be read."""
        if self.table.column("name") is None:
            template = "no column is called `name`; it is the one that every table needs"
            self.faults.append(Fault("", Message(template), self.table.header))
        self.found = [self._milestone(row) for row in self.table.rows]
        if not self.found:
            template = "the table has no rows below its header; write one milestone a row"
            self.faults.append(Fault("", Message(template), self.table.header))
            raise InputError(self.table.source, self.faults)
        self._arrange()
        return {
            "plan": 1,
            "id": self.id,
            **({"currency": self.currency} if self.currency else {}),
            "goal": self._goal(self.found),
            "milestones": [one.keys for one in self.found],
        }

    def _arrange(self) -> None:
        """Give the rows their levels, days and links; leave out those that head or mark others."""
        levels = {} if self.table.column("level") else levels_of(self.table)
        for one in self.found:
            one.level = levels.get(one.row.number, one.level)
        self._take(days_of(self.table))
        linker = Linker(self.table, self.found)
        linker.link()
        self.faults += linker.faults
        self.notes += linker.notes
        for without in (without_heads, without_marks):
            self.found, notes = without(self.found)
            self.notes += notes
        self.notes += same_name_notes([(one.name, one.row.number) for one in self.found])

    def checked(self, data: dict[str, Any]) -> Plan:
        """The plan of data whose milestones are the table's rows; InputError with every fault."""
        self._check(data, self.found)
        if self.faults:
            raise InputError(self.table.source, self.faults)
        return Plan.model_validate(data)

    # The rows

    def _milestone(self, row: Row) -> MilestoneRow:
        found = MilestoneRow(row)
        for column, cell in self.table.cells(row):
            try:
                self._cell(found, column, cell)
            except CellError as error:
                self._fault(row, column, error.message)
        name = self.table.column("name")
        if name is not None and not found.name and row[name.place].problem is None:
            template = "this row has no name; write what will be proved"
            self.faults.append(Fault("", Message(template), row.number))
        return found

    def _cell(self, found: MilestoneRow, column: Column, cell: Cell) -> None:
        kind = BY_PATH[column.key].kind
        if kind == "date":
            return  # `days_of` reads the whole column
        if cell.problem is not None:
            self._fault(found.row, column, cell.problem)
        elif kind in ("amount", "stage") and cell.text.casefold() in UNKNOWN:
            self.open.append(self.table.cell_name(found.row.number, column))
        elif kind == "amount":
            self._amount(found, column, cell)
        elif kind == "ids":
            before = [found.links[column.key][1]] if column.key in found.links else []
            found.links[column.key] = (column, ", ".join([*before, cell.text]))
        elif kind == "level":
            found.level = int(cell.text) if cell.text.isdigit() else 0
        elif kind == "goal":
            found.goal = flag_in(cell.text)
        elif column.key == "id" and cell.text.isdigit():
            found.label = cell.text.lstrip("0") or "0"
        else:
            put_in(found.keys, column.key, IN_WORDS[kind](cell.text))

    def _amount(self, found: MilestoneRow, column: Column, cell: Cell) -> None:
        known = BY_PATH[column.key]
        reading = self.table.read(
            column, cell, known.measure, several=known.several, currency=self.currency
        )
        if reading.problem is not None:
            dated = column.key in WEEKS and reading.problem.template == NO_FIGURE.template
            problem = Message(NO_FIRST_DAY, reading.problem.values) if dated else reading.problem
            self._fault(found.row, column, problem)
            return
        value: Any = list(reading.value) if isinstance(reading.value, tuple) else reading.value
        adds = cell.text.startswith("+") or (isinstance(value, (int, float)) and value < 0)
        if adds and shape_on(column.key, Milestone)[-1].signed:
            value = signed(value)
        path = "hours" if column.key == "weeks" and reading.unit == "hours" else column.key
        put_in(found.keys, path, value)
        found.without_length |= column.key in LENGTHS and value == 0
        where = self.table.cell_name(found.row.number, column)
        self.cell_notes += [(where, note) for note in (*cell.notes, *reading.notes)]

    def _take(self, days: Days) -> None:
        """Take the weeks that are counted from days, in a table without lengths."""
        for one in self.found:
            if (weeks := days.weeks.get(one.row.number)) is not None:
                one.keys["weeks"] = weeks
        self.notes += days.notes
        self.cell_notes += days.cell_notes
        self.faults += days.faults

    def _goal(self, found: Sequence[MilestoneRow]) -> str:
        marked = [one for one in found if one.goal]
        if len(marked) > 1:
            template = "more than one row is marked as the goal; mark one"
            self.faults.append(Fault("", Message(template), marked[1].row.number))
        needed = {need for one in found for need in one.keys.get("needs", ())}
        last = [one for one in found if one.keys["id"] not in needed] or found
        return str((marked or last[-1:])[0].keys["id"])

    # Faults

    def _check(self, data: dict[str, Any], found: Sequence[MilestoneRow]) -> None:
        """Add what no plan may hold, at its cell."""
        lines: dict[Place, int] = {("milestones", n): one.row.number for n, one in enumerate(found)}
        self.faults += [self._at_cell(fault) for fault in faults_of(data, lines=lines)]

    def _at_cell(self, found: Fault) -> Fault:
        """The same fault, its place said as a cell where it is one."""
        key = ".".join(found.path.split(".")[2:])
        for column in self.table.columns:
            if found.line and key and (column.key == key or key.startswith(f"{column.key}.")):
                place = self.table.cell_name(found.line, column)
                return Fault(place, found.message, found.line)
        return Fault("", found.message, found.line)

    def _fault(self, row: Row, column: Column, message: Message) -> None:
        place = self.table.cell_name(row.number, column)
        self.faults.append(Fault(place, message, row.number))


def _shorter_than_a_week(weeks: object) -> bool:
    return isinstance(weeks, (int, float)) and weeks < 1
