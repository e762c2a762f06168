"""The first win is small (P6): it comes soon, and leaves most of the cash.

The threshold for small is ours, not the lecture's: a quarter of the plan's time, a quarter
of its cash.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.chain import origins
from workbook.errors import Message
from workbook.law import Attempt
from workbook.plan import Milestone, Plan
from workbook.review.rule import Example, Remark, Rule, name_of, remark

SMALL = 0.25


def share_taken(plan: Plan, milestone: Milestone) -> float:
    """Return the larger of its mean shares of the plan's time and of the plan's cash."""
    attempt = Attempt.at_start(plan, milestone, "mean")
    time = attempt.expected_weeks / plan.horizon_weeks
    return max(time, attempt.expected_cents / 100 / plan.cash) if plan.cash else time


def too_large(plan: Plan) -> Milestone | None:
    """Return the smallest first step if it is not small, or the goal if it comes first."""
    if not origins(plan):
        return next((m for m in plan.attempted if m.id == plan.goal), None)
    ids = set(origins(plan))
    first = [m for m in plan.attempted if m.id in ids]
    smallest = min(first, key=lambda milestone: share_taken(plan, milestone))
    return smallest if share_taken(plan, smallest) > SMALL else None


def check(plan: Plan) -> Iterator[Remark]:
    """Find plans whose first steps are all long or expensive, or that attempt the goal at once."""
    first = too_large(plan)
    if first is not None and first.id == plan.goal:
        yield remark(
            None,
            "The plan goes straight for its goal. Cut a small first win out of it, one that can"
            " serve as a base.",
        )
    elif first is not None:
        yield remark(
            first.id,
            "The smallest first step, “{milestone}”, takes more than a quarter of your time or"
            " cash on average. Look for a smaller win to start from.",
            milestone=name_of(first),
        )


RULE = Rule(
    id="small-win",
    claim="P6",
    title=Message("The plan starts from a small win"),
    check=check,
    examples=(
        Example({"goal": "a", "milestones": [{"id": "a"}]}, finds=[None]),
        Example(
            {
                "goal": "b",
                "horizon_weeks": 50,
                "milestones": [{"id": "a", "weeks": 10, "pass_rate": 0.5}, {"id": "b"}],
            },
            finds=["a"],
        ),
        Example(
            {
                "goal": "b",
                "cash": 10000,
                "burn_per_week": 1000,
                "milestones": [{"id": "a", "weeks": 3}, {"id": "b"}],
            },
            finds=["a"],
        ),
        Example(
            {
                "goal": "b",
                "cash": 10000,
                "burn_per_week": 500,
                "milestones": [{"id": "a", "weeks": 2}, {"id": "b"}],
            }
        ),
        Example({"goal": "breakeven"}),
    ),
)
