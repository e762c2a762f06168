"""What a teacher may add to a folder of hand-ins: a class list, what is graded, a gradebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook.cases.file import put
from workbook.errors import InputError, fault
from workbook.words import Words
from workbook.workshop.class_list import Member, read_class_list
from workbook.workshop.gradebook import Gradebook, System, gradebook
from workbook.workshop.grading import Grade, announce, announced
from workbook.workshop.inbox import Answer


@dataclass(frozen=True)
class Course:
    """What a teacher may add to a folder of hand-ins.

    Attributes
    ----------
    members
        The class list; empty without one.
    graded
        What is announced as graded; None for what was announced before.
    system
        The gradebook to write; None for no gradebook.
    """

    members: tuple[Member, ...] = ()
    graded: tuple[Grade, ...] | None = None
    system: System | None = None

    @classmethod
    def read(
        cls, class_list: str | None, graded: tuple[Grade, ...] | None, system: System | None = None
    ) -> Course:
        """Return the course with the class list of a file; InputError if it cannot be read."""
        members = read_class_list(Path(class_list)) if class_list else ()
        return cls(members, graded, system)


def graded_now(file: Path, course: Course, given: Sequence[Answer]) -> tuple[Grade, ...]:
    """Return what is graded, after announcing what is new."""
    if course.graded is not None:
        return announce(file, course.graded, bool(given))
    return announced(file)


def write_gradebook(
    folder: Path, given: Sequence[Answer], graded: Sequence[Grade], course: Course, w: Words
) -> Gradebook | None:
    """Write the gradebook of a course into a folder, if one is asked for.

    Raises
    ------
    InputError
        If nothing was announced as graded.
    WorkError
        If it cannot be written.
    """
    if course.system is None:
        return None
    if not graded:
        template = (
            "nothing was announced as graded; before the first hand-in: workbook collect FOLDER "
            "--graded completion"
        )
        raise InputError("--gradebook", [fault("", template)])
    book = gradebook(course.system, given, graded, w, course.members)
    put(folder / f"gradebook-{course.system}.csv", book.text)
    return book
