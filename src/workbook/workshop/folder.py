"""The files in a folder of hand-ins, and what those are that hold none.

Mail programs, browsers and cloud drives rename and replace files. A file that holds a hand-in is
read whatever its name; of every other file the facilitator sees what it is, and what to do.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from workbook.errors import Fault, InputError, Message, WorkError, fault
from workbook.workshop.hand_in import MOST_BYTES

MOST_FILES = 2_000

IGNORED = (".ds_store", "thumbs.db", "desktop.ini", "progress.json", "wall.json")
"""Files of the operating system, and our own files in a participant's folder; lower case."""
CLOUD = (".icloud", ".gdoc", ".gsheet", ".url", ".webloc", ".lnk", ".cloud", ".cloudf")
UNFINISHED = (".crdownload", ".part", ".partial", ".download", ".tmp", ".opdownload")

_PACKED = Message("it is packed; unpack it in this folder")
_PLAN = Message("this is a plan file; the hand-in is the file that notebook 07 makes of it")
_NOTEBOOK = Message("this is a notebook; the hand-in is the file that it makes")
_PICTURE = Message("this is a picture or a page to print; ask for the file of the hand-in")
_CLOUD = Message("this only points to a file in a cloud; download the file itself")
_UNFINISHED = Message("this download is not finished; wait for it, or ask for the file again")
_EMPTY = Message("it is empty; ask for it to be sent again")
_OTHER = Message("this is no hand-in; a hand-in is called something.workbook.json")

KINDS: Mapping[tuple[str, ...], Message] = {
    (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz"): _PACKED,
    (".yaml", ".yml"): _PLAN,
    (".ipynb",): _NOTEBOOK,
    (".png", ".jpg", ".jpeg", ".heic", ".gif", ".webp", ".pdf", ".html", ".htm"): _PICTURE,
    CLOUD: _CLOUD,
    UNFINISHED: _UNFINISHED,
}


def is_ignored(name: str) -> bool:
    """Whether a file is the system's own, and no participant's.

    >>> is_ignored(".DS_Store"), is_ignored(".p7.workbook.json.icloud"), is_ignored("p7.json")
    (True, False, False)
    """
    low = name.lower()
    hidden = name.startswith((".", "~$")) and not low.endswith(CLOUD)
    return hidden or low in IGNORED


def kind_by_name(name: str) -> Message | None:
    """Say what a file is that is never opened, by its name; None for one that may be a hand-in."""
    low = name.lower()
    return next((kind for endings, kind in KINDS.items() if low.endswith(endings)), None)


def kind_by_content(name: str, data: bytes) -> Message | None:
    """Say what a file is that holds no JSON object; None for one that does."""
    if not data:
        return _EMPTY
    start = data[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    if start.startswith(b"{"):
        return None
    return None if name.lower().endswith((".json", ".json.txt")) else _OTHER


def files(folder: Path, ours: Path | None = None) -> tuple[list[Path], list[OSError]]:
    """Return the files below a folder, and an error per folder that cannot be opened.

    Symbolic links are not followed.
    """
    found: list[Path] = []
    closed: list[OSError] = []
    skipped = None if ours is None else ours.resolve()
    for place, below, names in os.walk(folder, onerror=closed.append):
        below[:] = sorted(n for n in below if not _is_skipped(Path(place, n), skipped))
        found += [Path(place, name) for name in sorted(names) if not is_ignored(name)]
        if len(found) > MOST_FILES:
            template = "there are more than {most} files here; name the folder of one class"
            raise InputError(str(folder), [fault("", template, most=MOST_FILES)])
    if closed and Path(closed[0].filename or "") == folder:
        raise WorkError(
            "{path} cannot be read: {reason}", path=str(folder), reason=reason_of(closed[0])
        )
    return found, closed


def _is_skipped(below: Path, ours: Path | None) -> bool:
    return below.name.startswith(".") or (ours is not None and below.resolve() == ours)


def read_bytes(path: Path) -> bytes:
    """Read a file that may be a hand-in; pipes and devices are never opened.

    Raises
    ------
    InputError
        That says what the file is, if it is no hand-in.
    OSError
        If it cannot be read.
    """
    if kind := kind_by_name(path.name):
        raise InputError(str(path), [Fault("", kind)])
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode):
        raise InputError(str(path), [fault("", "this is not a regular file")])
    if found.st_size > MOST_BYTES:
        template = "it is larger than 1 MB; a hand-in is a few pages"
        raise InputError(str(path), [fault("", template)])
    with path.open("rb") as file:
        data = file.read(MOST_BYTES)
    if kind := kind_by_content(path.name, data):
        raise InputError(str(path), [Fault("", kind)])
    return data


def reason_of(error: OSError) -> str:
    """Return the system's reason for an error."""
    return error.strerror or type(error).__name__
