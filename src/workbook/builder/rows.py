"""The chain as a table: rows of cells typed or pasted, written into the plan in one step.

A cell is read as its box in the form is. What a milestone needs is written as numbers of rows or as
names. A row without an id is a new milestone. All cells are written, or none: every one that cannot
be read is named with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbook.builder import edits
from workbook.builder.edits import MOST_ON_CANVAS, Done, RefusedError, called, reason_of
from workbook.builder.entry import read_entry
from workbook.builder.paths import label_of, with_value
from workbook.consistency.shape import shape_on
from workbook.errors import InputError, Message
from workbook.plan import Plan

SEPARATORS = re.compile(r"[,;，；、\s]+")
MOST_SHOWN = 3


@dataclass(frozen=True)
class Row:
    """Cells of one milestone by the path below it; without an id it is a new one."""

    id: str
    cells: Mapping[str, str]


def rows_of(sent: object) -> tuple[Row, ...]:
    """The rows that a page sent; whatever is no row is left out."""
    found = sent if isinstance(sent, Sequence) and not isinstance(sent, str) else ()
    return tuple(
        Row(str(row.get("id") or ""), {str(key): str(text) for key, text in row["cells"].items()})
        for row in found
        if isinstance(row, Mapping) and isinstance(row.get("cells"), Mapping)
    )


def _with_new(
    plan: Plan, rows: Iterable[Row], problems: list[Message]
) -> tuple[Plan, list[str], list[tuple[str, str, str]]]:
    """The plan with a milestone for every new row; its ids by number, and the cells to write."""
    numbered = list(plan.ids)
    todo: list[tuple[str, str, str]] = []
    for row in rows:
        id, cells = row.id, dict(row.cells)
        try:
            if not id:
                id, plan = _added(plan, cells.pop("name", ""))
                numbered.append(id)
            todo += [(id, path, text) for path, text in cells.items()]
        except RefusedError as error:
            problems.append(error.message)
    return plan, numbered, todo


def write(plan: Plan, rows: Iterable[Row]) -> Done:
    """The plan with the cells in it; RefusedError with what could not be read."""
    rows = tuple(rows)
    problems: list[Message] = []
    before = len(plan.ids)
    if (new := sum(not row.id for row in rows)) + before > MOST_ON_CANVAS:
        template = "That would be {n} milestones; {most} are the most that fit on the canvas."
        raise RefusedError(template, n=new + before, most=MOST_ON_CANVAS)
    plan, numbered, todo = _with_new(plan, rows, problems)
    written = len(numbered) - before
    for id, path, text in sorted(todo, key=lambda cell: cell[1] != "name"):
        try:
            plan = _cell(plan, id, path, text, numbered)
            written += 1
        except (RefusedError, InputError) as error:
            problems.append(_problem(plan, id, path, reason_of(error)))
    if problems:
        if len(problems) == 1:
            template = "Nothing is written, for one cell cannot be read: {problem}"
            raise RefusedError(template, problem=problems[0])
        values = {"problems": problems[:MOST_SHOWN], "n": len(problems)}
        raise RefusedError("Nothing is written, for {n} cells cannot be read: {problems}", **values)
    if written == 1:
        return plan, Message("The cell is written.")
    return plan, Message("{n} cells are written.", {"n": written})


def _problem(plan: Plan, id: str, path: str, problem: Message) -> Message:
    if id not in plan.ids:
        return problem
    values = {"name": called(plan, id), "what": label_of(path), "problem": problem}
    return Message("“{name}”, {what}: {problem}", values)


def _added(plan: Plan, name: str) -> tuple[str, Plan]:
    after, _ = edits.add(plan, name)
    (id,) = set(after.ids) - set(plan.ids)
    return id, after


def _cell(plan: Plan, id: str, path: str, text: str, numbered: Sequence[str]) -> Plan:
    if path == "name":
        return edits.rename(plan, id, text)[0]
    place = f"milestones.{edits.known(plan, id)}.{path}"
    if path == "needs":
        return with_value(plan, place, _needs(plan, text, numbered))
    if not shape_on(place)[-1].number:
        raise RefusedError("The table has no such column.")
    entry = read_entry(plan, place, text)
    if entry.problem is not None:
        raise RefusedError(entry.problem.template, **entry.problem.values)
    return with_value(plan, entry.goes_to or place, entry.value)


def _needs(plan: Plan, text: str, numbered: Sequence[str]) -> list[str]:
    """Ids of what a cell names: the numbers of rows, or names with commas between them."""
    by_name = {str(called(plan, id)).casefold(): id for id in plan.ids}
    by_name |= {str(n): id for n, id in enumerate(numbered, 1)}
    parts = [part.strip() for part in re.split(r"[,;，；、]", text) if part.strip()]
    if not all(part.casefold() in by_name for part in parts):
        numbers = [part for part in SEPARATORS.split(text) if part]
        if not all(part in by_name for part in numbers):
            unknown = next(part for part in parts if part.casefold() not in by_name)
            template = "no milestone “{found}”; write numbers of rows, or names"
            raise RefusedError(template, found=unknown[:80])
        parts = numbers
    return [by_name[part.casefold()] for part in parts]
