"""A class file: one row a participant, each column a parameter or a figure of the plan.

    participant, plan,            cash,  sales.price, seed
    Lin,         plans/lin.yaml,  50000,            , 7
    007,         training-camp,        , 45,

Every cell is checked against the notebook's parameters and the row's plan before anything starts;
all faults are told at once, by row and column. Text stays text: `007`, `NO` and `12:30` are what
they look like. An empty cell leaves the plan as it is written; a column whose name begins with `#`
is a note.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from workbook.consistency import nearest, shown
from workbook.errors import Fault, InputError, Message, fault
from workbook.injected import Parameter
from workbook.reports.folder import stem_of
from workbook.reports.overrides import FIGURES, Base, column_kind
from workbook.reports.parameters import parameters_of, value_of
from workbook.reports.sheet import Sheet, read_sheet
from workbook.reports.task import Settings, Task, mark_of

PLAN = "plan"
NAMES = ("participant", "name")
OPTION = "option"
OPTIONS = "options"
"""The notebook's parameter that takes what the column `option` says."""
NAME = re.compile(r"[^\W\d][\w-]*(\.[\w-]+)*")


@dataclass(frozen=True)
class Roster:
    """A class file with what its columns may be."""

    path: Path
    sheet: Sheet
    settings: Settings

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """The notebook's parameters by name, the plan apart."""
        found = parameters_of(self.settings.path)
        return {name: one for name, one in found.items() if name not in (PLAN, OPTIONS)}

    @cached_property
    def takes_options(self) -> bool:
        """Whether the notebook can be told which option is taken."""
        return OPTIONS in parameters_of(self.settings.path)

    @property
    def known(self) -> tuple[str, ...]:
        """Names that a column may have, but for the places inside a plan."""
        option = (OPTION,) if self.takes_options else ()
        return (PLAN, *NAMES, *option, *self.parameters)


def tasks_of(path: Path, settings: Settings) -> list[Task]:
    """A task for every row of a class file.

    Raises
    ------
    InputError
        With every fault of every row; the line is the row, the path the column.
    """
    roster = Roster(path, read_sheet(path, PLAN), settings)
    faults = _head_faults(roster)
    bad = {found.path for found in faults}
    bases: dict[str, Base | InputError] = {}
    tasks: list[Task] = []
    for line, cells in roster.sheet.rows if PLAN in roster.sheet.heads else ():
        try:
            tasks.append(_task(roster, line, cells, bases, bad))
        except InputError as error:
            faults += [replace(found, line=line) for found in error.faults]
    if not roster.sheet.rows:
        faults.append(fault("", "the class file has no row; write one for each participant"))
    if faults:
        raise InputError(str(path), faults)
    return _apart(tasks)


def _head_faults(roster: Roster) -> list[Fault]:
    """What is wrong with the names of the columns."""
    faults: list[Fault] = []
    heads = roster.sheet.heads
    for head in dict.fromkeys(heads):
        name = shown(head)
        if heads.count(head) > 1:
            faults.append(_head(name, Message("this column stands here twice; keep one")))
        if head == OPTION and not roster.takes_options:
            template = "the notebook takes no options of forks; leave this column out"
            faults.append(_head(name, Message(template)))
        elif not NAME.fullmatch(head):
            template = "'{found}' cannot be the name of a column; use letters, digits, _ and dots"
            faults.append(_head(name, Message(template, {"found": name})))
        elif head not in roster.known and column_kind(head) is None:
            faults.append(_head(name, _unknown(head, roster.known)))
    if PLAN not in heads:
        template = "the column '{column}' is missing: a plan file or a case's id in every row"
        faults.append(_head(PLAN, Message(template, {"column": PLAN})))
    return faults


def _head(path: str, message: Message) -> Fault:
    return Fault(path, message, 1)


def _unknown(head: str, known: Sequence[str]) -> Message:
    values = {"found": shown(head)}
    if near := nearest(head, [*known, *FIGURES]):
        return Message(
            "no column '{found}' here; did you mean '{known}'?", {**values, "known": near}
        )
    template = (
        "no column '{found}' here; there are {known}, and any figure of the plan, such as "
        "{figures}. "
        "A column of your own begins with #"
    )
    figures = ", ".join((*FIGURES[:3], "sales.price", "milestones.ID.cost"))
    return Message(template, {**values, "known": ", ".join(known), "figures": figures})


def _task(
    roster: Roster,
    line: int,
    cells: Mapping[str, str],
    bases: dict[str, Base | InputError],
    bad: set[str],
) -> Task:
    """The task of one row; InputError with all that is wrong in it."""
    cells = {OPTION: roster.settings.options, **{h: c for h, c in cells.items() if c}}
    given = {head: cell for head, cell in cells.items() if cell and shown(head) not in bad}
    parameters, faults = _parameters(roster, given)
    base = _base(roster, cells.get(PLAN, ""), bases)
    if isinstance(base, InputError):
        raise InputError(str(roster.path), [*base.faults, *faults])
    known = (*roster.known, OPTION)
    changes, found = base.checked({h: cell for h, cell in given.items() if h not in known})
    faults += found
    if OPTION in given:
        parameters[OPTIONS], wrong = base.with_options(given[OPTION])
        faults += wrong
    if faults:
        raise InputError(str(roster.path), faults)
    name = next((cells[head] for head in NAMES if cells.get(head)), "")
    return _whole(roster, line, name, base, changes, parameters)


def _parameters(roster: Roster, given: Mapping[str, str]) -> tuple[dict[str, object], list[Fault]]:
    """What a row tells the notebook, and what is wrong with it."""
    parameters: dict[str, object] = {}
    faults: list[Fault] = []
    for head in (head for head in given if head in roster.parameters):
        try:
            parameters[head] = value_of(roster.parameters[head], given[head])
        except InputError as error:
            faults += error.faults
    return parameters, faults


def _whole(
    roster: Roster,
    line: int,
    name: str,
    base: Base,
    changes: Mapping[str, object],
    parameters: Mapping[str, object],
) -> Task:
    """The task of a row without a fault."""
    own = replace(roster.settings, lang=str(parameters.get("lang", roster.settings.lang)))
    return Task(
        source=f"{roster.path}:{line}",
        id=base.case.id,
        stem=stem_of(name or base.case.id),
        text=base.text,
        mark=mark_of(base.written, own, {**changes, **parameters, "name": name}),
        name=name,
        changes=changes,
        parameters=parameters,
    )


def _base(roster: Roster, source: str, bases: dict[str, Base | InputError]) -> Base | InputError:
    """The plan of a row, read once however many rows have it."""
    if not source:
        empty = fault(PLAN, "this row names no plan; write a file's name or a case's id")
        return InputError(str(roster.path), [empty])
    if source not in bases:
        try:
            bases[source] = Base.of(source, roster.path.parent)
        except InputError as error:
            template = "{plan}: {fault}"
            told = [
                fault(PLAN, template, plan=shown(source), fault=f.message) for f in error.faults
            ]
            bases[source] = InputError(str(roster.path), told)
    return bases[source]


def _apart(tasks: Sequence[Task]) -> list[Task]:
    """The tasks under stems of their own: of two with one name the second is called `-2`."""
    taken: set[str] = set()
    apart: list[Task] = []
    for task in tasks:
        stem, count = task.stem, 1
        while stem.casefold() in taken:
            count += 1
            stem = f"{task.stem}-{count}"
        taken.add(stem.casefold())
        apart.append(replace(task, stem=stem))
    return apart
