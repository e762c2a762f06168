"""A folder of hand-ins, as it really looks: copies, older versions, torn files, and other things.

Nothing in the folder is run, changed or removed. Every file gets a word: counted, or why not.
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
from workbook.workshop.entry import MOST_BYTES, Entry, read_entry

State = Literal["counted", "older", "copy", "altered", "damaged"]
MOST_FILES = 2_000
TAKEN = (".json", ".json.txt")
KNOWN = ("progress.json", "wall.json")
"""Files of ours that lie beside hand-ins in a participant's folder, and are none."""
PACKED = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz")


@dataclass(frozen=True)
class Arrival:
    """A file that came in.

    Attributes
    ----------
    file
        Its path below the folder, as text that can be shown: a sign that a terminal would act on
        or that would turn the line round stands as its number.
    state
        `counted`; `older` (the same person handed in again later); `copy` (the same hand-in
        twice); `altered` (counted too, but the receipt does not fit the content); `damaged`.
    entry
        What stands in it; None where it is damaged.
    why
        For whatever is not simply counted.
    """

    file: str
    state: State
    entry: Entry | None = None
    why: Message | None = None

    @property
    def counts(self) -> bool:
        """Whether it goes into the table and onto the wall."""
        return self.state in ("counted", "altered")


def arrivals(folder: Path, ours: Path | None = None) -> tuple[Arrival, ...]:
    """Every hand-in of a folder and of the folders in it, in the order of their names.

    Parameters
    ----------
    ours
        A folder that holds what was made of them; where it lies among them it is passed by.

    Raises
    ------
    InputError
        Where it is no folder, or holds more than a class.
    WorkError
        Where it cannot be read.
    """
    if not folder.is_dir():
        template = "this is no folder; name the folder that holds the hand-ins"
        raise InputError(str(folder), [fault("", template)])
    found, closed = files(folder, ours)
    read = [*_latest([_arrival(folder, path) for path in found])]
    return (*read, *(_closed(folder, error) for error in closed))


def files(folder: Path, ours: Path | None = None) -> tuple[list[Path], list[OSError]]:
    """What may be a hand-in below a folder, and the folders in it that could not be opened.

    Links are not followed.
    """
    found: list[Path] = []
    closed: list[OSError] = []
    passed = None if ours is None else ours.resolve()
    for place, below, names in os.walk(folder, onerror=closed.append):
        below[:] = sorted(n for n in below if not _passed_by(Path(place, n), passed))
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


def _passed_by(below: Path, ours: Path | None) -> bool:
    return below.name.startswith(".") or (ours is not None and below.resolve() == ours)


def _closed(folder: Path, error: OSError) -> Arrival:
    """A folder among the hand-ins that cannot be opened: what lies in it is missing."""
    name = _shown(folder, Path(error.filename or folder))
    return Arrival(
        name, "damaged", why=Message("it cannot be read: {reason}", {"reason": _why(error)})
    )


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _shown(folder: Path, path: Path) -> str:
    name = path.relative_to(folder).as_posix()
    if name.isprintable() and "\\" not in name:
        return name
    told = name.replace("\\", "\\\\").encode("utf-8", "backslashreplace").decode("utf-8")
    return re.sub(r"[^ -~]", lambda sign: _plain(sign.group()), told)


def _plain(sign: str) -> str:
    return sign if sign.isprintable() else f"\\u{ord(sign):04x}"


def _arrival(folder: Path, path: Path) -> Arrival:
    name = _shown(folder, path)
    try:
        entry = read_entry(_bytes(path), name)
    except InputError as error:
        return Arrival(name, "damaged", why=error.faults[0].message)
    except OSError as error:
        why = Message("it cannot be read: {reason}", {"reason": _why(error)})
        return Arrival(name, "damaged", why=why)
    if entry.whole:
        return Arrival(name, "counted", entry)
    template = "its receipt does not fit what stands in it: it was changed after it was handed in"
    return Arrival(name, "altered", entry, Message(template))


def _bytes(path: Path) -> bytes:
    """The content of an ordinary file of a sensible size; a pipe or a device is never opened."""
    if path.name.lower().endswith(PACKED):
        raise InputError(str(path), [fault("", "it is packed; unpack it in this folder")])
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode):
        raise InputError(str(path), [fault("", "this is no ordinary file")])
    if found.st_size > MOST_BYTES:
        template = "it is larger than 1 MB; a hand-in is a few pages"
        raise InputError(str(path), [fault("", template)])
    with path.open("rb") as file:
        return file.read(MOST_BYTES)


def _latest(found: list[Arrival]) -> Iterator[Arrival]:
    """Of each person the last whole hand-in counts; the ones before it, and copies, do not."""
    order = sorted(
        (n for n, arrival in enumerate(found) if arrival.entry is not None),
        key=lambda n: (found[n].state == "counted", *_when(found[n]), -n),
    )
    last = {_person(found[n]): n for n in order}
    for arrival in found:
        standing = found[last[_person(arrival)]] if arrival.entry else arrival
        if standing is arrival:
            yield arrival
        elif arrival.entry == standing.entry:
            why = Message("it is a copy of {file}", {"file": standing.file})
            yield replace(arrival, state="copy", why=why)
        else:
            yield replace(arrival, state="older", why=_older(arrival, standing))


def _older(arrival: Arrival, later: Arrival) -> Message:
    """Why it does not count; a name that changed is told, for it may be two people."""
    then, now = (shown(a.entry.name) if a.entry else "" for a in (arrival, later))
    values: dict[str, object] = {"file": later.file, "then": then, "now": now}
    if then and now and then != now:
        template = (
            "{file} is a later one from the same seat; “{then}” was called “{now}” there. If these "
            "are two people, let one of them hand in under another plan name"
        )
        return Message(template, values)
    return Message("{file} is a later one by the same person", values)


def _person(arrival: Arrival) -> str:
    return arrival.entry.person if arrival.entry else ""


def _when(arrival: Arrival) -> tuple[int, str]:
    """Which of one person's hand-ins it is; the clock of their computer only settles a draw."""
    return (arrival.entry.edition, arrival.entry.made) if arrival.entry else (0, "")
