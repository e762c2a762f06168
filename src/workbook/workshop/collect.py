"""Turn a folder of hand-ins into one table, the wall, and the facilitator's view.

All output goes to a separate folder. Each file is written to a temporary name first, so that a
browser never loads half a page. The hand-ins are only read.

In watch mode they are collected again whenever a file changes, also after a network share went
away. What the wall shows, and when it changes, is decided in panels.py, for a restart too; the
facilitator's view shows everything.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from workbook.cases.file import put
from workbook.errors import InputError, Message, WorkError, fault
from workbook.files import csv_text
from workbook.words import Words
from workbook.workshop.class_list import missing
from workbook.workshop.class_table import COLUMNS, keep_plans, table
from workbook.workshop.course import Course, graded_now, write_gradebook
from workbook.workshop.desk import desk_page
from workbook.workshop.gradebook import Gradebook
from workbook.workshop.grading import Grade, graded_line
from workbook.workshop.inbox import Answer, ReceivedFile, answers, received_files
from workbook.workshop.page import STEP_NAMES, wall_page
from workbook.workshop.panels import panels_text, read_panels
from workbook.workshop.wall import Wall, count_waiting, next_panels, steps_of, wall

PUBLIC, PRIVATE = "public", "private"
"""The folder that may be given out, and the one with the names: only the facilitator sees it."""
WALL, DATA = f"{PUBLIC}/wall.html", f"{PUBLIC}/wall.json"
TABLE, DESK = f"{PRIVATE}/class.csv", f"{PRIVATE}/desk.html"
GRADED = f"{PUBLIC}/graded.json"
SHOWN, PLANS = f"{PRIVATE}/shown.json", f"{PRIVATE}/plans"


@dataclass(frozen=True)
class Collected:
    """The collected hand-ins of a class.

    Attributes
    ----------
    answers
        The answers of everybody who handed in.
    missing
        Who of the class list has not handed in.
    graded
        What was announced as graded.
    gradebook
        The gradebook that was written, if one was asked for.
    """

    received_files: tuple[ReceivedFile, ...]
    answers: tuple[Answer, ...]
    wall: Wall
    out: Path
    seconds: float
    missing: tuple[str, ...] = ()
    graded: tuple[Grade, ...] = ()
    gradebook: Gradebook | None = None

    def as_json(self, w: Words) -> dict[str, Any]:
        """Return plain data for `--json`."""
        return {
            "files": len(self.received_files),
            "states": dict(Counter(received.state for received in self.received_files)),
            "at_step": {step or "through": n for step, n in steps_of(self.answers).items()},
            "waiting": self.wall.waiting,
            "missing": list(self.missing),
            "graded": list(self.graded),
            "left_out": [w.message(why) for why in self.left_out],
            "out": str(self.out),
            "rows": table(self.received_files, self.answers, w),
        }

    @property
    def left_out(self) -> tuple[Message, ...]:
        """Who is not in the gradebook, and why."""
        return self.gradebook.left_out if self.gradebook else ()

    def text(self, w: Words) -> str:
        """Return the summary for the terminal: counts per step, and the files that do not count."""
        lines = [w.n("{n} hand-in counts", "{n} hand-ins count", len(self.answers))]
        lines += [f"{n:>4}  {w(STEP_NAMES[step])}" for step, n in steps_of(self.answers).items()]
        for received in self.received_files:
            if received.state != "counted":
                lines.append(
                    f"  {received.file}: {w.message(received.why) if received.why else ''}"
                )
        if self.wall.waiting:
            waits = w.n(
                "{n} said something that the wall does not count yet: each of its panels moves "
                "by five.",
                "{n} said something that the wall does not count yet: each of its panels moves "
                "by five.",
                self.wall.waiting,
            )
            lines.append(waits)
        lines += self._of_the_course(w)
        lines.append(w("The wall: {file}", file=str(self.out / WALL)))
        lines.append(w("The desk, with names: {file}", file=str(self.out / DESK)))
        if any(answer.chain for answer in self.answers):
            plans = str(self.out / PLANS)
            lines.append(w("A report of every chain: workbook report {folder}", folder=plans))
        return "\n".join(lines)

    def _of_the_course(self, w: Words) -> list[str]:
        lines = [graded_line(self.graded, w)] if self.graded else []
        if self.missing:
            lines.append(w("Not handed in yet: {names}", names=w.list(self.missing)))
        if self.gradebook is not None:
            template = "People in the gradebook in {folder}: {n}."
            folder = str(self.out / PRIVATE)
            lines.append(w(template, n=self.gradebook.people, folder=folder))
        return [*lines, *(f"  {w.message(why)}" for why in self.left_out)]


def collect(
    folder: Path, out: Path, w: Words, refresh: int = 0, course: Course | None = None
) -> Collected:
    """Read the hand-ins of a folder and write the table and both pages into another.

    What the wall shows continues from what it showed before, see `panels.py`.

    Parameters
    ----------
    refresh
        Seconds after which the pages reload themselves; 0 for never.
    course
        A class list, what is graded, and a gradebook to write.

    Raises
    ------
    InputError
        If the folder does not exist, or is `out`; if what the wall last showed is damaged; if
        something is to be graded that was not announced in time.
    WorkError
        If the folder cannot be read, or `out` cannot be written.
    """
    begun, course = monotonic(), course or Course()
    if out.resolve() == folder.resolve():
        template = "the wall cannot be written among the hand-ins; name another folder"
        raise InputError(str(out), [fault("--out", template)])
    found = received_files(folder, out)
    given = answers(found)
    graded, absent = graded_now(out / GRADED, course, given), missing(course.members, given)
    panels = next_panels(read_panels(out / SHOWN), given)
    shown = wall(panels, len(given), count_waiting(panels, given))
    _write(
        out,
        given,
        {
            SHOWN: panels_text(panels),
            TABLE: csv_text(COLUMNS, table(found, given, w)),
            DATA: json.dumps(wall_data(shown), ensure_ascii=False, indent=1),
            WALL: wall_page(shown, w, refresh, graded_line(graded, w) if graded else ""),
            DESK: desk_page(found, given, w, refresh, absent),
        },
    )
    book = write_gradebook(out / PRIVATE, given, graded, course, w)
    return Collected(found, given, shown, out, monotonic() - begun, tuple(absent), graded, book)


def wall_data(wall: Wall) -> dict[str, Any]:
    """Return the wall as data without names, for participants to compare themselves with."""
    return {"workbook_wall": 1, **asdict(wall)}


def _write(out: Path, given: Sequence[Answer], files: Mapping[str, str]) -> None:
    """Write the plans and the files; what the wall shows is kept before it is shown."""
    try:
        (out / PUBLIC).mkdir(parents=True, exist_ok=True)
        keep_plans(given, out / PLANS)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WorkError(
            "{path} cannot be written: {reason}", path=str(out), reason=reason
        ) from None
    for name, text in files.items():
        put(out / name, text)
