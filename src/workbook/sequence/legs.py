"""Legs: one milestone worked on, from wherever lives can stand once a set of others is done.

Where lives can stand does not ask in which order the set was done; so one leg serves every order
that takes this milestone after that set, and all orders of eight milestones are made of some
thousand legs. A leg is a table of chances: from which point, to which point of the larger set,
with the chance of the goal and the money paid out on the way.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from workbook.exact.stages import Stage
from workbook.outcomes import Floats, Ints
from workbook.plan import Plan
from workbook.play import Told, unheard
from workbook.sequence.crossings import Directed, Walk
from workbook.sequence.orders import Precedence
from workbook.sequence.passages import Crossing, Leg, Passage
from workbook.sequence.points import kept, most_likely, numbered
from workbook.sequence.walk import Walkers, joined

Standing = dict[Stage, tuple[Ints, Floats]]
Leaving = tuple[int, Crossing, Walkers]


class Legs:
    """Every leg of every order of a plan, and where lives can stand in between.

    `points[set][stage]` has shape (rows, points): week, cash in cents, weeks in which cheques are
    due. Sets are bits over the precedence's milestones.
    """

    def __init__(self, plan: Plan, precedence: Precedence, told: Told = unheard) -> None:
        self.precedence, self.told = precedence, told
        self.road = Directed(plan)
        self.first = self.road.first()
        self.points: dict[int, dict[Stage, Ints]] = {}
        self.legs: dict[tuple[int, int], Leg] = {}
        self.starts = self.road.starts()
        self._build()

    @property
    def closed(self) -> list[int]:
        """Every closed set, whether any life can stand there or not."""
        return sorted({0, *(done | 1 << k for done, k in self.legs)})

    def points_of(self, done: int) -> dict[Stage, int]:
        """At how many points lives can stand once a set is done, by stage; nowhere, perhaps."""
        return {stage: points.shape[1] for stage, points in self.points.get(done, {}).items()}

    def _build(self) -> None:
        """All sets by their size, all legs from each."""
        layer: dict[int, Standing] = {0: {self.first: self.starts}}
        while layer:
            left: dict[int, dict[Stage, list[Leaving]]] = {}
            for number, (done, stages) in enumerate(layer.items()):
                self.told((done.bit_count() + number / len(layer)) / (len(self.precedence.ids) + 1))
                self.points[done] = {stage: points for stage, (points, _) in stages.items()}
                for k in self.precedence.ready(done):
                    self._work(done, k, stages, left.setdefault(done | 1 << k, defaultdict(list)))
            layer = {grown: self._numbered(by_end) for grown, by_end in left.items()}
            for leaving in (leg for by_end in left.values() for leg in by_end.values()):
                for _, crossing, _ in leaving:
                    crossing.reach = crossing.reach[:0]  # of no more use, and large

    def _work(self, done: int, k: int, stages: Standing, left: dict[Stage, list[Leaving]]) -> None:
        """Work on a milestone from every point of a set, and note who leaves to which stage."""
        leg = self.legs[done, k] = {}
        self.road.target = self.precedence.ids[k]
        for start, (points, reach) in stages.items():
            walk = Walk(self.road, points, reach)
            out: dict[Stage, list[Walkers]] = defaultdict(list)
            for end, walkers in walk.out(start):
                out[end].append(walkers)
            leg[start] = walk.crossing()
            for end, parts in out.items():
                left[end].append((done, leg[start], joined(parts)))

    def _numbered(self, by_end: dict[Stage, list[Leaving]]) -> Standing:
        """Give each point after a leg its number; let go what no order can make likely."""
        found = {}
        for end, leaving in by_end.items():
            points, number = numbered(np.concatenate([w.state for _, _, w in leaving], axis=1))
            cuts = np.cumsum([len(walkers) for _, _, walkers in leaving])[:-1]
            numbers = np.split(number, cuts)
            reach = most_likely(leaving, numbers, points.shape[1])
            likely = kept(reach)
            place = np.cumsum(likely) - 1
            for (_, crossing, walkers), dst in zip(leaving, numbers, strict=True):
                on = likely[dst]
                if on.any():
                    src, to = walkers.origin[on], place[dst[on]]
                    ways = (src.astype(np.int32), to.astype(np.int32), walkers.chance[on])
                    crossing.passages.append(Passage(end, *ways))
            if likely.any():
                found[end] = (points[:, likely], reach[likely])
        return found
