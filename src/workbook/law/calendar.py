"""The calendar of a week: bills and their weekly mean, seasons, closed weeks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from workbook.law.figures import cents, moved
from workbook.plan import Bill, Plan, day_of

QUARTER = 13
"""Weeks from one tax on profit to the next."""


def tax_cents(plan: Plan, profit_cents: int) -> int:
    """Return the tax on a quarter's profit, in cents; nothing on a loss.

    >>> tax_cents(Plan(id="p", goal="breakeven", tax_on_profit=0.25), 1_000_10)
    25003
    """
    return cents(max(0, profit_cents) / 100 * plan.tax_on_profit)


def paid_in(bill: Bill, week: int) -> bool:
    """Whether a bill is paid in that week.

    >>> rent = Bill(id="rent", amount=900, from_week=3, every_weeks=4, until_week=11)
    >>> [week for week in range(1, 20) if paid_in(rent, week)]
    [3, 7, 11]
    """
    if bill.every_weeks is None:
        return week == bill.from_week
    late = week - bill.from_week
    ended = bill.until_week is not None and week > bill.until_week
    return late >= 0 and late % bill.every_weeks == 0 and not ended


def due_cents(
    bills: Iterable[Bill], week: int, factors: Mapping[str, float] = MappingProxyType({})
) -> int:
    """Return the bills paid in a week, in cents; `factors` of their amounts by `bills.<id>`."""
    return sum(
        cents(bill.amount * factors.get(f"bills.{bill.id}", 1.0))
        for bill in bills
        if paid_in(bill, week)
    )


def average_cents(bills: Iterable[Bill]) -> int:
    """Return the weekly mean of recurring bills, whichever weeks they fall in; in cents."""
    return cents(sum(bill.amount / bill.every_weeks for bill in bills if bill.every_weeks))


def with_amounts(bills: tuple[Bill, ...], changes: Mapping[str, float | str]) -> tuple[Bill, ...]:
    """Return the bills with new amounts, by id; a signed one (`"+50"`) adds."""
    if not changes:
        return bills
    return tuple(
        bill.model_copy(update={"amount": moved("amount", bill.amount, changes.get(bill.id))})
        for bill in bills
    )


def from_today(bills: Iterable[Bill], today: int) -> tuple[Bill, ...]:
    """Return the bills still to come, with weeks counted from the end of that week."""
    return tuple(found for bill in bills if (found := _later(bill, today)) is not None)


def _later(bill: Bill, today: int) -> Bill | None:
    first = bill.from_week - today
    if first < 1:
        if bill.every_weeks is None:
            return None
        first += -((first - 1) // bill.every_weeks) * bill.every_weeks
    last = None if bill.until_week is None else bill.until_week - today
    if last is not None and last < first:
        return None
    return bill.model_copy(update={"from_week": first, "until_week": last})


def season_of(plan: Plan, week: int) -> float:
    """Return the seasonal factor of a week's reach: that of the month in which it begins."""
    if plan.seasons is None or plan.starts is None:
        return 1.0
    return plan.seasons[day_of(plan.starts, week).month - 1]


def is_closed(plan: Plan, week: int, id: str | None = None) -> bool:
    """Whether no attempt at a milestone starts or progresses in that week; None: at any."""
    return any(
        closed.from_week <= week <= closed.until_week
        and (not closed.milestones or id in closed.milestones)
        for closed in plan.closed
    )


def last_week(plan: Plan, week: int, length: int, id: str | None = None) -> int:
    """Return the week in which work ends that starts in a week and takes a number of open weeks.

    `id` is the milestone worked on, which may have closed weeks of its own.
    """
    left, now = length, week - 1
    while left:
        now += 1
        left -= not is_closed(plan, now, id)
    return now
