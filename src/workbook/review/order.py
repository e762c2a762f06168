"""Which milestones are certainly reached before which, for the rules about order.

One team always takes the first ready milestone of the list, so earlier ones come earlier. With
several teams only needs enforce an order. A skipped milestone is never reached.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from heapq import heappop, heappush
from itertools import chain

from workbook.chain import links_of
from workbook.plan import Milestone, Plan, Stage


class Order:
    """The order enforced by a plan's needs, its list and its teams.

    Parameters
    ----------
    plan
        Any plan without a cycle.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.needs = links_of(plan)
        self.milestones = {milestone.id: milestone for milestone in plan.milestones}

    def ancestors(self, id: str) -> frozenset[str]:
        """Return everything attempted that must be reached before work on `id` can start."""
        return self._ancestors.get(id, frozenset())

    @cached_property
    def _ancestors(self) -> dict[str, frozenset[str]]:
        """The ancestors of every attempted milestone; later needs first, as they bring most."""
        known: dict[str, frozenset[str]] = {}
        for id in self.turns:
            found: set[str] = set()
            for need in sorted(self.needs[id], key=self.turns.__getitem__, reverse=True):
                if need not in found:
                    found |= known[need]
                    found.add(need)
            known[id] = frozenset(found)
        return known

    @cached_property
    def turns(self) -> dict[str, int]:
        """The position at which one team gets to each attempted milestone."""
        ids = list(self.needs)
        place = {id: number for number, id in enumerate(ids)}
        waiting_for = {id: len(needs) for id, needs in self.needs.items()}
        then: dict[str, list[str]] = {id: [] for id in ids}
        for id, needs in self.needs.items():
            for need in needs:
                then[need].append(id)
        ready = [place[id] for id in ids if not waiting_for[id]]
        turns: dict[str, int] = {}
        while ready:
            id = ids[heappop(ready)]
            turns[id] = len(turns)
            for follower in then[id]:
                waiting_for[follower] -= 1
                if not waiting_for[follower]:
                    heappush(ready, place[follower])
        return turns

    def is_before(self, first: str, later: str) -> bool:
        """Whether `first` comes before `later` starts: reached, unless it is used up."""
        if first not in self.needs:
            return False
        if self.plan.teams == 1:
            return self.turns[first] < self.turns[later]
        return first in self.ancestors(later)

    def before(self, id: str) -> tuple[Milestone, ...]:
        """Return the milestones that come before `id` in every run, in the plan's order."""
        return tuple(self.milestones[other] for other in self.needs if self.is_before(other, id))

    def unproved(self, id: str, early: Collection[Stage]) -> Iterator[Milestone]:
        """Return milestones of an `early` stage that may still be open when work on `id` starts.

        A milestone that itself needs `id` belongs to a next round, if its stage was proved before.
        """
        points = [m for m in self.plan.milestones if m.stage in early and m.id != id]
        proved = {m.stage for m in points if self.is_before(m.id, id)}
        for point in points:
            next_round = point.stage in proved and id in self.ancestors(point.id)
            if not next_round and not self.is_before(point.id, id):
                yield point

    def unbegun(self, id: str, early: Collection[Stage]) -> Iterator[Milestone]:
        """Return, for each `early` stage without a milestone before `id`, its first milestone."""
        points = [m for m in self.plan.milestones if m.stage in early and m.id != id]
        seen = {m.stage for m in points if self.is_before(m.id, id)}
        for point in points:
            if point.stage not in seen:
                seen.add(point.stage)
                yield point


def unproved_before(
    order: Order,
    late: Collection[Stage],
    proved: Collection[Stage] = (),
    *,
    begun: Collection[Stage] = (),
) -> Iterator[tuple[Milestone, Milestone]]:
    """Return milestones of a `late` stage that may start too early, with what is still open then.

    Parameters
    ----------
    order
        The order in which the plan's milestones are reached.
    late
        The stages that must wait.
    proved
        Stages of which every milestone must be reached first.
    begun
        Stages of which one milestone must be reached first, if the plan has any.

    Only the first of a chain is returned, not milestones that need one already returned.
    """
    reported: set[str] = set()
    for milestone in order.plan.attempted:
        if milestone.stage in late and not reported & order.ancestors(milestone.id):
            unbegun = order.unbegun(milestone.id, begun)
            still_open = next(chain(unbegun, order.unproved(milestone.id, proved)), None)
            if still_open is not None:
                reported.add(milestone.id)
                yield milestone, still_open
