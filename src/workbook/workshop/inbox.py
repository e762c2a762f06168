"""A folder of hand-ins, as it really looks: copies, older versions, torn files, and other things.

Nothing in the folder is run, changed or removed. Every file gets a word: counted, or why not.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from workbook.errors import InputError, Message, WorkError, fault
from workbook.workshop.entry import MOST_BYTES, Entry, read_entry

State = Literal["counted", "older", "copy", "altered", "damaged"]
MOST_FILES = 2_000


@dataclass(frozen=True)
class Arrival:
    """A file that came in.

    Attributes
    ----------
    file
        Its path below the folder, as text that can be shown.
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


def arrivals(folder: Path) -> tuple[Arrival, ...]:
    """Every hand-in of a folder and of the folders in it, in the order of their names.

    Raises
    ------
    InputError
        Where it is no folder.
    """
    if not folder.is_dir():
        template = "this is no folder; name the folder that holds the hand-ins"
        raise InputError(str(folder), [fault("", template)])
    return tuple(_latest([_arrival(folder, path) for path in _files(folder)]))


def _files(folder: Path) -> Iterator[Path]:
    """The JSON files below the folder; links are not followed out of it."""
    found: list[Path] = []

    def unreadable(error: OSError) -> None:
        if Path(error.filename or "") == folder:
            reason = error.strerror or type(error).__name__
            raise WorkError("{path} cannot be read: {reason}", path=str(folder), reason=reason)

    for place, below, names in os.walk(folder, onerror=unreadable):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(".json") and not name.startswith("."):
                found.append(Path(place, name))
        if len(found) > MOST_FILES:
            template = "there are more than {most} JSON files here; name the folder of one class"
            raise InputError(str(folder), [fault("", template, most=MOST_FILES)])
    yield from found


def _arrival(folder: Path, path: Path) -> Arrival:
    name = str(path.relative_to(folder)).encode("utf-8", "replace").decode("utf-8")
    try:
        entry = read_entry(_bytes(path), name)
    except InputError as error:
        return Arrival(name, "damaged", why=error.faults[0].message)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Arrival(
            name, "damaged", why=Message("it cannot be read: {reason}", {"reason": reason})
        )
    if entry.whole:
        return Arrival(name, "counted", entry)
    template = "its receipt does not fit what stands in it: it was changed after it was handed in"
    return Arrival(name, "altered", entry, Message(template))


def _bytes(path: Path) -> bytes:
    """The content of an ordinary file of a sensible size; a pipe or a device is never opened."""
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
        key=lambda n: (found[n].state == "counted", _made(found[n]), -n),
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
            why = Message("{file} is a later one by the same person", {"file": standing.file})
            yield replace(arrival, state="older", why=why)


def _person(arrival: Arrival) -> str:
    return arrival.entry.person if arrival.entry else ""


def _made(arrival: Arrival) -> str:
    return arrival.entry.made if arrival.entry else ""
