"""The caffeine lozenge as a lesson: its turning points, and two exercises with many answers.

two_changes.py  reach the goal often enough by changing two things
walk.py         what only this case shows
equal_cash.py   the sum at which two ways out of the fork are equally good
"""

from workbook.lesson.lozenge.equal_cash import FORK, equal_cash
from workbook.lesson.lozenge.two_changes import two_changes
from workbook.lesson.lozenge.walk import LozengeLesson
from workbook.lesson.syllabus import Swept, Syllabus
from workbook.words import N_

__all__ = ["SYLLABUS", "LozengeLesson"]

SYLLABUS = Syllabus(
    fork=FORK,
    taken={FORK: "launch-early", "horses": "race"},
    skips={"taste": {"walk-around": "skip-taste"}},
    sweeps=(
        Swept(
            f"forks.{FORK}.at.cash_below",
            (60_000.0, 100_000.0, 150_000.0, 200_000.0, 250_000.0, 300_000.0),
            N_("cash left at the fork"),
            "money",
        ),
        Swept(
            f"forks.{FORK}.options.launch-early.milestones.taste.pass_rate",
            (0.08, 0.11, 0.15, 0.20, 0.25),
            N_("chance that a round passes after the launch"),
            "percent",
        ),
    ),
    takeaways=("P10", "P12", "R7", "L3", "L6", "L9", "L10", "L11", "L15", "L18", "L19"),
    exercises={"two-changes": two_changes, "equal-cash": equal_cash},
)
