"""The chain as a table: rows of cells typed or pasted, written into the plan in one step.

A cell is read as its box in the form is. What a milestone needs is written as numbers of rows or as
names. A row without an id is a new milestone; the key that its page gave it identifies it until the
page knows its id. All cells are written, or none: every one that cannot be read is named with its
reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbook.builder import edits
from workbook.builder.edits import MOST_ON_CANVAS, Done, RefusedError, called, reason_of
from workbook.builder.entry import Entry, read_entry
from workbook.builder.paths import label_of, with_value
from workbook.consistency.shape import shape_on
from workbook.errors import InputError, Message
from workbook.plan import Plan

SEPARATORS = re.compile(r"[,;，；、\s]+")
MOST_SHOWN = 3


@dataclass(frozen=True)
class Row:
    """Cells of one milestone by the path below it; without an id it is a new one, by its key."""

    id: str
    cells: Mapping[str, str]
    key: str = ""

    @property
    def place(self) -> str:
        """What the paths of its cells begin with."""
        return f"milestones.{self.id}" if self.id else f"rows.{self.key}"


class CellsError(RefusedError):
    """Cells that cannot be read; `unread` has what was typed into each, by its path."""

    def __init__(self, template: str, unread: Mapping[str, Entry], **values: object) -> None:
        super().__init__(template, **values)
        self.unread = unread


def rows_of(sent: object) -> tuple[Row, ...]:
    """The rows that a page sent; whatever is no row is left out."""
    found = sent if isinstance(sent, Sequence) and not isinstance(sent, str) else ()
    return tuple(
        Row(
            str(row.get("id") or ""),
            {str(key): str(text) for key, text in row["cells"].items()},
            str(row.get("key") or ""),
        )
        for row in found
        if isinstance(row, Mapping) and isinstance(row.get("cells"), Mapping)
    )


@dataclass
class _Sheet:
    """The plan while cells are written into it: row by row, and what could not be read."""

    plan: Plan
    order: list[str]
    named: dict[str, str]
    unread: dict[str, Entry]
    written: int = 0

    def attempt(self, row: Row, path: str, text: str, id: str = "") -> None:
        """Write a cell, or note why it cannot be; the name of a row without an id makes it."""
        try:
            self.plan = _cell(self.plan, id, path, text, self.numbers) if id else self._added(row)
            self.written += 1
        except (RefusedError, InputError) as error:
            problem = _problem(self.plan, id, path, reason_of(error))
            self.unread[f"{row.place}.{path}"] = Entry(f"{row.place}.{path}", text, problem=problem)

    def _added(self, row: Row) -> Plan:
        after, _ = edits.add(self.plan, row.cells.get("name", ""))
        (id,) = set(after.ids) - set(self.plan.ids)
        key = row.key or id
        self.named[key] = id
        self.order += [] if key in self.order else [key]
        return after

    @property
    def numbers(self) -> Mapping[str, str]:
        """The id in each row, by its number."""
        return {str(n): self.named.get(one, one) for n, one in enumerate(self.order, 1)}


def write(
    plan: Plan,
    rows: Iterable[Row],
    order: Sequence[str] = (),
    named: dict[str, str] | None = None,
) -> Done:
    """The plan with the cells in it; CellsError with what could not be read.

    Parameters
    ----------
    order
        What the rows of the table are, from the first: ids, or keys of new ones. Without it the
        order of the plan.
    named
        The ids of rows that were new, by their keys; those of now are added.
    """
    named = {} if named is None else named
    known = {key: id for key, id in named.items() if id in plan.ids}
    rows = tuple(Row(known.get(row.key, row.id), row.cells, row.key) for row in rows)
    if (new := sum(not row.id for row in rows)) + len(plan.ids) > MOST_ON_CANVAS:
        template = "That would be {n} milestones; {most} are the most that fit on the canvas."
        raise RefusedError(template, n=new + len(plan.ids), most=MOST_ON_CANVAS)
    sheet = _Sheet(plan, list(order or plan.ids), known, {})
    _fill(sheet, rows)
    if sheet.unread:
        raise _unreadable(sheet.unread)
    named |= sheet.named
    if sheet.written == 1:
        return sheet.plan, Message("The cell is written.")
    return sheet.plan, Message("{n} cells are written.", {"n": sheet.written})


def _fill(sheet: _Sheet, rows: Sequence[Row]) -> None:
    """Write every cell: new milestones first, then names, for what needs them."""
    ids = [row.id or _made(sheet, row) for row in rows]
    cells = [
        (row, path, text, id)
        for row, id in zip(rows, ids, strict=True)
        for path, text in row.cells.items()
        if id and (row.id or path != "name")
    ]
    for cell in sorted(cells, key=lambda cell: cell[1] != "name"):
        sheet.attempt(*cell)


def _made(sheet: _Sheet, row: Row) -> str:
    """The id of the milestone that a new row has become; "" if it cannot be one."""
    before = sheet.plan.ids
    sheet.attempt(row, "name", row.cells.get("name", ""))
    return next((id for id in sheet.plan.ids if id not in before), "")


def _unreadable(unread: Mapping[str, Entry]) -> CellsError:
    problems = [entry.problem for entry in unread.values()]
    if len(problems) == 1:
        template = "Nothing is written, for one cell cannot be read: {problem}"
        return CellsError(template, unread, problem=problems[0])
    values = {"problems": problems[:MOST_SHOWN], "n": len(problems)}
    template = "Nothing is written, for {n} cells cannot be read: {problems}"
    return CellsError(template, unread, **values)


def _problem(plan: Plan, id: str, path: str, problem: Message) -> Message:
    if id not in plan.ids:
        return problem
    values = {"name": called(plan, id), "what": label_of(path), "problem": problem}
    return Message("“{name}”, {what}: {problem}", values)


def _cell(plan: Plan, id: str, path: str, text: str, numbers: Mapping[str, str]) -> Plan:
    if path == "name":
        return edits.rename(plan, id, text)[0]
    place = f"milestones.{edits.known(plan, id)}.{path}"
    if path == "needs":
        return with_value(plan, place, _needs(plan, text, numbers))
    if not shape_on(place)[-1].number:
        raise RefusedError("The table has no such column.")
    entry = read_entry(plan, place, text)
    if entry.problem is not None:
        raise RefusedError(entry.problem.template, **entry.problem.values)
    return with_value(plan, entry.goes_to or place, entry.value)


def _needs(plan: Plan, text: str, numbers: Mapping[str, str]) -> list[str]:
    """Ids of what a cell names: the numbers of rows, or names with commas between them."""
    by_name = {str(called(plan, id)).casefold(): id for id in plan.ids}
    by_name |= {n: id for n, id in numbers.items() if id in plan.ids}
    parts = [part.strip() for part in re.split(r"[,;，；、]", text) if part.strip()]
    if not all(part.casefold() in by_name for part in parts):
        found = [part for part in SEPARATORS.split(text) if part]
        if not all(part in by_name for part in found):
            unknown = next(part for part in parts if part.casefold() not in by_name)
            template = "no milestone “{found}”; write numbers of rows, or names"
            raise RefusedError(template, found=unknown[:80])
        parts = found
    return [by_name[part.casefold()] for part in parts]
