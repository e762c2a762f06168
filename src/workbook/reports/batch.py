"""Make a report of each plan with one notebook, then the index over all of them.

Every plan is read before anything starts. Reports are made by a pool of workers, or on a cluster,
so this process stays light and quick to stop; a worker that dies affects no other report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workbook.errors import InputError, Message, WorkError
from workbook.reports.folder import foreign, good, note_of, publish, sole_owner, writable
from workbook.reports.index import NAME as INDEX
from workbook.reports.index import write_index
from workbook.reports.notebook import kernel_home
from workbook.reports.task import Made, Row, Settings, Task, orders
from workbook.reports.warm.workers import WorkerPool
from workbook.words import Words

MANY = 3
"""From so many reports for each worker on, it pays that the fork server makes one to warm up."""

OnRow = Callable[[Row], None]
Finish = Callable[[Sequence[Row]], None]


@dataclass(frozen=True)
class Batch:
    """The result of a batch: one row per report, in the order they were named, and the faults.

    Attributes
    ----------
    gone
        Reports of earlier runs whose participants are no longer in the class list: their files
        stay, the index omits them.
    notes
        Remarks on how each table was read.
    """

    rows: tuple[Row, ...]
    errors: tuple[InputError, ...]
    out: Path
    gone: tuple[Row, ...] = ()
    notes: tuple[tuple[str, Message], ...] = ()

    @property
    def exit_code(self) -> int:
        """0: done; 1: a report failed; 2: a plan has faults."""
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
            "gone": [row.name or row.stem for row in self.gone],
            "notes": [
                {"source": source, "message": words.message(note)} for source, note in self.notes
            ],
        }

    def text(self, words: Words) -> str:
        """What `report` prints: one line per report, and where the index is."""
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
        if lines:
            lines.append(words("index  {file}", file=str(self.out / INDEX)))
        if self.gone:
            template = (
                "No longer in the class list: {names}. Index and summary leave them out; their"
                " files stay in {out}."
            )
            names = [row.name or row.stem for row in self.gone]
            lines.append(words(template, names=names, out=str(self.out)))
        return "\n".join(lines)


def _row_data(row: Row, out: Path, words: Words) -> dict[str, Any]:
    page = out / f"{row.stem}.html"
    return {
        "source": row.source,
        "name": row.name or None,
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
    scheduler: str | None = None,
    on_row: OnRow = lambda row: None,
    finish: Finish = lambda rows: None,
) -> Batch:
    """Make the reports that are missing or outdated, then the index of the folder.

    Parameters
    ----------
    tasks, errors
        As `gathering.gather` returns them.
    out
        The folder, made if it does not exist.
    jobs
        How many reports are made at the same time.
    force
        Make every report again, and replace files that the workbook did not write.
    scheduler
        Address of a Dask scheduler that has the reports made; `local` starts a small one here.
    on_row
        Called with each row as soon as it is known.
    finish
        Called with all rows before the index is written.

    Raises
    ------
    WorkError
        If the folder cannot be written to, or another batch is writing there.
    """
    writable(out)
    with sole_owner(out):
        found = {} if force else _settled(tasks, out)
        todo = [task for task in tasks if task.stem not in found]
        for row in found.values():
            on_row(row)
        for row in made(todo, settings, out, jobs, scheduler) if todo else ():
            found[row.stem] = row
            on_row(row)
        rows = tuple(replace(found[task.stem], name=task.name) for task in tasks)
        finish(rows)
        gone = write_index(out, [*_faulty(errors), *rows], settings.lang, _class_lists(tasks))
    return Batch(rows, tuple(errors), out, gone)


def _faulty(errors: Sequence[InputError]) -> list[Row]:
    return [Row(e.source, "", "faulty", reasons=_with_lines(e)) for e in errors]


def _class_lists(tasks: Sequence[Task]) -> set[str]:
    return {task.class_list for task in tasks if task.class_list}


def _settled(tasks: Sequence[Task], out: Path) -> dict[str, Row]:
    """Rows of the reports that need not or may not be made, by stem."""
    rows = ((task.stem, _settled_row(task, out)) for task in tasks)
    return {stem: row for stem, row in rows if row is not None}


def _settled_row(task: Task, out: Path) -> Row | None:
    """Row of a report that is up to date or may not be written; None if it has to be made."""
    if good(out, task.stem, task.mark):
        return _kept(task, out)
    if other := foreign(out, task.stem):
        template = (
            "{file} is there already and was not written by the workbook; "
            "move it away, or use --force"
        )
        reason = Message(template, {"file": str(out / other)})
        return Row(task.source, task.stem, "failed", reasons=(reason,))
    return None


def _with_lines(error: InputError) -> tuple[Message, ...]:
    """Message of each fault, after its line if it has one."""
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


def made(
    todo: Sequence[Task], settings: Settings, out: Path, jobs: int, scheduler: str | None = None
) -> Iterator[Row]:
    """Make reports, here or on a cluster, and yield each row as soon as it is known."""
    if scheduler is None:
        lang = settings.lang if len(todo) > MANY * jobs else ""
        with kernel_home() as folder, WorkerPool(folder, lang, min(jobs, len(todo))) as pool:
            yield from (made.row for made in pool.made(orders(todo, settings, out)))
        return
    from workbook.reports.cluster import made_on_cluster

    for made in made_on_cluster(list(orders(todo, settings, None)), scheduler, jobs):
        yield _published(made, out)


def _published(made: Made, out: Path) -> Row:
    """Write the files that a cluster sent back, and return the row."""
    try:
        if made.files:
            publish(out, made.files)
    except WorkError as error:
        return replace(made.row, state="failed", reasons=(error.message,))
    return made.row
