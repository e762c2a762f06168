"""Have an answer ready for what can fail (P10)."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.plan import Plan
from workbook.review.rule import Example, Remark, Rule, can_fail, name_of, remark


def check(plan: Plan) -> Iterator[Remark]:
    """Find milestones that can be missed and do not say what happens then."""
    for milestone in plan.attempted:
        if can_fail(milestone) and not milestone.if_missed:
            yield remark(
                milestone.id,
                "“{milestone}” can be missed, and the plan does not say what you do then. Decide"
                " it now, while you are calm.",
                milestone=name_of(milestone),
            )


RULE = Rule(
    id="if-missed",
    claim="P10",
    title=Message("Every milestone that can be missed says what happens then"),
    check=check,
    examples=(
        Example({"goal": "a", "milestones": [{"id": "a", "pass_rate": 0.5}]}, finds=["a"]),
        Example({"goal": "a", "milestones": [{"id": "a", "tests": {"belief": 0.9}}]}, finds=["a"]),
        Example({"goal": "a", "milestones": [{"id": "a", "pass_rate": 1.0}]}),
        Example({"goal": "a", "milestones": [{"id": "a", "pass_rate": 0.5, "if_missed": "stop"}]}),
    ),
)
