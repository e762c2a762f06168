"""From what the operator names, to one task a report: plan files, folders, class files, cases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from workbook.edit import chosen
from workbook.errors import Fault, InputError, fault
from workbook.reports.folder import stem_of
from workbook.reports.parameters import choices_of
from workbook.reports.roster import tasks_of
from workbook.reports.task import Settings, Task, forget, mark_of, plan_named

CLASS_SUFFIXES = {".csv", ".tsv", ".xlsx", ".xlsm"}
FOREIGN_SUFFIXES = {".xls", ".xlsb", ".ods", ".numbers"}
PLAN_SUFFIXES = {".yaml", ".yml"}


def gather(sources: Sequence[str], settings: Settings) -> tuple[list[Task], list[InputError]]:
    """Read every plan that is named, and every plan file of a folder that is named.

    Returns
    -------
    tuple
        The tasks of the plans that can be played, and the faults of the others.
    """
    forget()
    tasks: dict[str, Task] = {}
    errors: list[InputError] = []
    for source in _plans(sources, errors):
        try:
            for task in _tasks(source, settings):
                twin = tasks.get(task.stem.casefold())
                if twin is not None and (twin.source, twin.text) != (task.source, task.text):
                    raise _same_id(task, twin)
                tasks[task.stem.casefold()] = task
        except InputError as error:
            errors.append(error)
    return list(tasks.values()), errors


def _plans(sources: Sequence[str], errors: list[InputError]) -> list[str]:
    found: list[str] = []
    for source in sources:
        folder = Path(source)
        if not folder.is_dir():
            found.append(source)
            continue
        inside = sorted(
            str(path)
            for path in folder.iterdir()
            if path.suffix.lower() in PLAN_SUFFIXES and path.name != "sources.yaml"
        )
        if not inside:
            errors.append(InputError(source, [_no_plan(folder)]))
        found.extend(inside)
    return found


def _no_plan(folder: Path) -> Fault:
    tables = sorted(p for p in folder.iterdir() if p.suffix.lower() in CLASS_SUFFIXES)
    if not tables:
        return fault("", "there is no plan file (.yaml) in this folder")
    template = "there is no plan file (.yaml) in this folder; a class file is named itself: {file}"
    return fault("", template, file=str(tables[0]))


def _tasks(source: str, settings: Settings) -> list[Task]:
    """The task of a plan, or those of a class file."""
    if Path(source).suffix.lower() in CLASS_SUFFIXES:
        return tasks_of(Path(source), settings)
    if Path(source).suffix.lower() in FOREIGN_SUFFIXES:
        template = "a table of this kind cannot be read here; save it as .xlsx or as CSV"
        raise InputError(source, [fault("", template)])
    return [_task(source, settings)]


def _task(source: str, settings: Settings) -> Task:
    case, text = plan_named(source)
    chosen(case.plan, choices_of(settings.options))
    mark = mark_of(text or case.text or "", settings)
    return Task(source=source, id=case.id, stem=stem_of(case.id), text=text, mark=mark)


def _same_id(task: Task, twin: Task) -> InputError:
    template = "the id '{id}' is that of {other} too; give each plan an id of its own"
    return InputError(task.source, [fault("id", template, id=task.id, other=twin.source)])
