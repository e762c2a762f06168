"""What the calendar does to a week: the season of its month, and whether work is closed."""

from __future__ import annotations

from workbook.plan import Plan, day_of


def season_of(plan: Plan, week: int) -> float:
    """What the reach of a week is multiplied by: the factor of the month that it begins in."""
    if plan.seasons is None or plan.starts is None:
        return 1.0
    return plan.seasons[day_of(plan.starts, week).month - 1]


def is_closed(plan: Plan, week: int) -> bool:
    """Whether no attempt starts or gets on in that week."""
    return any(closed.from_week <= week <= closed.until_week for closed in plan.closed)


def last_week(plan: Plan, week: int, length: int) -> int:
    """The week in which work ends that begins in one and takes so many weeks that are open."""
    left, now = length, week - 1
    while left:
        now += 1
        left -= not is_closed(plan, now)
    return now
