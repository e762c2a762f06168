"""Gradebooks that other systems import: Canvas, Moodle, or plain CSV.

The rules of each, as its own importer reads a file:

canvas  The first cell of the header has “Student”, the second “ID”, then come “SIS User ID” and
        “SIS Login ID”; “Section” ends the columns about a person, and every column after it is an
        assignment. The row whose first cell has “Points Possible” says the points of each. A person
        is found by ID, else by SIS user ID, else by SIS login ID. An empty cell is no grade.
moodle  The header names the columns; one of them is mapped to the ID number, the email address or
        the username of a person, the others to grade items. One unknown person fails the whole
        import. “-” is no grade; none may be above 100.
csv     Own number, name, and the grades; an empty cell is no grade.

A person is known by their own number. Anyone who named none, one that is not in the class
list, or the same as another person, is left out and reported.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Literal

from workbook.errors import Message
from workbook.files import BOM, cell
from workbook.words import N_, Words
from workbook.workshop.class_list import Member, plain_id
from workbook.workshop.grading import MOST_POINTS, Grade, points
from workbook.workshop.inbox import Answer

System = Literal["canvas", "moodle", "csv"]
SYSTEMS: tuple[System, ...] = ("canvas", "moodle", "csv")
COLUMN_NAMES: Mapping[Grade, str] = {
    "completion": N_("Workshop: completion"),
    "calibration": N_("Workshop: calibration"),
    "cost": N_("Workshop: decisions"),
}
CANVAS_HEAD = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
NO_GRADE = "-"
POINTS_POSSIBLE = "    Points Possible"


@dataclass(frozen=True)
class Graded:
    """One row: the person, and the points by grade (None: nothing to grade)."""

    member: Member
    points: Mapping[Grade, float | None]


@dataclass(frozen=True)
class Gradebook:
    """A gradebook: its text, how many people it has, and who was left out, with the reason."""

    text: str
    people: int
    left_out: tuple[Message, ...]


def gradebook(
    system: System,
    answers: Sequence[Answer],
    graded: Sequence[Grade],
    w: Words,
    members: Sequence[Member] = (),
) -> Gradebook:
    """Return the gradebook of a class.

    Parameters
    ----------
    graded
        What the class knows is graded; these are its columns.
    members
        The class list; with one, only its people are graded, and all of them have a row.
    """
    rows, left_out = _rows(answers, graded, members)
    table = {"canvas": _canvas, "moodle": _moodle, "csv": _plain}[system](rows, graded, w)
    out = StringIO()
    csv.writer(out).writerows([_cell(value) for value in row] for row in table)
    mark = BOM if system == "csv" else ""
    return Gradebook(mark + out.getvalue(), len(rows), tuple(left_out))


def _cell(value: object) -> object:
    """Return a cell that no spreadsheet runs; a dash alone is no formula, and Moodle's sign."""
    return value if value == NO_GRADE else cell(value)


def _rows(
    answers: Sequence[Answer], graded: Sequence[Grade], members: Sequence[Member]
) -> tuple[list[Graded], list[Message]]:
    named = Counter(plain_id(answer.own_id) for answer in answers if answer.own_id)
    found: dict[int, Graded] = {}
    left_out = []
    for number, answer in enumerate(answers):
        at = next((n for n, one in enumerate(members) if one.is_named(answer.own_id)), None)
        why = _why_not(answer, named, at is None and bool(members))
        if why is not None:
            left_out.append(why)
            continue
        member = Member({"own_id": answer.own_id}, answer.name) if at is None else members[at]
        scores = {grade: points(answer, grade) for grade in graded}
        found[number if at is None else at] = Graded(member, scores)
    if members:
        nothing: dict[Grade, float | None] = dict.fromkeys(graded)
        return [found.get(n, Graded(one, nothing)) for n, one in enumerate(members)], left_out
    return list(found.values()), left_out


def _why_not(answer: Answer, named: Counter[str], is_unlisted: bool) -> Message | None:
    """Say why an answer cannot be graded; None if it can."""
    values = {"who": answer.name or answer.receipt, "id": answer.own_id}
    if not answer.own_id:
        return Message("{who} named no own number", values)
    if is_unlisted:
        return Message("{who} named {id}, which is not in the class list", values)
    if named[plain_id(answer.own_id)] > 1:
        return Message("{who} and somebody else named {id}", values)
    return None


def _canvas(rows: Sequence[Graded], graded: Sequence[Grade], w: Words) -> list[list[object]]:
    head: list[object] = [*CANVAS_HEAD, *(w(COLUMN_NAMES[grade]) for grade in graded)]
    blanks = [""] * (len(CANVAS_HEAD) - 1)
    possible: list[object] = [POINTS_POSSIBLE, *blanks, *([MOST_POINTS] * len(graded))]
    return [head, possible, *([*_canvas_person(row.member), *row.points.values()] for row in rows)]


def _canvas_person(member: Member) -> list[object]:
    ids = member.ids
    own = ids.get("own_id", "")
    email = ids.get("email", "")
    name = member.name.replace("Points Possible", "") or own
    return [name, ids.get("id", ""), ids.get("sis_id", own), ids.get("login", email or own), ""]


def _moodle(rows: Sequence[Graded], graded: Sequence[Grade], w: Words) -> list[list[object]]:
    keys = {key for row in rows for key in row.member.ids}
    key = next((k for k in ("own_id", "email", "login", "sis_id", "id") if k in keys), "own_id")
    values = [row.member.ids.get(key, "") for row in rows]
    kind = "Username" if key == "login" else "ID number"
    if values and all("@" in value for value in values):
        kind = "Email address"
    head: list[object] = [kind, *(w(COLUMN_NAMES[grade]) for grade in graded)]
    lines: list[list[object]] = [
        [value, *(NO_GRADE if p is None else p for p in row.points.values())]
        for value, row in zip(values, rows, strict=True)
        if value
    ]
    return [head, *lines]


def _plain(rows: Sequence[Graded], graded: Sequence[Grade], w: Words) -> list[list[object]]:
    head: list[object] = [w("own number"), w("name"), *(w(COLUMN_NAMES[grade]) for grade in graded)]
    people = [next(iter(row.member.ids.values())) for row in rows]
    lines: list[list[object]] = [
        [person, row.member.name, *row.points.values()]
        for person, row in zip(people, rows, strict=True)
    ]
    return [head, *lines]
