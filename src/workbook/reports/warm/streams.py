"""What a notebook prints: by Python's streams, or past them, straight to the descriptors.

ipykernel flushes its streams from a thread a fifth of a second after the first unsent character.
There is no thread here: the next write sends what is overdue, so that the pieces keep the same
order. What a library or a child process writes to descriptors 1 and 2 goes into a file in memory
and is sent with the next output.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from time import monotonic
from typing import Any

from ipykernel.iostream import IOPubThread, OutStream


class NoThread(IOPubThread):
    """Replaces the sending thread of a stream: what is scheduled is done at once."""

    def __init__(self) -> None:
        self.thread: Any = None
        self.io_loop: Any = None

    def schedule(self, f: Callable[[], object]) -> None:
        """Call it now."""
        f()

    @property
    def closed(self) -> bool:
        """False: it closes with the process."""
        return False


class Raw:
    """Descriptor 1 or 2 of this process, redirected into a file in memory."""

    def __init__(self, descriptor: int) -> None:
        self.outside = os.dup(descriptor)
        self._file = os.memfd_create(f"descriptor-{descriptor}")
        os.set_inheritable(self._file, False)
        os.dup2(self._file, descriptor)
        self._read = 0

    def new(self) -> str:
        """What was written since the last call; it is also passed on to the outer descriptor."""
        size = os.fstat(self._file).st_size
        if size <= self._read:
            return ""
        found = os.pread(self._file, size - self._read, self._read)
        self._read += len(found)
        os.write(self.outside, found)
        return found.decode(errors="replace")


class Stream(OutStream):
    """`sys.stdout` or `sys.stderr` of a kernel without threads."""

    def __init__(self, session: Any, name: str, raw: Raw) -> None:
        super().__init__(session, NoThread(), name, watchfd=False)
        self.raw = raw
        self.others: tuple[Stream, ...] = ()
        self._due: float | None = None

    def fileno(self) -> int:
        """The outer descriptor, as ipykernel returns it."""
        return self.raw.outside

    def write(self, string: str) -> int | None:  # type: ignore[override]
        """Write, after sending what is overdue."""
        if os.getpid() != self._master_pid:  # a child of the notebook: not down the kernel's pipe
            return os.write(2 if self.name == "stderr" else 1, string.encode())
        now = monotonic()
        overdue = [s for s in (self, *self.others) if s._due is not None and s._due <= now]
        for stream in sorted(overdue, key=lambda stream: stream._due or 0):
            stream.flush()
        self.collect_raw()
        return super().write(string)

    def collect_raw(self) -> None:
        """Add what went straight to the descriptor to what was printed."""
        if found := self.raw.new():
            super().write(found)

    def flush(self) -> None:
        """Send what is buffered."""
        if os.getpid() != self._master_pid:
            return
        self.collect_raw()
        super().flush()

    def _schedule_flush(self) -> None:
        if self._due is None:
            self._due = monotonic() + self.flush_interval

    def _flush(self) -> None:
        self._due = None
        super()._flush()
