"""Exact scores of all orders at once, by meeting in the middle, and the ranking made of them.

Each order is split into two halves. The first half gives the probability of each point when it is
done; the second half gives the value of each such point. Their product is the order's chance of
the goal. Forty thousand orders of eight milestones need only some two thousand first halves and
as many second halves (Horowitz & Sahni 1974, "Computing partitions", J. ACM).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from workbook.errors import Message
from workbook.exact.stages import Stage
from workbook.law import goal_holds
from workbook.outcomes import Floats, Ints
from workbook.plan import Plan
from workbook.play import Gap, OnProgress, no_progress
from workbook.sequence.precedence import Precedence, all_compared
from workbook.sequence.propagate import TransitionTables, gained_when_idle
from workbook.sequence.ranking import Ranking, Scored, Swap, reasons

Orders = NDArray[np.int16]


@dataclass(frozen=True)
class Scores:
    """The scores of every order.

    `orders` has shape (orders, milestones): positions in the precedence; `goal` is the chance of
    the goal; `cash` the expected money left at the verdict.
    """

    orders: Orders
    goal: Floats
    cash: Floats


@dataclass(frozen=True)
class Half:
    """First or second halves of the orders of one set.

    Holds the orders, goal and cents so far, and by stage the probabilities (orders, points) of
    first halves, or the values (2, points, orders) of second halves.
    """

    orders: Orders
    totals: Floats
    by_stage: dict[Stage, Floats]


def score_all(plan: Plan, precedence: Precedence, on_progress: OnProgress = no_progress) -> Scores:
    """Score every order of a plan for one team exactly; `on_progress` gets the share done.

    Raises
    ------
    TooManyPointsError
        If the reachable points need too much memory.
    """
    tables = TransitionTables(plan, precedence, on_progress)
    size, start = len(precedence.ids), tables.program.start_cents()
    if goal_holds(plan, tables.program.economies[tables.first.economy], tables.first.reached):
        orders = np.array(list(precedence.every()), dtype=np.int16).reshape(-1, size)
        return Scores(orders, np.ones(len(orders)), np.full(len(orders), start / 100))
    middle = size // 2
    firsts = _first_halves(tables, middle)
    seconds = _second_halves(tables, middle)
    parts = [_combined(first, seconds[done]) for done, first in firsts.items()]
    return Scores(
        np.concatenate([orders for orders, _ in parts]),
        np.concatenate([totals[0] for _, totals in parts]),
        (start + np.concatenate([totals[1] for _, totals in parts])) / 100,
    )


def _sets(tables: TransitionTables, size: int) -> list[int]:
    return [done for done in tables.closed if done.bit_count() == size]


def _first_halves(tables: TransitionTables, middle: int) -> dict[int, Half]:
    """Return all first halves, by the set that they complete."""
    shares = {tables.first: tables.starts[1][None, :]}
    halves = {0: Half(np.zeros((1, 0), dtype=np.int16), np.zeros((2, 1)), shares)}
    for size in range(1, middle + 1):
        halves = {
            done: _concatenated_firsts(
                [
                    _extended(tables, halves[done ^ 1 << k], done ^ 1 << k, k)
                    for k in range(len(tables.precedence.ids))
                    if (done ^ 1 << k, k) in tables.transitions
                ]
            )
            for done in _sets(tables, size)
        }
    return halves


def _extended(tables: TransitionTables, half: Half, done: int, k: int) -> Half:
    """Append one milestone to first halves."""
    moves, after = tables.transitions[done, k], tables.points_of(done | 1 << k)
    totals = half.totals.copy()
    by_stage: dict[Stage, Floats] = {}
    for stage, shares in half.by_stage.items():
        more, arrived = moves[stage].forward(shares, after)
        totals += more
        for end, moved in arrived.items():
            by_stage[end] = by_stage.get(end, 0.0) + moved
    last = np.full((len(half.orders), 1), k, dtype=np.int16)
    return Half(np.hstack([half.orders, last]), totals, by_stage)


def _concatenated_firsts(halves: list[Half]) -> Half:
    stages = {s: shares.shape[1] for half in halves for s, shares in half.by_stage.items()}
    by_stage = {
        stage: np.concatenate(
            [half.by_stage.get(stage, np.zeros((len(half.orders), n))) for half in halves]
        )
        for stage, n in stages.items()
    }
    orders = np.concatenate([half.orders for half in halves])
    return Half(orders, np.concatenate([half.totals for half in halves], axis=1), by_stage)


def _second_halves(tables: TransitionTables, middle: int) -> dict[int, Half]:
    """Return all second halves, by the set that must be done before them."""
    size = len(tables.precedence.ids)
    whole = (1 << size) - 1
    rest = {
        stage: np.stack(
            [np.zeros(points.shape[1]), gained_when_idle(tables.program, stage, points)]
        )
        for stage, points in tables.points.get(whole, {}).items()
    }
    worth = {stage: channels[:, :, None] for stage, channels in rest.items()}
    halves = {whole: Half(np.zeros((1, 0), dtype=np.int16), np.zeros((2, 1)), worth)}
    for done_count in range(size - 1, middle - 1, -1):
        halves = {
            done: _concatenated_seconds(
                [
                    _prepended(tables, halves[done | 1 << k], done, k)
                    for k in tables.precedence.ready(done)
                ]
            )
            for done in _sets(tables, done_count)
        }
    return halves


def _prepended(tables: TransitionTables, half: Half, done: int, k: int) -> Half:
    """Prepend one milestone to second halves."""
    count = len(half.orders)
    moves = tables.transitions[done, k]
    worth = {
        stage: transition.backward(half.by_stage, count) for stage, transition in moves.items()
    }
    first = np.full((count, 1), k, dtype=np.int16)
    return Half(np.hstack([first, half.orders]), half.totals, worth)


def _concatenated_seconds(halves: list[Half]) -> Half:
    stages = halves[0].by_stage
    by_stage = {s: np.concatenate([half.by_stage[s] for half in halves], axis=2) for s in stages}
    return Half(np.concatenate([half.orders for half in halves]), halves[0].totals, by_stage)


def _combined(first: Half, second: Half) -> tuple[Orders, Floats]:
    """Combine first and second halves; return the orders with their goal and cents."""
    totals = np.repeat(first.totals[:, :, None], len(second.orders), axis=2)
    for stage, shares in first.by_stage.items():
        for channel in (0, 1):
            totals[channel] += shares @ second.by_stage[stage][channel]
    heads = np.repeat(first.orders, len(second.orders), axis=0)
    tails = np.tile(second.orders, (len(first.orders), 1))
    return np.hstack([heads, tails]), totals.reshape(2, -1)


SAME_GOAL = 1e-6
SAME_MONEY = 0.005
TOP = 10


class ExactRanking:
    """Every order by its number, including the current one."""

    def __init__(self, plan: Plan, precedence: Precedence, scores: Scores) -> None:
        self.plan, self.precedence, self.scores = plan, precedence, scores
        self.numbers = {tuple(order): n for n, order in enumerate(scores.orders.tolist())}
        self.current = self.numbers[tuple(range(len(precedence.ids)))]

    @cached_property
    def sorting(self) -> Ints:
        """Order numbers, best first: by goal to a millionth, then by cash to a cent."""
        return np.lexsort((-np.round(self.scores.cash, 2), -np.round(self.scores.goal, 6)))

    def scored(self, n: int) -> Scored:
        """Return one order with its score."""
        order = self.precedence.names(self.scores.orders[n].tolist())
        ids = (*order, *self.precedence.never)
        return Scored(ids, float(self.scores.goal[n]), float(self.scores.cash[n]))

    def gaps(self, n: int) -> tuple[Gap, Gap]:
        """Return the gaps to the current order, goal and cash; rounding errors count as 0."""
        goal = float(self.scores.goal[n] - self.scores.goal[self.current])
        money = float(self.scores.cash[n] - self.scores.cash[self.current])
        return (
            Gap(goal if abs(goal) > SAME_GOAL else 0.0),
            Gap(money if abs(money) > SAME_MONEY else 0.0),
        )

    def position(self) -> tuple[int, int]:
        """Count the orders better than the current one, and those equal to it (itself included)."""
        goal = self.scores.goal - self.scores.goal[self.current]
        money = self.scores.cash - self.scores.cash[self.current]
        alike = np.abs(goal) <= SAME_GOAL
        better = (goal > SAME_GOAL) | (alike & (money > SAME_MONEY))
        return int(better.sum()), int((alike & (np.abs(money) <= SAME_MONEY)).sum())

    def swap(self) -> Swap | None:
        """Return the swap with the best goal, then the most cash; the nearest of equal ones."""
        ids = self.precedence.ids
        unique_states = [
            (self.numbers[after], ids[i], ids[j])
            for i, j, after in self.precedence.swaps(range(len(ids)))
        ]
        swaps = [Swap(one, other, self.scored(n), *self.gaps(n)) for n, one, other in unique_states]

        def merit(swap: Swap) -> tuple[float, float]:
            return -round(swap.scored.goal, 6), -round(swap.scored.cash, 2)

        return min(swaps, key=merit, default=None)

    def reasons(self, best: int) -> tuple[Message, ...]:
        """Say why the best order is better, and how it was found."""
        count = len(self.numbers)
        if count == 1:
            return (Message("The dependencies allow only one order."),)
        how = all_compared(count)
        yours = self.scored(self.current)
        return (*reasons(self.plan, yours, self.scored(best), *self.gaps(best)), how)

    def ranking(self) -> Ranking:
        """Return the complete ranking."""
        ahead, level = self.position()
        best = int(self.sorting[0]) if ahead else self.current
        goal, money = self.gaps(best)
        return Ranking(
            plan=self.plan.id,
            currency=self.plan.currency,
            how="exact",
            method="every",
            runs=0,
            seed=None,
            orders=len(self.numbers),
            tried=len(self.numbers),
            position=ahead + 1,
            level=level,
            ahead=ahead / len(self.numbers),
            yours=self.scored(self.current),
            best=self.scored(best),
            goal_gain=goal,
            cash_gain=money,
            swap=self.swap(),
            bound=None,
            reasons=self.reasons(best),
            top=tuple(self.scored(int(n)) for n in self.sorting[:TOP]),
        )
