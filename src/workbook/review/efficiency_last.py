"""The kernel and the price before efficiency (R8)."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.plan import Plan
from workbook.review.order import Order, unproved_before
from workbook.review.rule import Example, Remark, Rule, name_of, remark


def check(plan: Plan) -> Iterator[Remark]:
    """Find savings that may begin before the kernel and the price are proved."""
    for milestone, first in unproved_before(Order(plan), {"efficiency"}, {"kernel", "price"}):
        yield remark(
            milestone.id,
            "“{milestone}” saves effort before “{first}” is proved. Until people want it at that"
            " price, you polish something that may still change.",
            milestone=name_of(milestone),
            first=name_of(first),
        )


RULE = Rule(
    id="efficiency-last",
    claim="R8",
    title=Message("Kernel and price are proved before efficiency"),
    check=check,
    examples=(
        Example(
            {
                "goal": "b",
                "milestones": [{"id": "b", "stage": "efficiency"}, {"id": "a", "stage": "price"}],
            },
            finds=["b"],
        ),
        Example(
            {
                "goal": "c",
                "milestones": [
                    {"id": "a", "stage": "kernel"},
                    {"id": "b", "stage": "price", "needs": ["a"]},
                    {"id": "c", "stage": "efficiency", "needs": ["b"]},
                ],
            }
        ),
    ),
)
