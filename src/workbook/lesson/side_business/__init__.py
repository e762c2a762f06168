"""The side business as a lesson: hours are scarce, and a deadline takes the place of ruin.

hours.py      ids of forks and milestones; the value of an hour; when a chore pays back its hours
too_early.py  outsourcing before the process is understood
lesson.py     the sections that only this case has
exercises.py  the exercises, and the altered case for transfer
"""

from workbook.lesson.side_business.exercises import EXERCISES
from workbook.lesson.side_business.hours import BELIEF, FIRST_NODE, FORK, all_handed_out
from workbook.lesson.side_business.lesson import SideBusinessLesson
from workbook.lesson.syllabus import Guessed, Scale, Swept, Syllabus
from workbook.whatif.variants import AS_WRITTEN
from workbook.words import N_

__all__ = ["SYLLABUS", "SideBusinessLesson"]

SYLLABUS = Syllabus(
    fork=FORK,
    taken={FORK: AS_WRITTEN},
    as_written={
        FORK: N_("Run the whole flow by hand once"),
        FIRST_NODE: N_("The one that eats the most hours first"),
    },
    sweeps=(
        Swept(
            BELIEF,
            (0.1, 0.25, 0.4, 0.55, 0.7, 0.9),
            N_("chance that the flow is understood before it is run"),
            "percent",
        ),
        Swept(
            "horizon_weeks",
            (40.0, 45.0, 52.0, 60.0, 78.0),
            N_("time until the deadline"),
            "weeks",
        ),
    ),
    guesses={
        "hours": Guessed(
            N_(
                "Begun by hand, in which week has the middle one of all lives handed everything "
                "out?"
            ),
            Scale("", 1, 52, 1, 1, "week"),
            lambda plays, _: all_handed_out(plays),
        ),
    },
    takeaways=("S1", "S2", "S3", "S4", "S5", "S6", "S7", "R8", "P1", "P6"),
    exercises=EXERCISES,
)
