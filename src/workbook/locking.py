"""A lock on a folder for one process at a time; released when its process ends, on every system."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from warnings import catch_warnings, simplefilter

LOCK = ".workbook.lock"
"""The lock file; its holder removes it, and leaves the folder as it was."""


class TakenError(Exception):
    """Another process holds the lock."""


@contextmanager
def locked(folder: Path, *, wait: bool) -> Iterator[None]:
    """Hold the lock of a folder during the block.

    The file is removed while it is still locked: a waiting process notices that its file has no
    name any more and locks a new one, so that two processes never hold two files. Windows cannot
    remove an open file; there it is removed once it is free. On a disk without locks the block runs
    without one.

    Parameters
    ----------
    folder
        It must exist and be writable.
    wait
        Whether to wait for another process, or to give up at once.

    Raises
    ------
    TakenError
        If another process holds it and `wait` is false.
    OSError
        If the folder cannot be written to.
    """
    with catch_warnings():  # a system without locks is no news to a learner
        simplefilter("ignore", UserWarning)
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
