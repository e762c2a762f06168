"""The chain: who depends on whom (P4), and what the goal cannot do without (P3).

Pure questions about the dependencies of a plan. A need on a skipped milestone counts as met, so
skipping cuts the edges that run through it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from workbook.plan import BREAKEVEN, Plan


def needs_of(plan: Plan) -> dict[str, tuple[str, ...]]:
    """For each milestone that is attempted, the needs that must still be reached before it."""
    skipped = set(plan.skips)
    return {
        milestone.id: tuple(need for need in milestone.needs if need not in skipped)
        for milestone in plan.attempted
    }


def cycle_in(needs: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """One cycle among the needs, first id repeated at the end; empty where there is none."""
    try:
        tuple(TopologicalSorter(needs).static_order())
    except CycleError as error:
        return tuple(reversed(error.args[1]))
    return ()


def required(plan: Plan) -> frozenset[str]:
    """Ids that the goal cannot do without: the goal itself and all that it needs, transitively.

    A plan whose goal is to break even requires none of them by dependency: empty.
    """
    if plan.goal == BREAKEVEN:
        return frozenset()
    needs = needs_of(plan)
    found: set[str] = set()
    waiting = [plan.goal]
    while waiting:
        id = waiting.pop()
        if id not in found:
            found.add(id)
            waiting.extend(needs.get(id, ()))
    return frozenset(found)


def origins(plan: Plan) -> tuple[str, ...]:
    """The origin milestones (P6): attempted, needing nothing, and not the goal itself."""
    return tuple(id for id, needs in needs_of(plan).items() if not needs and id != plan.goal)


def layers(plan: Plan) -> dict[str, int]:
    """How many steps from the origin each milestone stands (longest path), skipped ones too."""
    needs = {milestone.id: milestone.needs for milestone in plan.milestones}
    depth: dict[str, int] = {}
    for id in TopologicalSorter(needs).static_order():
        depth[id] = 1 + max((depth[need] for need in needs[id]), default=-1)
    return depth
