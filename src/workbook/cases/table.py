"""A table of milestones, one a row, becomes a plan: pasted text, CSV or Excel, English or Chinese.

Only the name is a must. Without a column for what a milestone needs, each needs the one above it;
without a mark for the goal, it is the last row that nothing else needs. Every fault is reported
at once, by row and cell, in the words that faults of plan files have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from os import PathLike
from typing import Any

from pydantic import TypeAdapter, ValidationError

from workbook.amounts.reader import NO_FIGURE
from workbook.cases.columns import (
    BY_PATH,
    CellError,
    Named,
    assumed_notes,
    currency_of,
    flag_in,
    milestone_headings,
    named_in,
    notes_of,
    put_in,
    same_name_notes,
    stage_in,
)
from workbook.cases.days import Days, days_of
from workbook.consistency import Place, faults_of, shown
from workbook.consistency.faults import folded, id_for
from workbook.consistency.shape import shape_on
from workbook.errors import N_, Fault, InputError, Message
from workbook.figures import Id
from workbook.law import signed
from workbook.plan import Milestone, Plan
from workbook.tables import Cell, Column, Row, Table, read_table, read_text
from workbook.tables.headings import in_english
from workbook.tables.reading import table_of
from workbook.tables.sheet import Sheet
from workbook.tables.table import gathered

MOST_ROWS = 1_000
ID = TypeAdapter[str](Id)
DEFAULT_CURRENCY = Plan.model_fields["currency"].default
WEEKS = ("from_week", "by_week")
NO_FIRST_DAY = N_("{found} is a date, and a table has no first day; write the number of the week")
NO_HOURS = N_("A table has no hours a week in it: {n} are taken; write your own.")
WORKING_WEEK = 40
"""Hours a week of a table in which some milestone is counted in hours."""
WORKING_DAYS = 5
"""Days of a week in a file of MS Project, which is known by its column of predecessors."""


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


@dataclass
class _Milestone:
    """One milestone: the row it stands in, its keys as plain data, and cells to be looked up."""

    row: Row
    keys: dict[str, Any] = field(default_factory=dict)
    links: dict[str, tuple[Column, str]] = field(default_factory=dict)
    goal: bool = False
    label: str = ""

    @property
    def name(self) -> str:
        return str(self.keys.get("name", ""))


class PlanReader:
    """Makes a plan of a table, gathering faults as it goes."""

    def __init__(self, table: Table, id: str) -> None:
        needs = table.column("needs")
        if needs is not None and in_english(needs.header).startswith("predecessor"):
            table = table.counting_days(WORKING_DAYS)
        self.table, self.id = table, id
        self.currency = currency_of(table)
        self.faults: list[Fault] = list(table.faults)
        self.notes: list[Message] = list(table.notes)
        self.cell_notes: list[tuple[str, Message]] = []
        self.found: list[_Milestone] = []

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
        self._take(days_of(self.table))
        self._link(self.found)
        self.notes += same_name_notes([(one.name, one.row.number) for one in self.found])
        return {
            "plan": 1,
            "id": self.id,
            **({"currency": self.currency} if self.currency else {}),
            "goal": self._goal(self.found),
            "milestones": [one.keys for one in self.found],
        }

    def checked(self, data: dict[str, Any]) -> Plan:
        """The plan of data whose milestones are the table's rows; InputError with every fault."""
        self._check(data, self.found)
        if self.faults:
            raise InputError(self.table.source, self.faults)
        return Plan.model_validate(data)

    # The rows

    def _milestone(self, row: Row) -> _Milestone:
        found = _Milestone(row)
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

    def _cell(self, found: _Milestone, column: Column, cell: Cell) -> None:
        known = BY_PATH[column.key]
        if known.kind == "date":
            return  # `days_of` reads the whole column
        if cell.problem is not None:
            self._fault(found.row, column, cell.problem)
        elif known.kind == "ids":
            found.links[column.key] = (column, cell.text)
        elif known.kind == "goal":
            found.goal = flag_in(cell.text)
        elif known.kind == "flag":
            put_in(found.keys, column.key, flag_in(cell.text))
        elif known.kind == "stage":
            put_in(found.keys, column.key, stage_in(cell.text))
        elif column.key == "id" and cell.text.isdigit():
            found.label = cell.text.lstrip("0")
        elif known.kind == "text":
            put_in(found.keys, column.key, cell.text)
        else:
            self._amount(found, column, cell)

    def _amount(self, found: _Milestone, column: Column, cell: Cell) -> None:
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

    def _link(self, found: Sequence[_Milestone]) -> None:
        """Give each milestone an id, and turn the names that it needs into ids."""
        self._give_ids(found)
        known = {folded(one.keys["id"]): one.keys["id"] for one in reversed(found)}
        known |= {folded(one.name): one.keys["id"] for one in reversed(found) if one.name}
        labels = [one.label for one in found]
        if not all(labels) or len(set(labels)) < len(labels):
            labels = [str(n) for n in range(1, len(found) + 1)]
        rows = dict(zip(labels, (one.keys["id"] for one in found), strict=True))
        read: list[Named] = []
        for one in found:
            for key, (column, text) in one.links.items():
                read += self._named(one, key, column, text, known, rows)
        self.notes += notes_of(read, next((one.name for one in found), ""))
        if self.table.column("needs") is None:
            for before, one in pairwise(found):
                one.keys["needs"] = [before.keys["id"]]
            template = "No column says what a milestone needs, so each needs the one above it."
            self.notes.append(Message(template))

    def _give_ids(self, found: Sequence[_Milestone]) -> None:
        taken: set[str] = set()
        for one in found:
            given = one.keys.get("id")
            if given is None or not _is_id(given):
                one.keys["id"] = id_for(one.name, taken)
            taken.add(one.keys["id"])

    def _named(
        self,
        one: _Milestone,
        key: str,
        column: Column,
        text: str,
        known: Mapping[str, str],
        rows: Mapping[str, str],
    ) -> list[Named]:
        try:
            named = named_in(text, known, rows)
        except CellError as error:
            self._fault(one.row, column, error.message)
            return []
        for name in self._twice(named, known):
            template = "two rows are called '{found}'; give one of them another name"
            self._fault(one.row, column, Message(template, {"found": shown(name)}))
        if named.ids:
            one.keys[key] = list(named.ids)
        return [named]

    def _twice(self, named: Named, known: Mapping[str, str]) -> list[str]:
        """The names that are needed and that two rows have."""
        column = self.table.column("name")
        if column is None or self.table.column("id") is not None or named.by_row:
            return []
        names = [row[column.place].text for row in self.table.rows]
        counts = Counter(map(folded, names))
        doubled = {name for name in names if counts[folded(name)] > 1}
        return sorted(name for name in doubled if known.get(folded(name)) in named.ids)

    def _goal(self, found: Sequence[_Milestone]) -> str:
        marked = [one for one in found if one.goal]
        if len(marked) > 1:
            template = "more than one row is marked as the goal; mark one"
            self.faults.append(Fault("", Message(template), marked[1].row.number))
        needed = {need for one in found for need in one.keys.get("needs", ())}
        last = [one for one in found if one.keys["id"] not in needed] or found
        return str((marked or last[-1:])[0].keys["id"])

    # Faults

    def _check(self, data: dict[str, Any], found: Sequence[_Milestone]) -> None:
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


def _is_id(given: str) -> bool:
    try:
        ID.validate_python(given)
    except ValidationError:
        return False
    return True
