"""The live view: collect again whenever something came, and outlast a network share that goes.

What the wall shows moves by five answers at a time (see wall.py); the desk shows everything.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workbook.errors import InputError, Message, WorkbookError
from workbook.words import Words
from workbook.workshop.collect import Collected, collect
from workbook.workshop.inbox import files

Glance = tuple[tuple[str, int, int], ...]


def watch(
    folder: Path,
    out: Path,
    w: Words,
    seconds: int,
    tell: Callable[[Collected], None],
    complain: Callable[[str], None],
    wait: Callable[[float], None],
) -> None:
    """Collect whenever a file has come, changed or gone, until interrupted.

    A folder that was there and is gone is told once and waited for; the pages keep what they
    showed.

    Parameters
    ----------
    seconds
        Between two looks; the pages load themselves again as often.
    tell, complain
        Hear of a collection, and of what hinders one.
    wait
        Passes the time.

    Raises
    ------
    InputError, WorkError
        Where the very first look fails.
    """
    last: Glance | None = None
    collected: Collected | None = None
    told = ""
    while True:
        try:
            now = _glance(folder, out)
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


def _glance(folder: Path, out: Path) -> Glance:
    """Names, sizes and times of the files: enough to see that something has changed."""
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
