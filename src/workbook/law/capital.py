"""Rounds and loans: the share of the company given away, and a loan's equal instalments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from workbook.law.figures import cents
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
    brought = [one for one in (*_fundings(plan), *(o.funding for o in taken)) if one is not None]
    asked = {m.level.of for m in plan.milestones if m.level is not None}
    shared = "founder_share" in asked or plan.founder_share < 1
    shared = shared or any(funding.share_given > 0 for funding in brought)
    owed = "debt" in asked or any(funding.repaid is not None for funding in brought)
    owed = owed or (shared and any(option.loan is not None for option in taken))
    return ("share",) * shared + ("debt",) * owed


def _fundings(plan: Plan) -> Iterator[Funding | Due | None]:
    """Yield all money that comes with terms: promised, or given by a milestone."""
    yield from plan.due
    for milestone in plan.milestones:
        redesign = milestone.tests.redesign.gives if milestone.tests else None
        for gives in (milestone.gives, redesign):
            if gives is not None:
                yield gives.funding
