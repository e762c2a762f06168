"""Score all orders at once by meeting in the middle.

Each order is split into two halves. The first half gives the probability of each point when it is
done; the second half gives the value of each such point. Their product is the order's chance of
the goal. Forty thousand orders of eight milestones need only some two thousand first halves and
as many second halves (Horowitz & Sahni 1974, "Computing partitions", J. ACM).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbook.exact.stages import Stage
from workbook.law import goal_holds
from workbook.outcomes import Floats
from workbook.plan import Plan
from workbook.play import OnProgress, no_progress
from workbook.sequence.precedence import Precedence
from workbook.sequence.propagate import gained_when_idle
from workbook.sequence.transition_tables import TransitionTables

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
