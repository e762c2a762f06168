"""Watch mode: collect again whenever a file changes, and survive a network share that goes away.

The wall changes five answers at a time (see wall.py); the facilitator's view shows everything.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workbook.errors import InputError, Message, WorkbookError
from workbook.words import Words
from workbook.workshop.collect import Collected, collect
from workbook.workshop.inbox import files

Snapshot = tuple[tuple[str, int, int], ...]


def watch(
    folder: Path,
    out: Path,
    w: Words,
    seconds: int,
    tell: Callable[[Collected], None],
    complain: Callable[[str], None],
    wait: Callable[[float], None],
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

    Raises
    ------
    InputError, WorkError
        If the first collection fails.
    """
    last: Snapshot | None = None
    collected: Collected | None = None
    told = ""
    while True:
        try:
            now = _snapshot(folder, out)
            if now != last:
                before = collected.on_the_wall if collected else ()
                collected = collect(folder, out, w, seconds, before)
                tell(collected)
                last, told = now, ""
        except WorkbookError as error:
            if collected is None:
                raise
            last, problem = None, _said(error, w)
            if problem != told:
                complain(w("{problem}. Looking again every {n} s.", problem=problem, n=seconds))
                told = problem
        wait(seconds)


def _said(error: WorkbookError, w: Words) -> str:
    if isinstance(error, InputError):
        return w.faults(error)
    found = getattr(error, "message", None)
    return w.message(found) if isinstance(found, Message) else str(error)


def _snapshot(folder: Path, out: Path) -> Snapshot:
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
