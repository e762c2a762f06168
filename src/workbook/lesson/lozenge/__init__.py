"""The caffeine lozenge as a lesson.

exercises.py  the exercises, as data
lesson.py     the sections that only this case has, and the altered case: money promised
"""

from workbook.lesson.lozenge.exercises import EXERCISES, founders
from workbook.lesson.lozenge.lesson import FORK, LozengeLesson
from workbook.lesson.syllabus import Guessed, Scale, Swept, Syllabus
from workbook.words import N_

__all__ = ["SYLLABUS", "LozengeLesson"]

AROUND = {"walk-around": "skip-taste"}

SYLLABUS = Syllabus(
    fork=FORK,
    taken={FORK: "launch-early", "horses": "race"},
    skips={"taste": AROUND},
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
    exercises=EXERCISES,
    guesses={
        "many": Guessed(
            N_("Of 100 founders who do what you bet on, how many reach the goal?"),
            Scale("", 0, 100, 1, 50),
            founders,
        ),
        "skip-taste": Guessed(
            N_("Of 100 founders who leave the taste for later, how many reach the goal?"),
            Scale("", 0, 100, 1, 50),
            lambda plays, _: round(100 * plays.play(AROUND).fates["goal"]),
        ),
    },
)
