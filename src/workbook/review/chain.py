"""Rules about the chain: its links, points that the goal requires, and a goal that is a number.

Dependencies: a chain has links, including those that money makes (P4). A milestone is a point that
the goal cannot be reached without (P3). The goal before the path: a number says when we have
arrived (R3).
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.chain import leading
from workbook.errors import Message
from workbook.law import Economy
from workbook.plan import BREAKEVEN, STATE, Milestone, Plan
from workbook.review.best_case import BestCase
from workbook.review.order import Order
from workbook.review.rule import Example, Remark, Rule, has_level, name_of, remark

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


def _who_needs_whom(plan: Plan) -> Iterator[Remark]:
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

WHO_NEEDS_WHOM = Rule(
    id="who-needs-whom",
    claim="P4",
    title=Message("The plan says who depends on whom"),
    check=_who_needs_whom,
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


def _off_path(plan: Plan) -> Iterator[Remark]:
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


OFF_PATH = Rule(
    id="off-path",
    claim="P3",
    title=Message("The goal cannot do without any milestone"),
    check=_off_path,
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


def _goal_first(plan: Plan) -> Iterator[Remark]:
    """Find a goal without a level, a break-even that nothing leads to, or that is there already."""
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
    start = Economy.of(plan)
    leads_there = any(moves_money(milestone) for milestone in plan.attempted)
    if start.breaks_even and start.burn_cents + start.average_bills_cents > 0 and not plan.log:
        yield remark(
            None,
            "The goal is to break even, and by the sales written here the business does so already,"
            " before any milestone. Write what it sells today, and with each milestone what that"
            " one adds; or set another goal.",
        )
    if plan.attempted and not leads_there and not start.breaks_even:
        yield remark(
            None,
            "The goal is to break even, and no milestone changes what the business earns or burns."
            " Say which one does, and by how much.",
        )


GOAL_FIRST = Rule(
    id="goal-first",
    claim="R3",
    title=Message("The goal is a number before the path is drawn"),
    check=_goal_first,
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
        Example(
            {
                "goal": "breakeven",
                "burn_per_week": 100,
                "revenue_per_week": 100,
                "milestones": [{"id": "a"}],
            },
            finds=[None],
        ),
    ),
)
