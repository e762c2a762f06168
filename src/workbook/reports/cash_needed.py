"""How much cash would it take? An answer for a page: a few plays, and told with its error.

`solve.least_cash` searches until the noise of all lives is reached. Here the plan is lived once
with all the money in the world: what each life had paid by the goal is what it needed, as long as
nothing comes in on the way. Where something does, the amount is tried and raised until it holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np

from workbook.figures import MOST_MONEY
from workbook.outcomes import FATES, Floats, Outcomes, share_error
from workbook.plan import Plan

WANTED = 0.8
STANDARD_ERRORS = 2.0
PLENTY = 1e9
RAISES = (1.2, 1.3, 1.6, 2.5)
"""By how much an amount that was not enough is raised at least, the first time and so on."""


@dataclass(frozen=True)
class CashNeeded:
    """The least start cash with which the goal is reached in eight of ten lives.

    Attributes
    ----------
    amount
        In the plan's currency; None where no amount would do.
    low, high
        Where it lies in nineteen of twenty cases, chance in these lives considered; `high` is
        None where so few more than eight in ten ever get there that no bound can be told.
    best, error
        The chance of the goal with all the money in the world, and its standard error.
    """

    amount: float | None
    low: float
    high: float | None
    best: float
    error: float


def cash_needed(
    plan: Plan, played: Callable[[Plan], Outcomes], wanted: float = WANTED
) -> CashNeeded | None:
    """The least cash for the wanted chance; None for a plan without cash, or one under way.

    Parameters
    ----------
    played
        Lives a plan some times, always with the same luck.
    """
    if plan.cash is None or plan.log:
        return None
    rich = played(with_cash(plan, min(MOST_MONEY, PLENTY)))
    best = rich.fates["goal"]
    error = share_error(best, rich.runs)
    if best < wanted:
        return CashNeeded(None, 0.0, None, best, error)
    needs = _needs(rich)
    guess = _enough(needs, wanted) or 0.0
    amount = _tried(plan, played, needs, guess, wanted)
    if amount is None:
        return None
    slack = STANDARD_ERRORS * sqrt(wanted * (1 - wanted) / rich.runs)
    more = amount - guess  # what income on the way made the guess too small by
    high = _enough(needs, wanted + slack)
    low = (_enough(needs, wanted - slack) or 0.0) + more
    return CashNeeded(amount, low, None if high is None else high + more, best, error)


def _tried(
    plan: Plan, played: Callable[[Plan], Outcomes], needs: Floats, guess: float, wanted: float
) -> float | None:
    """The guess, raised until it is enough, then brought back to where it just is."""
    amount, below, share, target = guess, 0.0, 0.0, wanted
    for raise_by in RAISES:
        chance = played(with_cash(plan, amount)).fates["goal"]
        if chance >= wanted:
            if not share:
                return amount
            return below + (amount - below) * (wanted - share) / (chance - share)
        below, share, target = amount, chance, target + wanted - chance
        more = _enough(needs, target) or 0.0
        amount = max(more, raise_by * amount, 1.0)
    return None


def with_cash(plan: Plan, cash: float) -> Plan:
    """The plan with so much cash at the start, to the cent above."""
    return plan.model_copy(update={"cash": ceil(cash * 100 - 1e-6) / 100})


def _needs(rich: Outcomes) -> Floats:
    """What each life had paid in all by the goal, sorted; endless where it never got there."""
    assert rich.lives is not None
    paid = (rich.plan.cash or 0.0) - rich.lives.cash
    there = rich.lives.fate == FATES.index("goal")
    return np.sort(np.where(there, np.maximum(paid, 0.0), np.inf))


def _enough(needs: Floats, share: float) -> float | None:
    """The amount that is enough for this share of lives; None where none is."""
    place = ceil(share * len(needs) - 1e-9) - 1
    amount = float(needs[min(max(place, 0), len(needs) - 1)])
    return amount if np.isfinite(amount) and place < len(needs) else None
