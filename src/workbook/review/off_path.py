"""A milestone is a point that the goal cannot be reached without (P3)."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.chain import leading
from workbook.errors import Message
from workbook.plan import BREAKEVEN, STATE, Milestone, Plan
from workbook.review.best_case import BestCase
from workbook.review.order import Order
from workbook.review.rule import Example, Remark, Rule, name_of, remark
from workbook.review.who_needs_whom import waiting_for_money

MONEY = {name for name, key in STATE.items() if key.flow in ("in", "out")}


def moves_money(milestone: Milestone) -> bool:
    """Whether reaching it changes what the business earns or burns."""
    return milestone.gives is not None and bool(MONEY & milestone.gives.model_fields_set)


def on_the_way(plan: Plan) -> frozenset[str]:
    """Return what the goal depends on: needs, tested hypotheses, and what makes it pay."""
    if plan.goal == BREAKEVEN:
        ends = {m.id for m in plan.attempted if moves_money(m)}
    else:
        ends = set(leading(plan))
    relied = {milestone.id: milestone.relies_on for milestone in plan.milestones}
    order, waiting = Order(plan), list(ends)
    while waiting:
        id = waiting.pop()
        new = {*order.needs.get(id, ()), *relied[id]} - ends
        ends |= new
        waiting.extend(new)
    return frozenset(ends)


def with_its_money(plan: Plan, way: frozenset[str]) -> frozenset[str]:
    """Return the path with the milestones that alone can fund it (see `who_needs_whom`)."""
    best = BestCase.today(plan)
    payers = {payer.id for paid, payer in waiting_for_money(best) if paid.id in way}
    return way.union(payers, *map(best.order.ancestors, payers))


def check(plan: Plan) -> Iterator[Remark]:
    """Find milestones marked as necessary that the goal does not depend on."""
    way = with_its_money(plan, on_the_way(plan))
    for milestone in plan.attempted:
        if milestone.necessary and milestone.id not in way:
            yield remark(
                milestone.id,
                "The goal can be reached without “{milestone}”. Say what needs it, mark it as not"
                " necessary, or leave it out and keep the cash.",
                milestone=name_of(milestone),
            )


RULE = Rule(
    id="off-path",
    claim="P3",
    title=Message("The goal cannot do without any milestone"),
    check=check,
    examples=(
        Example({"goal": "b", "milestones": [{"id": "a"}, {"id": "b"}]}, finds=["a"]),
        Example({"goal": "b", "milestones": [{"id": "a"}, {"id": "b", "needs": ["a"]}]}),
        Example({"goal": "b", "milestones": [{"id": "a", "necessary": False}, {"id": "b"}]}),
        Example(
            {
                "goal": "b",
                "milestones": [
                    {"id": "a", "tests": {"belief": 0.5}},
                    {"id": "b", "relies_on": ["a"]},
                ],
            }
        ),
        Example(
            {
                "goal": "b",
                "cash": 9_000,
                "milestones": [
                    {"id": "a"},
                    {"id": "round", "needs": ["a"], "gives": {"funding": {"amount": 50_000}}},
                    {"id": "b", "cost": 20_000},
                ],
            }
        ),
        Example(
            {
                "goal": "breakeven",
                "milestones": [
                    {"id": "logo"},
                    {"id": "demand"},
                    {"id": "shop", "needs": ["demand"], "gives": {"reach_per_week": 9}},
                ],
            },
            finds=["logo"],
        ),
    ),
)
