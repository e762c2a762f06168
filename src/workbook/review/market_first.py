"""Learn before producing: look at the market before making and selling (R1)."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.plan import EXPANSION, Milestone, Plan, Stage
from workbook.review.order import Order
from workbook.review.rule import Example, Remark, Rule, name_of, remark

INPUT: frozenset[Stage] = frozenset({"opportunity", "demand", "scene"})


def takes_in(milestone: Milestone) -> bool:
    """Whether it looks at the market, or might, if it has no stage."""
    return milestone.stage is None or milestone.stage in INPUT


def check(plan: Plan) -> Iterator[Remark]:
    """Find the first making or selling without a look at the market before it."""
    order, told = Order(plan), set[str]()
    for milestone in plan.attempted:
        if milestone.stage not in EXPANSION or told & order.ancestors(milestone.id):
            continue
        if not any(takes_in(other) for other in order.before(milestone.id)):
            told.add(milestone.id)
            yield remark(
                milestone.id,
                "“{milestone}” goes out to make or to sell, and nothing before it takes the market"
                " in: no opportunity judged, no demand and no scene of use explored. Put such a"
                " milestone before it.",
                milestone=name_of(milestone),
            )


RULE = Rule(
    id="market-first",
    claim="R1",
    title=Message("The market is looked at before anything is made and sold"),
    check=check,
    examples=(
        Example(
            {
                "goal": "b",
                "milestones": [
                    {"id": "a", "stage": "kernel"},
                    {"id": "b", "stage": "channel", "needs": ["a"]},
                ],
            },
            finds=["b"],
        ),
        # found out too late; reported once, where the making starts
        Example(
            {
                "goal": "c",
                "teams": 2,
                "milestones": [
                    {"id": "a", "stage": "demand"},
                    {"id": "b", "stage": "production"},
                    {"id": "c", "stage": "growth", "needs": ["a", "b"]},
                ],
            },
            finds=["b"],
        ),
        Example(
            {
                "goal": "b",
                "milestones": [
                    {"id": "a", "stage": "scene"},
                    {"id": "b", "stage": "growth", "needs": ["a"]},
                ],
            }
        ),
        Example(
            {
                "goal": "b",
                "milestones": [{"id": "a"}, {"id": "b", "stage": "growth", "needs": ["a"]}],
            }
        ),
        Example({"goal": "a", "milestones": [{"id": "a"}]}),
    ),
)
