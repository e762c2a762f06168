"""A class list: one row per participant, each column a parameter or a figure of the plan.

    participant, plan,            cash,  sales.price, seed
    Lin,         plans/lin.yaml,  50000,            , 7
    007,         training-camp,        , 45,

A header is the path of a figure or its name in English or Chinese. Every cell is checked against
the notebook's parameters and the row's plan before anything starts; all faults are reported at
once, by row and column. Text stays text: `007`, `NO` and `12:30` are not converted. An empty cell
leaves the plan as it is written; a column whose name begins with `#` is a note.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from workbook.amounts import read_date
from workbook.cases.columns import CellError, flag_in
from workbook.consistency import nearest, shown
from workbook.consistency.faults import folded
from workbook.consistency.shape import keys_on, kind_at, several_at
from workbook.errors import Fault, InputError, Message, fault
from workbook.injected import Parameter
from workbook.reports.folder import stem_of
from workbook.reports.parameters import FIGURES, INSIDE, Base, column_kind, parameters_of, value_of
from workbook.reports.task import Settings, Task, mark_of
from workbook.tables import Cell, Column, Headings, Row, Table, read_table
from workbook.tables.headings import plain
from workbook.tables.table import gathered
from workbook.words import Words

PLAN = "plan"
STARTS = "starts"
NAMES = ("participant", "name")
OPTION = "option"
OPTIONS = "options"
"""The notebook's parameter that takes the values of the column `option`."""
FIXED: Mapping[str, Sequence[str]] = {
    PLAN: ("plan", "plan file", "file", "case", "计划", "计划文件", "文件", "案例"),
    "participant": (
        *("participant", "student", "person", "student name", "participant name"),
        *("姓名", "学员", "参加者", "学生", "参与者", "学生姓名", "学员姓名"),
    ),
    "name": ("name", "full name", "名字", "名称"),
    OPTION: ("option", "选项"),
}
"""The columns that are not figures of a plan, with the headers accepted for each."""
EXAMPLE = "name, plan, cash"

OnNote = Callable[[Message], None]
"""Called with each remark on how a table was read."""


def tasks_of(
    path: Path,
    settings: Settings,
    *,
    encoding: str | None = None,
    given: Mapping[str, str] | None = None,
    on_note: OnNote = lambda note: None,
) -> list[Task]:
    """Return a task for every row of a class list.

    Parameters
    ----------
    encoding
        The encoding of a text file, if the user names one.
    given
        The known column that each of the user's own headers means; `-` for none.
    on_note
        Called with each remark on how the table was read.

    Raises
    ------
    InputError
        With every fault of every row; the line is the row, the path the column.
    """
    parameters = parameters_of(settings.path)
    headings = class_headings(parameters, given or {})
    table = read_table(path, headings, encoding=encoding)
    reader = _ClassReader(path, table, settings, parameters)
    tasks = reader.tasks()
    for note in (*table.notes, *gathered(reader.notes), *_repeated_names(tasks)):
        on_note(note)
    return tasks


def class_headings(parameters: Mapping[str, Parameter], given: Mapping[str, str]) -> Headings:
    """The headers of a class list, under their English and Chinese names."""
    names = {name: key for key, all_names in FIXED.items() for name in all_names}
    names |= {name: name for name in parameters if name not in (PLAN, OPTIONS)}
    for name, path in _figure_names():
        names.setdefault(name, path)

    def accepts(head: str) -> str | None:
        first, *steps = head.split(".")
        within = len(steps) > 1 and steps[-1] != "id" and nearest(first, INSIDE) is not None
        return head if within or column_kind(head) is not None else None

    return Headings(names, "participant", accepts, given, example=EXAMPLE, lettered=False)


