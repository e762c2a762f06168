"""`workbook report`: read everything, tell every fault, make what is missing, tell what became."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from workbook.reports.batch import Batch, report
from workbook.reports.task import Row, Settings, gather
from workbook.words import Words


class Arguments(Protocol):
    """What the command line hands over."""

    plan: list[str]
    out: str
    jobs: int
    force: bool
    runs: int
    seed: int


def make_reports(args: Arguments, words: Words, complain: Callable[[str], None]) -> Batch:
    """Make the reports of the plans named; every fault is told before anything starts."""
    settings = Settings(words.lang, args.runs, args.seed)
    tasks, errors = gather(args.plan, settings)
    for error in errors:
        complain(words.faults(error))
    if not tasks:
        return Batch((), tuple(errors), Path(args.out))
    with bar(len(tasks), words) as told:
        return report(
            tasks, errors, Path(args.out), settings, jobs=args.jobs, force=args.force, told=told
        )


@contextmanager
def bar(total: int, words: Words) -> Iterator[Callable[[Row], None]]:
    """A progress bar on a terminal, nothing elsewhere; yields what to call with each row."""
    from tqdm import tqdm

    off = not sys.stderr.isatty()
    with tqdm(total=total, desc=words("Reports"), disable=off, leave=False) as shown:

        def told(row: Row) -> None:
            shown.set_postfix_str(row.stem[:30], refresh=False)
            shown.update()

        yield told
