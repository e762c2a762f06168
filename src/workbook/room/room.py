"""The room without its network: which steps are open, which hand-ins it takes, and its wall.

A hand-in is read as a folder of hand-ins is (`workshop/inbox.py`), and written to the disk before
its receipt is given. Its file gets a name made of its content: nobody chooses a file's name, nobody
overwrites another's, and the same hand-in sent twice is one file.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from threading import Lock

from workbook.errors import InputError, Message, WorkbookError, WorkError
from workbook.room.limits import Quota, Tries
from workbook.room.people import People, Present
from workbook.room.state import keep_state, read_state
from workbook.words import Words
from workbook.workshop.collect import GRADED, PRIVATE, Collected, collect
from workbook.workshop.course import Course
from workbook.workshop.grading import announce, announced
from workbook.workshop.hand_in import MOST_BYTES, SUFFIX, read_hand_in, receipt
from workbook.workshop.inbox import received_files
from workbook.workshop.link import REFUSALS, Notice, RoomStep
from workbook.workshop.watching import Snapshot, snapshot

REFRESH_SECONDS = 5
"""How often the wall and the desk reload themselves."""
WITH_HAND_INS: frozenset[RoomStep] = frozenset({"bet", "hand-in"})
"""The steps during which hand-ins are taken: bets may be handed in early."""


class RefusedError(Exception):
    """A hand-in that is not taken: the status of the answer, and why."""

    def __init__(self, status: int, why: Message | None = None) -> None:
        super().__init__(status)
        self.status = status
        self.why = why or Message(REFUSALS[status])


class Room:
    """A class's room: its state, its people, its hand-ins.

    Parameters
    ----------
    folder
        Where hand-ins are kept; files may also be put there by hand.
    out
        Where the wall, the table and the desk are written.
    course
        The class list, and what is graded; by default neither.

    Raises
    ------
    InputError, WorkError
        If a folder or the kept state cannot be read or written.
    """

    def __init__(self, folder: Path, out: Path, w: Words, course: Course | None = None) -> None:
        self.folder, self.out, self.w = folder, out, w
        self.course = course or Course()
        self.people, self.tries, self.quota = People(), Tries(), Quota()
        self.collected: Collected | None = None
        self.problem: Message | None = None
        self._last: Snapshot | None = None
        self._making = Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            template = "{path} cannot be written: {reason}"
            raise WorkError(template, path=str(folder), reason=reason) from None
        people = [one.entry.person for one in received_files(folder, out) if one.entry]
        for person in people:
            self.quota.handed_in(person)
        if self.course.graded is not None:
            announce(out / GRADED, self.course.graded, bool(people))
        self.graded = announced(out / GRADED)
        self.state = read_state(out / PRIVATE)
        keep_state(self.state, out / PRIVATE)

    @property
    def notice(self) -> Notice:
        """What every notebook gets as its answer."""
        return Notice(open=self.state.open, graded=self.graded)

    def switch(self, step: RoomStep, *, is_open: bool) -> None:
        """Open or close a step, also for a server that starts again."""
        state = self.state.with_step(step, is_open=is_open)
        keep_state(state, self.out / PRIVATE)
        self.state = state

    def accept(self, data: bytes, address: str) -> str:
        """Keep a hand-in and return its receipt.

        Raises
        ------
        RefusedError
            If hand-ins are closed, it is not one, there are too many, or the disk is full.
        """
        if not WITH_HAND_INS & set(self.state.open):
            raise RefusedError(409)
        if len(data) > MOST_BYTES:
            raise RefusedError(413)
        try:
            entry = read_hand_in(data, "")
        except InputError as error:
            raise RefusedError(400, error.faults[0].message) from None
        given = receipt(entry)
        file = self.folder / f"{given}-{sha256(data).hexdigest()[:32]}{SUFFIX}"
        if not file.exists():
            if not self.quota.may_hand_in(entry.person, address):
                raise RefusedError(503)
            _write(file, data)
            self.quota.handed_in(entry.person, address)
        return given

    def refresh(self) -> None:
        """Make the wall again if the folder has changed; after a failure the last one stays."""
        with self._making:
            self._refresh()

    def _refresh(self) -> None:
        try:
            now = snapshot(self.folder, self.out)
            if now == self._last:
                return
            self.collected = collect(self.folder, self.out, self.w, REFRESH_SECONDS, self.course)
            self._last, self.problem = now, None
        except WorkbookError as error:
            found = error.faults[0].message if isinstance(error, InputError) else None
            self.problem = found or getattr(error, "message", None) or Message(str(error))
        except Exception as error:  # the room stays open, whatever one hand-in may do to its wall
            template = "the wall could not be made again ({problem})"
            self.problem = Message(template, {"problem": f"{type(error).__name__}: {error}"[:200]})

    def present(self) -> list[Present]:
        """Return everybody in the room, for the desk."""
        return self.people.present(self.collected.answers if self.collected else ())


def _write(file: Path, data: bytes) -> None:
    """Write a file whole, and to the disk itself: its receipt says that it cannot be lost."""
    draft = file.with_name(f".{file.name}.part")
    try:
        with draft.open("wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        draft.replace(file)
    except OSError as error:
        draft.unlink(missing_ok=True)
        template = "the room cannot write the hand-in: {reason}; hand yours over as a file"
        reason = error.strerror or type(error).__name__
        raise RefusedError(503, Message(template, {"reason": reason})) from None
