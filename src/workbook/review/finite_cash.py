"""Rules about finite cash (P9): the plan states it, and it pays for enough attempts.

Reported only if the cash is too little even in the best case: everything before passes at once, at
its lowest cost, and all funding arrives.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from workbook.errors import Message
from workbook.law import all_fail, raced_rates
from workbook.plan import Milestone, Plan
from workbook.review.best_case import BestCase
from workbook.review.rule import Example, Remark, Rule, name_of, remark
from workbook.spread import value_of


def spends_uncounted(plan: Plan) -> bool:
    """Whether a plan costs money, but has neither cash nor hours as its limit.

    >>> from workbook.plan import Plan
    >>> spends_uncounted(Plan(id="shop", goal="a", milestones=({"id": "a", "cost": 10},)))
    True
    """
    if plan.cash is not None or plan.hours_per_week is not None:
        return False
    paid = plan.burn_per_week > 0 or any(bill.amount > 0 for bill in plan.bills)
    return paid or any(value_of(m.cost, "least") > 0 for m in plan.attempted)


def check_cash_counted(plan: Plan) -> Iterator[Remark]:
    """Find a plan that spends money without stating its cash."""
    if spends_uncounted(plan):
        yield remark(
            None,
            "The plan costs money and gives no `cash`, so money is not counted here: nobody can run"
            " out of it, and the odds are those of endless cash. Write how much there is.",
        )


COSTLY = {"goal": "a", "milestones": [{"id": "a", "cost": 100}]}

CASH_COUNTED = Rule(
    id="cash-counted",
    claim="P9",
    title=Message("A plan that costs money says how much there is"),
    check=check_cash_counted,
    examples=(
        Example(COSTLY, finds=[None]),
        Example({"goal": "a", "burn_per_week": 5, "milestones": [{"id": "a"}]}, finds=[None]),
        Example(COSTLY | {"cash": 0}),
        Example(COSTLY | {"cash": 1000}),
        Example(COSTLY | {"hours_per_week": 10}),
        Example({"goal": "a", "milestones": [{"id": "a"}]}),
    ),
)


EVEN = 0.5


def attempts_paid(best: BestCase, milestone: Milestone) -> float:
    """Return the whole attempts that the cash pays in the best case; infinite without a limit."""
    weekly = best.weekly_loss(milestone.id)
    price = best.price_of(milestone)
    if weekly < 0 or price in (0, inf):
        return inf
    return max(0, best.cash_before(milestone.id, best.funders(milestone.id)) // price)


def runs_out(milestone: Milestone, paid: float) -> bool:
    """Whether the cash, and not the plan's own limit, ends the attempts more often than a pass."""
    if paid == inf or (milestone.attempts is not None and paid >= milestone.attempts):
        return False
    if milestone.tests is not None:  # attempted once; a redesign follows, not another attempt
        return paid < 1
    return all_fail(raced_rates(milestone), int(paid)) > EVEN


def check_finite_cards(plan: Plan) -> Iterator[Remark]:
    """Find milestones whose attempts usually exhaust the cash; reported where it begins."""
    if plan.cash is None:
        return
    best, told = BestCase.today(plan), set[str]()
    for milestone in best.plan.attempted:
        if told & best.order.ancestors(milestone.id):
            continue
        paid = attempts_paid(best, milestone)
        if runs_out(milestone, paid):
            told.add(milestone.id)
            yield _finite_cards_said(milestone, int(paid))


def _finite_cards_said(milestone: Milestone, paid: int) -> Remark:
    name = name_of(milestone)
    if paid == 0:
        return remark(
            milestone.id,
            "Even if all goes well before it, the cash does not pay for one attempt at"
            " “{milestone}”. Find the money first, or a smaller step.",
            milestone=name,
        )
    if paid == 1:
        return remark(
            milestone.id,
            "If all goes well before it, the cash pays for one attempt at “{milestone}”. By its"
            " pass rate that is more often too few than enough. Decide now what you do when it"
            " fails.",
            milestone=name,
        )
    return remark(
        milestone.id,
        "If all goes well before it, the cash pays for this many attempts at “{milestone}”: {paid}."
        " By its pass rate that is more often too few than enough. Decide now what you do when half"
        " of them are gone.",
        milestone=name,
        paid=paid,
    )


def _finite_cards_plan(cash: float, **more: object) -> dict[str, object]:
    hard = {"id": "b", "needs": ["a"], "weeks": 2, "cost": 1_000, "pass_rate": 0.2, **more}
    first = {"id": "a", "cost": 500, "pass_rate": 0.9}
    return {"goal": "b", "cash": cash, "burn_per_week": 500, "milestones": [first, hard]}


FINITE_CARDS = Rule(
    id="finite-cards",
    claim="P9",
    title=Message("The cash pays for enough attempts"),
    check=check_finite_cards,
    # the first step costs 1,000 with its week, an attempt at the second 2,000: three or four
    examples=(
        Example(_finite_cards_plan(8_999), finds=["b"]),
        Example(_finite_cards_plan(2_999, pass_rate=0.9), finds=["b"]),
        Example(_finite_cards_plan(50_000, pass_rate=0.0), finds=["b"]),
        Example(_finite_cards_plan(9_000)),
        Example(_finite_cards_plan(7_000, attempts=3)),
        Example(_finite_cards_plan(5_000) | {"revenue_per_week": 600}),
        Example(_finite_cards_plan(5_000) | {"due": [{"week": 3, "amount": 6_000}]}),
    ),
)
