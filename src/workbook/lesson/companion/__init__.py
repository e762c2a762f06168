"""The companion as a lesson: two parts developed in rounds, and a reputation that can be spent.

rounds.py      ids of forks and kernel, and the arithmetic of rounds and of two parts
lesson.py      the sections that only this case has
exercises.py   the exercises, and the altered case for transfer
"""

from workbook.lesson.companion.exercises import EXERCISES
from workbook.lesson.companion.lesson import CompanionLesson, meeting
from workbook.lesson.companion.rounds import FORK
from workbook.lesson.syllabus import Guessed, Scale, Swept, Syllabus
from workbook.whatif.variants import AS_WRITTEN
from workbook.words import N_

__all__ = ["SYLLABUS", "CompanionLesson"]

SYLLABUS = Syllabus(
    fork=FORK,
    taken={FORK: AS_WRITTEN},
    as_written={FORK: N_("Polish both, then sell")},
    guesses={
        "merge": Guessed(
            N_(
                "Both halves are worked on side by side. For how many weeks does the one that is "
                "right first wait for the other, on average?"
            ),
            Scale("", 0, 60, 1, 0, "weeks"),
            lambda plays, _: round(meeting(plays.plan).wait),
        )
    },
    sweeps=(
        Swept(
            "cash",
            (500_000.0, 650_000.0, 800_000.0, 950_000.0, 1_100_000.0, 1_250_000.0, 1_400_000.0),
            N_("cash at the start"),
            "money",
        ),
        Swept(
            f"forks.{FORK}.options.sell-at-once.milestones.orders.pass_rate",
            (0.05, 0.12, 0.2, 0.25, 0.3, 0.4),
            N_("chance that a launch of the first version holds"),
            "percent",
        ),
    ),
    takeaways=("A2", "A3", "A4", "A5", "A6", "A7", "P9", "P12", "R7"),
    exercises=EXERCISES,
)
