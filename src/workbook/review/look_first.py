"""Have a cheap look before you start what is expensive (R9).

The threshold for expensive is ours, not the lecture's: half of the money available; a look is cheap
at a quarter of that price.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.law import cents
from workbook.plan import Milestone, Plan
from workbook.review.best_case import BestCase
from workbook.review.order import Order
from workbook.review.rule import Example, Remark, Rule, can_fail, name_of, remark
from workbook.review.small_win import too_large

DEAR, CHEAP = 0.5, 0.25


def is_dear(best: BestCase, milestone: Milestone) -> bool:
    """Whether an attempt costs more than half of the best-case money, without income."""
    outlay = best.attempt(milestone).cost_cents
    if outlay <= cents(best.plan.cash or 0.0) * DEAR:
        return False
    there = best.cash_before(milestone.id, best.funders(milestone.id))
    return there > 0 and outlay > there * DEAR


def check(plan: Plan) -> Iterator[Remark]:
    """Find expensive milestones that nothing cheap could have stopped before."""
    if not plan.cash:
        return
    order = Order(plan)
    best, too_early = BestCase(order), too_large(plan)
    passed = {entry.milestone for entry in plan.log if entry.result == "passed"}
    for milestone in plan.attempted:
        if milestone.id in passed or milestone == too_early or not is_dear(best, milestone):
            continue
        if best.weekly_loss(milestone.id) < 0:
            continue
        limit = best.attempt(milestone).cost_cents * CHEAP
        before = order.before(milestone.id)
        if not any(can_fail(look) and best.attempt(look).cost_cents <= limit for look in before):
            yield remark(
                milestone.id,
                "“{milestone}” puts more than half of the money down at once, and nothing cheap"
                " before it could have said no. Hold a review among yourselves first, one that may"
                " stop it.",
                milestone=name_of(milestone),
            )


def _plan(rate: float, cash: float = 10_000) -> dict[str, object]:
    first = {"id": "a", "cost": 1_000, "pass_rate": rate}
    dear = {"id": "b", "needs": ["a"], "cost": 6_000}
    return {"goal": "b", "cash": cash, "milestones": [first, dear]}


RULE = Rule(
    id="look-first",
    claim="R9",
    title=Message("What is dear is looked at before it is started"),
    check=check,
    examples=(
        Example(_plan(1.0), finds=["b"]),
        Example(_plan(0.7)),
        Example(_plan(1.0, cash=13_000)),
        # reported by the rule about a small first win
        Example({"goal": "b", "cash": 10_000, "milestones": [{"id": "b", "cost": 6_000}]}),
    ),
)
