"""How many combinations to try in a round (T5): what each number costs, and what it brings."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.edit import edit
from workbook.law import race_rate
from workbook.lesson.camp.turns import CLIMB, SMALL
from workbook.lesson.plays import Plays
from workbook.outcomes import Outcomes
from workbook.plan import Edit
from workbook.spread import likely

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
    steps = [plays.plan.milestone(id) for id in CLIMB]
    rounds = [1 / max(1e-9, race_rate(step.rates[0], count)) for step in steps]
    change = Edit(milestones={step.id: {"teams": count} for step in steps})
    pairs = list(zip(rounds, steps, strict=True))
    return Climb(
        combinations=count,
        weeks=sum(n * likely(step.weeks) for n, step in pairs),
        cost=sum(n * likely(step.cost) * count for n, step in pairs),
        played=plays.play(SMALL, plan=edit(plays.plan, change)),
    )
