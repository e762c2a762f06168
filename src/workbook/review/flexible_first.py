"""Stay flexible before fixing costs: no series and no new weekly bill before the price (R5)."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.law import Economy
from workbook.plan import Milestone, Plan
from workbook.review.order import Order
from workbook.review.rule import Example, Remark, Rule, name_of, remark

ELSEWHERE = {"team", "efficiency", "price"}
"""Stages whose own rules ask for the price, and the price itself."""


def raises_burn(plan: Plan, milestone: Milestone) -> bool:
    """Whether reaching it makes every later week more expensive than the first."""
    after = Economy.of(plan).after(milestone.gives)
    return after.burn_per_week > plan.burn_per_week


def check(plan: Plan) -> Iterator[Remark]:
    """Find fixed costs that start while a price that the plan will test is still open."""
    order = Order(plan)
    for milestone in plan.attempted:
        series = milestone.stage == "production"
        if not series and (milestone.stage in ELSEWHERE or not raises_burn(plan, milestone)):
            continue
        price = next(order.unproved(milestone.id, {"price"}), None)
        if price is not None:
            yield _said(milestone, price, series=series)


def _said(milestone: Milestone, price: Milestone, *, series: bool) -> Remark:
    names = {"milestone": name_of(milestone), "price": name_of(price)}
    if series:
        return remark(
            milestone.id,
            "“{milestone}” fixes what is made while “{price}” is still open. Make few and by hand"
            " until you know at what price it sells.",
            **names,
        )
    return remark(
        milestone.id,
        "“{milestone}” raises the bill of every week while “{price}” is still open. Pay by the"
        " piece or by the day until you know at what price it sells.",
        **names,
    )


RULE = Rule(
    id="flexible-first",
    claim="R5",
    title=Message("Nothing is fixed while the price is open"),
    check=check,
    examples=(
        Example(
            {
                "goal": "b",
                "teams": 2,
                "milestones": [
                    {"id": "a", "stage": "production"},
                    {"id": "p", "stage": "price"},
                    {"id": "b", "needs": ["a", "p"]},
                ],
            },
            finds=["a"],
        ),
        Example(
            {
                "goal": "p",
                "burn_per_week": 500,
                "milestones": [
                    {"id": "a", "gives": {"burn_per_week": 900}},
                    {"id": "p", "stage": "price", "needs": ["a"]},
                ],
            },
            finds=["a"],
        ),
        Example(
            {
                "goal": "b",
                "burn_per_week": 500,
                "milestones": [
                    {"id": "p", "stage": "price"},
                    {"id": "a", "stage": "production", "needs": ["p"]},
                    {"id": "b", "needs": ["a"], "gives": {"burn_per_week": 900}},
                ],
            }
        ),
        Example({"goal": "a", "milestones": [{"id": "a", "gives": {"burn_per_week": 900}}]}),
    ),
)
