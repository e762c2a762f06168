"""What project tools export, made ready to be read as milestones.

Their columns are known by what they hold: names of people under `Members`, days under
`Deadline`, and whether the numbers under `Duration` count days or weeks, which a first and a last
day beside them show. Marks without a length are left out of the chain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from workbook.amounts import read_date
from workbook.amounts.quantity import LENGTHS
from workbook.amounts.style import NumberStyle, headed
from workbook.cases.columns import BY_PATH, LEFT_OUT, UNKNOWN, CellError, flag_in, stage_in
from workbook.cases.days import day_order, holds_periods
from workbook.cases.estimates import with_estimates_asked, with_ranges
from workbook.cases.links import MilestoneRow, parts_of
from workbook.errors import N_, Message
from workbook.tables import Cell, Column, Row, Table
from workbook.tables.headings import in_english
from workbook.tables.sheet import some

WORKING_DAYS = 5
"""Days of a week in a file of MS Project, which is known by how it calls what a row waits for."""
FIGURES = ("weeks", "hours", "cost", "pass_rate")
"""The columns whose cells must be figures, even if none is one."""
DAYS = {"from_week": "start", "by_week": "finish"}
"""The column that one of weeks becomes if it holds days, and the other day of each is there."""
BARE_NUMBER = re.compile(r"(?=.*[1-9])[\d.,]+(?: [/–] [\d.,]+)*")
"""A number above 0 without a unit, or a range of them."""
PART = re.compile(r"\d+(?:\.\d+)*")
WORDS = Message("Left aside, for there are words where figures would be: {names}.")
BARE = Message(
    "{column}: no unit is written, so its numbers are read as weeks. If they are days, call the"
    " column “{header} (days)”."
)
NOT_COUNTED = Message("Left out, for {column} says so: {names}.")
BY_DAYS = Message("{column}: its numbers are read as {unit}, as “{start}” and “{finish}” show.")
UNITS = {"days": N_("days"), "working days": N_("working days"), "weeks": N_("weeks")}
HEADS = Message(
    "Rows that head others by their level are left out; what waited for one waits for the last of"
    " its rows: {names}."
)
MARKED = ("id", "name", "note", "needs", "stage")
"""The keys that a mark may have; others, as its cost, must be 0."""
MARKS = Message(
    "Marks without a length are left out; what waited for one waits for what it waited for:"
    " {names}."
)


def prepared(table: Table) -> Table:
    """Return the table with its columns as their cells show them, and notes on them."""
    table = _without_left_out(table)
    links = [in_english(c.header) for c in table.columns if c.key in ("needs", "enables")]
    if any(header.startswith(("predecessor", "successor")) for header in links):
        table = table.counting_days(WORKING_DAYS)
    paired = {"by_week": "start", "from_week": "finish"}
    days = {
        key
        for key, other in paired.items()
        if (column := table.column(key)) and table.column(other) and not table.column(DAYS[key])
        if _all(table, column, _is_day)
    }
    kept = [replace(c, key=DAYS[c.key]) if c.key in days else c for c in table.columns]
    words = [column for column in kept if _of_words(table, column)]
    table = replace(table, columns=tuple(c for c in kept if c not in words), _styles={})
    if words:
        table = table.with_notes(Message(WORDS.template, {"names": some(c.header for c in words)}))
    table = with_ranges(table)
    day, period = all(map(table.column, ("start", "finish"))), table.column("period")
    timed = (
        day
        or any(map(table.column, ("weeks", "hours")))
        or (period is not None and holds_periods(table, period))
    )
    return _with_unit(with_estimates_asked(table, timed=timed))


def _without_left_out(table: Table) -> Table:
    """The table without the rows that its tool itself leaves out: archived, or not active."""
    for column in [c for c in table.columns if c.key in LEFT_OUT]:
        said = {row.number: row[column.place].text for row in table.rows}
        out = [row for row in table.rows if _flag(said[row.number]) is LEFT_OUT[column.key]]
        rows = tuple(row for row in table.rows if row not in out)
        columns = tuple(c for c in table.columns if c is not column)
        table = replace(table, columns=columns, rows=rows or table.rows, _styles={})
        if out and rows:
            name = table.column("name") or column
            values = {
                "column": f"“{column.header}”",
                "names": some(r[name.place].text for r in out),
            }
            table = table.with_notes(Message(NOT_COUNTED.template, values))
    return table


def _flag(text: str) -> bool | None:
    """What a cell says; None for anything but yes and no."""
    try:
        return flag_in(text)
    except CellError:
        return None


def _cells(table: Table, column: Column) -> list[Cell]:
    """The cells of a column that say something."""
    cells = [row[column.place] for row in table.rows]
    return [c for c in cells if not c.blank and c.text.casefold() not in UNKNOWN]


def _all(table: Table, column: Column, holds: Callable[[Cell], bool]) -> bool:
    cells = _cells(table, column)
    return bool(cells) and all(map(holds, cells))


def _is_day(cell: Cell) -> bool:
    return cell.problem is None and isinstance(read_date(cell.found, "day"), date)


def _of_words(table: Table, column: Column) -> bool:
    """Whether a column whose name means figures, or a stage, holds nothing but other words."""
    known = BY_PATH[column.key]
    if known.kind == "stage":
        return _all(table, column, lambda cell: not _is_stage(cell.text))
    if known.kind != "amount" or column.key in FIGURES:
        return False
    return _all(table, column, lambda c: c.problem is None and not any(map(str.isdigit, c.text)))


def _is_stage(text: str) -> bool:
    """Whether a text is a stage, or may be a misspelt one."""
    try:
        stage_in(text)
    except CellError as error:
        return "did you mean" in error.message.template
    return True


# The unit of lengths


def _with_unit(table: Table) -> Table:
    """The table with the unit that days beside the lengths show, or a note that none is known."""
    column = table.column("weeks")
    if column is None or _names_unit(column):
        return table
    bare = [row for row in table.rows if BARE_NUMBER.fullmatch(row[column.place].text)]
    if not bare:
        return table
    name = f"“{column.header}”"
    days = table.column("start"), table.column("finish")
    unit = next(_fitting(_timed(table, column, days, bare)), None)
    if unit is None:
        return table.with_notes(Message(BARE.template, {"column": name, "header": column.header}))
    columns = tuple(replace(c, unit=unit) if c is column else c for c in table.columns)
    start, finish = (one.header for one in days if one)
    values = {"column": name, "unit": Message(UNITS[unit]), "start": start, "finish": finish}
    return replace(table, columns=columns, _styles={}).with_notes(Message(BY_DAYS.template, values))


def _timed(
    table: Table, column: Column, days: tuple[Column | None, Column | None], rows: Sequence[Row]
) -> list[tuple[object, date, date]]:
    """The length, the first and the last day of the rows that have all three."""
    start, finish = days
    if start is None or finish is None:
        return []
    order = day_order(table)
    return [
        (table.read(column, row[column.place], "number").value, first, last)
        for row in rows
        if isinstance(first := read_date(row[start.place].found, order), date)
        and isinstance(last := read_date(row[finish.place].found, order), date)
    ]


def _names_unit(column: Column) -> bool:
    """Whether a header, or a row of units below it, says what its numbers count."""
    return headed(column.measured_head, NumberStyle()).unit in LENGTHS


def _fitting(found: Sequence[tuple[object, date, date]]) -> Iterator[str]:
    """The units in which every length is that from its first to its last day."""
    counts: dict[str, Callable[[date, date], float]] = {
        "working days": lambda first, last: sum(
            (first + timedelta(n)).weekday() < 5 for n in range((last - first).days + 1)
        ),
        "days": lambda first, last: (last - first).days + 1,
        "weeks": lambda first, last: round(((last - first).days + 1) / 7),
    }
    for unit, count in counts.items():
        if found and all(number == count(first, last) for number, first, last in found):
            yield unit


# Rows that are no milestones


def levels_of(table: Table) -> dict[int, int]:
    """How deep each row is by its number, as 1.1 is below 1; empty if nothing numbers them so."""
    said = {c.place for c in table.columns if c.key != "id"}
    for place in sorted({place for row in table.rows for place in row.cells} - said):
        numbers = [row[place].text.rstrip(".") for row in table.rows]
        outline = any(then == f"{number}.1" for number, then in pairwise(numbers))
        if outline and all(map(PART.fullmatch, numbers)) and len(set(numbers)) == len(numbers):
            levels = (number.count(".") + 1 for number in numbers)
            return dict(zip((row.number for row in table.rows), levels, strict=True))
    return {}


def without_heads(found: Sequence[MilestoneRow]) -> tuple[list[MilestoneRow], list[Message]]:
    """Leave out rows that head others by their level.

    The first rows below one wait for what it waits for; what waits for it waits for the last.
    """
    parts = parts_of(found)
    if not parts or any(one.goal for one in found if one.keys["id"] in parts):
        return list(found), []
    inside = {head: {one.keys["id"] for one in part} for head, part in parts.items()}
    for one in found:
        for leaf in parts.get(one.keys["id"], ()):
            if not inside[one.keys["id"]] & set(leaf.keys.get("needs", ())):
                leaf.keys["needs"] = [*leaf.keys.get("needs", ()), *one.keys.get("needs", ())]
    ends = {
        head: [id for id in ids if not any(id in one.keys.get("needs", ()) for one in parts[head])]
        for head, ids in inside.items()
    }
    kept = [one for one in found if one.keys["id"] not in parts]
    for one in kept:
        needs = [id for need in one.keys.get("needs", ()) for id in ends.get(need, [need])]
        if needs:
            one.keys["needs"] = list(dict.fromkeys(needs))
    names = some(one.name for one in found if one.keys["id"] in parts)
    return kept, [Message(HEADS.template, {"names": names})]


def without_marks(found: Sequence[MilestoneRow]) -> tuple[list[MilestoneRow], list[Message]]:
    """Leave out rows of length 0 at which nothing is tried: the chain goes on through them.

    One that is a goal, or that others may choose, stays and is a fault.
    """
    chosen = {id for one in found for key in one.links for id in one.keys.get(key, ())
              if key not in ("needs", "enables")}  # fmt: skip
    needed = {need for one in found for need in one.keys.get("needs", ())}
    marks = {
        one.keys["id"]: one.keys.get("needs", [])
        for one in found
        if one.without_length
        and not one.goal
        and one.keys["id"] not in chosen
        and not any(value for key, value in one.keys.items() if key not in MARKED)
        and (one.keys["id"] in needed or len(one.keys.get("needs", ())) == 1)
    }
    kept = [one for one in found if one.keys["id"] not in marks]
    waits_for_itself = any(set(marks) & set(_through(marks[one], marks, (one,))) for one in marks)
    if not marks or not kept or waits_for_itself:
        return list(found), []
    for one in kept:
        if "needs" in one.keys:
            one.keys["needs"] = list(dict.fromkeys(_through(one.keys["needs"], marks)))
    names = some(one.name for one in found if one.keys["id"] in marks)
    return kept, [Message(MARKS.template, {"names": names})]


def _through(
    needs: Sequence[str], marks: dict[str, list[str]], passed: tuple[str, ...] = ()
) -> Iterator[str]:
    """What is needed in place of marks; one that waits for itself is left, so that it is found."""
    for need in needs:
        if need in marks and need not in passed:
            yield from _through(marks[need], marks, (*passed, need))
        else:
            yield need
