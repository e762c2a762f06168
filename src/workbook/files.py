"""Files: where they are, a lock on a folder, writing whole, CSV that spreadsheets open safely.

All work is kept in one folder, whatever the current folder is: the one named by `--home` or
WORKBOOK_HOME; else `my-work` in the checkout that this package is part of; else
`milestone-workbook` in the user's home folder. In a browser it is the drive that the page keeps.

A lock holds for one process at a time and is released when its process ends, on every system. CSV
has a byte order mark, so that Excel reads Chinese; and a cell that looks like a formula gets an
apostrophe in front, as OWASP recommends.
"""

from __future__ import annotations

import csv
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import StringIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from warnings import catch_warnings, simplefilter

HOME = "WORKBOOK_HOME"
PACKAGE = Path(__file__).resolve().parent
DRIVE = Path("/drive")
"""In a browser: the files that JupyterLite shows and keeps. All else ends with the kernel."""


def checkout() -> Path | None:
    """Return the checkout that this package is part of; None if it was installed from a wheel."""
    root = PACKAGE.parents[1]
    return root if (root / "notebooks").is_dir() and (root / "cases").is_dir() else None


def shipped(name: str) -> Path:
    """Return a shipped folder, `cases` or `notebooks`; it may not exist."""
    return (checkout() or PACKAGE / "shipped") / name


def home() -> Path:
    """Return the folder for a learner's work."""
    if chosen := os.environ.get(HOME):
        return Path(chosen).expanduser().absolute()
    if in_browser():
        return DRIVE
    root = checkout()
    return root / "my-work" if root else Path.home() / "milestone-workbook"


def in_browser() -> bool:
    """Whether this Python runs in a browser, with a drive that the browser keeps."""
    return sys.platform == "emscripten" and DRIVE.is_dir()


def keep_in(folder: str) -> None:
    """Keep the work of this process, and of all processes it starts, in another folder."""
    os.environ[HOME] = str(Path(folder).expanduser().absolute())


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
    without one, and so it does on a browser's drive, which freezes at them.

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
    if in_browser():
        yield
        return
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


BOM = "\ufeff"
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Control characters, which terminals act on and Excel does not allow, and those that turn the
direction of all that follows; tab and newline are text."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_whole(file: Path, data: bytes) -> None:
    """Write a file under a temporary name, then rename it: it is there whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, prefix=".part-", delete=False) as scrap:
        place = Path(scrap.name)
        try:
            scrap.write(data)
            scrap.close()
            place.replace(file)
        except OSError:
            place.unlink(missing_ok=True)
            raise


def cell(value: object) -> str | int | float:
    """Return a value as a spreadsheet cell: numbers stay numbers, text is never a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    text = CONTROL.sub("", str(value).encode("utf-8", "replace").decode("utf-8"))
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Return the table as CSV text with byte order mark and line endings of RFC 4180."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row.get(column)) for column in columns])
    return BOM + out.getvalue()
