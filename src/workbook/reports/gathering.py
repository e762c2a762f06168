"""Turn what the user names (plan files, folders, class lists, cases) into one task per report."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from workbook.edit import chosen
from workbook.errors import Fault, InputError, Message, fault
from workbook.reports.class_list import tasks_of
from workbook.reports.folder import stem_of
from workbook.reports.parameters import choices_of
from workbook.reports.task import Settings, Task, clear_fingerprints, mark_of, plan_named
from workbook.tables import FOREIGN_SUFFIXES

CLASS_SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm")
PLAN_SUFFIXES = (".yaml", ".yml")


def gather(
    sources: Sequence[str],
    settings: Settings,
    *,
    encoding: str | None = None,
    given: Mapping[str, str] | None = None,
    on_note: Callable[[str, Message], None] = lambda source, note: None,
) -> tuple[list[Task], list[InputError]]:
    """Read every plan that is named, and every plan file in a folder that is named.

    Parameters
    ----------
    encoding, given
        How class lists are read: the encoding of a text file, and the known column that each of the
        user's own headers stands for.
    on_note
        Called with the name of a class list and a note on how it was read.

    Returns
    -------
    tuple
        The tasks of the plans that can be played, and the faults of the others.
    """
    clear_fingerprints()
    tasks: dict[str, Task] = {}
    errors: list[InputError] = []
    for source in _plans(sources, errors):
        try:
            if Path(source).suffix.lower() in (*CLASS_SUFFIXES, *FOREIGN_SUFFIXES):
                note = partial(on_note, source)
                path = Path(source)
                found = tasks_of(path, settings, encoding=encoding, given=given, on_note=note)
            else:
                found = [_task(source, settings, partial(on_note, source))]
            for task in found:
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
        if not os.path.isdir(source):  # noqa: PTH112  # a Path raises if a folder above is not readable
            found.append(source)
            continue
        try:
            files = sorted(Path(source).iterdir())
        except OSError as error:
            reason = error.strerror or type(error).__name__
            template = "this folder may not be read ({reason}); change its permissions"
            errors.append(InputError(source, [fault("", template, reason=reason)]))
            continue
        inside = [
            str(path)
            for path in files
            if path.suffix.lower() in PLAN_SUFFIXES and path.name != "sources.yaml"
        ]
        if not inside:
            errors.append(InputError(source, [_no_plan(files)]))
        found.extend(inside)
    return found


def _no_plan(files: Sequence[Path]) -> Fault:
    tables = [path for path in files if path.suffix.lower() in CLASS_SUFFIXES]
    if not tables:
        return fault("", "there is no plan file (.yaml) in this folder")
    template = "there is no plan file (.yaml) in this folder; a class file is named itself: {file}"
    return fault("", template, file=str(tables[0]))


def _task(source: str, settings: Settings, told: Callable[[Message], None]) -> Task:
    case, text = plan_named(source)
    for note in case.notes:
        told(Message("{where}: {what}", {"where": note.path, "what": note.message}))
    chosen(case.plan, choices_of(settings.options))
    mark = mark_of(text or case.text or "", settings)
    return Task(source=source, id=case.id, stem=stem_of(case.id), text=text, mark=mark)


def _same_id(task: Task, twin: Task) -> InputError:
    template = "the id '{id}' is that of {other} too; give each plan an id of its own"
    return InputError(task.source, [fault("id", template, id=task.id, other=twin.source)])
