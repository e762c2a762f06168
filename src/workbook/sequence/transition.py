"""Sparse transition tables between points, applied forward and backward.

Forward they move the probability mass of each point; backward they compute the value of each
point from the values of the later points. States are merged before each attempt: those with the
same week and cash become one node, so a table has hardly more nodes than starting points, however
many attempts it takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from workbook.exact.stages import Stage
from workbook.outcomes import Floats

Nodes = NDArray[np.int32]


@dataclass(frozen=True)
class StepMap:
    """A map from nodes before one step to merged nodes after it, all with the same probability.

    Nodes are numbered over the whole table; the nodes after the step are `first` … `first + count`.
    No node appears twice in `src`.
    """

    src: Nodes
    dst: Nodes
    chance: float
    first: int
    count: int


@dataclass(frozen=True)
class ExitMap:
    """A map from nodes to numbered points of one later stage, with probabilities."""

    end: Stage
    src: Nodes
    dst: Nodes
    chance: Floats

    def forward(self, shares: Floats, points: int) -> Floats:
        """Move mass by node, shape (orders, nodes), to the later points."""
        order = np.argsort(self.dst, kind="stable")
        dst = self.dst[order]
        first = np.flatnonzero(np.diff(dst, prepend=-1))
        result = np.zeros((len(shares), points))
        moved = shares[:, self.src[order]] * self.chance[order]
        result[:, dst[first]] = np.add.reduceat(moved, first, axis=1)
        return result

    def backward(self, worth: Floats, value: Floats) -> None:
        """Add the value of the later points to the value of nodes, shape (nodes, orders)."""
        order = np.argsort(self.src, kind="stable")
        src = self.src[order]
        first = np.flatnonzero(np.diff(src, prepend=-1))
        moved = worth[self.dst[order]] * self.chance[order][:, None]
        value[src[first]] += np.add.reduceat(moved, first, axis=0)


@dataclass
class Transition:
    """The transition from one stage: starting points, then merged nodes step by step.

    `goal` and `gained` hold for each node the probability that the next step reaches the goal, and
    the expected cents that it earns (minus what it costs); `reach` is an upper bound, over all
    orders, of the probability of getting there.
    """

    starts: int
    goal: Floats
    gained: Floats
    reach: Floats
    step_maps: list[StepMap] = field(default_factory=list)
    exit_maps: list[ExitMap] = field(default_factory=list)

    def forward(
        self, shares: Floats, points: Mapping[Stage, int]
    ) -> tuple[Floats, dict[Stage, Floats]]:
        """Move the mass of the starting points, (orders, starts), through the transition.

        Returns goal probability and cents of this transition, (2, orders), and the mass at the
        points of each later stage.
        """
        there = np.zeros((len(shares), len(self.goal)))
        there[:, : self.starts] = shares
        for step_map in self.step_maps:
            here = there[:, step_map.first : step_map.first + step_map.count]
            for row, share in enumerate(there[:, step_map.src] * step_map.chance):
                here[row] += np.bincount(step_map.dst - step_map.first, share, step_map.count)
        totals = np.stack([there @ self.goal, there @ self.gained])
        return totals, {p.end: p.forward(there, points[p.end]) for p in self.exit_maps}

    def backward(self, worth: Mapping[Stage, Floats], orders: int) -> Floats:
        """Return the value of the starting points, (2, starts, orders): goal and cents.

        `worth` holds the values of the later points by stage, shape (2, points, orders).
        """
        value = np.empty((2, len(self.goal), orders))
        value[0], value[1] = self.goal[:, None], self.gained[:, None]
        for exit_map in self.exit_maps:
            for channel in (0, 1):
                exit_map.backward(worth[exit_map.end][channel], value[channel])
        for step_map in reversed(self.step_maps):
            for channel in (0, 1):
                value[channel, step_map.src] += value[channel, step_map.dst] * step_map.chance
        return value[:, : self.starts]


Transitions = dict[Stage, Transition]
