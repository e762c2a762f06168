"""The arithmetic of figures: whole cents and weeks, changes, growth by the week.

Monthly shares are converted to weeks so that the weeks of a month compound to it: with a churn of
5% a week keeps 0.95 ^ (12 / 52), so a month keeps 0.95, and a year 0.95 ^ 12.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from workbook.figures import MOST_MONEY, MOST_WEEKS
from workbook.plan import (
    COUNTS,
    FOLLOWED,
    SHARES,
    Gives,
    Plan,
    Sales,
)

CLOSE_TO_HALF = 1e-14
"""Relative error that floating point may add to an amount of exactly half a cent."""


def cents(amount: float) -> int:
    """Return an amount in whole cents, so that no tie is decided by floating point.

    Half a cent is rounded up (away from zero) in decimal notation: 7.095 is 7.10.
    """
    scaled = amount * 100
    nearest = round(scaled)
    if abs(abs(scaled - nearest) - 0.5) > CLOSE_TO_HALF * max(1.0, abs(scaled)):
        return nearest
    return int(Decimal(f"{amount:.15g}").scaleb(2).to_integral_value(ROUND_HALF_UP))


def cents_of(amounts: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return an array of amounts in whole cents, as `cents` does."""
    scaled = amounts * 100
    nearest = np.rint(scaled)
    found = nearest.astype(np.int64)
    off = np.abs(np.subtract(scaled, nearest, out=nearest), out=nearest)
    widest = CLOSE_TO_HALF * max(1.0, float(np.abs(scaled).max(initial=0.0)))
    for place in (off >= 0.5 - 2.0 * widest).nonzero()[0].tolist():  # few may be half a cent
        found[place] = cents(float(amounts[place]))
    return found


def whole_weeks(weeks: float) -> int:
    """Return a length in whole weeks: rounded, halves up, at least one."""
    return max(1, floor(weeks + 0.5))


def weeks_of_hours(hours: float, free_hours: float) -> int:
    """Return the weeks for a number of hours at the free hours per week, rounded up."""
    return max(1, ceil(hours / free_hours - 1e-9))


def changed(value: float, change: float | str | None) -> float:
    """Return a value after a change: None, a new value, or a signed string that adds (`"+5"`)."""
    if change is None:
        return value
    return value + float(change) if isinstance(change, str) else change


def moved(figure: str, value: float, change: float | str | None) -> float:
    """Return a plan's figure after a change, within the bounds of that figure."""
    least = 1.0 if figure in COUNTS else 0.0
    most = MOST_WEEKS if figure in COUNTS else 1.0 if figure in SHARES else MOST_MONEY
    return min(most, max(least, changed(value, change)))


def both(figure: str, first: float | str | None, then: float | str | None) -> float | str | None:
    """Combine two successive changes into one."""
    if then is None or first is None or not isinstance(then, str):
        return first if then is None else then
    if isinstance(first, str):
        return signed(float(first) + float(then))
    return moved(figure, first, then)


def signed(change: float) -> str:
    """Return a change that adds, as written in a plan file: `+5`, `-0.25`."""
    return f"{change:+.9f}".rstrip("0").rstrip(".")


def moved_cents(cash: int, change: float | str) -> int:
    """Return the cash in cents after an option sets it or adds to it."""
    return cash + cents(float(change)) if isinstance(change, str) else cents(change)


MONTHS_A_WEEK = 12 / 52
MOVING = ("paying_customers", "reach_per_week", "stock")
"""The figures that change by themselves, if the plan lets them."""

_STAYING = (
    *("paying_customers", "fee_per_month", "churn_per_month", "referrals_per_month"),
    "most_customers",
)
_GROWING = ("reach_growth_per_month", "most_reach_per_week")
_TERMS = ("paid_after_weeks", "stock_weeks", "minimum_order", "stock")


def kept_a_week(churn_per_month: float) -> float:
    """Return the share of the customers who are still there after a week."""
    return float((1.0 - churn_per_month) ** MONTHS_A_WEEK)


def growth_a_week(growth_per_month: float) -> float:
    """Return the weekly growth factor of a figure that grows by a monthly share."""
    return float((1.0 + growth_per_month) ** MONTHS_A_WEEK)


def moves_by_itself(plan: Plan) -> bool:
    """Whether customers stay or the reach grows, at the start or by what a milestone gives.

    A milestone with a level of customers counts, too: new customers stay then. Without any of this,
    weeks are equal until a milestone changes them.
    """
    differs = plan.seasons is not None or bool(plan.weekly_ranges)
    return differs or _uses(plan, _GROWING) or keeps_customers(plan) or has_terms(plan)


def keeps_customers(plan: Plan) -> bool:
    """Whether new customers stay and count: they pay a fee, refer others, or fill a level."""
    asked = any(m.level is not None and m.level.of in FOLLOWED for m in plan.milestones)
    return asked or _uses(plan, _STAYING)


def has_terms(plan: Plan) -> bool:
    """Whether customers pay later than they buy, or goods are paid before they are sold."""
    return _uses(plan, _TERMS)


def _uses(plan: Plan, names: Iterable[str]) -> bool:
    return any(getattr(part, name) for part in _parts(plan) for name in names)


def _parts(plan: Plan) -> Iterator[Sales | Gives]:
    """Yield every part of a plan that can set a figure of its sales."""
    if plan.sales is not None:
        yield plan.sales
    for milestone in plan.milestones:
        if milestone.gives is not None:
            yield milestone.gives
        if milestone.tests is not None and milestone.tests.redesign.gives is not None:
            yield milestone.tests.redesign.gives
