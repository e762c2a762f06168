"""The tea stall: the five ideas on an invented business, one at a time.

tea-stall.yaml  the plan; every figure of it is assumed
lesson.py       the sections that only this lesson has
exercises.py    the exercises, as data
"""

from workbook.lesson.start.exercises import EXERCISES, FORK, founders
from workbook.lesson.start.lesson import StartLesson, tea_stall
from workbook.lesson.syllabus import Guessed, Scale, Swept, Syllabus
from workbook.words import N_

__all__ = ["SYLLABUS", "StartLesson"]

SYLLABUS = Syllabus(
    fork=FORK,
    taken={FORK: "fair"},
    sweeps=(
        Swept(
            "cash",
            (20_000.0, 26_000.0, 32_000.0, 38_000.0, 46_000.0, 56_000.0, 70_000.0),
            N_("savings at the start"),
            "money",
        ),
    ),
    takeaways=("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "P11", "P12"),
    exercises=EXERCISES,
    guesses={
        "many": Guessed(
            N_("Of 100 stalls begun with these savings, how many win their hundred regulars?"),
            Scale("", 0, 100, 1, 50),
            founders,
        )
    },
    load=tea_stall,
)
