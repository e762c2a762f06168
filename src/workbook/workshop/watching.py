"""Collect a class again whenever a file is added, changed or removed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workbook.errors import InputError, Message, WorkbookError
from workbook.words import Words
from workbook.workshop.collect import Collected, collect
from workbook.workshop.course import Course
from workbook.workshop.folder import files

Snapshot = tuple[tuple[str, int, int], ...]


def watch(
    folder: Path,
    out: Path,
    w: Words,
    seconds: int,
    tell: Callable[[Collected], None],
    complain: Callable[[str], None],
    wait: Callable[[float], None],
    course: Course | None = None,
) -> None:
    """Collect whenever a file is added, changed or removed, until interrupted.

    If the folder disappears later, this is reported once and the pages keep their last state.

    Parameters
    ----------
    seconds
        The interval between two looks, and between two reloads of the pages.
    tell, complain
        Called with each collection, and with each problem.
    wait
        Called with the seconds to wait.
    course
        As for `collect`.

    Raises
    ------
    InputError, WorkError
        If the first collection fails.
    """
    seen: Snapshot | str | None = None
    while True:
        before = seen
        try:
            seen = snapshot(folder, out)
            if seen != before:
                tell(collect(folder, out, w, seconds, course))
        except WorkbookError as error:
            if before is None:
                raise
            seen = _said(error, w)
            if seen != before:
                complain(w("{problem}. Looking again every {n} s.", problem=seen, n=seconds))
        wait(seconds)


def _said(error: WorkbookError, w: Words) -> str:
    if isinstance(error, InputError):
        return w.faults(error)
    found = getattr(error, "message", None)
    return w.message(found) if isinstance(found, Message) else str(error)


def snapshot(folder: Path, out: Path) -> Snapshot:
    """Return names, sizes and times of the files, to detect changes."""
    if not folder.is_dir():
        return ()
    found, closed = files(folder, out)
    seen = [(str(error.filename), 0, 0) for error in closed]
    for path in found:
        try:
            file = path.lstat()
        except OSError:
            continue
        seen.append((str(path), file.st_size, file.st_mtime_ns))
    return tuple(sorted(seen))
