"""A fork server: a process that loads everything once, warms up, and forks workers.

It is started as a new program (`python -m workbook.reports.warm.fork_server FD FOLDER LANG`), so
that it has no thread of its owner, which may be a cluster's worker. It says when it is ready, and
then only forks: each byte on its socket, with one end of a pipe, becomes a worker that serves this
pipe. When the socket closes, the server ends, and every worker with it.
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
        told, pipes, _, _ = socket.recv_fds(control, 1, 1)
        if told == LEAVE:
            _reap(all=True)
            return
        if not told:
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
    from workbook.reports.warm.choice import make_kernel_ready
    from workbook.reports.warm.warm_up import load, make_a_report

    make_kernel_ready()
    load()
    if lang:
        make_a_report(lang)


if __name__ == "__main__":
    os.chdir(Path(os.sep))
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
