"""Orders of the chain that the dependencies allow: linear extensions, counted and listed.

Needs are kept as bit masks: `before[k]` has bit j set if milestone k needs j. A set of milestones
that contains all its needs is *closed*. Every order is a path through the closed sets that adds
one milestone per step.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from workbook.chain import cycle_in, links_of
from workbook.errors import InputError, Message, fault
from workbook.plan import BREAKEVEN, Plan

MOST_SETS = 200_000


def all_compared(count: int) -> Message:
    """Say that every order was compared, of two or more."""
    if count == 2:
        return Message("Both orders that the dependencies allow were compared.")
    return Message("All {n} orders that the dependencies allow were compared.", {"n": count})


@dataclass(frozen=True)
class Precedence:
    """The milestones whose order is open, in the current order for one team.

    Attributes
    ----------
    ids
        In the current order: always the first ready milestone of the plan.
    before
        For each, what it may wait for among `ids` as a bit mask; alternatives too: one that is
        listed before them is not worked on any earlier.
    never
        Attempted milestones that come after the goal and so are never worked on.
    """

    ids: tuple[str, ...]
    before: tuple[int, ...]
    never: tuple[str, ...] = ()

    @classmethod
    def of(cls, plan: Plan) -> Precedence:
        """Return the precedence of a plan."""
        needs = links_of(plan)
        never = _after(needs, plan.goal)
        ids = _taken(plan, {id: n for id, n in needs.items() if id not in never})
        place = {id: k for k, id in enumerate(ids)}
        before = tuple(sum({1 << place[need] for need in needs[id]}) for id in ids)
        return cls(ids, before, never)

    def names(self, order: Sequence[int]) -> tuple[str, ...]:
        """Return the ids of an order given as positions."""
        return tuple(self.ids[k] for k in order)

    def ready(self, done: int) -> Iterator[int]:
        """Yield the milestones that can come next once a closed set is done."""
        for k, needs in enumerate(self.before):
            if not done >> k & 1 and needs & ~done == 0:
                yield k

    def layers(self, most: int = MOST_SETS) -> list[dict[int, int]] | None:
        """Return closed sets by size, with the number of orders to each; None beyond `most`.

        The last layer holds the full set, and with it the number of all orders.
        """
        layers, seen = [{0: 1}], 1
        for _ in self.ids:
            following: dict[int, int] = {}
            for done, paths in layers[-1].items():
                for k in self.ready(done):
                    grown = done | 1 << k
                    following[grown] = following.get(grown, 0) + paths
            seen += len(following)
            if seen > most:
                return None
            layers.append(following)
        return layers

    def count(self) -> int | None:
        """Return the number of orders; None if there are too many to count."""
        layers = self.layers()
        return None if layers is None else next(iter(layers[-1].values()))

    def every(self, done: int = 0) -> Iterator[tuple[int, ...]]:
        """Yield all orders, the current order first."""
        rest = tuple(self.ready(done))
        if not rest:
            yield ()
        for k in rest:
            for tail in self.every(done | 1 << k):
                yield (k, *tail)

    def drawn(self, layers: list[dict[int, int]], rng: Random) -> tuple[int, ...]:
        """Draw one order uniformly at random, from the last milestone to the first."""
        order: list[int] = []
        done = (1 << len(self.ids)) - 1
        for before in reversed(layers[:-1]):
            last = [k for k in range(len(self.ids)) if done >> k & 1 and done ^ 1 << k in before]
            paths = [before[done ^ 1 << k] for k in last]
            mark = rng.randrange(sum(paths))
            for k, count in zip(last, paths, strict=True):
                mark -= count
                if mark < 0:
                    order.append(k)
                    done ^= 1 << k
                    break
        return tuple(reversed(order))

    def allows(self, order: Sequence[int]) -> bool:
        """Whether every milestone comes after its needs."""
        done = 0
        for k in order:
            if self.before[k] & ~done:
                return False
            done |= 1 << k
        return True

    def swaps(self, order: Sequence[int]) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        """Yield both milestones of each allowed swap and the resulting order; neighbours first."""
        for distance in range(1, len(order)):
            for i in range(len(order) - distance):
                swapped = list(order)
                swapped[i], swapped[i + distance] = swapped[i + distance], swapped[i]
                if self.allows(swapped):
                    yield order[i], order[i + distance], tuple(swapped)


def _after(needs: dict[str, tuple[str, ...]], goal: str) -> tuple[str, ...]:
    """Return the milestones that need the goal, directly or indirectly."""
    if goal == BREAKEVEN:
        return ()
    late = {goal}
    while True:
        more = {id for id, before in needs.items() if late.intersection(before)} - late
        if not more:
            return tuple(id for id in needs if id in late - {goal})
        late |= more


def _taken(plan: Plan, needs: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the order for one team: always the first ready milestone of the plan."""
    taken: dict[str, None] = {}
    while len(taken) < len(needs):
        ready = (id for id in needs if id not in taken and all(n in taken for n in needs[id]))
        first = next(ready, None)
        if first is None:
            template = "these milestones wait for each other: {cycle}; take one need out"
            cycle = cycle_in({id: [n for n in needs[id] if n in needs] for id in needs})
            whole = " → ".join(cycle) or ", ".join(id for id in needs if id not in taken)
            raise InputError(plan.id, [fault("milestones", template, cycle=whole)])
        taken[first] = None
    return tuple(taken)
