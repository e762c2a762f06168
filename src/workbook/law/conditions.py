"""What a milestone waits for besides its needs: the weeks in which it may start, and a level."""

from __future__ import annotations

from math import inf, isinf

from workbook.law.economy import Economy
from workbook.law.figures import cents
from workbook.plan import Level, Milestone, Plan

LEVELS_OF_MONEY = ("weekly_revenue", "weekly_profit", "cash", "debt")
"""Levels that are compared in whole cents."""
SHARE_TIE = 1e-9
"""By so much floating point may miss a share of the company that is exactly at a level."""


def may_start(milestone: Milestone, week: int) -> bool:
    """Whether an attempt may start in that week, by its start weeks alone.

    >>> grant = Milestone(id="grant", from_week=5, starts_every_weeks=26)
    >>> [week for week in range(1, 70) if may_start(grant, week)]
    [5, 31, 57]
    """
    late = week - (milestone.from_week or 1)
    return milestone.level is None and late >= 0 and late % milestone.starts_every_weeks == 0


def has_its_weeks(milestone: Milestone) -> bool:
    """Whether a milestone depends on the calendar or on a level, not on attempts alone."""
    dated = milestone.starts_every_weeks > 1 or milestone.by_week is not None
    return dated or milestone.level is not None or milestone.from_week is not None


def has_levels(plan: Plan) -> bool:
    """Whether a milestone of the plan is reached by a level."""
    return any(milestone.level is not None for milestone in plan.milestones)


def level_holds(
    level: Level, economy: Economy, cash_cents: int, share: float = 1.0, debt_cents: int = 0
) -> bool:
    """Whether the figure is within the level; money is compared in whole cents."""
    figures = {
        **economy.measures,
        "weekly_revenue": economy.sales_cents,
        "weekly_profit": economy.average_net_cents,
        "cash": cash_cents,
        "debt": debt_cents,
        "founder_share": share,
        "customers": economy.paying_customers,
        "monthly_recurring_revenue": economy.recurring,
    }
    least, most = bounds_of(level)
    return least <= figures.get(level.of, 0.0) <= most


def bounds_of(level: Level) -> tuple[float, float]:
    """Return the least and the most that a level allows; money in cents.

    >>> bounds_of(Level(of="debt", at_most=12.5))
    (-inf, 1250)
    """
    least = -inf if level.at_least is None else level.at_least
    most = inf if level.at_most is None else level.at_most
    if level.of in LEVELS_OF_MONEY:
        return _in_cents(least), _in_cents(most)
    tie = SHARE_TIE if level.of == "founder_share" else 0.0
    return least - tie, most + tie


def _in_cents(amount: float) -> float:
    return amount if isinf(amount) else cents(amount)
