"""Every way a figure comes in, as a function from what is written to what is understood.

Each takes the text of one figure and gives the value that it was read as, or the sentence that asks
or refuses. The plan file and a notebook's parameter hold exact numbers: they refuse other writing,
and their sentence names the number to write.
"""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from openpyxl import Workbook

from workbook import cases
from workbook.builder.state import State
from workbook.cases.table import plan_of_table
from workbook.cli import main
from workbook.errors import InputError
from workbook.injected import Injected, declared
from workbook.reports.class_list import tasks_of
from workbook.reports.task import Settings

Place = Literal["money", "share", "weeks"]
PLAN = """\
plan: 1
id: shop
goal: open
cash: 1000
burn_per_week: 10
milestones:
  - id: open
    weeks: 2
    cost: 5
    pass_rate: 0.5
"""
KEYS: Mapping[Place, str] = {"money": "cost", "share": "pass_rate", "weeks": "weeks"}
WRITTEN: Mapping[Place, str] = {"money": "cost: 5", "share": "pass_rate: 0.5", "weeks": "weeks: 2"}


@dataclass(frozen=True)
class Understood:
    """The value of a figure, or the fault instead of one; and the note beside a value."""

    value: object = None
    reported: str = ""
    notes: str = ""


def _value(path: Path, place: Place) -> object:
    return getattr(cases.read(path).plan.milestones[0], KEYS[place])


def in_plan_file(text: str, place: Place, folder: Path) -> Understood:
    """A figure in a plan file, without quotes."""
    path = folder / "plan.yaml"
    path.write_text(PLAN.replace(WRITTEN[place], f"{KEYS[place]}: {text}"), "utf-8")
    try:
        return Understood(_value(path, place), notes=" ".join(map(str, cases.read(path).notes)))
    except InputError as error:
        return Understood(reported=str(error))


def _table(folder: Path, suffix: str, head: str, text: str, *more: str) -> Path:
    """A table of one row whose cells are texts; tabs part them, which tells nothing of commas."""
    rows = [["name", *(["plan"] if more else []), head], ["open", *more, text]]
    path = folder / f"table{suffix}"
    if suffix == ".xlsx":
        book = Workbook()
        for row in rows:
            book.active.append(row)
        for cell in book.active[2]:
            cell.data_type = "s"
        book.save(path)
    else:
        path.write_text("\n".join("\t".join(row) for row in rows), "utf-8")
    return path


def in_new(suffix: str) -> Callable[[str, Place, Path], Understood]:
    """A figure in a table that a new plan is made from."""

    def read(text: str, place: Place, folder: Path) -> Understood:
        head = KEYS[place].replace("_", " ")
        try:
            found = plan_of_table(_table(folder, suffix, head, text))
        except InputError as error:
            return Understood(reported=str(error))
        value = getattr(found.plan.milestones[0], KEYS[place])
        return Understood(value, notes=" ".join(map(str, found.notes)))

    return read


def in_class_file(suffix: str) -> Callable[[str, Place, Path], Understood]:
    """A figure in a class file."""

    def read(text: str, place: Place, folder: Path) -> Understood:
        (folder / "plan.yaml").write_text(PLAN, "utf-8")
        head, notes = f"milestones.open.{KEYS[place]}", list[object]()
        path = _table(folder, suffix, head, text, "plan.yaml")
        try:
            [task] = tasks_of(path, Settings(), on_note=notes.append)
        except InputError as error:
            return Understood(reported=str(error))
        value = task.changes[head]
        value = tuple(value) if isinstance(value, list) else value
        return Understood(value, notes=" ".join(map(str, notes)))

    return read


def on_command_line(text: str, place: Place, folder: Path) -> Understood:
    """A figure as an argument: `log --cash`, `solve --for`, `compare --what-if faster:ID=…`."""
    path = folder / "plan.yaml"
    path.write_text(PLAN, "utf-8")
    arguments = {
        "money": ["log", str(path), "--week", "1", "--runs", "10", "--cash", text],
        "share": ["solve", str(path), "--runs", "10", "--json", "--for", text],
        "weeks": ["compare", str(path), "--runs", "10", "--what-if", f"faster:open={text}"],
    }[place]
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(arguments)
    if code:
        return Understood(reported=err.getvalue())
    if place == "money":
        return Understood(cases.read(path).plan.log[-1].cash)
    if place == "share":
        return Understood(json.loads(out.getvalue())["wanted"])
    return Understood(float(out.getvalue().rpartition("open=")[2].partition(":")[0]))


def in_parameter(text: str, place: Place, folder: Path) -> Understood:
    """A text that papermill gives to a parameter that is a number."""
    try:
        value: object = float(text)  # papermill's own reading of `-p NAME text`
    except ValueError:
        value = text
    given = Injected(declared("figure: float = 0.0"), {"figure": value})
    try:
        given.check()
    except InputError as error:
        return Understood(reported=str(error))
    return Understood(value)


def in_box(text: str, place: Place, folder: Path) -> Understood:
    """A text typed into a box of the builder; a share is there in per cent."""
    path = folder / "plan.yaml"
    path.write_text(
        PLAN.replace("plan: 1\n", "plan: 1\ncurrency: EUR\n" if "€" in text else "plan: 1\n")
    )
    state = State(cases.read(path).plan)
    state.enter(f"milestones.open.{KEYS[place]}", text)
    if state.entry is None or state.entry.problem is not None:
        return Understood(reported=str(state.said))
    value = getattr(state.plan.milestones[0], KEYS[place])
    return Understood(value, notes=" ".join(map(str, state.entry.notes)))


BOX = "box of the builder"
WAYS_IN: Mapping[str, Callable[[str, Place, Path], Understood]] = {
    "plan file": in_plan_file,
    "new --from, CSV": in_new(".csv"),
    "new --from, Excel": in_new(".xlsx"),
    "class file, CSV": in_class_file(".csv"),
    "class file, Excel": in_class_file(".xlsx"),
    "command line": on_command_line,
    "notebook parameter": in_parameter,
    BOX: in_box,
}
EXACT = ("plan file", "notebook parameter")
"""Where only a number as programs write it is read."""
