"""The cost list of a plan: burn, bills and salaries, with what each takes of every week."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.law.calendar import due_cents
from workbook.law.economy import Economy
from workbook.law.people import payroll_cents, salary
from workbook.plan import Bill, Plan, Role


@dataclass(frozen=True)
class Cost:
    """A line of the cost list.

    Attributes
    ----------
    of
        The bill or role; None for the burn.
    amount
        What is paid each time, in money.
    first_week, every_weeks, last_week
        When it is paid; `every_weeks` is None for what is paid once, `last_week` for no end.
    weekly_cents
        What it takes of every week from 1 to the horizon.
    """

    of: Bill | Role | None
    amount: float
    first_week: int
    every_weeks: int | None
    last_week: int | None
    weekly_cents: tuple[int, ...]

    @property
    def total_cents(self) -> int:
        """What it takes in all, to the horizon."""
        return sum(self.weekly_cents)


def costs_of(plan: Plan) -> tuple[Cost, ...]:
    """Return the costs of a plan as they are written at the start.

    >>> rent = Bill(id="rent", amount=900, from_week=3, every_weeks=4)
    >>> plan = Plan(id="p", goal="breakeven", horizon_weeks=12, bills=(rent,), burn_per_week=50)
    >>> [cost.total_cents for cost in costs_of(plan)]
    [60000, 270000]
    """
    weeks = range(1, plan.horizon_weeks + 1)
    burn = Economy.of(plan).burn_cents
    found = [Cost(None, plan.burn_per_week, 1, 1, None, tuple(burn for _ in weeks))] if burn else []
    for bill in plan.bills:
        paid = tuple(due_cents([bill], week) for week in weeks)
        last = bill.until_week if bill.every_weeks else None
        found.append(Cost(bill, bill.amount, bill.from_week, bill.every_weeks, last, paid))
    for role in plan.roles:
        paid = tuple(payroll_cents([role], week) for week in weeks)
        found.append(Cost(role, salary(role), role.from_week, 1, role.until_week, paid))
    return tuple(found)
