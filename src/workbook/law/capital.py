"""Rounds and loans: the share of the company given away, and a loan's equal instalments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from workbook.law.figures import cents, moved
from workbook.plan import Due, Funding, Instalments, Option, Plan


class Instalment(NamedTuple):
    """A payment so many weeks after the loan: cents, and how many of them pay the loan off."""

    weeks: int
    cents: int
    pays_off_cents: int


def annuity(interest: float, instalments: int) -> float:
    """Return the equal payment per unit of a loan, for the interest of one period.

    i / (1 - (1 + i)^-n), and 1 / n without interest (Brealey, Myers and Allen, Principles of
    Corporate Finance, ch. 2).

    >>> round(annuity(0.01, 12), 6)
    0.088849
    """
    if interest <= 0:
        return 1.0 / instalments
    return float(interest / (1.0 - (1.0 + interest) ** -instalments))


def instalments_of(amount_cents: int, repaid: Instalments) -> list[Instalment]:
    """Return the payments of a loan: equal, in whole cents; the last pays what is left.

    Interest of a period is the yearly rate times its weeks / 52, on what is still owed. Within the
    weeks of grace it is all that is paid.

    >>> loan = Instalments(instalments=2, every_weeks=13, interest_per_year=0.04, grace_weeks=13)
    >>> [tuple(payment) for payment in instalments_of(100_000, loan)]
    [(13, 1000, 0), (26, 50751, 49751), (39, 50751, 50249)]
    """
    interest = repaid.interest_per_year * repaid.every_weeks / 52
    each = cents(amount_cents / 100 * annuity(interest, repaid.instalments))
    grace = repaid.grace_weeks // repaid.every_weeks
    found, left = [], amount_cents
    for number in range(1, grace + repaid.instalments + 1):
        cost = cents(left / 100 * interest)
        off = min(left, max(0, each - cost)) if number > grace else 0
        off = left if number == grace + repaid.instalments else off
        found.append(Instalment(number * repaid.every_weeks, cost + off, off))
        left -= off
    return found


def debt_service_per_week(funding: Funding | Due) -> float:
    """Return what the largest instalment of a loan takes in a week, in the plan's currency.

    >>> loan = Instalments(instalments=12, every_weeks=4, interest_per_year=0)
    >>> debt_service_per_week(Due(week=1, amount=1200, repaid=loan))
    25.0
    """
    if funding.repaid is None or funding.amount <= 0:
        return 0.0
    payments = instalments_of(cents(funding.amount), funding.repaid)
    return max(one.cents for one in payments) / (100 * funding.repaid.every_weeks)


def changes_capital(funding: Funding | Due | None) -> bool:
    """Whether money comes with a share given away or has to be paid back."""
    return funding is not None and (funding.share_given > 0 or funding.repaid is not None)


def follows_capital(plan: Plan, options: Mapping[str, Option]) -> bool:
    """Whether the founder's share and the debt must be followed, with these options."""
    return bool(capital_of(plan, options))


def capital_of(plan: Plan, options: Mapping[str, Option]) -> tuple[str, ...]:
    """Return what of the capital changes in a plan with these options: `share`, `debt`, both."""
    opened = [option for f in plan.forks if f.id in plan.begun.opened for option in f.options]
    taken = [*options.values(), *opened]
    brought = [one for one in (*fundings_of(plan), *(o.funding for o in taken)) if one is not None]
    asked = {m.level.of for m in plan.milestones if m.level is not None}
    shared = "founder_share" in asked or plan.founder_share < 1
    shared = shared or any(funding.share_given > 0 for funding in brought)
    owed = "debt" in asked or any(funding.repaid is not None for funding in brought)
    owed = owed or (shared and any(option.loan is not None for option in taken))
    return ("share",) * shared + ("debt",) * owed


def payments_due(plan: Plan) -> tuple[tuple[str, Due], ...]:
    """Return each payment of the money promised, by the name of its draw.

    What recurs comes in its week and at its interval until its last week, or as long as any option
    lets the plan go on; each payment is drawn for itself.

    >>> due = [{"week": 3, "amount": 900, "every_weeks": 4, "until_week": 11}]
    >>> [(name, one.week) for name, one in payments_due(Plan(id="p", goal="breakeven", due=due))]
    [('0', 3), ('0:1', 7), ('0:2', 11)]
    """
    found: list[tuple[str, Due]] = []
    for n, due in enumerate(plan.due):
        found.append((str(n), due))
        if due.every_weeks is None:
            continue
        once = due.model_copy(update={"every_weeks": None, "until_week": None})
        found[-1] = (str(n), once)
        later = range(due.week, (due.until_week or _longest(plan)) + 1, due.every_weeks)
        found += [
            (f"{n}:{k}", once.model_copy(update={"week": week}))
            for k, week in enumerate(later)
            if k
        ]
    return tuple(found)


def next_payments(plan: Plan, week: int) -> tuple[Due, ...]:
    """Return what may come from this week on of the money promised, of each the next payment."""
    found: dict[str, Due] = {}
    for name, due in payments_due(plan):
        if due.week >= week:
            found.setdefault(name.partition(":")[0], due)
    return tuple(found.values())


def _longest(plan: Plan) -> int:
    """The last week that any choice of options leads to."""
    options = [option for fork in plan.forks for option in fork.options]
    ends = [moved("horizon_weeks", plan.horizon_weeks, o.horizon_weeks) for o in options]
    return int(max([plan.horizon_weeks, *ends]))


def fundings_of(plan: Plan) -> Iterator[Funding | Due | None]:
    """Yield all money that comes with terms: promised, or given by a milestone."""
    yield from plan.due
    for milestone in plan.milestones:
        redesign = milestone.tests.redesign.gives if milestone.tests else None
        for gives in (milestone.gives, redesign):
            if gives is not None:
                yield gives.funding
