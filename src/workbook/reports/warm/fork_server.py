"""A fork server: a process that loads everything once, warms up, and forks workers.

It is started as a new program (`python -m workbook.reports.warm.fork_server FD FOLDER LANG`), so
that it has no thread of its owner, which may be a cluster's worker. It says when it is ready, and
then only forks: each byte on its socket, with one end of a pipe, becomes a worker that serves this
pipe. When the socket closes, the server ends, and every worker with it.

Fonts, templates, schemas and translations are slow the first time only. So it makes a few small
reports and throws them away: one plan is simulated, one is exact, and one is made twice, because
the interpreter specialises a function after some calls.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbook.reports.task import Made, Order


PLAN = """\
plan: 1
id: warm-up
goal: shop
horizon_weeks: 30
cash: 9000
burn_per_week: 300
sales: {reach_per_week: 10, conversion: 0.1, price: 50, margin: 0.5}
milestones:
  - {id: demand, stage: demand, weeks: 2, cost: 500, pass_rate: 0.6, gives: {conversion: 0.2}}
  - {id: shop, needs: [demand], weeks: [1, 2, 3], cost: 3000, pass_rate: 0.5}
forks:
  - id: gap
    at: {week: 2}
    options:
      - {id: borrow, loan: {amount: 3000, repay: 4000, repay_after_weeks: 20}}
"""
MODULES = (
    "nbconvert",
    "papermill",
    "workbook.reports.contents",
    "workbook.reports.worker",
)
PARTS = (
    *("opening", "chain", "fates", "runway", "conversion", "milestones", "forks"),
    *("policy", "review"),
    *("next_steps", "sources", "takeaway", "end"),
)
LIVES = 1_000


def load() -> None:
    """Load what every report needs."""
    for module in MODULES:
        import_module(module)


def make_a_report(lang: str) -> None:
    """Make a report in this process, without a kernel."""
    import nbformat
    import papermill

    from workbook import cases
    from workbook.reports.contents import Report
    from workbook.reports.notebook import ending, page, quiet, shipped
    from workbook.reports.plan_files import STARTERS
    from workbook.words import Words

    words = Words(lang)
    quiet()
    starter = (STARTERS / f"{lang}.yaml").read_text("utf-8")
    for text in (PLAN, starter, starter):
        report = Report(cases.read_text(text), words, LIVES, 1)
        shown = [getattr(report, part)() for part in PARTS]
    notebook: Any = papermill.execute_notebook(
        str(shipped(lang)), None, {"plan": "x"}, engine_name="workbook", prepare_only=True
    )
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"][-len(shown) :]
    for cell, part in zip(cells, shown, strict=True):
        cell.outputs = [nbformat.v4.new_output("display_data", part._repr_mimebundle_())]
    page(notebook, ending(notebook), words)
    nbformat.writes(notebook)


WARM, WORKER, LEAVE = b"r", b"w", b"q"
SLOW = "rfc3987_syntax"
"""Compiles a grammar for a second when nbformat loads jsonschema; no notebook needs it checked."""


def main(line: int, folder: Path, lang: str) -> None:
    """Warm up, then fork a worker for every pipe that comes down the line.

    `lang` is the language of the report made to warm up. Empty: none is made, which is quicker for
    a few reports. If the owner died, its temporary folder is removed as well.
    """
    sys.modules[SLOW] = None  # type: ignore[assignment]
    try:
        _warm_up(lang)
    finally:
        del sys.modules[SLOW]
    gc.collect()
    gc.freeze()  # shared by every fork as long as no collection touches it
    control = socket.socket(fileno=line)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with suppress(OSError):  # an owner that has ended is noticed below
        control.send(WARM)
    while True:
        request, pipes, _, _ = socket.recv_fds(control, 1, 1)
        if request == LEAVE:
            _reap(all=True)
            return
        if not request:
            _clear(folder)
        _reap()
        if os.fork() == 0:
            control.close()
            _work(Connection(pipes[0]))
        os.close(pipes[0])


def _clear(folder: Path) -> None:
    """End every worker, then remove the folder: one that still writes would leave files behind."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(0, signal.SIGTERM)
    _reap(all=True)
    rmtree(folder, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


def _reap(*, all: bool = False) -> None:
    """Reap workers that have ended; or wait for all of them to end."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, 0 if all else os.WNOHANG)[0]:
            pass


def _work(line: Connection) -> None:
    """Serve a pipe: take an order, send its result; never returns."""
    status = 1
    try:
        from workbook.reports.worker import make

        with suppress(EOFError):
            while True:
                order: Order = line.recv()
                made: Made = make(order)
                line.send(made)
        status = 0
    finally:
        os._exit(status)


def _warm_up(lang: str) -> None:
    """Load all that a report needs, and make a small one, so that every cache is filled."""
    from workbook.reports.warm.execute import make_kernel_ready

    make_kernel_ready()
    load()
    if lang:
        make_a_report(lang)


if __name__ == "__main__":
    os.chdir(Path(os.sep))
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
