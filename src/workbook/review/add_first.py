"""Add first, then remove: achieve something before cutting (R4)."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.law import Economy
from workbook.plan import Milestone, Plan
from workbook.review.order import Order
from workbook.review.rule import Example, Remark, Rule, name_of, remark
from workbook.review.stage_order import check_efficiency_last


def cuts(plan: Plan, milestone: Milestone) -> bool:
    """Whether reaching it reduces something: the burn, the running hours, the effort."""
    after = Economy.of(plan).after(milestone.gives)
    return (
        milestone.stage == "efficiency"
        or after.burn_per_week < plan.burn_per_week
        or after.running_hours_per_week < plan.running_hours_per_week
    )


def cuts_too_early(plan: Plan) -> Iterator[Milestone]:
    """Return cuts preceded only by cuts; empty if the business already sells."""
    if Economy.of(plan).sales_cents:
        return
    order = Order(plan)
    told = {found for found, _ in check_efficiency_last(plan)}
    cutting = {milestone.id: milestone for milestone in plan.attempted if cuts(plan, milestone)}
    for id in [id for id in cutting if id not in told]:
        if all(other.id in cutting for other in order.before(id)):
            yield cutting[id]


def beginning_left_out(plan: Plan) -> Milestone | None:
    """Return the first skipped origin, if every origin is skipped and nothing relies on it."""
    relied = {id for milestone in plan.attempted for id in milestone.relies_on}
    first = [m for m in plan.milestones if not (m.needs or m.needs_any) and m.id != plan.goal]
    if first and all(m.id in plan.skips and m.necessary for m in first):
        return next((m for m in first if m.id not in relied), None)
    return None


def check(plan: Plan) -> Iterator[Remark]:
    """Find cuts and skips before anything has been achieved."""
    for milestone in cuts_too_early(plan):
        yield remark(
            milestone.id,
            "“{milestone}” cuts before anything has been added. Win something first; then you see"
            " what can go.",
            milestone=name_of(milestone),
        )
    if left_out := beginning_left_out(plan):
        yield remark(
            left_out.id,
            "You leave out “{milestone}”, the first step, before anything has been won. What is not"
            " needed shows later.",
            milestone=name_of(left_out),
        )


RULE = Rule(
    id="add-first",
    claim="R4",
    title=Message("Something is won before anything is cut"),
    check=check,
    examples=(
        Example(
            {
                "goal": "b",
                "burn_per_week": 900,
                "milestones": [
                    {"id": "a", "gives": {"burn_per_week": 400}},
                    {"id": "b", "needs": ["a"]},
                ],
            },
            finds=["a"],
        ),
        Example(
            {
                "goal": "b",
                "skips": ["a"],
                "milestones": [{"id": "a"}, {"id": "b", "needs": ["a"]}],
            },
            finds=["a"],
        ),
        Example(
            {
                "goal": "b",
                "burn_per_week": 900,
                "milestones": [
                    {"id": "a"},
                    {"id": "b", "needs": ["a"], "gives": {"burn_per_week": 400}},
                ],
            }
        ),
        Example(
            {
                "goal": "a",
                "burn_per_week": 900,
                "revenue_per_week": 300,
                "milestones": [{"id": "a", "gives": {"burn_per_week": 400}}],
            }
        ),
        # reported by the rule about efficiency
        Example(
            {
                "goal": "b",
                "milestones": [
                    {"id": "a", "stage": "efficiency"},
                    {"id": "b", "stage": "kernel", "needs": ["a"]},
                ],
            }
        ),
    ),
)
