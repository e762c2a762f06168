"""A plan that costs money states its cash (P9): without `cash` no run can be ruined."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.plan import Plan
from workbook.review.rule import Example, Remark, Rule, remark
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


def check(plan: Plan) -> Iterator[Remark]:
    """Find a plan that spends money without stating its cash."""
    if spends_uncounted(plan):
        yield remark(
            None,
            "The plan costs money and gives no `cash`, so money is not counted here: nobody can run"
            " out of it, and the odds are those of endless cash. Write how much there is.",
        )


COSTLY = {"goal": "a", "milestones": [{"id": "a", "cost": 100}]}

RULE = Rule(
    id="cash-counted",
    claim="P9",
    title=Message("A plan that costs money says how much there is"),
    check=check,
    examples=(
        Example(COSTLY, finds=[None]),
        Example({"goal": "a", "burn_per_week": 5, "milestones": [{"id": "a"}]}, finds=[None]),
        Example(COSTLY | {"cash": 0}),
        Example(COSTLY | {"cash": 1000}),
        Example(COSTLY | {"hours_per_week": 10}),
        Example({"goal": "a", "milestones": [{"id": "a"}]}),
    ),
)
