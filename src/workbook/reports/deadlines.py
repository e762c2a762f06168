"""When must it be there? The latest week of a milestone, read off the lives that made it.

A date by which "it must be reached" is none of the plan's own figures, so it is derived: the week
by which eight of ten lives that reach the goal had reached the milestone. Beside it stands what
becomes of those who are later, so that nobody takes it for a cliff.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from workbook.outcomes import FATES, Lives, Outcomes

SHARE = 0.8
FEWEST = 30
"""Fewer lives than this say nothing about a date."""


@dataclass(frozen=True)
class Deadline:
    """The latest week of a milestone.

    Attributes
    ----------
    week
        The week by which eight of ten lives that reach the goal have reached it.
    later
        Of the lives that are later than that, the share that reaches the goal all the same; None
        where those are too few to tell.
    """

    week: int
    later: float | None


def deadline(lives: Lives, place: int) -> Deadline | None:
    """The latest week of the milestone at this place of the plan; None where too few get there."""
    reached = lives.reached_week[:, place]
    goal = lives.fate == FATES.index("goal")
    weeks = np.sort(reached[goal & (reached >= 0)])
    if len(weeks) < FEWEST:
        return None
    week = int(weeks[ceil(SHARE * len(weeks)) - 1])
    late = ((reached < 0) | (reached > week)) & (lives.end_week > week)
    later = float(goal[late].mean()) if late.sum() >= FEWEST else None
    return Deadline(week, later)


def burnt_out(outcomes: Outcomes) -> int | None:
    """The week in which burn alone would use up the cash; None where nothing burns, or no cash."""
    plan = outcomes.plan
    if plan.cash is None or not plan.burn_per_week:
        return None
    return ceil((plan.cash + 0.005) / plan.burn_per_week)
