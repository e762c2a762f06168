"""Read a folder of hand-ins, with copies, older versions, damaged files and other files.

Nothing in the folder is executed, changed or removed. Every file gets a state and a reason.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from workbook.consistency import shown
from workbook.errors import InputError, Message, WorkError, fault
from workbook.workshop.hand_in import MOST_BYTES, HandIn, read_hand_in

State = Literal["counted", "older", "copy", "altered", "damaged"]
MOST_FILES = 2_000
TAKEN = (".json", ".json.txt")
KNOWN = ("progress.json", "wall.json")
"""Our own files that lie next to hand-ins in a participant's folder."""
PACKED = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz")


@dataclass(frozen=True)
class ReceivedFile:
    """A file found in the folder.

    Attributes
    ----------
    file
        Its path below the folder, safe to print: control and bidirectional characters are
        escaped.
    state
        `counted`; `older` (the same person handed in again later); `copy` (the same hand-in
        twice); `altered` (counted too, but the receipt does not fit the content); `damaged`.
    entry
        Its content; None if it is damaged.
    why
        The reason for any state other than `counted`.
    """

    file: str
    state: State
    entry: HandIn | None = None
    why: Message | None = None

    @property
    def counts(self) -> bool:
        """Whether it is part of the table and the wall."""
        return self.state in ("counted", "altered")


def received_files(folder: Path, ours: Path | None = None) -> tuple[ReceivedFile, ...]:
    """Return every hand-in in a folder and its subfolders, sorted by name.

    Parameters
    ----------
    ours
        The output folder, which is skipped if it lies inside.

    Raises
    ------
    InputError
        If it is not a folder, or holds far more files than a class.
    WorkError
        If it cannot be read.
    """
    if not folder.is_dir():
        template = "this is not a folder; name the folder that holds the hand-ins"
        raise InputError(str(folder), [fault("", template)])
    found, closed = files(folder, ours)
    read = [*_latest([_received(folder, path) for path in found])]
    return (*read, *(_closed(folder, error) for error in closed))


def files(folder: Path, ours: Path | None = None) -> tuple[list[Path], list[OSError]]:
    """Return the candidate files below a folder, and an error per folder that cannot be opened.

    Symbolic links are not followed.
    """
    found: list[Path] = []
    closed: list[OSError] = []
    skipped = None if ours is None else ours.resolve()
    for place, below, names in os.walk(folder, onerror=closed.append):
        below[:] = sorted(n for n in below if not _is_skipped(Path(place, n), skipped))
        found += [
            Path(place, name)
            for name in sorted(names)
            if name.lower().endswith((*TAKEN, *PACKED))
            and not name.startswith(".")
            and name not in KNOWN
        ]
        if len(found) > MOST_FILES:
            template = "there are more than {most} JSON files here; name the folder of one class"
            raise InputError(str(folder), [fault("", template, most=MOST_FILES)])
    if closed and Path(closed[0].filename or "") == folder:
        raise WorkError("{path} cannot be read: {reason}", path=str(folder), reason=_why(closed[0]))
    return found, closed


def _is_skipped(below: Path, ours: Path | None) -> bool:
    return below.name.startswith(".") or (ours is not None and below.resolve() == ours)


def _closed(folder: Path, error: OSError) -> ReceivedFile:
    """Report a subfolder that cannot be opened."""
    name = _shown(folder, Path(error.filename or folder))
    return ReceivedFile(
        name, "damaged", why=Message("it cannot be read: {reason}", {"reason": _why(error)})
    )


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _shown(folder: Path, path: Path) -> str:
    name = path.relative_to(folder).as_posix()
    if name.isprintable() and "\\" not in name:
        return name
    told = name.replace("\\", "\\\\").encode("utf-8", "backslashreplace").decode("utf-8")
    return re.sub(r"[^ -~]", lambda found: _printable(found.group()), told)


def _printable(character: str) -> str:
    return character if character.isprintable() else f"\\u{ord(character):04x}"


def _received(folder: Path, path: Path) -> ReceivedFile:
    name = _shown(folder, path)
    try:
        entry = read_hand_in(_bytes(path), name)
    except InputError as error:
        return ReceivedFile(name, "damaged", why=error.faults[0].message)
    except OSError as error:
        why = Message("it cannot be read: {reason}", {"reason": _why(error)})
        return ReceivedFile(name, "damaged", why=why)
    if entry.whole:
        return ReceivedFile(name, "counted", entry)
    template = "its receipt does not fit its content: it was changed after it was handed in"
    return ReceivedFile(name, "altered", entry, Message(template))


def _bytes(path: Path) -> bytes:
    """Read a regular file of limited size; pipes and devices are never opened."""
    if path.name.lower().endswith(PACKED):
        raise InputError(str(path), [fault("", "it is packed; unpack it in this folder")])
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode):
        raise InputError(str(path), [fault("", "this is not a regular file")])
    if found.st_size > MOST_BYTES:
        template = "it is larger than 1 MB; a hand-in is a few pages"
        raise InputError(str(path), [fault("", template)])
    with path.open("rb") as file:
        return file.read(MOST_BYTES)


def _latest(found: list[ReceivedFile]) -> Iterator[ReceivedFile]:
    """Count only the last intact hand-in of each person, not older ones or copies."""
    order = sorted(
        (n for n, received in enumerate(found) if received.entry is not None),
        key=lambda n: (found[n].state == "counted", *_when(found[n]), -n),
    )
    last = {_person(found[n]): n for n in order}
    for received in found:
        latest = found[last[_person(received)]] if received.entry else received
        if latest is received:
            yield received
        elif received.entry == latest.entry:
            why = Message("it is a copy of {file}", {"file": latest.file})
            yield replace(received, state="copy", why=why)
        else:
            yield replace(received, state="older", why=_older(received, latest))


def _older(received: ReceivedFile, later: ReceivedFile) -> Message:
    """Say why it does not count; report a changed name, because it may mean two people."""
    then, now = (shown(a.entry.name) if a.entry else "" for a in (received, later))
    values: dict[str, object] = {"file": later.file, "then": then, "now": now}
    if then and now and then != now:
        template = (
            "{file} is a later one from the same computer, where “{then}” is called “{now}”. If "
            "these are two people, let one of them hand in under another plan name"
        )
        return Message(template, values)
    return Message("{file} is a later one by the same person", values)


def _person(received: ReceivedFile) -> str:
    return received.entry.person if received.entry else ""


def _when(received: ReceivedFile) -> tuple[int, str]:
    """Return the sort key of one person's hand-ins; the clock only breaks ties."""
    return (received.entry.edition, received.entry.made) if received.entry else (0, "")
