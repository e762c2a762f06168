"""Whether forks that have not opened yet may still lead to the goal.

Asked when something is used up: as long as they may, the plan is not stuck (`week.py`, rule 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import reduce

from workbook.chain import is_lost, possible, spare
from workbook.edit import edit
from workbook.plan import BREAKEVEN, Fork, Option, Plan

Ids = AbstractSet[str]


def can_turn(
    plan: Plan, options: Mapping[str, Option], forks: Iterable[Fork], reached: Ids, used_up: Ids
) -> bool:
    """Whether the goal may be reached once these forks have changed the plan.

    Parameters
    ----------
    plan
        The plan after the forks that have opened.
    options
        The option chosen at each fork that has not opened, by the fork's id.
    forks
        All forks; only those in `options` are considered.
    reached, used_up
        Ids of milestones so far.
    """
    coming = [
        options[f.id] for f in forks if f.id in options and _may_open(plan, f, reached, used_up)
    ]
    coming = [option for option in coming if changes_the_goal(plan, option)]
    if not coming:
        return False
    turned = reduce(edit, coming, plan)
    if turned.goal != BREAKEVEN:
        return not is_lost(turned, used_up)
    return any(_changes_money(option) for option in coming) or bool(
        _open_to(turned, reached, used_up)
    )


def changes_the_goal(plan: Plan, option: Option) -> bool:
    """Whether an option changes what the goal requires: the chain, or money for breaking even."""
    if option.goal is not None or option.skip or option.milestones:
        return True
    return plan.goal == BREAKEVEN and _changes_money(option)


def _changes_money(option: Option) -> bool:
    figures = (option.sales, option.revenue_per_week, option.burn_per_week)
    return bool(option.bills) or any(figure is not None for figure in figures)


def _may_open(plan: Plan, fork: Fork, reached: Ids, used_up: Ids) -> bool:
    """Whether work at the milestone that a fork names, or its redesign, may still happen."""
    id = fork.at.milestone
    if fork.at.used_up in reached:
        return False
    if id is None:
        return True
    working = {id, *(m.id for m in plan.milestones if id in m.relies_on)}
    return not working.isdisjoint(_open_to(plan, reached, used_up))


def _open_to(plan: Plan, reached: Ids, used_up: Ids) -> list[str]:
    """Return the milestones that can still be reached, because nothing they need is used up."""
    there = possible(plan, used_up) - spare(plan, reached)
    return [id for id in plan.ids if id in there and id not in reached]
