"""The business before the team: hire people for what has been proved (R11)."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.plan import Plan
from workbook.review.order import Order, unproved_before
from workbook.review.rule import Example, Remark, Rule, name_of, remark


def check(plan: Plan) -> Iterator[Remark]:
    """Find a team that may be built before demand, kernels and prices are proved."""
    proved = unproved_before(Order(plan), {"team"}, {"kernel", "price"}, begun={"demand"})
    for milestone, business in proved:
        yield remark(
            milestone.id,
            "“{milestone}” builds a team while “{business}” is still open. Run the business"
            " through first, with the few you are; it will tell you whom it needs.",
            milestone=name_of(milestone),
            business=name_of(business),
        )


RULE = Rule(
    id="business-first",
    claim="R11",
    title=Message("The business is proved before a team is built"),
    check=check,
    examples=(
        Example(
            {
                "goal": "b",
                "milestones": [
                    {"id": "a", "stage": "team"},
                    {"id": "b", "stage": "demand", "needs": ["a"]},
                ],
            },
            finds=["a"],
        ),
        Example(
            {
                "goal": "c",
                "teams": 2,
                "milestones": [
                    {"id": "a", "stage": "kernel"},
                    {"id": "b", "stage": "team"},
                    {"id": "c", "needs": ["a", "b"]},
                ],
            },
            finds=["b"],
        ),
        Example(
            {
                "goal": "d",
                "milestones": [
                    {"id": "a", "stage": "demand"},
                    {"id": "b", "stage": "kernel", "needs": ["a"]},
                    {"id": "c", "stage": "team", "needs": ["b"]},
                    {"id": "d", "stage": "demand", "needs": ["c"]},
                ],
            }
        ),
        Example({"goal": "a", "milestones": [{"id": "a", "stage": "team"}]}),
    ),
)
