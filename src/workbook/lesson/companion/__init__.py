"""The companion as a lesson: two halves polished by rounds, and a name that can be spent.

turns.py       its forks and its kernel, by id
walk.py        what only this case shows
rounds.py      the sums of rounds, and of two halves that must meet
halves.py      when each half is right, and when both are
teachers.py    what a round teaches: strangers against friends
ends.py        out of money, or with money and no launch left
exercises.py   the exercises; both_right.py and altered.py are two of them
"""

from workbook.lesson.companion.exercises import EXERCISES
from workbook.lesson.companion.lesson import CompanionLesson, meeting
from workbook.lesson.companion.rounds import FORK
from workbook.lesson.scale import Scale
from workbook.lesson.syllabus import Guessed, Swept, Syllabus
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
