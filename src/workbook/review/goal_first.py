"""The goal before the path: a number says when we have arrived (R3)."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.law import Economy
from workbook.plan import BREAKEVEN, Milestone, Plan
from workbook.review.off_path import moves_money
from workbook.review.rule import Example, Remark, Rule, has_level, name_of, remark


def check(plan: Plan) -> Iterator[Remark]:
    """Find a goal without a level, or a break-even that nothing in the plan leads to."""
    if plan.goal == BREAKEVEN:
        yield from _break_even(plan)
        return
    goal: Milestone = plan.milestone(plan.goal)
    if not has_level(goal):
        yield remark(
            goal.id,
            "The goal “{milestone}” has no number from which it counts as reached. Set that first;"
            " until then nobody can say which path leads there.",
            milestone=name_of(goal),
        )


def _break_even(plan: Plan) -> Iterator[Remark]:
    leads_there = any(moves_money(milestone) for milestone in plan.attempted)
    if plan.attempted and not leads_there and not Economy.of(plan).breaks_even:
        yield remark(
            None,
            "The goal is to break even, and no milestone changes what the business earns or burns."
            " Say which one does, and by how much.",
        )


RULE = Rule(
    id="goal-first",
    claim="R3",
    title=Message("The goal is a number before the path is drawn"),
    check=check,
    examples=(
        Example({"goal": "a", "milestones": [{"id": "a"}]}, finds=["a"]),
        Example(
            {"goal": "a", "milestones": [{"id": "a", "proof": {"measure": "shops"}}]}, finds=["a"]
        ),
        Example(
            {"goal": "breakeven", "burn_per_week": 100, "milestones": [{"id": "a"}]}, finds=[None]
        ),
        Example(
            {
                "goal": "b",
                "milestones": [
                    {"id": "a"},
                    {"id": "b", "proof": {"measure": "shops", "at_least": 2}},
                ],
            }
        ),
        Example(
            {
                "goal": "breakeven",
                "burn_per_week": 100,
                "milestones": [{"id": "a", "gives": {"revenue_per_week": 200}}],
            }
        ),
        Example({"goal": "breakeven", "milestones": [{"id": "a"}]}),
        Example({"goal": "breakeven", "burn_per_week": 100}),
    ),
)
