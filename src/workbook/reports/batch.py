"""Many plans, one notebook: a page each, an index, and a row that says what became of it.

Every plan is read before anything starts. Reports are made in worker processes, so this one stays
light and quick to stop; a worker that dies takes nothing else with it: what was in its hands is
tried once more, alone, and then told as failed.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook.errors import InputError, Message
from workbook.reports import worker
from workbook.reports.folder import good, note_of, writable
from workbook.reports.index import NAME as INDEX
from workbook.reports.index import write_index
from workbook.reports.task import Row, Settings, Task
from workbook.reports.workroom import workroom
from workbook.words import Words

Told = Callable[[Row], None]


@dataclass(frozen=True)
class Batch:
    """What became of a batch: a row a report, in the order they were named, and the faults."""

    rows: tuple[Row, ...]
    errors: tuple[InputError, ...]
    out: Path

    @property
    def exit_code(self) -> int:
        """0 all is well, 1 a report failed, 2 a plan was at fault."""
        if self.errors:
            return 2
        return int(any(row.state == "failed" for row in self.rows))

    def data(self, words: Words) -> dict[str, Any]:
        """What `report --json` prints."""
        return {
            "out": str(self.out),
            "reports": [_row_data(row, self.out, words) for row in self.rows],
            "faults": [
                {"source": error.source, "line": f.line, "path": f.path, "message": words.fault(f)}
                for error in self.errors
                for f in error.faults
            ],
        }

    def text(self, words: Words) -> str:
        """What `report` prints: a line a report, and where the index is."""
        states = {
            "made": words("written"),
            "kept": words("up to date"),
            "failed": words("failed"),
        }
        lines = [
            f"{states[row.state]}  {self.out / row.stem}.html"
            if row.state != "failed"
            else f"{states[row.state]}  {row.source}: {' '.join(map(words.message, row.reasons))}"
            for row in self.rows
        ]
        return "\n".join(
            [*lines, words("index  {file}", file=str(self.out / INDEX))] if lines else []
        )


def _row_data(row: Row, out: Path, words: Words) -> dict[str, Any]:
    page = out / f"{row.stem}.html"
    return {
        "source": row.source,
        "state": row.state,
        "page": str(page) if row.state != "failed" else None,
        "finding": row.finding or None,
        "goal": row.goal,
        "reasons": [words.message(reason) for reason in row.reasons],
        "seconds": round(row.seconds, 3),
    }


def report(
    tasks: Sequence[Task],
    errors: Sequence[InputError],
    out: Path,
    settings: Settings,
    *,
    jobs: int = 1,
    force: bool = False,
    told: Told = lambda row: None,
) -> Batch:
    """Make what is missing or was made from something else, then the index over the folder.

    Parameters
    ----------
    tasks, errors
        As `task.gather` found them.
    out
        The folder; it is made if it is not there.
    jobs
        Worker processes.
    force
        Make every report anew.
    told
        Called with each row as soon as it is known.

    Raises
    ------
    WorkError
        Where nothing can be written in the folder.
    """
    writable(out)
    kept = {t.stem: _kept(t, out) for t in tasks if not force and good(out, t.stem, t.mark)}
    found = dict(kept)
    for row in kept.values():
        told(row)
    todo = [task for task in tasks if task.stem not in kept]
    for row in made(todo, settings, out, jobs) if todo else ():
        found[row.stem] = row
        told(row)
    faulty = [Row(e.source, "", "faulty", reasons=_placed(e)) for e in errors]
    rows = tuple(found[task.stem] for task in tasks)
    write_index(out, [*faulty, *rows], settings.lang)
    return Batch(rows, tuple(errors), out)


def _placed(error: InputError) -> tuple[Message, ...]:
    """What each fault says, with its line in front where the input was a file."""
    return tuple(
        Message("{where}: {what}", {"where": _line(f.line), "what": f.message})
        if f.line
        else f.message
        for f in error.faults
    )


def _line(line: int) -> Message:
    return Message("line {line}", {"line": str(line)})


def _kept(task: Task, out: Path) -> Row:
    note = note_of(out, task.stem)
    return Row(
        task.source,
        task.stem,
        "kept",
        title=str(note.get("title", task.id)),
        finding=str(note.get("finding", "")),
        goal=note.get("goal"),
    )


def made(todo: Sequence[Task], settings: Settings, out: Path, jobs: int) -> Iterator[Row]:
    """Make reports in worker processes and give each row when it is there."""
    with workroom() as room:
        lost: list[Task] = []
        yield from _pool(todo, settings, out, min(jobs, len(todo)), room, lost)
        for task in lost:
            again: list[Task] = []
            yield from _pool([task], settings, out, 1, room, again)
            if again:
                died = Message("The process that made this report died.")
                yield Row(task.source, task.stem, "failed", reasons=(died,))


def _pool(
    todo: Sequence[Task], settings: Settings, out: Path, jobs: int, room: Path, lost: list[Task]
) -> Iterator[Row]:
    """One pool over the tasks; those that it lost because a worker died are put into `lost`."""
    context = multiprocessing.get_context("spawn")  # no thread or socket of ours goes along
    pool = ProcessPoolExecutor(jobs, context, initializer=worker.settle, initargs=(room,))
    before = set(multiprocessing.active_children())
    try:
        tasks: dict[Future[Row], Task] = {
            pool.submit(worker.make, task, settings, room, out): task for task in todo
        }
        for future in as_completed(tasks):
            try:
                yield future.result()
            except BrokenProcessPool:
                lost.append(tasks[future])
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in set(multiprocessing.active_children()) - before:
            process.terminate()
        raise
    pool.shutdown()
