"""Who must come before whom on the way, for the rules that ask about order."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from workbook.chain import needs_of
from workbook.plan import Milestone, Plan


def ancestors(plan: Plan, id: str) -> frozenset[str]:
    """Everything attempted that must be reached before work on `id` can start."""
    needs = needs_of(plan)
    found: set[str] = set()
    waiting = list(needs.get(id, ()))
    while waiting:
        need = waiting.pop()
        if need not in found:
            found.add(need)
            waiting.extend(needs.get(need, ()))
    return frozenset(found)


def unproved_before(
    plan: Plan, late: Collection[str], early: Collection[str]
) -> Iterator[tuple[Milestone, tuple[Milestone, ...]]]:
    """Milestones of a `late` stage that may start while some of an `early` stage is not reached.

    One team takes the plan's order, so standing earlier in the list is enough; with several,
    only a need holds anything back. A skipped milestone is never reached.
    """
    kernel = [m for m in plan.milestones if m.stage in early]
    place = {id: position for position, id in enumerate(plan.ids)}
    for milestone in plan.attempted:
        if milestone.stage not in late:
            continue
        before = ancestors(plan, milestone.id)
        missing = tuple(
            k
            for k in kernel
            if k.id in plan.skips
            or (k.id not in before and (plan.teams > 1 or place[k.id] > place[milestone.id]))
        )
        if missing:
            yield milestone, missing
