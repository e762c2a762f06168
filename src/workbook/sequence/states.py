"""Many weighted states at once, each advanced through the weeks of one attempt.

A state is a week, a cash balance and the payments due. Each keeps the number of the point it
started from, so that the outcome of every point is computed in one pass, whichever order led
there. The rules are those of `law/week.py`, as in the exact engine, which also supplies the steps.

The result is a sparse transition table between points. Forward it moves the probability mass of
each point; backward it computes the value of each point from the values of the later points. States
are merged before each attempt: those with the same week and cash become one node, so a table has
hardly more nodes than starting points, however many attempts it takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from workbook.exact.stages import Branch, Stage, Step
from workbook.outcomes import Floats, Ints

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


StageTransitions = dict[Stage, Transition]


NEVER = np.iinfo(np.int64).max // 2
WEEK, CASH, DUES = 0, 1, 2
PRUNED_CHANCE = 1e-7
"""Largest probability mass that any order may lose by pruning at one set of milestones."""
LARGEST_KEY = 2**62


@dataclass(frozen=True)
class WeightedStates:
    """States in columns, each with its starting point and its probability.

    `state` has the rows week, cash (cents), then per due payment its week (0: none).
    """

    origin: Ints
    state: Ints
    chance: Floats

    def __len__(self) -> int:
        return len(self.chance)

    def select(self, mask: NDArray[np.bool_]) -> WeightedStates:
        """Return the states selected by the mask."""
        return WeightedStates(self.origin[mask], self.state[:, mask], self.chance[mask])


def concatenated(parts: list[WeightedStates]) -> WeightedStates:
    """Concatenate several groups of states."""
    if len(parts) == 1:
        return parts[0]
    return WeightedStates(
        np.concatenate([part.origin for part in parts]),
        np.concatenate([part.state for part in parts], axis=1),
        np.concatenate([part.chance for part in parts]),
    )


@dataclass
class CashFlow:
    """The cash rules of a plan, and the expected gain of each starting point in cents.

    `amounts` has the cents of each due payment; `gained` is income minus expenses.
    """

    horizon: int
    cash_limited: bool
    amounts: Ints
    gained: Floats

    def step(self, step: Step, states: WeightedStates) -> list[tuple[WeightedStates, bool]]:
        """Advance by one step; each group is done with the step (True) or must retry (False)."""
        states = states.select(states.state[WEEK] < self.horizon)
        able = np.full(len(states), not step.no_hours)
        if self.cash_limited:
            able &= states.state[CASH] >= step.price
        moved = []
        if not able.all():
            moved.append((self._wait(step, states.select(~able)), False))
            states = states.select(able)
        if len(states):
            self.gain(states, -step.price)
            state = states.state.copy()
            state[CASH] -= step.price
            states = WeightedStates(states.origin, state, states.chance)
            weeks = np.full(len(states), step.weeks)
            moved.append((self._advance(step.net, states, weeks), True))
        return moved

    def branches(
        self, stage: Stage, step: Step, states: WeightedStates
    ) -> Iterator[tuple[Branch, WeightedStates]]:
        """Advance by one step; yield each result with its states, what it brings at once gained."""
        for moved, tried in self.step(step, states):
            for branch in step.branches if tried else (Branch(1.0, stage),):
                if len(moved):
                    self.gain(moved, branch.chance * branch.at_once)
                    yield branch, moved

    def gain(self, states: WeightedStates, amount: Ints | float) -> None:
        """Add an income, or an expense below 0, to the starting points of these states."""
        weights = states.chance * amount
        self.gained += np.bincount(states.origin, weights=weights, minlength=len(self.gained))

    def _wait(self, step: Step, states: WeightedStates) -> WeightedStates:
        """Wait until the attempt can be paid; states for which nothing will change are ruined."""
        due = self._next_due(states.state)
        if step.no_hours:
            weeks = np.full(len(states), self.horizon)
        elif step.net > 0:
            missing = step.price - states.state[CASH]
            weeks = np.minimum(due - states.state[WEEK], -(-missing // step.net))
        else:
            hopeful = due < NEVER
            states, due = states.select(hopeful), due[hopeful]
            weeks = due - states.state[WEEK]
        return self._advance(step.net, states, weeks)

    def _next_due(self, state: Ints) -> Ints:
        if len(state) == DUES:
            return np.full(state.shape[1], NEVER)
        due: Ints = np.where(state[DUES:] > 0, state[DUES:], NEVER).min(axis=0)
        return due

    def _advance(self, net: int, states: WeightedStates, weeks: Ints) -> WeightedStates:
        """Advance a number of weeks with bills and payments; return the surviving states."""
        end = states.state[WEEK] + weeks
        done = []
        while len(states):
            state = states.state.copy()
            stop = np.minimum(np.minimum(end, self.horizon), self._next_due(state))
            elapsed = stop - state[WEEK]
            if self.cash_limited and net < 0:
                lasting = state[CASH] // -net
                alive = lasting >= elapsed
                elapsed = np.minimum(elapsed, lasting + 1)
            else:
                alive = np.ones(len(states), dtype=bool)
            state[CASH] += net * elapsed
            state[WEEK] = stop
            for row, amount in enumerate(self.amounts, DUES):
                now = state[row] == stop
                state[CASH] += amount * (now & alive)
                state[row][now] = 0
            self.gain(states, state[CASH] - states.state[CASH])
            states = WeightedStates(states.origin, state, states.chance)
            done.append(states.select(alive & (end <= stop)))
            on = alive & (end > stop) & (stop < self.horizon)
            states, end = states.select(on), end[on]
        return concatenated(done) if done else states


def upper_bounds(
    exits: Sequence[tuple[int, Transition, WeightedStates]], numbers: Sequence[Ints], points: int
) -> Floats:
    """Bound the probability of each point over all orders: the maximum over the last milestone."""
    by_set: dict[int, Floats] = {}
    for (done, transition, states), number in zip(exits, numbers, strict=True):
        weights = states.chance * transition.reach[states.origin]
        by_set.setdefault(done, np.zeros(points))
        by_set[done] += np.bincount(number, weights=weights, minlength=points)
    return np.asarray(np.max(list(by_set.values()), axis=0), dtype=np.float64)


def likely_points(reach: Floats) -> NDArray[np.bool_]:
    """Drop the least likely points, together at most `PRUNED_CHANCE`."""
    order = np.argsort(reach)
    likely = np.ones(len(reach), dtype=bool)
    likely[order[np.cumsum(reach[order]) < PRUNED_CHANCE]] = False
    return likely


def unique_states(state: Ints) -> tuple[Ints, Ints]:
    """Return the unique columns, and for each column the index of its unique column."""
    low = state.min(axis=1)
    sizes = [int(size) for size in state.max(axis=1) - low + 1]
    if np.prod(sizes, dtype=object) >= LARGEST_KEY:
        points, number = np.unique(state, axis=1, return_inverse=True)
        return points, number.reshape(-1)
    keys = np.zeros(state.shape[1], dtype=np.int64)
    for row, size in enumerate(sizes):
        keys = keys * size + (state[row] - low[row])
    _, first, number = np.unique(keys, return_index=True, return_inverse=True)
    return state[:, first], number.reshape(-1)
