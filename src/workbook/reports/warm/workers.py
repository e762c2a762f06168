"""A pool of workers: give each an order, take its result, replace one that died.

Where processes cannot be forked, each worker is spawned, and papermill's own engine starts its
kernels: slower, with the same pages.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from workbook.errors import Message, WorkError
from workbook.reports.notebook import LOG, safe_path, variables
from workbook.reports.task import Made, Order, Row
from workbook.reports.warm import CAN_FORK
from workbook.reports.warm.fork_server import LEAVE, WARM, WORKER

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
KEEP_MEMORY = {"MALLOC_MMAP_THRESHOLD_": f"{1 << 28}", "MALLOC_TRIM_THRESHOLD_": f"{1 << 30}"}
"""For the GNU C library: what an array held is used again, not given back and asked for again."""
DIED = Message("The process that made this report died.")
TRIES = 3
"""How often an order is started: two of its workers may die with a fork server that is killed."""
BUILDS = 3
"""How often a fork server is started in one batch."""
SECONDS_TO_END = 5


class ForkServer:
    """The fork server and its workers; without a language no report is made to warm it up.

    A server that was killed, say for lack of memory, is started again, BUILDS times in all.
    """

    def __init__(self, folder: Path, lang: str) -> None:
        self._folder, self._lang = folder, lang
        self._log = folder / LOG
        self._builds = 0
        self._build()

    def _build(self) -> None:
        self._builds += 1
        self._warm = False
        self._line, theirs = socket.socketpair()
        environment = {
            **os.environ,
            **variables(self._folder),
            "TMPDIR": str(self._folder),
            **ONE_THREAD,
            **KEEP_MEMORY,
        }
        command = [sys.executable, "-m", "workbook.reports.warm.fork_server"]
        command += [str(theirs.fileno()), str(self._folder), self._lang]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # the owner alone answers Ctrl-C
            )
        theirs.close()

    def worker(self) -> Connection:
        """Start a worker and return the pipe that it serves."""
        ours, theirs = Pipe()
        with theirs:
            while not self._took(theirs):
                self._rebuild()
        return ours

    def _took(self, pipe: Connection) -> bool:
        """Whether it is ready and has the pipe; if it dies before that, no order has failed."""
        try:
            self._warm = self._warm or self._line.recv(1) == WARM
            if self._warm:
                socket.send_fds(self._line, [WORKER], [pipe.fileno()])
        except OSError:
            return False
        return self._warm

    def _rebuild(self) -> None:
        """Start it again if something killed it; WorkError if it cannot get ready."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(SECONDS_TO_END)
        self.close()
        killed = self._process.returncode < 0
        if not killed or self._builds == BUILDS:
            reason = signal.Signals(-self._process.returncode).name if killed else self._last_line()
            template = "The processes that make the reports cannot be started: {reason}"
            raise WorkError(template, reason=reason)
        self._build()

    def _last_line(self) -> str:
        """The last line of its log, which says why it did not get ready."""
        lines = self._log.read_text("utf-8", errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "?")[:200]

    def close(self, *, gently: bool = False) -> None:
        """End it and all its workers; gently if none is at work."""
        if gently:
            with suppress(OSError, subprocess.TimeoutExpired):
                self._line.send(LEAVE)
                self._process.wait(SECONDS_TO_END)
        self._line.close()
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


class SpawnedWorkers:
    """Workers where processes cannot be forked: each is spawned."""

    def __init__(self, folder: Path, lang: str) -> None:
        self._folder = folder
        self._processes: list[object] = []

    def worker(self) -> Connection:
        """Start a worker and return the pipe that it serves."""
        from workbook.reports.worker import serve

        ours, theirs = Pipe()
        process = get_context("spawn").Process(
            target=serve, args=(theirs, self._folder), daemon=True
        )
        with safe_path():
            process.start()
        theirs.close()
        self._processes.append(process)
        return ours

    def close(self, *, gently: bool = False) -> None:
        """End all workers."""
        for process in self._processes:
            process.kill()  # type: ignore[attr-defined]
            process.join()  # type: ignore[attr-defined]


def source(folder: Path, lang: str) -> ForkServer | SpawnedWorkers:
    """Where this system's workers come from."""
    return ForkServer(folder, lang) if CAN_FORK else SpawnedWorkers(folder, lang)


class WorkerPool:
    """A pool of that many workers, which ends with the `with` block."""

    def __init__(self, folder: Path, lang: str, jobs: int) -> None:
        self._source = source(folder, lang)
        self._idle: list[Connection] = []
        self._jobs = jobs

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for line in self._idle:
            line.close()
        self._source.close(gently=kind is None)

    def made(self, orders: Iterable[Order]) -> Iterator[Made]:
        """Yield the result of each order as soon as it is there.

        An order is taken from the iterable only when a worker is free. A worker that dies loses
        only its own order, which is tried again, TRIES times in all.
        """
        todo = iter(orders)
        again: deque[tuple[Order, int]] = deque()
        busy: dict[Connection, tuple[Order, int]] = {}
        while True:
            while len(busy) < self._jobs:
                next_one = again.popleft() if again else _first(todo)
                if next_one is None:
                    break
                busy[self._send(next_one[0])] = next_one
            if not busy:
                return
            for line in wait(list(busy)):
                order, tries = busy.pop(held := cast(Connection, line))
                made = _answer(held)
                if made is not None:
                    self._idle.append(held)
                    yield made
                elif tries < TRIES:
                    again.append((order, tries + 1))
                else:
                    task = order.task
                    yield Made(Row(task.source, task.stem, "failed", reasons=(DIED,)))

    def _send(self, order: Order) -> Connection:
        while self._idle:
            line = self._idle.pop()
            with suppress(OSError):  # it died while idle: the order goes to another worker
                line.send(order)
                return line
            line.close()
        line = self._source.worker()
        with suppress(OSError):  # a dead worker is noticed by `_answer`
            line.send(order)
        return line


def _first(todo: Iterator[Order]) -> tuple[Order, int] | None:
    order = next(todo, None)
    return None if order is None else (order, 1)


def _answer(line: Connection) -> Made | None:
    try:
        made: Made = line.recv()
    except (EOFError, OSError):
        line.close()
        return None
    return made
