"""Recurring customers, growing reach, stock: what changes from week to week without a milestone.

Monthly shares are converted to weeks so that the weeks of a month compound to it: with a churn of
5% a week keeps 0.95 ^ (12 / 52), so a month keeps 0.95, and a year 0.95 ^ 12.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbook.plan import FOLLOWED, Gives, Plan, Sales

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
    grows = _uses(plan, _GROWING) or plan.seasons is not None
    return grows or keeps_customers(plan) or has_terms(plan)


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
