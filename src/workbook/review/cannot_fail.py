"""A point that cannot be missed is a task, not a milestone (P5)."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.plan import Milestone, Plan
from workbook.review.rule import Example, Remark, Rule, can_fail, name_of, remark


def uncertain(milestone: Milestone) -> bool:
    """Whether anything about it is uncertain: passing, length, cost or funding."""
    ranges = (milestone.weeks, milestone.hours, milestone.cost)
    funding = milestone.gives.funding if milestone.gives else None
    return (
        can_fail(milestone)
        or any(isinstance(estimate, tuple) for estimate in ranges)
        or (funding is not None and funding.chance < 1)
    )


def check(plan: Plan) -> Iterator[Remark]:
    """Find milestones that pass for certain, on time and at a known cost."""
    for milestone in plan.attempted:
        if not uncertain(milestone):
            yield remark(
                milestone.id,
                "Nothing can go wrong at “{milestone}”: it passes for sure, on time and at a known"
                " cost. If that is true it is a task; if not, give it a pass rate.",
                milestone=name_of(milestone),
            )


RULE = Rule(
    id="cannot-fail",
    claim="P5",
    title=Message("Every milestone can be missed"),
    check=check,
    examples=(
        Example({"goal": "a", "milestones": [{"id": "a"}]}, finds=["a"]),
        Example({"goal": "a", "milestones": [{"id": "a", "pass_rate": [1.0, 1.0]}]}, finds=["a"]),
        Example({"goal": "a", "milestones": [{"id": "a", "pass_rate": 0.9}]}),
        Example({"goal": "a", "milestones": [{"id": "a", "weeks": [1, 2, 9]}]}),
        Example({"goal": "a", "milestones": [{"id": "a", "tests": {"belief": 0.5}}]}),
        Example(
            {
                "goal": "a",
                "milestones": [
                    {"id": "a", "gives": {"funding": {"amount": 1000, "chance": 0.5}}},
                ],
            }
        ),
    ),
)
