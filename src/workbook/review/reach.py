"""A rule about what can be reached: if all goes well, the goal is, and before time is over.

To break even, the best week of the business must cover its cost. The earliest week of a milestone
is a bound that no run is below: needs one after another, every attempt at its shortest, as many
teams and as much money and as many hours as it takes; and no earlier than the teams can do all of
the work that the goal requires.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

from workbook.errors import Message, Money
from workbook.law import is_closed, last_week, may_start, whole_weeks
from workbook.luck import value_of
from workbook.plan import BREAKEVEN, Milestone, Plan
from workbook.present import present
from workbook.review.best_case import BestCase
from workbook.review.chain import moves_money
from workbook.review.order import Order
from workbook.review.rule import Example, Remark, Rule, name_of, remark


def check_in_reach(plan: Plan) -> Iterator[Remark]:
    """Find a goal that comes too late, a deadline before it, a break-even that never comes."""
    here = present(plan) if plan.log else None
    now = here.plan if here else plan
    if now.goal == BREAKEVEN:
        yield from _never_even(now)
        return
    if _may_be_hastened(now):
        return
    order = Order(now)
    first, today = earliest_weeks(order), here.week if here else 0
    required = [*_required(order), now.goal]
    for id in sorted(required, key=order.turns.__getitem__):
        milestone = order.milestones[id]
        last = min(now.horizon_weeks, milestone.by_week or now.horizon_weeks)
        if first[id] > last:
            yield _too_late(milestone, today + first[id], today + last)
            return


ONLY_MONEY = {"id", "name", "note", "loan", "funding", "cash", "skip"}
"""What an option may change without a better week of the business."""


def _never_even(plan: Plan) -> Iterator[Remark]:
    """Find a business whose best week, after all milestones, costs more than it brings."""
    options = [option for fork in plan.forks for option in fork.options]
    if any(option.model_fields_set - ONLY_MONEY for option in options):
        return
    best = BestCase(Order(plan)).best_week
    if any(m.gives and (m.gives.bills or m.gives.roles) for m in plan.attempted):
        best = replace(best, bills=(), roles=())  # they may end
    if not best.breaks_even and any(map(moves_money, plan.attempted)):  # else another rule asks
        cost = best.burn_cents + best.average_bills_cents
        yield remark(
            None,
            "Even if every milestone is reached and every range turns out at its best, a week"
            " brings {brings} at most and costs {cost} at least: the business never breaks even."
            " Say what sells more, at a better price or for less, or set another goal.",
            brings=Money(best.sales_cents / 100, plan.currency),
            cost=Money(cost / 100, plan.currency),
        )


def earliest_weeks(order: Order) -> dict[str, int]:
    """Return the first week by the end of which each attempted milestone can be reached."""
    first: dict[str, int] = {}
    for id in order.turns:
        milestone = order.milestones[id]
        needs = [first[need] for need in milestone.needs if need in first]
        either = [first.get(need, 0) for need in milestone.needs_any]
        first[id] = _first_end(order.plan, milestone, max([0, *needs, min(either, default=0)]))
    goal = order.plan.goal
    work = sum(_least_weeks(order.plan, order.milestones[id]) for id in {*_required(order), goal})
    first[goal] = max(first[goal], ceil(work / max(order.plan.teams, len(order.plan.begun.jobs))))
    return first


def _required(order: Order) -> frozenset[str]:
    """Return what must be reached before the goal in every run."""
    found, open_still = set[str](), [order.plan.goal]
    while open_still:
        needs = order.milestones[open_still.pop()].needs
        new = [need for need in needs if need in order.needs and need not in found]
        found.update(new)
        open_still += new
    return frozenset(found)


def _first_end(plan: Plan, milestone: Milestone, after: int) -> int:
    """Return the first week in which it can be reached if its needs are by the end of `after`."""
    if milestone.level is not None or any(job.milestone == milestone.id for job in plan.begun.jobs):
        return max(1, after)
    week = after + 1
    while week <= plan.horizon_weeks and not _may_start(plan, milestone, week):
        week += 1
    if week > plan.horizon_weeks:
        return week
    end = last_week(plan, week, _least_weeks(plan, milestone), milestone.id)
    return min(end, 1 + _redesign_weeks(milestone)) if milestone.tests else end


def _may_start(plan: Plan, milestone: Milestone, week: int) -> bool:
    return may_start(milestone, week) and not is_closed(plan, week, milestone.id)


def _least_weeks(plan: Plan, milestone: Milestone) -> int:
    """Return the fewest weeks of work that it takes; a redesign may come in place of its test."""
    if milestone.level is not None or any(job.milestone == milestone.id for job in plan.begun.jobs):
        return 0
    weeks = 1
    if milestone.hours is None:
        weeks = whole_weeks(value_of(milestone.weeks, "least"))
    return min(weeks, _redesign_weeks(milestone)) if milestone.tests else weeks


def _redesign_weeks(milestone: Milestone) -> int:
    assert milestone.tests is not None
    return whole_weeks(milestone.tests.redesign.weeks)


def _may_be_hastened(plan: Plan) -> bool:
    """Whether an option could change what the bound rests on."""
    options = [option for fork in plan.forks for option in fork.options]
    changed = ("horizon_weeks", "teams", "goal")
    return any(
        option.milestones or option.skip or any(getattr(option, key) is not None for key in changed)
        for option in options
    )


def _too_late(milestone: Milestone, first: int, week: int) -> Remark:
    return remark(
        milestone.id,
        "Even if every attempt passes at once, “{milestone}” is reached in week {first} at the"
        " earliest, and it must be by week {week}. Give it more weeks, or set a nearer goal.",
        milestone=name_of(milestone),
        first=first,
        week=week,
    )


def _line(weeks: int, **keys: object) -> dict[str, object]:
    steps: list[dict[str, object]] = [
        {"id": "a", "weeks": weeks, "pass_rate": 0.5},
        {"id": "b", "needs": ["a"], **keys},
    ]
    return {"goal": "b", "horizon_weeks": 10, "milestones": steps}


def _selling(price: float) -> dict[str, object]:
    """A shop that 100 people enter and 20 buy in, at a burn of 110 and a rent of 20 a week."""
    gives = {"gives": {"reach_per_week": 100}}
    return {
        "goal": "breakeven",
        "burn_per_week": 110,
        "bills": [{"id": "rent", "amount": 20, "every_weeks": 1}],
        "sales": {"reach_per_week": 10, "conversion": 0.2, "price": price},
        "milestones": [{"id": "open", "pass_rate": 0.5, **gives}],
    }


IN_REACH = Rule(
    id="in-reach",
    claim="R3",
    title=Message("If nothing fails, the goal is reached in time"),
    check=check_in_reach,
    examples=(
        Example(_line(10), finds=["b"]),
        Example(_line(3, by_week=3), finds=["b"]),
        Example(_line(9)),
        Example(_line(10) | {"skips": ["a"]}),
        Example({**_line(10), "horizon_weeks": 11}),
        Example(_selling(6), finds=[None]),
        Example(_selling(7)),
        Example(_selling(6) | {"starts": "2027-01-04", "seasons": [*[1] * 11, 1.2]}),
    ),
)
