"""What was walked around may have to be come back for: the cash left must do for it (P10).

Told only where even the kindest life cannot pay: every attempt before it passes at once, at its
lowest cost, and all funding on the way arrives.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.plan import Milestone, Plan
from workbook.review.path import ancestors
from workbook.review.rule import Example, Remark, Rule, least, name_of, remark
from workbook.week import Economy, cents, whole_weeks


def price_of(milestone: Milestone, weekly_cents: int) -> int:
    """Cents that one attempt takes at the very least, the weeks it lasts included."""
    attempt = cents(least(milestone.cost)) * milestone.teams
    return attempt + whole_weeks(least(milestone.weeks)) * weekly_cents


def cash_at_best(plan: Plan, milestone: Milestone) -> int:
    """Cents left when the first attempt at `milestone` has failed, had all gone well before it."""
    weekly = max(0, -Economy.of(plan).net_cents)
    left = cents(plan.cash or 0.0) - price_of(milestone, weekly)
    for id in ancestors(plan, milestone.id):
        before = plan.milestone(id)
        funding = before.gives.funding if before.gives else None
        left += cents(funding.amount if funding else 0.0) - price_of(before, weekly)
    return left


def cost_of_return(plan: Plan, hypothesis: Milestone, milestone: Milestone) -> int:
    """Cents for the redesign and one more attempt at what relied on the hypothesis."""
    assert hypothesis.tests is not None
    redesign = hypothesis.tests.redesign
    weekly = max(0, -Economy.of(plan).net_cents)
    return cents(redesign.cost) + whole_weeks(redesign.weeks) * weekly + price_of(milestone, weekly)


def check(plan: Plan) -> Iterator[Remark]:
    """Find skipped hypotheses whose way back costs more than can be left."""
    if plan.cash is None:
        return
    for milestone in plan.attempted:
        for id in milestone.relies_on:
            hypothesis = plan.milestone(id)
            if id not in plan.skips or hypothesis.tests is None or hypothesis.tests.belief >= 1:
                continue
            cost, left = cost_of_return(plan, hypothesis, milestone), cash_at_best(plan, milestone)
            if cost > left:
                yield remark(
                    id,
                    "You skip “{hypothesis}”. If it is false, coming back for it at “{milestone}”"
                    " costs at least {cost} {currency}, and at best {left} {currency} are left by"
                    " then.",
                    hypothesis=name_of(hypothesis),
                    milestone=name_of(milestone),
                    cost=cost / 100,
                    left=max(0, left) / 100,
                    currency=plan.currency,
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
    # the shop costs 3,000 with its weeks; coming back 5,000 and 3,000 more
    examples=(
        Example(_bakery(10_999, ["taste"]), finds=["taste"]),
        Example(_bakery(11_000, ["taste"])),
        Example(_bakery(5_000, [])),
    ),
)
