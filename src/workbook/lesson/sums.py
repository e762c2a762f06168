"""The sums that a lesson says aloud: what the way back costs, and where the odds cross.

Nothing here speaks or draws; `views` puts it into words and pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from workbook.lesson.plays import Choices, Plays
from workbook.outcomes import FATES, Outcomes
from workbook.plan import Milestone, Plan

BACK_LIVES = 400
"""Lives told one by one for the way back: enough for whole percents, quick enough for a cell."""


@dataclass(frozen=True)
class WayBack:
    """What it takes to come back for a milestone that was walked around (P10).

    Shares are of all lives played with the skip; money in the plan's currency. `cash_left` is the
    median at the first failure downstream, None where nobody fails.
    """

    failed: float
    cash_left: float | None
    one_round: float
    whole_road: float
    can_try_once: float
    can_go_all_the_way: float


def _mean(value: float | tuple[float, float, float]) -> float:
    return float(sum(value) / 3) if isinstance(value, tuple) else float(value)


def round_price(plan: Plan, milestone: Milestone) -> float:
    """What one attempt costs, the burn of its weeks included."""
    return _mean(milestone.cost) * milestone.teams + plan.burn_per_week * _mean(milestone.weeks)


def way_back(plays: Plays, skipped: str, choices: Choices) -> WayBack:
    """Live the plan with the skip many times and see with how much cash the first failure comes.

    A failure counts if it comes at a milestone that depends on the skipped one in the full plan.
    """
    plan = plays.plan
    milestone = plan.milestone(skipped)
    downstream = depending_on(plan, skipped)
    lives = min(plays.runs, BACK_LIVES)
    left: list[float] = []
    for number in range(1, lives + 1):
        events = plays.life(number, choices).events
        failures = (e.cash for e in events if e.happening == "failed" and e.about in downstream)
        cash = next(failures, None)
        if cash is not None:
            left.append(cash)
    one = round_price(plan, milestone)
    road = one / max(milestone.rates[0], 1e-9)
    return WayBack(
        failed=len(left) / lives,
        cash_left=median(left) if left else None,
        one_round=one,
        whole_road=road,
        can_try_once=sum(cash >= one for cash in left) / max(1, len(left)),
        can_go_all_the_way=sum(cash >= road for cash in left) / max(1, len(left)),
    )


def depending_on(plan: Plan, id: str) -> frozenset[str]:
    """Ids of the milestones that need this one, directly or through others."""
    found: set[str] = {id}
    grew = True
    while grew:
        more = {m.id for m in plan.milestones if m.id not in found and found & set(m.needs)}
        grew = bool(more)
        found |= more
    return frozenset(found - {id})


@dataclass(frozen=True)
class Sweep:
    """The chance of the goal of each option, as one figure of the plan moves.

    `goal[option]` runs along `values`. `gap_error` is the standard error of the difference of the
    two best, on the same luck.
    """

    values: tuple[float, ...]
    goal: dict[str, tuple[float, ...]]
    gap_error: tuple[float, ...]

    def winner(self, position: int) -> str | None:
        """The option ahead at a value; None where chance alone could explain its lead."""
        first, second = self.ranked(position)[:2]
        lead = self.goal[first][position] - self.goal[second][position]
        return first if lead > 2 * self.gap_error[position] else None

    def ranked(self, position: int) -> list[str]:
        """The options at a value, the best first."""
        return sorted(self.goal, key=lambda option: -self.goal[option][position])


def sweep(
    plays: Plays,
    fork: str,
    options: Sequence[str],
    values: Sequence[float],
    moved: Callable[[Plan, float], Plan],
) -> Sweep:
    """Play every option at every value of a figure, all on the same luck."""
    goal: dict[str, list[float]] = {option: [] for option in options}
    errors = []
    for value in values:
        plan = moved(plays.plan, value)
        played = [plays.play({fork: option}, plan=plan) for option in options]
        for option, outcomes in zip(options, played, strict=True):
            goal[option].append(outcomes.fates["goal"])
        first, second = sorted(played, key=lambda o: -o.fates["goal"])[:2]
        errors.append(paired(first, second).error)
    return Sweep(tuple(values), {o: tuple(g) for o, g in goal.items()}, tuple(errors))


@dataclass(frozen=True)
class Gap:
    """One option against another on the same luck: chances of the goal, life by life.

    `won` and `lost` are shares of all lives that reach the goal only with the one, only with the
    other; `error` is the standard error of their difference.
    """

    gap: float
    error: float
    won: float
    lost: float


def paired(one: Outcomes, other: Outcomes) -> Gap:
    """The gap between two plays of the same seed; without single lives, of the chances alone."""
    gap = one.fates["goal"] - other.fates["goal"]
    if one.lives is None or other.lives is None:
        return Gap(gap, 0.0, max(gap, 0.0), max(-gap, 0.0))
    goal = FATES.index("goal")
    first, second = one.lives.fate == goal, other.lives.fate == goal
    flips = first.astype(float) - second.astype(float)
    error = float(flips.std() / np.sqrt(len(flips)))
    return Gap(gap, error, float((flips > 0).mean()), float((flips < 0).mean()))
