"""The chain: dependencies between milestones (P4), and what the goal requires (P3).

Pure functions on a plan. A need on a skipped milestone counts as met, so skipping a milestone
removes the edges through it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from graphlib import CycleError, TopologicalSorter

from workbook.plan import BREAKEVEN, Plan


def needs_of(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return for each attempted milestone the needs that must still be reached before it."""
    skipped = set(plan.skips)
    return {
        milestone.id: tuple(need for need in milestone.needs if need not in skipped)
        for milestone in plan.attempted
    }


def alternatives_of(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return, for each attempted milestone that needs one of several, those that are attempted.

    A skipped one is not among them; where all are skipped, nothing is needed.
    """
    skipped = set(plan.skips)
    found = {m.id: tuple(id for id in m.needs_any if id not in skipped) for m in plan.attempted}
    return {id: several for id, several in found.items() if several}


def links_of(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return for each attempted milestone what it may wait for: its needs and its alternatives."""
    several = alternatives_of(plan)
    return {
        id: tuple(dict.fromkeys((*needs, *several.get(id, ()))))
        for id, needs in needs_of(plan).items()
    }


def cycle_in(needs: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Return one cycle among the needs, its first id repeated at the end; empty without a cycle."""
    try:
        tuple(TopologicalSorter(needs).static_order())
    except CycleError as error:
        return tuple(reversed(error.args[1]))
    return ()


def required(plan: Plan) -> frozenset[str]:
    """Return the ids that the goal cannot do without: itself, and its needs, transitively.

    One of several alternatives is not required, unless all of them require it. Empty if the goal
    is to break even, which requires no milestone by dependency.
    """
    found = leading(plan)
    if not alternatives_of(plan):
        return found
    return frozenset(id for id in found if is_lost(plan, {id}))


def leading(plan: Plan) -> frozenset[str]:
    """Return the ids that may lead to the goal: itself and all that it may wait for."""
    if plan.goal == BREAKEVEN:
        return frozenset()
    return closure(links_of(plan), plan.goal)


def possible(plan: Plan, used_up: AbstractSet[str]) -> frozenset[str]:
    """Return the attempted milestones that can still be reached if these are used up."""
    needs, several = needs_of(plan), alternatives_of(plan)
    found: set[str] = set()
    for id in TopologicalSorter(links_of(plan)).static_order():
        lost = id in used_up or id not in needs or not found.issuperset(needs[id])
        if not lost and (id not in several or found.intersection(several[id])):
            found.add(id)
    return frozenset(found)


def is_lost(plan: Plan, used_up: AbstractSet[str]) -> bool:
    """Whether a goal that is a milestone cannot be reached any more if these are used up."""
    if not alternatives_of(plan):
        return bool(used_up & leading(plan))
    return plan.goal != BREAKEVEN and plan.goal not in possible(plan, used_up)


def spare(plan: Plan, reached: AbstractSet[str]) -> frozenset[str]:
    """Return the alternatives that are no longer needed, and what leads only to them.

    Whatever waits for a spare milestone, or relies on it, is reached, is spare itself, or has
    another of its alternatives. A milestone that nothing waits for is never spare.
    """
    several = alternatives_of(plan)
    if not several:
        return frozenset()
    links, found = links_of(plan), set[str]()
    asking = {m.id: {*m.needs, *m.relies_on} for m in plan.attempted}
    later = {
        id: [other for other in links if id in links[other] or id in asking[other]]
        for id in links
        if id not in reached and id != plan.goal
    }

    def does_without(other: str, id: str) -> bool:
        if other in reached or other in found:
            return True
        return id not in asking[other] and not reached.isdisjoint({*several[other]} - {id})

    while new := {
        id
        for id, others in later.items()
        if id not in found and others and all(does_without(other, id) for other in others)
    }:
        found |= new
    return frozenset(found)


def closure(links: Mapping[str, Iterable[str]], id: str) -> frozenset[str]:
    """Return an id and all that it is linked to, transitively."""
    found: set[str] = set()
    waiting = [id]
    while waiting:
        if (id := waiting.pop()) not in found:
            found.add(id)
            waiting.extend(links.get(id, ()))
    return frozenset(found)


def origins(plan: Plan) -> tuple[str, ...]:
    """Return the origin milestones (P6): attempted, without needs, and not the goal itself."""
    return tuple(id for id, needs in links_of(plan).items() if not needs and id != plan.goal)


def layers(plan: Plan) -> dict[str, int]:
    """Return each milestone's distance from the origins (longest path), skipped ones too."""
    needs = {m.id: (*m.needs, *m.needs_any) for m in plan.milestones}
    depth: dict[str, int] = {}
    for id in TopologicalSorter(needs).static_order():
        depth[id] = 1 + max((depth[need] for need in needs[id]), default=-1)
    return depth
