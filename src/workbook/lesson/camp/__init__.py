"""The training camp as a lesson: restraint, its cost, and when it cannot be afforded.

results.py    ids of forks and milestones, and the results that several sections use
lesson.py     the sections that only this case has
exercises.py  the exercises, and the altered case for transfer
"""

from workbook.lesson.camp.exercises import BELIEF, EXERCISES
from workbook.lesson.camp.lesson import CampLesson
from workbook.lesson.camp.results import FORK, QUIET, proved
from workbook.lesson.syllabus import Guessed, Scale, Swept, Syllabus
from workbook.whatif.variants import AS_WRITTEN
from workbook.words import N_

__all__ = ["SYLLABUS", "CampLesson"]

SYLLABUS = Syllabus(
    fork=FORK,
    taken={FORK: AS_WRITTEN},
    as_written={
        FORK: N_("Stay small until it is proved"),
        QUIET: N_("Sell small camps near cost"),
    },
    sweeps=(
        Swept(
            BELIEF,
            (0.15, 0.25, 0.35, 0.45, 0.6, 0.8),
            N_("chance that the unpolished camp is good enough already"),
            "percent",
        ),
        Swept(
            "cash",
            (450_000.0, 600_000.0, 800_000.0, 1_000_000.0, 1_200_000.0),
            N_("cash at the start"),
            "money",
        ),
    ),
    guesses={
        "climb": Guessed(
            N_(
                "A hundred such camps stay small. How many of them prove their kernel before the "
                "money or the two years are gone?"
            ),
            Scale("", 0, 100, 1, 0),
            lambda plays, _: round(100 * proved(plays)),
        ),
    },
    takeaways=(
        "T1",
        "T2",
        "T3",
        "T4",
        "T5",
        "T6",
        "T7",
        "T8",
        "T9",
        "R7",
        "P10",
        "P12",
    ),
    exercises=EXERCISES,
)
