"""A process kept clean and warm: it loads everything once, rehearses, and forks workers.

It is started afresh (`python -m workbook.reports.warm.house FD ROOM LANG`), so that no thread of
its owner comes along, not even where the owner is a cluster's worker. It says when it is warm, and
then does nothing but fork: each byte down its line, with one end of a pipe, becomes a worker that
serves this pipe. When the line closes, the house goes, and every worker with it.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook.reports.task import Made, Order

WARM, WORKER, LEAVE = b"r", b"w", b"q"
SLOW = "rfc3987_syntax"
"""Compiles a grammar for a second when nbformat loads jsonschema; no notebook needs it checked."""


def main(line: int, room: Path, lang: str) -> None:
    """Get warm, then fork a worker for every pipe that comes down the line.

    `lang` is what a rehearsal is held in; empty: none, for a few reports are made sooner without.
    Where the owner has gone without a word, the room it had is cleared away with the rest.
    """
    sys.modules[SLOW] = None  # type: ignore[assignment]
    try:
        _get_warm(lang)
    finally:
        del sys.modules[SLOW]
    gc.collect()
    gc.freeze()  # what is there now is shared by every fork: no collection shall touch it
    control = socket.socket(fileno=line)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with suppress(OSError):  # an owner that has gone is noticed below
        control.send(WARM)
    while True:
        told, pipes, _, _ = socket.recv_fds(control, 1, 1)
        if told == LEAVE:
            _reap(all=True)
            return
        if not told:
            _clear(room)
        _reap()
        if os.fork() == 0:
            control.close()
            _work(Connection(pipes[0]))
        os.close(pipes[0])


def _clear(room: Path) -> None:
    """End every worker, then the room: one that still writes would leave its desk behind."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(0, signal.SIGTERM)
    _reap(all=True)
    rmtree(room, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


def _reap(*, all: bool = False) -> None:
    """Take leave of workers that have gone; or wait for all of them to go."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, 0 if all else os.WNOHANG)[0]:
            pass


def _work(line: Connection) -> None:
    """Serve a pipe: an order in, what became of it out; never returns."""
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


def _get_warm(lang: str) -> None:
    """Load all that a report takes, and make a small one, so that every cache is filled."""
    from workbook.reports.warm.choice import keep_ready
    from workbook.reports.warm.rehearsal import load, rehearse

    keep_ready()
    load()
    if lang:
        rehearse(lang)


if __name__ == "__main__":
    os.chdir(Path(os.sep))
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
