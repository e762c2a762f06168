"""The kernel before expansion (R7)."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.plan import EXPANSION, Plan
from workbook.review.order import Order, unproved_before
from workbook.review.rule import Example, Remark, Rule, name_of, remark


def check(plan: Plan) -> Iterator[Remark]:
    """Find production, channels or growth that may start before every kernel is proved."""
    for milestone, kernel in unproved_before(Order(plan), EXPANSION, {"kernel"}):
        yield remark(
            milestone.id,
            "“{milestone}” expands the business while the kernel “{kernel}” is not proved. What is"
            " weak at the kernel is multiplied by every customer you win.",
            milestone=name_of(milestone),
            kernel=name_of(kernel),
        )


RULE = Rule(
    id="kernel-first",
    claim="R7",
    title=Message("The kernel is proved before anything expands"),
    check=check,
    examples=(
        Example(
            {
                "goal": "b",
                "milestones": [{"id": "b", "stage": "channel"}, {"id": "a", "stage": "kernel"}],
            },
            finds=["b"],
        ),
        Example(
            {
                "goal": "b",
                "skips": ["a"],
                "milestones": [
                    {"id": "a", "stage": "kernel"},
                    {"id": "b", "stage": "growth", "needs": ["a"]},
                ],
            },
            finds=["b"],
        ),
        Example(
            {
                "goal": "b",
                "teams": 2,
                "milestones": [{"id": "a", "stage": "kernel"}, {"id": "b", "stage": "channel"}],
            },
            finds=["b"],
        ),
        Example(
            {
                "goal": "b",
                "milestones": [
                    {"id": "a", "stage": "kernel"},
                    {"id": "b", "stage": "production", "needs": ["a"]},
                ],
            }
        ),
        Example({"goal": "b", "milestones": [{"id": "b"}]}),
    ),
)
