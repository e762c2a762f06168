"""The calendar of a week: the season of its month, and closed weeks."""

from __future__ import annotations

from workbook.plan import Plan, day_of


def season_of(plan: Plan, week: int) -> float:
    """Return the seasonal factor of a week's reach: that of the month in which it begins."""
    if plan.seasons is None or plan.starts is None:
        return 1.0
    return plan.seasons[day_of(plan.starts, week).month - 1]


def is_closed(plan: Plan, week: int) -> bool:
    """Whether no attempt starts or progresses in that week."""
    return any(closed.from_week <= week <= closed.until_week for closed in plan.closed)


def last_week(plan: Plan, week: int, length: int) -> int:
    """Return the week in which work ends that starts in a week and takes a number of open weeks."""
    left, now = length, week - 1
    while left:
        now += 1
        left -= not is_closed(plan, now)
    return now
