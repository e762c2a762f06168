"""Dependencies: a chain has links, including those that money makes (P4)."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.plan import Milestone, Plan
from workbook.review.best_case import BestCase
from workbook.review.order import Order
from workbook.review.rule import Example, Remark, Rule, name_of, remark

FEW = 3
"""The smallest number of milestones that makes a chain worth checking."""


def without_links(plan: Plan) -> bool:
    """Whether no milestone waits for another, or relies on one."""
    links = (link for m in plan.attempted for link in (*m.needs, *m.needs_any, *m.relies_on))
    return len(plan.attempted) >= FEW and not any(links)


def in_single_file(order: Order) -> bool:
    """Whether the milestones form a single line, although several teams could work."""
    depths = sorted(len(order.ancestors(id)) for id in order.needs)
    several = order.plan.teams > 1 and len(depths) >= FEW and not order.plan.forks
    return several and depths == list(range(len(depths)))


def brings_money(milestone: Milestone) -> bool:
    """Whether reaching it brings funding."""
    return milestone.gives is not None and milestone.gives.funding is not None


def waiting_for_money(best: BestCase) -> Iterator[tuple[Milestone, Milestone]]:
    """Return milestones that only another's funding can pay for, each with that other."""
    order, attempted = best.order, best.plan.attempted
    rounds = {milestone.id for milestone in attempted if brings_money(milestone)}
    for milestone in attempted if rounds and best.plan.cash is not None else ():
        funders = best.funders(milestone.id)
        needed = {f for f in funders if f in order.ancestors(milestone.id)}
        unsaid = [f for f in funders if f in rounds and f not in needed]
        weekly = best.weekly_loss(milestone.id) if unsaid else -1
        if weekly < 0:
            continue
        price = best.price_of(milestone)
        if (
            best.cash_before(milestone.id, needed)
            < price
            <= best.cash_before(milestone.id, funders)
        ):
            yield milestone, order.milestones[unsaid[0]]


def check(plan: Plan) -> Iterator[Remark]:
    """Find chains without links, chains that leave teams idle, and needs that are not stated."""
    order = Order(plan)
    if without_links(plan):
        yield remark(
            None,
            "No milestone needs another: this is a list, not yet a chain. Ask of each what must be"
            " there before it can begin.",
        )
    if in_single_file(order):
        yield remark(
            None,
            "Several teams could work, and every milestone waits for the one before it. Which of"
            " these needs are real?",
        )
    for milestone, funder in waiting_for_money(BestCase.today(plan)):
        yield remark(
            milestone.id,
            "“{milestone}” cannot be paid for without the money that “{funder}” brings, and does"
            " not need it. Write that need down.",
            milestone=name_of(milestone),
            funder=name_of(funder),
        )


def _three(**more: object) -> dict[str, object]:
    chain = [{"id": "a"}, {"id": "b", "needs": ["a"]}, {"id": "c", "needs": ["b"]}]
    return {"goal": "c", "milestones": chain, **more}


_ROUND = {"id": "a", "gives": {"funding": {"amount": 50_000}}}

RULE = Rule(
    id="who-needs-whom",
    claim="P4",
    title=Message("The plan says who depends on whom"),
    check=check,
    examples=(
        Example({"goal": "c", "milestones": [{"id": i} for i in "abc"]}, finds=[None]),
        Example(_three(teams=2), finds=[None]),
        Example(
            {
                "goal": "b",
                "cash": 9_000,
                "teams": 2,
                "milestones": [_ROUND, {"id": "b", "cost": 20_000}],
            },
            finds=["b"],
        ),
        # being first in the list is not enough: another order would lack the money
        Example(
            {"goal": "b", "cash": 9_000, "milestones": [_ROUND, {"id": "b", "cost": 20_000}]},
            finds=["b"],
        ),
        Example(_three()),
        Example(
            {
                "goal": "b",
                "cash": 9_000,
                "teams": 2,
                "milestones": [_ROUND, {"id": "b", "needs": ["a"], "cost": 20_000}],
            }
        ),
        Example(
            {
                "goal": "b",
                "cash": 29_000,
                "teams": 2,
                "milestones": [_ROUND, {"id": "b", "cost": 20_000}],
            }
        ),
    ),
)
