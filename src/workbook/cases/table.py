"""A table of milestones, one a row, becomes a plan: pasted text, CSV or Excel, English or Chinese.

Only the name is a must. Without a column for what a milestone needs, each needs the one above it;
without a mark for the goal, it is the last row that nothing else needs. Every fault is told at
once, by row and cell, in the words that faults of plan files are told in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from os import PathLike
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from workbook.cases.cells import NotOneError, flag_in, parts_in, stage_in
from workbook.cases.columns import COLUMNS, Column, column_of, known_in, nearest_name
from workbook.cases.grid import Grid, blank_row, column_letter, grid_of_file, grid_of_text
from workbook.consistency import Place, faults_of, nearest, shown
from workbook.consistency.in_cells import value_in
from workbook.consistency.names import id_for
from workbook.errors import Fault, InputError, Message
from workbook.figures import Id
from workbook.plan import Plan

HEADS = 6
"""The row that names the columns is looked for among so many."""

ID = TypeAdapter[str](Id)


@dataclass(frozen=True)
class Tabled:
    """A plan out of a table, and what the reader should know of how it was read."""

    plan: Plan
    notes: tuple[Message, ...] = ()


def plan_of_table(path: str | PathLike[str], id: str = "my-plan") -> Tabled:
    """The plan of a `.csv`, `.tsv`, `.txt` or `.xlsx` file; InputError with every fault."""
    name = shown(str(path))
    return _Sheet(grid_of_file(Path(path)), name, id).plan()


def plan_of_cells(text: str, id: str = "my-plan", name: str = "table") -> Tabled:
    """The plan of pasted cells, parted by tabs, commas or semicolons; InputError as above."""
    return _Sheet(grid_of_text(text, name), name, id).plan()


@dataclass
class _Row:
    """One milestone: the row it stands in, counted from 1, and its keys as plain data."""

    number: int
    keys: dict[str, Any] = field(default_factory=dict)
    needs: list[str] = field(default_factory=list)
    relies_on: list[str] = field(default_factory=list)
    goal: bool = False


class _Sheet:
    """Reads one table, gathering faults as it goes."""

    def __init__(self, grid: Grid, name: str, id: str) -> None:
        self.grid, self.name, self.id = grid, name, id
        self.faults: list[Fault] = []
        self.notes: list[Message] = []
        self.columns: dict[int, Column] = {}

    def plan(self) -> Tabled:
        """The plan, or every fault of the table."""
        head = self._head()
        rows = [
            self._row(number, row)
            for number, row in enumerate(self.grid[head + 1 :], start=head + 2)
            if not blank_row(row)
        ]
        if not rows:
            template = "the table has no rows below its head; write one milestone a row"
            raise InputError(self.name, [Fault("", Message(template), head + 1)])
        self._link(rows)
        data = {
            "plan": 1,
            "id": self.id,
            "goal": self._goal(rows),
            "milestones": [row.keys for row in rows],
        }
        self._check(data, rows)
        if self.faults:
            raise InputError(self.name, self.faults)
        self.notes.append(Message("A table has no cash in it: write what you have, and the burn."))
        return Tabled(Plan.model_validate(data), tuple(self.notes))

    # The head

    def _head(self) -> int:
        """The row that names the columns; InputError where none does."""
        first = [n for n, row in enumerate(self.grid) if not blank_row(row)][:HEADS]
        head = max(first, key=lambda n: known_in(self.grid[n]))
        if known_in(self.grid[head]) == 0:
            template = (
                "no row names the columns; begin with a row such as: name, needs, weeks, cost,"
                " pass rate"
            )
            raise InputError(self.name, [Fault("", Message(template), first[0] + 1)])
        for place, cell in enumerate(self.grid[head]):
            if cell:
                self._name_column(head, place, cell)
        if "name" not in self._paths():
            template = "no column is called `name`; it is the one that every table needs"
            self.faults.append(Fault("", Message(template), head + 1))
        return head

    def _name_column(self, head: int, place: int, cell: str) -> None:
        column = column_of(cell)
        near = nearest_name(cell)
        if column is not None and column.path in self._paths():
            template = "two columns mean the same: '{found}'; take one out"
            self._fault(head + 1, place, template, found=shown(cell))
        elif column is not None:
            self.columns[place] = column
        elif near is not None:
            template = "unknown column '{found}'; did you mean '{known}'?"
            self._fault(head + 1, place, template, found=shown(cell), known=near)
            meant = column_of(near)
            if meant is not None and meant.path not in self._paths():
                self.columns[place] = meant  # so that its cells are read, and their faults told
        else:
            values = {"found": shown(cell)}
            self.notes.append(Message("The column “{found}” is left aside.", values))

    def _paths(self) -> set[str]:
        return {column.path for column in self.columns.values()}

    # The rows

    def _row(self, number: int, cells: Sequence[str]) -> _Row:
        row = _Row(number)
        for place, column in self.columns.items():
            cell = cells[place] if place < len(cells) else ""
            if cell:
                self._cell(row, place, column, cell)
        if not row.keys.get("name") and "name" in self._paths():
            template = "this row has no name; write what will be proved"
            self.faults.append(Fault("", Message(template), number))
        return row

    def _cell(self, row: _Row, place: int, column: Column, cell: str) -> None:
        try:
            if column.kind == "ids":
                setattr(row, column.path, parts_in(cell))
            elif column.kind == "goal":
                row.goal = flag_in(cell)
            else:
                _put(row.keys, column.path, _value(column, cell))
        except NotOneError as error:
            self._fault(row.number, place, error.message.template, **error.message.values)

    def _link(self, rows: Sequence[_Row]) -> None:
        """Give each row an id, and turn the names that it needs into ids."""
        taken: set[str] = set()
        for row in rows:
            given = row.keys.get("id")
            if given is None or not _is_id(given):
                row.keys["id"] = id_for(str(row.keys.get("name", "")), taken)
            taken.add(row.keys["id"])
        known = {str(row.keys["id"]).casefold(): row.keys["id"] for row in reversed(rows)}
        known |= {
            str(row.keys.get("name", "")).casefold(): row.keys["id"] for row in reversed(rows)
        }
        for key in ("needs", "relies_on"):
            for row in rows:
                found = [self._known(row, key, name, known) for name in getattr(row, key)]
                if any(found):
                    row.keys[key] = list(dict.fromkeys(id for id in found if id))
        if "needs" not in self._paths():
            for before, row in pairwise(rows):
                row.keys["needs"] = [before.keys["id"]]
            template = "No column says what a milestone needs, so each needs the one above it."
            self.notes.append(Message(template))

    def _known(self, row: _Row, key: str, name: str, known: Mapping[str, str]) -> str | None:
        id = known.get(name.casefold())
        place = next(place for place, column in self.columns.items() if column.path == key)
        if self._called(name) > 1 and "id" not in self._paths():
            template = "two rows are called '{found}'; give one of them another name"
            self._fault(row.number, place, template, found=shown(name))
        if id is not None:
            return id
        near = nearest(name, known)
        if near:
            template = "no milestone '{found}'; did you mean '{known}'?"
            self._fault(row.number, place, template, found=shown(name), known=shown(near))
        else:
            template = "no milestone '{found}'; write the name of another row"
            self._fault(row.number, place, template, found=shown(name))
        return None

    def _called(self, name: str) -> int:
        """How many rows have this name."""
        place = next((p for p, column in self.columns.items() if column.path == "name"), None)
        cells = [row[place] for row in self.grid if place is not None and place < len(row)]
        return sum(cell.casefold() == name.casefold() for cell in cells)

    def _goal(self, rows: Sequence[_Row]) -> str:
        marked = [row for row in rows if row.goal]
        if len(marked) > 1:
            template = "more than one row is marked as the goal; mark one"
            self.faults.append(Fault("", Message(template), marked[1].number))
        needed = {need for row in rows for need in row.keys.get("needs", ())}
        last = [row for row in rows if row.keys["id"] not in needed] or rows
        return str((marked or last[-1:])[0].keys["id"])

    # Faults

    def _check(self, data: dict[str, Any], rows: Sequence[_Row]) -> None:
        """Write down what no plan may hold, at the cell that it stands in."""
        lines: dict[Place, int] = {("milestones", n): row.number for n, row in enumerate(rows)}
        self.faults += [self._at_cell(found) for found in faults_of(data, lines=lines)]

    def _at_cell(self, found: Fault) -> Fault:
        """The same fault, its place said as a cell where it is one."""
        key = ".".join(found.path.split(".")[2:])
        for place, column in self.columns.items():
            if found.line and key and (column.path == key or key.startswith(f"{column.path}.")):
                return Fault(self._cell_name(found.line, place), found.message, found.line)
        return Fault("", found.message, found.line)

    def _fault(self, row: int, place: int, template: str, **values: object) -> None:
        self.faults.append(Fault(self._cell_name(row, place), Message(template, values), row))

    def _cell_name(self, row: int, place: int) -> str:
        """A cell as a spreadsheet calls it, with the head of its column: `C4 (Weeks)`."""
        head = self.columns[place].names[0] if place in self.columns else ""
        named = next(
            (cells[place] for cells in self.grid if place < len(cells) and column_of(cells[place])),
            head,
        )
        cell = f"{column_letter(place)}{row}"
        return f"{cell} ({shown(named)})" if named else cell


def _is_id(given: str) -> bool:
    try:
        ID.validate_python(given)
    except ValidationError:
        return False
    return True


def _value(column: Column, cell: str) -> Any:
    if column.kind == "flag":
        return flag_in(cell)
    if column.kind == "stage":
        return stage_in(cell)
    if column.kind == "text":
        return cell
    return value_in(cell, share=column.kind == "shares")


def _put(keys: dict[str, Any], path: str, value: Any) -> None:
    """Write a value into nested keys; a threshold may stand without its measure."""
    *road, last = path.split(".")
    for step in road:
        keys = keys.setdefault(step, {"measure": ""} if step == "proof" else {})
    keys[last] = value


def columns_told() -> Iterator[tuple[str, ...]]:
    """For each column that a table may have, the names it may go by."""
    return (column.names for column in COLUMNS)
