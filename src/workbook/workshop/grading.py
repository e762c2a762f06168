"""What is graded, if anything: chosen by the teacher, and said to the class first.

Three things may be graded, each from 0 to 100. None depends on luck: not on how a life ended, nor
on whether a bet came true in one.

completion   the share of the six steps of the workshop that are done
calibration  100 × (1 - Brier score) of the bets: the mean square of confidence minus 1 for the
             option that reaches the goal most often, minus 0 for a worse one, minus a half for one
             of several that are too close to tell: as notebook 00 counts them
cost         100 minus what the decisions in the rehearsal cost of 100 lives, valued by the coach

What was announced is kept in the public folder. Once a hand-in is there, nothing can be added.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from workbook.cases.file import put
from workbook.errors import InputError, fault
from workbook.words import N_, Words
from workbook.workshop.hand_in import STEPS, leading_options
from workbook.workshop.inbox import Answer
from workbook.workshop.rehearsed import cost

Grade = Literal["completion", "calibration", "cost"]
GRADES: tuple[Grade, ...] = ("completion", "calibration", "cost")
GRADE_NAMES: Mapping[Grade, str] = {
    "completion": N_("how much of the workshop is done"),
    "calibration": N_("how well your confidence fits your bets"),
    "cost": N_("what your decisions in the rehearsal cost, never how it ended"),
}
MOST_POINTS = 100


def graded_line(graded: Sequence[Grade], w: Words) -> str:
    """Say what is graded; that nothing is, if so."""
    if not graded:
        return w("Nothing here is graded.")
    return w("Graded: {what}.", what=w.list([w(GRADE_NAMES[grade]) for grade in graded]))


def announced(file: Path) -> tuple[Grade, ...]:
    """Return what was announced to the class; nothing if nothing was.

    Raises
    ------
    InputError
        If the file is damaged.
    """
    try:
        found = json.loads(file.read_text("utf-8"))["graded"]
        return TypeAdapter(tuple[Grade, ...]).validate_python(found)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError, ValidationError):
        template = "what was announced as graded cannot be read; name it again with --graded"
        raise InputError(str(file), [fault("", template)]) from None


def announce(file: Path, graded: Sequence[Grade], has_hand_ins: bool) -> tuple[Grade, ...]:
    """Announce what is graded, in the order of GRADES.

    Raises
    ------
    InputError
        If something is added after the first hand-in.
    WorkError
        If the file cannot be written.
    """
    added = set(graded) - set(announced(file))
    if has_hand_ins and added:
        template = (
            "{added} cannot be graded any more: people have handed in without knowing it; what is "
            "graded can only become less"
        )
        raise InputError("--graded", [fault("", template, added=", ".join(sorted(added)))])
    chosen = tuple(grade for grade in GRADES if grade in graded)
    file.parent.mkdir(parents=True, exist_ok=True)
    put(file, json.dumps({"workbook_graded": 1, "graded": chosen}) + "\n")
    return chosen


def points(answer: Answer, grade: Grade) -> float | None:
    """Return a grade from 0 to 100; None if there is nothing to grade.

    >>> from workbook.workshop.inbox import Answer
    >>> points(Answer("", "p", "", "", done=("bet", "reveal", "chain")), "completion")
    50.0
    """
    if grade == "completion":
        return round(MOST_POINTS * len(answer.done) / len(STEPS), 1)
    if grade == "calibration":
        return _calibration(answer)
    if answer.rehearsal is None:
        return None
    return round(MOST_POINTS * min(1.0, max(0.0, 1 + cost(answer.rehearsal))), 1)


def _calibration(answer: Answer) -> float | None:
    misses = [
        (stake.confidence - (stake.choice in leading) / len(leading[:2])) ** 2
        for fork, stake in answer.bets.items()
        if (leading := leading_options(fork))
    ]
    return round(MOST_POINTS * (1 - fmean(misses)), 1) if misses else None
