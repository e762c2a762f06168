"""Make one report from start to end in a process of its own: execute, check, write.

No learner's code runs in this process: the notebook has a kernel of its own, and its outputs are
checked here.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from workbook.errors import Message, WorkbookError, WorkError
from workbook.reports.folder import MARK, publish
from workbook.reports.notebook import LOG, Ending, ending, execute, page, scrub, variables
from workbook.reports.task import Made, Order, Row, Task, strict_json
from workbook.words import Words

PLAN_FILE = "plan.yaml"


def serve(line: Connection, folder: Path) -> None:
    """Take orders from a pipe in a process started for it; the owner alone answers Ctrl-C.

    What kernels print goes into the log; the result comes back as a row.
    """
    os.environ.update(variables(folder))
    log = os.open(folder / LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(log, stream)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError):
        while True:
            line.send(make(line.recv()))


def make(order: Order) -> Made:
    """Make a report; any failure becomes a row with its reason."""
    start = monotonic()
    task = order.task
    try:
        end, files = _make(order)
        if order.out is not None:
            publish(order.out, files)
            files = {}
    except WorkError as error:
        return Made(failure(order, error.message))
    except WorkbookError as error:
        return Made(failure(order, Message(str(error))))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        template = "There is no room to work in: {reason}."
        return Made(failure(order, Message(template, {"reason": reason})))
    except Exception as error:  # a notebook's outputs may hold anything
        reason = (f"{type(error).__name__}: {error}".splitlines() or [""])[0][:200]
        template = "The report could not be made: {reason}"
        return Made(failure(order, Message(template, {"reason": reason})))
    seconds = monotonic() - start
    row = Row(task.source, task.stem, "made", end.title, end.finding, end.goal, seconds=seconds)
    return Made(row, files)


def failure(order: Order, reason: Message) -> Row:
    """The row of a report that could not be made."""
    return Row(order.task.source, order.task.stem, "failed", reasons=(reason,))


def _plan_text(task: Task) -> str | None:
    """The plan file for the notebook; None if it finds a shipped case by its id."""
    from workbook import cases
    from workbook.reports.parameters import plan_text

    if not task.changes:
        if task.text is None:
            cases.load(task.id)  # cached here, so that no kernel has to read it
        return task.text
    return plan_text(task.text or cases.load(task.id).text or "", task.changes)


def _make(order: Order) -> tuple[Ending, dict[str, str]]:
    """The report's end mark, and its files by name."""
    import nbformat

    task, settings = order.task, order.settings
    with TemporaryDirectory(prefix="workbook-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        text = _plan_text(task)
        if text is not None:
            (folder / PLAN_FILE).write_text(text, encoding="utf-8", newline="\n")
        given = {"plan": task.id if text is None else PLAN_FILE}
        parameters = {**settings.parameters, **task.parameters, **given}
        notebook = execute(order.notebook, parameters, folder, settings.seconds, settings.memory_mb)
        end = ending(notebook)
        scrub(notebook, folder)
    facts = {MARK: task.mark, "title": end.title, "finding": end.finding, "goal": end.goal}
    own = {"name": task.name, "class": task.class_list}
    notebook.metadata["workbook"] = facts | {key: value for key, value in own.items() if value}
    files = {
        f"{task.stem}.ipynb": str(nbformat.writes(notebook, indent=None)) + "\n",  # type: ignore[no-untyped-call]
        f"{task.stem}.json": strict_json(end.data),
        f"{task.stem}.html": page(notebook, end, Words(settings.lang), task.mark),
    }
    return end, files
