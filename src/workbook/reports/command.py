"""`workbook report`: read everything, report every fault, make what is missing."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from workbook.errors import Message
from workbook.reports.batch import Batch, report
from workbook.reports.gathering import gather
from workbook.reports.pdf import print_pages
from workbook.reports.progress import report_progress
from workbook.reports.task import Row, Settings
from workbook.reports.warm.fork_safety import CAN_FORK
from workbook.words import Words


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
    options = ",".join(f"{fork}={option}" for fork, option in args.option)
    settings = Settings(words.lang, args.runs, args.seed, options=options)
    notes: list[tuple[str, Message]] = []

    def on_note(source: str, note: Message) -> None:
        notes.append((source, note))
        complain(f"{source}: {words.message(note)}")

    tasks, errors = gather(
        args.plan, settings, encoding=args.encoding, given=dict(args.map), on_note=on_note
    )
    for error in errors:
        complain(words.faults(error))
    if not tasks:
        return Batch((), tuple(errors), Path(args.out), notes=tuple(notes))
    if not CAN_FORK and args.scheduler is None:
        sentence = "papermill's own engine runs this notebook: {reason}."
        complain(words(sentence, reason=words("kernels are forked on Linux only")))
    jobs, out = args.jobs or processors(), Path(args.out)

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
    return replace(batch, notes=tuple(notes))


def processors() -> int:
    """Count the processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on Linux
        return os.cpu_count() or 1
