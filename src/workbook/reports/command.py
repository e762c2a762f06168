"""`workbook report`: read everything, report every fault, make what is missing.

What the user names (plan files, folders, class lists, cases) becomes one task per report; progress
bars are shown on a terminal only.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

from workbook.edit import chosen
from workbook.errors import Fault, InputError, Message, fault
from workbook.play import OnProgress
from workbook.reports.batch import Batch, report
from workbook.reports.class_list import tasks_of
from workbook.reports.folder import stem_of
from workbook.reports.index import print_pages
from workbook.reports.parameters import choices_of
from workbook.reports.task import Row, Settings, Task, clear_fingerprints, mark_of, plan_named
from workbook.reports.warm import CAN_FORK
from workbook.tables import FOREIGN_SUFFIXES
from workbook.words import Words

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
        user's own headers means.
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
        note, path = partial(on_note, source), Path(source)
        try:
            if path.suffix.lower() in (*CLASS_SUFFIXES, *FOREIGN_SUFFIXES):
                found = tasks_of(path, settings, encoding=encoding, given=given, on_note=note)
            else:
                found = [_task(source, settings, note)]
            for task in found:
                _add(task, tasks)
        except InputError as error:
            errors.append(error)
    return list(tasks.values()), errors


def _add(task: Task, tasks: dict[str, Task]) -> None:
    """Add a task; InputError if another plan has the same id."""
    twin = tasks.get(task.stem.casefold())
    if twin is not None and (twin.source, twin.text) != (task.source, task.text):
        raise _same_id(task, twin)
    tasks[task.stem.casefold()] = task


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


def _task(source: str, settings: Settings, report: Callable[[Message], None]) -> Task:
    case, text = plan_named(source)
    for note in case.notes:
        report(Message("{where}: {what}", {"where": note.path, "what": note.message}))
    chosen(case.plan, choices_of(settings.options))
    mark = mark_of(text or case.text or "", settings)
    return Task(source=source, id=case.id, stem=stem_of(case.id), text=text, mark=mark)


def _same_id(task: Task, twin: Task) -> InputError:
    template = "the id '{id}' is that of {other} too; give each plan an id of its own"
    return InputError(task.source, [fault("id", template, id=task.id, other=twin.source)])


PATIENCE_SECONDS = 1.0


@contextmanager
def progress(name: str) -> Iterator[OnProgress]:
    """A bar on stderr for an answer that takes a while; yields what to call with the share done."""
    from tqdm import tqdm

    form = "{desc} {percentage:3.0f}%|{bar}| {elapsed}"
    off = not sys.stderr.isatty()
    with tqdm(
        total=1.0,
        desc=name,
        bar_format=form,
        disable=off,
        delay=PATIENCE_SECONDS,
        miniters=0,
        leave=False,
        ncols=60,
    ) as bar:

        def on_progress(share: float) -> None:
            bar.update(share - bar.n)

        yield on_progress


@contextmanager
def report_progress(total: int, words: Words) -> Iterator[Callable[[Row], None]]:
    """A bar that moves with every report; yields what to call with each row."""
    from tqdm import tqdm

    off = not sys.stderr.isatty()
    with tqdm(total=total, desc=words("Reports"), disable=off, leave=False) as shown:

        def on_row(row: Row) -> None:
            shown.set_postfix_str(row.stem[:30], refresh=False)
            shown.update()

        yield on_row


class Arguments(Protocol):
    """What the command line passes."""

    plan: list[str]
    out: str
    jobs: int | None
    scheduler: str | None
    option: list[tuple[str, str]]
    force: bool
    pdf: bool
    runs: int
    seed: int
    encoding: str | None
    map: list[tuple[str, str]]


def make_reports(args: Arguments, words: Words, complain: Callable[[str], None]) -> Batch:
    """Make the reports of the plans named; every fault is reported before anything starts."""
    settings = _settings(args, words)
    tasks, errors, notes = _read(args, settings, words, complain)
    jobs, out = args.jobs or processors(), Path(args.out)
    if not tasks:
        return Batch((), tuple(errors), out, notes=notes)
    _tell_the_engine(args, words, complain)

    def finish(rows: Sequence[Row]) -> None:
        if args.pdf:
            print_pages(out, rows, jobs, words, complain)

    with report_progress(len(tasks), words) as on_row:
        batch = report(
            tasks,
            errors,
            out,
            settings,
            jobs=jobs,
            force=args.force,
            scheduler=args.scheduler,
            on_row=on_row,
            finish=finish,
        )
    return replace(batch, notes=notes)


def _settings(args: Arguments, words: Words) -> Settings:
    options = ",".join(f"{fork}={option}" for fork, option in args.option)
    return Settings(
        words.lang, args.runs, args.seed, options=options, policy=_is_one_plan(args.plan)
    )


def _is_one_plan(sources: Sequence[str]) -> bool:
    """Whether a single plan is reported: its page has time for a policy."""
    alone = Path(sources[0]) if len(sources) == 1 else None
    return alone is not None and alone.suffix.lower() not in CLASS_SUFFIXES and not alone.is_dir()


def _read(
    args: Arguments, settings: Settings, words: Words, complain: Callable[[str], None]
) -> tuple[list[Task], list[InputError], tuple[tuple[str, Message], ...]]:
    """Read what is named; return tasks, faults and notes, after telling the latter two."""
    notes: list[tuple[str, Message]] = []

    def on_note(source: str, note: Message) -> None:
        notes.append((source, note))
        complain(f"{source}: {words.message(note)}")

    tasks, errors = gather(
        args.plan, settings, encoding=args.encoding, given=dict(args.map), on_note=on_note
    )
    for error in errors:
        complain(words.faults(error))
    return tasks, errors, tuple(notes)


def _tell_the_engine(args: Arguments, words: Words, complain: Callable[[str], None]) -> None:
    """Say so where the reports take longer because kernels cannot be forked."""
    if not CAN_FORK and args.scheduler is None:
        sentence = "papermill's own engine runs this notebook: {reason}."
        complain(words(sentence, reason=words("kernels are forked on Linux only")))


def processors() -> int:
    """Count the processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on Linux
        return os.cpu_count() or 1
