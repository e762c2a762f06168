"""The arithmetic of figures: whole cents and weeks, and changes of a value."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from workbook.figures import MOST_MONEY, MOST_WEEKS
from workbook.plan import COUNTS, SHARES

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
    off_half = np.abs(np.abs(scaled - nearest) - 0.5)
    close = off_half <= CLOSE_TO_HALF * np.maximum(1.0, np.abs(scaled))
    found = nearest.astype(np.int64)
    for place in np.flatnonzero(close):
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