def _figure_names() -> Iterator[tuple[str, str]]:
    """Each name that belongs to one figure of a plan only, and the figure's path."""
    chinese = Words("zh")
    found: dict[str, set[str]] = {}
    for path in FIGURES:
        key = keys_on(path)[-1]
        for name in (path, key.label, chinese(key.label), *key.synonyms, *key.columns):
            found.setdefault(plain(name), set()).add(path)
    for path in FIGURES:  # a path takes precedence over another figure's name
        yield path, path
    yield from ((name, next(iter(paths))) for name, paths in found.items() if len(paths) == 1)


@dataclass
class _ClassReader:
    """Makes tasks from the rows of a class list, and collects faults and notes."""

    path: Path
    table: Table
    settings: Settings
    all_parameters: Mapping[str, Parameter]
    notes: list[tuple[str, Message]] = field(default_factory=list)
    bases: dict[str, Base | InputError] = field(default_factory=dict)

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """The notebook's parameters by name, without the plan and the options."""
        skipped = (PLAN, OPTIONS)
        return {name: one for name, one in self.all_parameters.items() if name not in skipped}

    def tasks(self) -> list[Task]:
        """A task for every row; InputError with all faults."""
        faults = [*self.table.faults, *self._missing()]
        tasks: list[Task] = []
        for row in self.table.rows if self.table.column(PLAN) else ():
            try:
                tasks.append(self._task(row))
            except InputError as error:
                faults += [replace(found, line=row.number) for found in error.faults]
        if not self.table.rows:
            faults.append(fault("", "the class file has no row; write one for each participant"))
        if faults:
            raise InputError(str(self.path), faults)
        return _with_own_stems(tasks)

    def _missing(self) -> Iterator[Fault]:
        """Faults of the columns as a whole."""
        header = self.table.header
        if self.table.column(OPTION) is not None and OPTIONS not in self.all_parameters:
            template = "the notebook takes no options of forks; leave this column out"
            yield Fault(OPTION, Message(template), header)
        if self.table.column(PLAN) is None:
            template = "the column '{column}' is missing: a plan file or a case's id in every row"
            yield Fault(PLAN, Message(template, {"column": PLAN}), header)

    def _task(self, row: Row) -> Task:
        """The task of one row; InputError with all its faults."""
        cells = {column.key: (column, cell) for column, cell in self.table.cells(row)}
        faults = [
            Fault(shown(c.header), cell.problem) for c, cell in cells.values() if cell.problem
        ]
        texts = {OPTION: self.settings.options} if self.settings.options else {}
        texts |= {key: cell.text for key, (_, cell) in cells.items() if cell.problem is None}
        parameters = self._parameters(texts, faults)
        base = self._base(texts.get(PLAN, ""))
        if isinstance(base, InputError):
            raise InputError(str(self.path), [*base.faults, *faults])
        values = self._figures(row, cells, base, faults)
        faults += base.faults_with(values)
        if OPTION in texts:
            parameters[OPTIONS], wrong = base.with_options(texts[OPTION])
            faults += wrong
        if faults:
            raise InputError(str(self.path), [self._headed(found) for found in faults])
        name = next((texts[key] for key in NAMES if texts.get(key)), "")
        return self._task_of(row, name, base, values, parameters)

    def _headed(self, found: Fault) -> Fault:
        """The same fault, named by the header as the table writes it."""
        column = self.table.column(found.path)
        return found if column is None else replace(found, path=shown(column.header))

    def _parameters(self, texts: Mapping[str, str], faults: list[Fault]) -> dict[str, object]:
        """The notebook parameters that a row sets."""
        parameters: dict[str, object] = {}
        for key in (key for key in texts if key in self.parameters):
            try:
                parameters[key] = value_of(self.parameters[key], texts[key])
            except InputError as error:
                faults += error.faults
        return parameters

    def _figures(
        self,
        row: Row,
        cells: Mapping[str, tuple[Column, Cell]],
        base: Base,
        faults: list[Fault],
    ) -> dict[str, object]:
        """The figures of the plan that a row sets, by their paths."""
        own = (*FIXED, *self.parameters)
        currency = base.case.plan.currency
        if "currency" in cells:
            currency = cells["currency"][1].text
        values: dict[str, object] = {}
        for key, (column, cell) in cells.items():
            if key in own or cell.problem is not None:
                continue
            value, problem = self._figure(row, column, cell, currency)
            if problem is not None:
                faults.append(Fault(key, problem))
            else:
                values[key] = value
        return values

    def _figure(
        self, row: Row, column: Column, cell: Cell, currency: str
    ) -> tuple[object, Message | None]:
        """The value of a cell as the plan would hold it, or why it cannot be read."""
        shape = column_kind(column.key)
        if column.key == STARTS:
            return _day_in(cell)
        if shape is None or not shape.number:
            return _words_in(cell.text, flag=shape is not None and shape.flag)
        reading = self.table.read(
            column, cell, kind_at(shape), several=several_at(shape), currency=currency
        )
        if reading.problem is not None:
            return None, reading.problem
        where = self.table.cell_name(row.number, column)
        self.notes += [(where, note) for note in (*cell.notes, *reading.notes)]
        value = reading.value
        return (list(value) if isinstance(value, tuple) else value), None

    def _task_of(
        self,
        row: Row,
        name: str,
        base: Base,
        changes: Mapping[str, object],
        parameters: Mapping[str, object],
    ) -> Task:
        """The task of a row without a fault."""
        lang = str(parameters.get("lang", self.settings.lang))
        edits = {**changes, **parameters, "name": name}
        return Task(
            source=f"{self.path}:{row.number}",
            id=base.case.id,
            stem=stem_of(name or base.case.id),
            text=base.text,
            mark=mark_of(base.written, replace(self.settings, lang=lang), edits),
            name=name,
            changes=changes,
            parameters=parameters,
            class_list=self.path.name,
        )

    def _base(self, source: str) -> Base | InputError:
        """The plan of a row, read once for all rows that name it."""
        if not source:
            empty = fault(PLAN, "this row names no plan; write a file's name or a case's id")
            return InputError(str(self.path), [empty])
        if source not in self.bases:
            try:
                self.bases[source] = Base.of(source, self.path.parent)
            except InputError as error:
                template = "{plan}: {fault}"
                missing = [
                    fault(PLAN, template, plan=shown(source), fault=f.message) for f in error.faults
                ]
                self.bases[source] = InputError(str(self.path), missing)
        return self.bases[source]


