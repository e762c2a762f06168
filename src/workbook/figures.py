"""Types of the figures in a plan: bounds, and whole or fractional. Booleans are never numbers.

The bounds guarantee an answer; no plan that a founder could mean is refused.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, Strict

MOST_WEEKS = 10_000
MOST_MONEY = 1e12


def _ordered(estimate: tuple[float, float, float]) -> tuple[float, float, float]:
    low, likely, high = estimate
    if not low <= likely <= high:
        raise ValueError("range-order")
    return estimate


Id = Annotated[str, Strict(), Field(pattern=r"^\w[\w-]{0,63}$")]
Whole = Annotated[int, Strict(), Field(ge=1, le=MOST_WEEKS)]
Weeks = Annotated[int, Strict(), Field(ge=0, le=MOST_WEEKS)]
Number = Annotated[float, Strict(), Field(ge=-MOST_MONEY, le=MOST_MONEY, allow_inf_nan=False)]
Amount = Annotated[float, Strict(), Field(ge=0, le=MOST_MONEY, allow_inf_nan=False)]
Positive = Annotated[float, Strict(), Field(gt=0, le=MOST_WEEKS, allow_inf_nan=False)]
Share = Annotated[float, Strict(), Field(ge=0, le=1, allow_inf_nan=False)]
Points = Annotated[int, Strict(), Field(ge=0, le=100)]
Slower = Annotated[float, Strict(), Field(ge=1, le=10, allow_inf_nan=False)]
Flag = Annotated[bool, Strict()]
AmountRange = Annotated[tuple[Amount, Amount, Amount], AfterValidator(_ordered)]
NumberRange = Annotated[tuple[Number, Number, Number], AfterValidator(_ordered)]
PositiveRange = Annotated[tuple[Positive, Positive, Positive], AfterValidator(_ordered)]

NEVER_SEEN = 3
"""What none of n runs met has a chance below this number over n, with 95% confidence (Hanley &
Lippman-Hand 1983, "If nothing goes wrong, is everything all right?", JAMA 249).
"""
LET_GO = 1e-8
"""Upper bound of the chance that an exact play may have pruned."""
