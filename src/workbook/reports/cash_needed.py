"""Estimate the start cash that a chance of the goal takes, from a few simulations.

`solve.least_cash` searches until the noise of all lives is reached. Here the plan is simulated once
with unlimited money: what each life had paid by the goal is what it needed, as long as there is no
income on the way. Where there is, the amount is tried and raised until it suffices.
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
"""The least factor by which an amount that was too small is raised, time after time."""


@dataclass(frozen=True)
class CashNeeded:
    """The least start cash with which the goal is reached in eight of ten lives.

    Attributes
    ----------
    amount
        In the plan's currency; None if no amount suffices.
    low, high
        The 95 % interval of simulation error. `high` is None if hardly more than eight in ten
        lives ever reach the goal, so that no upper bound can be given.
    best, error
        The chance of the goal with unlimited money, and its standard error.
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
        Simulates a plan, always with the same luck.
    """
    if plan.cash is None or plan.log:
        return None
    rich = played(with_cash(plan, min(MOST_MONEY, PLENTY)))
    best = rich.fates["goal"]
    error = share_error(best, rich.runs)
    if best < wanted:
        return CashNeeded(None, 0.0, None, best, error)
    needs = _needs(rich)
    guess = _cash_for_share(needs, wanted) or 0.0
    amount = _raised(plan, played, needs, guess, wanted)
    if amount is None:
        return None
    slack = STANDARD_ERRORS * sqrt(wanted * (1 - wanted) / rich.runs)
    more = amount - guess  # the guess was too small by this much, because of income on the way
    high = _cash_for_share(needs, wanted + slack)
    low = (_cash_for_share(needs, wanted - slack) or 0.0) + more
    return CashNeeded(amount, low, None if high is None else high + more, best, error)


def _raised(
    plan: Plan, played: Callable[[Plan], Outcomes], needs: Floats, guess: float, wanted: float
) -> float | None:
    """Raise the guess until it suffices, then interpolate to where it just does."""
    amount, below, share, target = guess, 0.0, 0.0, wanted
    for raise_by in RAISES:
        chance = played(with_cash(plan, amount)).fates["goal"]
        if chance >= wanted:
            if not share:
                return amount
            return below + (amount - below) * (wanted - share) / (chance - share)
        below, share, target = amount, chance, target + wanted - chance
        more = _cash_for_share(needs, target) or 0.0
        amount = max(more, raise_by * amount, 1.0)
    return None


def with_cash(plan: Plan, cash: float) -> Plan:
    """The plan with this much start cash, rounded up to the cent."""
    return plan.model_copy(update={"cash": ceil(cash * 100 - 1e-6) / 100})


def _needs(rich: Outcomes) -> Floats:
    """What each life had paid in all by the goal, sorted; infinite if it never reached it."""
    assert rich.lives is not None
    paid = (rich.plan.cash or 0.0) - rich.lives.cash
    there = rich.lives.fate == FATES.index("goal")
    return np.sort(np.where(there, np.maximum(paid, 0.0), np.inf))


def _cash_for_share(needs: Floats, share: float) -> float | None:
    """The amount that suffices for this share of lives; None if no amount does."""
    place = ceil(share * len(needs) - 1e-9) - 1
    amount = float(needs[min(max(place, 0), len(needs) - 1)])
    return amount if np.isfinite(amount) and place < len(needs) else None
