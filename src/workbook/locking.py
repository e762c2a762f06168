"""One process at a time in a folder: a lock that goes with its holder, on every system."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LOCK = ".workbook.lock"
"""The file that is locked; its holder takes it away again, and leaves the folder as it was."""


class TakenError(Exception):
    """Another process holds the lock."""


@contextmanager
def locked(folder: Path, *, wait: bool) -> Iterator[None]:
    """Hold the lock of a folder while the block lasts.

    The file is removed while it is still locked: a process that waits for it notices that it has
    no name any more and locks a new one, so that two processes never hold two files. Windows
    removes no open file; there the lock does so itself once it is free. Where the disk knows no
    locks the block runs without one.

    Parameters
    ----------
    folder
        It must be there and be writable.
    wait
        Whether to wait for another process, or to give up at once.

    Raises
    ------
    TakenError
        Where another process holds it and `wait` is false.
    OSError
        Where the folder cannot be written to.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK, timeout=-1 if wait else 0)
    try:
        lock.acquire()
    except Timeout:
        raise TakenError(str(folder)) from None
    except NotImplementedError:  # such as some network drives
        yield
        return
    try:
        yield
    finally:
        with suppress(OSError):
            (folder / LOCK).unlink()
        lock.release()
