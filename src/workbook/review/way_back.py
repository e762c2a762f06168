"""A skipped hypothesis may have to be tested later: the cash left must pay for that (P10).

Reported only if even the best case cannot pay: every earlier attempt passes at once, at its lowest
cost, and all funding arrives.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from workbook.errors import Message, Money
from workbook.plan import Milestone, Plan
from workbook.review.best_case import BestCase
from workbook.review.order import Order
from workbook.review.rule import Example, Remark, Rule, name_of, remark


def cost_of_return(best: BestCase, hypothesis: Milestone, milestone: Milestone) -> float:
    """Return the cents for the redesign and one more attempt at what relied on the hypothesis."""
    weekly = max(0, best.weekly_loss(milestone.id))
    return best.attempt(hypothesis).redesign_cents_at(weekly) + best.price_of(milestone)


def left_after_failing(best: BestCase, milestone: Milestone) -> float:
    """Return the cents left after a failed first attempt, in the best case before it."""
    there = best.cash_before(milestone.id, best.funders(milestone.id))
    return there - best.price_of(milestone)


def skipped_hypotheses(plan: Plan) -> Iterator[tuple[Milestone, Milestone]]:
    """Return milestones that rely on a skipped, possibly false hypothesis, with that hypothesis."""
    skipped = {m.id: m for m in plan.milestones if m.id in plan.skips}
    doubted = {id: m for id, m in skipped.items() if m.tests and m.tests.belief < 1}
    for milestone in plan.attempted:
        for id in milestone.relies_on:
            if id in doubted:
                yield milestone, doubted[id]


def check(plan: Plan) -> Iterator[Remark]:
    """Find skipped hypotheses whose way back costs more than can be left."""
    if plan.cash is None:
        return
    best = BestCase(Order(plan))
    for milestone, hypothesis in skipped_hypotheses(plan):
        cost = cost_of_return(best, hypothesis, milestone)
        left = left_after_failing(best, milestone)
        if inf > cost > left and best.weekly_loss(milestone.id) >= 0:
            yield remark(
                hypothesis.id,
                "You skip “{hypothesis}”. If it is false, coming back for it at “{milestone}”"
                " costs at least {cost}, and at best {left} is left by then.",
                hypothesis=name_of(hypothesis),
                milestone=name_of(milestone),
                cost=Money(cost / 100, plan.currency),
                left=Money(max(0, left) / 100, plan.currency),
            )


def _bakery(cash: float, skips: list[str]) -> dict[str, object]:
    taste = {"tests": {"belief": 0.6, "redesign": {"weeks": 4, "cost": 3000}}}
    return {
        "goal": "shop",
        "cash": cash,
        "burn_per_week": 500,
        "skips": skips,
        "milestones": [
            {"id": "taste", "weeks": 2, "cost": 500, **taste},
            {"id": "shop", "weeks": 2, "cost": 2000, "relies_on": ["taste"]},
        ],
    }


RULE = Rule(
    id="way-back",
    claim="P10",
    title=Message("The cash left can carry you back to what you skipped"),
    check=check,
    # the shop costs 3,000 with its weeks; returning costs 5,000 and 3,000 more
    examples=(
        Example(_bakery(10_999, ["taste"]), finds=["taste"]),
        Example(_bakery(11_000, ["taste"])),
        Example(_bakery(5_000, [])),
    ),
)
