"""Transition tables for one milestone after each closed set of others.

The reachable points do not depend on the order in which a set was done. So one table serves every
order that takes this milestone after that set, and all orders of eight milestones share a few
thousand tables. A table maps points to points of the larger set, with probabilities, the chance of
the goal and the expected money of the step.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from workbook.exact.stages import Stage
from workbook.outcomes import Floats, Ints
from workbook.plan import Plan
from workbook.play import OnProgress, no_progress
from workbook.sequence.precedence import Precedence
from workbook.sequence.propagate import OrderedProgram, Propagation
from workbook.sequence.states import (
    WeightedStates,
    concatenated,
    likely_points,
    unique_states,
    upper_bounds,
)
from workbook.sequence.transition import ExitMap, Transition, Transitions

PointsByStage = dict[Stage, tuple[Ints, Floats]]
Exit = tuple[int, Transition, WeightedStates]


class TransitionTables:
    """All transition tables of a plan, and the points between them.

    `points[set][stage]` has shape (rows, points): week, cash in cents, weeks of due payments. Sets
    are bit masks over the milestones of the precedence.
    """

    def __init__(
        self, plan: Plan, precedence: Precedence, on_progress: OnProgress = no_progress
    ) -> None:
        self.precedence, self.on_progress = precedence, on_progress
        self.program = OrderedProgram(plan)
        self.first = self.program.first()
        self.points: dict[int, dict[Stage, Ints]] = {}
        self.transitions: dict[tuple[int, int], Transitions] = {}
        self.starts = self.program.starts()
        self._build()

    @property
    def closed(self) -> list[int]:
        """Every closed set, including those that no run reaches."""
        return sorted({0, *(done | 1 << k for done, k in self.transitions)})

    def points_of(self, done: int) -> dict[Stage, int]:
        """Return the number of points per stage once a set is done; empty if it is unreachable."""
        return {stage: points.shape[1] for stage, points in self.points.get(done, {}).items()}

    def _build(self) -> None:
        """Build the tables of all sets, by set size."""
        layer: dict[int, PointsByStage] = {0: {self.first: self.starts}}
        while layer:
            left: dict[int, dict[Stage, list[Exit]]] = {}
            for number, (done, stages) in enumerate(layer.items()):
                self.on_progress(
                    (done.bit_count() + number / len(layer)) / (len(self.precedence.ids) + 1)
                )
                self.points[done] = {stage: points for stage, (points, _) in stages.items()}
                for k in self.precedence.ready(done):
                    self._work(done, k, stages, left.setdefault(done | 1 << k, defaultdict(list)))
            layer = {grown: self._numbered(by_end) for grown, by_end in left.items()}
            for exits in (found for by_end in left.values() for found in by_end.values()):
                for _, transition, _ in exits:
                    transition.reach = transition.reach[:0]  # no longer needed, and large

    def _work(
        self, done: int, k: int, stages: PointsByStage, left: dict[Stage, list[Exit]]
    ) -> None:
        """Compute the transitions of one milestone from every point of a set; collect the exits."""
        moves = self.transitions[done, k] = {}
        self.program.target = self.precedence.ids[k]
        for start, (points, reach) in stages.items():
            propagation = Propagation(self.program, points, reach)
            out: dict[Stage, list[WeightedStates]] = defaultdict(list)
            for end, states in propagation.exits(start):
                out[end].append(states)
            moves[start] = propagation.transition()
            for end, parts in out.items():
                left[end].append((done, moves[start], concatenated(parts)))

    def _numbered(self, by_end: dict[Stage, list[Exit]]) -> PointsByStage:
        """Number the points after a step; prune those that are unlikely in every order."""
        found = {}
        for end, exits in by_end.items():
            points, number = unique_states(np.concatenate([w.state for _, _, w in exits], axis=1))
            cuts = np.cumsum([len(states) for _, _, states in exits])[:-1]
            numbers = np.split(number, cuts)
            reach = upper_bounds(exits, numbers, points.shape[1])
            likely = likely_points(reach)
            point = np.cumsum(likely) - 1
            for (_, transition, states), dst in zip(exits, numbers, strict=True):
                on = likely[dst]
                if on.any():
                    src, to = states.origin[on], point[dst[on]]
                    columns = (src.astype(np.int32), to.astype(np.int32), states.chance[on])
                    transition.exit_maps.append(ExitMap(end, *columns))
            if likely.any():
                found[end] = (points[:, likely], reach[likely])
        return found
