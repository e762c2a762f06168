"""The near side of a forked kernel: send requests, receive messages, know how it died."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from datetime import datetime
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from jupyter_client.session import json_packer, json_unpacker
from nbclient.exceptions import DeadKernelError

from workbook.reports import warm

if TYPE_CHECKING:
    from workbook.reports.warm.kernel import WarmKernel

SECONDS_TO_START = 60
MEBIBYTE = 1 << 20
DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux


class KernelDiedError(DeadKernelError):
    """A kernel ended before it had answered: the signal that killed it, or its exit code."""

    def __init__(self, killed_by: int | None, exit_code: int | None) -> None:
        self.killed_by, self.exit_code = killed_by, exit_code
        how = f"left with exit code {exit_code}"
        if killed_by is not None:
            how = f"killed by signal {killed_by} ({signal.Signals(killed_by).name})"
        super().__init__(f"Kernel died: {how}")


class ForkRefusedError(RuntimeError):
    """No kernel was forked: it would not have been safe, or the system has no room for it."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"no fork here: {reason}")


class Fork:
    """A kernel forked from this process, which ends with the `with` block.

    Parameters
    ----------
    kernel
        One made before the fork; None: the fork makes its own.
    memory_mb
        How much memory it may take beyond what this process has.

    Raises
    ------
    ForkRefusedError
        If a fork is not safe now, the system refuses it, or its kernel does not answer.
    """

    def __init__(self, kernel: WarmKernel | None = None, memory_mb: int | None = None) -> None:
        if (reason := warm.why_unsafe()) is not None:
            raise ForkRefusedError(reason)
        self.line, theirs = Pipe()
        parent = os.getpid()
        self._status: int | None = None
        try:
            self.pid = os.fork()
        except OSError:
            self.line.close()
            theirs.close()
            raise ForkRefusedError(warm.NO_PROCESS) from None
        if self.pid == 0:
            self.line.close()
            _run_kernel(theirs, kernel, memory_mb, parent)
        theirs.close()
        try:
            self.hello = self.receive(monotonic() + SECONDS_TO_START)["content"]
        except TimeoutError:
            self._wait(gently=False)
            raise ForkRefusedError(warm.NO_ANSWER) from None

    def ask(
        self, kind: str, content: dict[str, Any], metadata: dict[str, Any] | None = None
    ) -> str:
        """Send a request and return its id."""
        header = {"msg_id": uuid4().hex, "msg_type": kind, "session": "workbook", "username": ""}
        request = {"header": header, "msg_type": kind, "parent_header": {}, "content": content}
        self.send({**request, "metadata": metadata or {}})
        return header["msg_id"]

    def send(self, message: dict[str, Any]) -> None:
        """Send a message; a dead kernel is noticed when its answer is awaited."""
        with suppress(OSError):
            self.line.send_bytes(json_packer(message))

    def receive(self, deadline: float | None) -> dict[str, Any]:
        """The next message.

        Raises
        ------
        TimeoutError
            If nothing comes before the deadline (by `monotonic`).
        KernelDiedError
            If the kernel has ended.
        """
        if deadline is not None and not self.line.poll(max(0.0, deadline - monotonic())):
            raise TimeoutError
        try:
            message: dict[str, Any] = json_unpacker(self.line.recv_bytes())
            message["buffers"] = [self.line.recv_bytes() for _ in range(message.pop("parts"))]
            message["header"]["date"] = datetime.fromisoformat(message["header"]["date"])
        except (EOFError, OSError, ValueError, KeyError, TypeError):
            raise self._died() from None
        return message

    def _died(self) -> KernelDiedError:
        """Say how it ended; a kernel that wrote nonsense into the pipe is killed."""
        status = self._wait(gently=True)
        if os.WIFSIGNALED(status):
            return KernelDiedError(os.WTERMSIG(status), None)
        return KernelDiedError(None, os.waitstatus_to_exitcode(status))

    def _wait(self, *, gently: bool) -> int:
        """End the process with all it started, and return its exit status."""
        self.line.close()
        if self._status is None:
            if not gently or not _ended(self.pid):
                with suppress(ProcessLookupError):
                    os.killpg(self.pid, signal.SIGKILL)
            _, self._status = os.waitpid(self.pid, 0)
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)  # processes that it left running
        return self._status

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._wait(gently=kind is None)


def _ended(pid: int, seconds: float = 2.0) -> bool:
    """Whether a child that was asked to end does so in time; it is not reaped here."""
    with suppress(OSError, AttributeError):
        import select

        handle = os.pidfd_open(pid)
        try:
            return bool(select.select([handle], [], [], seconds)[0])
        finally:
            os.close(handle)
    return False


def _run_kernel(
    line: Connection, kernel: WarmKernel | None, memory_mb: int | None, parent: int
) -> None:
    """The child's side of the fork; never returns."""
    try:
        os.setsid()
        _die_with(parent)
        if memory_mb is not None:
            _limit(memory_mb)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        from workbook.reports.warm.kernel import run_kernel

        run_kernel(line, kernel)
    finally:
        os._exit(1)


def _die_with(parent: int) -> None:
    """Have Linux end this process when its parent ends, however it ends."""
    import ctypes

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _limit(memory_mb: int) -> None:
    import resource

    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    most = taken + memory_mb * MEBIBYTE
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
