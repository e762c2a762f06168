"""Levels: whether a figure of the business is at or above a target; and start weeks."""

from __future__ import annotations

from workbook.law.figures import cents
from workbook.law.week import Economy
from workbook.plan import Level, Milestone, Plan


def level_holds(level: Level, economy: Economy, cash_cents: int) -> bool:
    """Whether the figure is at or above the level; money is compared in whole cents."""
    money = {
        "weekly_revenue": economy.sales_cents,
        "weekly_profit": economy.average_net_cents,
        "cash": cash_cents,
    }
    if level.of in money:
        return money[level.of] >= cents(level.at_least)
    figures = {
        "customers": economy.paying_customers,
        "monthly_recurring_revenue": economy.recurring,
        **economy.measures,
    }
    return figures.get(level.of, 0.0) >= level.at_least


def has_its_weeks(milestone: Milestone) -> bool:
    """Whether a milestone depends on the calendar or on a level, not on attempts alone."""
    dated = milestone.starts_every_weeks > 1 or milestone.by_week is not None
    return dated or milestone.level is not None or milestone.from_week is not None


def has_levels(plan: Plan) -> bool:
    """Whether a milestone of the plan is reached by a level."""
    return any(milestone.level is not None for milestone in plan.milestones)


def may_start(milestone: Milestone, week: int) -> bool:
    """Whether an attempt may start in that week, by its start weeks alone.

    >>> grant = Milestone(id="grant", from_week=5, starts_every_weeks=26)
    >>> [week for week in range(1, 70) if may_start(grant, week)]
    [5, 31, 57]
    """
    late = week - (milestone.from_week or 1)
    return milestone.level is None and late >= 0 and late % milestone.starts_every_weeks == 0