def _words_in(text: str, *, flag: bool) -> tuple[object, Message | None]:
    """The text of a cell, or its yes or no; otherwise why it cannot be read."""
    try:
        return (flag_in(text) if flag else text), None
    except CellError as error:
        return None, error.message


def _day_in(cell: Cell) -> tuple[object, Message | None]:
    """The day in a cell as the plan would hold it; otherwise why it cannot be read."""
    day = read_date(cell.found)
    return (None, day) if isinstance(day, Message) else (day.isoformat(), None)


def _repeated_names(tasks: Sequence[Task]) -> Iterator[Message]:
    """Say which names occur more than once, and what their pages are called."""
    rows: dict[str, list[Task]] = {}
    for task in tasks:
        if task.name:
            rows.setdefault(folded(task.name), []).append(task)
    for same in rows.values():
        if len(same) > 1:
            template = "“{name}” stands in rows {rows}; their pages are {pages}."
            lines = [task.source.rpartition(":")[2] for task in same]
            pages = [f"{task.stem}.html" for task in same]
            values = {"name": shown(same[0].name), "rows": lines, "pages": pages}
            yield Message(template, values)


def _with_own_stems(tasks: Sequence[Task]) -> list[Task]:
    """Give each task a stem of its own: the second of two with one name ends in `-2`."""
    taken: set[str] = set()
    result: list[Task] = []
    for task in tasks:
        stem, count = task.stem, 1
        while stem.casefold() in taken:
            count += 1
            stem = f"{task.stem}-{count}"
        taken.add(stem.casefold())
        result.append(replace(task, stem=stem))
    return result
