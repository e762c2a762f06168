"""How many combinations to try in a round (T5): what each number costs, and what it brings."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.edit import edit
from workbook.law import Attempt
from workbook.lesson.camp.turns import CLIMB, SMALL
from workbook.lesson.plays import Plays
from workbook.outcomes import Outcomes
from workbook.plan import Edit

COUNTS = (1, 2, 3, 4, 6)


@dataclass(frozen=True)
class Climb:
    """The climb with so many combinations in a round.

    `weeks` and `cost` are what the three steps of the kernel take on average, if the money holds.
    """

    combinations: int
    weeks: float
    cost: float
    played: Outcomes


def climb(plays: Plays, count: int) -> Climb:
    """Play the plan with so many combinations side by side in every round."""
    raced = edit(plays.plan, Edit(milestones={id: {"teams": count} for id in CLIMB}))
    steps = [Attempt.at_start(raced, raced.milestone(id), "mean") for id in CLIMB]
    return Climb(
        combinations=count,
        weeks=sum(step.expected_weeks for step in steps),
        cost=sum(step.tries * step.cost_cents for step in steps) / 100,
        played=plays.play(SMALL, plan=raced),
    )
