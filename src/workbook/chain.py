"""The chain: dependencies between milestones (P4), and what the goal requires (P3).

Pure functions on a plan. A need on a skipped milestone counts as met, so skipping a milestone
removes the edges through it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from workbook.plan import BREAKEVEN, Plan


def needs_of(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return for each attempted milestone the needs that must still be reached before it."""
    skipped = set(plan.skips)
    return {
        milestone.id: tuple(need for need in milestone.needs if need not in skipped)
        for milestone in plan.attempted
    }


def cycle_in(needs: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Return one cycle among the needs, its first id repeated at the end; empty without a cycle."""
    try:
        tuple(TopologicalSorter(needs).static_order())
    except CycleError as error:
        return tuple(reversed(error.args[1]))
    return ()


def required(plan: Plan) -> frozenset[str]:
    """Return the ids that the goal requires: the goal itself and its needs, transitively.

    Empty if the goal is to break even, which requires no milestone by dependency.
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
    """Return the origin milestones (P6): attempted, without needs, and not the goal itself."""
    return tuple(id for id, needs in needs_of(plan).items() if not needs and id != plan.goal)


def layers(plan: Plan) -> dict[str, int]:
    """Return each milestone's distance from the origins (longest path), skipped ones too."""
    needs = {milestone.id: milestone.needs for milestone in plan.milestones}
    depth: dict[str, int] = {}
    for id in TopologicalSorter(needs).static_order():
        depth[id] = 1 + max((depth[need] for need in needs[id]), default=-1)
    return depth
