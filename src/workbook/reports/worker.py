"""Make one report, start to end, in a process of its own: execute, check, write."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import nbformat

from workbook.errors import Message, WorkbookError, WorkError
from workbook.reports.folder import MARK, publish
from workbook.reports.notebook import Ending, ending, execute, scrub
from workbook.reports.page import page
from workbook.reports.strict_json import strict_json
from workbook.reports.task import Row, Settings, Task
from workbook.reports.workroom import surroundings
from workbook.words import Words

PLAN_FILE = "plan.yaml"


def settle(room: Path) -> None:
    """Prepare a fresh process: Jupyter's places inside the room; Ctrl-C is the parent's affair.

    What kernels say on their way out goes into the room too: what matters comes back as a row.
    """
    os.environ.update(surroundings(room))
    diary = os.open(room / "diary.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(diary, stream)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def make(task: Task, settings: Settings, room: Path, out: Path) -> Row:
    """Make a report; whatever goes wrong becomes a row that says what."""
    start = monotonic()
    try:
        end = _make(task, settings, room, out)
    except WorkbookError as error:
        reasons = (error.message,) if isinstance(error, WorkError) else (Message(str(error)),)
        return Row(task.source, task.stem, "failed", reasons=reasons)
    return Row(
        task.source,
        task.stem,
        "made",
        title=end.title,
        finding=end.finding,
        goal=end.goal,
        seconds=monotonic() - start,
    )


def _make(task: Task, settings: Settings, room: Path, out: Path) -> Ending:
    words = Words(settings.lang)
    with TemporaryDirectory(dir=room) as name:
        desk = Path(name)
        if task.text is not None:
            (desk / PLAN_FILE).write_text(task.text, encoding="utf-8", newline="\n")
        parameters = {
            "plan": task.id if task.text is None else PLAN_FILE,
            "lang": settings.lang,
            "runs": settings.runs,
            "seed": settings.seed,
        }
        notebook = execute(settings.path, parameters, desk, settings.seconds)
        end = ending(notebook)
        scrub(notebook, desk)
    notebook.metadata["workbook"] = {
        MARK: task.mark,
        "title": end.title,
        "finding": end.finding,
        "goal": end.goal,
    }
    files = {
        f"{task.stem}.json": strict_json(end.data),
        f"{task.stem}.ipynb": str(nbformat.writes(notebook)) + "\n",  # type: ignore[no-untyped-call]
        f"{task.stem}.html": page(notebook, end, words, task.mark),
    }
    publish(out, files)
    return end
