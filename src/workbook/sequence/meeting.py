"""All orders at once: first halves and second halves meet in the middle.

An order is a first half and a second half. The first half says where lives stand when it is done
and with what chance; the second half says what each such point is worth. Their product is the
order's chance of the goal. Forty thousand orders of eight milestones are so some two thousand
first halves and as many second halves (Horowitz & Sahni 1974, "Computing partitions", J. ACM).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbook.exact.stages import Stage
from workbook.law import goal_holds
from workbook.outcomes import Floats
from workbook.plan import Plan
from workbook.play import Told, unheard
from workbook.sequence.crossings import gained_at_rest
from workbook.sequence.legs import Legs
from workbook.sequence.orders import Precedence

Orders = NDArray[np.int16]


@dataclass(frozen=True)
class Scores:
    """Every order with what it comes to.

    `orders` has shape (orders, milestones): positions in the precedence; `goal` the chance of the
    goal; `cash` the money left at the verdict, expected.
    """

    orders: Orders
    goal: Floats
    cash: Floats


@dataclass(frozen=True)
class Half:
    """First or second halves of one set: the orders, goal and cents so far, and by stage the
    shares (orders, points) or, for second halves, the worth (2, points, orders).
    """

    orders: Orders
    totals: Floats
    by_stage: dict[Stage, Floats]


def score_all(plan: Plan, precedence: Precedence, told: Told = unheard) -> Scores:
    """Score every order of a plan for one team, without noise; `told` hears what share is done.

    Raises
    ------
    TooManyPointsError
        Where lives can stand at more points than can be held.
    """
    legs = Legs(plan, precedence, told)
    size, start = len(precedence.ids), legs.road.start_cents()
    if goal_holds(plan, legs.road.economies[legs.first.economy], legs.first.reached):
        orders = np.array(list(precedence.every()), dtype=np.int16).reshape(-1, size)
        return Scores(orders, np.ones(len(orders)), np.full(len(orders), start / 100))
    middle = size // 2
    firsts = _firsts(legs, middle)
    seconds = _seconds(legs, middle)
    parts = [_met(first, seconds[done]) for done, first in firsts.items()]
    return Scores(
        np.concatenate([orders for orders, _ in parts]),
        np.concatenate([totals[0] for _, totals in parts]),
        (start + np.concatenate([totals[1] for _, totals in parts])) / 100,
    )


def _sets(legs: Legs, size: int) -> list[int]:
    return [done for done in legs.closed if done.bit_count() == size]


def _firsts(legs: Legs, middle: int) -> dict[int, Half]:
    """All first halves, by the set that they do."""
    shares = {legs.first: legs.starts[1][None, :]}
    halves = {0: Half(np.zeros((1, 0), dtype=np.int16), np.zeros((2, 1)), shares)}
    for size in range(1, middle + 1):
        halves = {
            done: _joined_firsts(
                [
                    _extended(legs, halves[done ^ 1 << k], done ^ 1 << k, k)
                    for k in range(len(legs.precedence.ids))
                    if (done ^ 1 << k, k) in legs.legs
                ]
            )
            for done in _sets(legs, size)
        }
    return halves


def _extended(legs: Legs, half: Half, done: int, k: int) -> Half:
    """First halves with one more milestone."""
    leg, after = legs.legs[done, k], legs.points_of(done | 1 << k)
    totals = half.totals.copy()
    by_stage: dict[Stage, Floats] = {}
    for stage, shares in half.by_stage.items():
        more, arrived = leg[stage].forward(shares, after)
        totals += more
        for end, moved in arrived.items():
            by_stage[end] = by_stage.get(end, 0.0) + moved
    last = np.full((len(half.orders), 1), k, dtype=np.int16)
    return Half(np.hstack([half.orders, last]), totals, by_stage)


def _joined_firsts(halves: list[Half]) -> Half:
    stages = {s: shares.shape[1] for half in halves for s, shares in half.by_stage.items()}
    by_stage = {
        stage: np.concatenate(
            [half.by_stage.get(stage, np.zeros((len(half.orders), n))) for half in halves]
        )
        for stage, n in stages.items()
    }
    orders = np.concatenate([half.orders for half in halves])
    return Half(orders, np.concatenate([half.totals for half in halves], axis=1), by_stage)


def _seconds(legs: Legs, middle: int) -> dict[int, Half]:
    """All second halves, by the set that must be done before them."""
    size = len(legs.precedence.ids)
    whole = (1 << size) - 1
    rest = {
        stage: np.stack([np.zeros(points.shape[1]), gained_at_rest(legs.road, stage, points)])
        for stage, points in legs.points.get(whole, {}).items()
    }
    worth = {stage: channels[:, :, None] for stage, channels in rest.items()}
    halves = {whole: Half(np.zeros((1, 0), dtype=np.int16), np.zeros((2, 1)), worth)}
    for done_count in range(size - 1, middle - 1, -1):
        halves = {
            done: _joined_seconds(
                [
                    _preceded(legs, halves[done | 1 << k], done, k)
                    for k in legs.precedence.ready(done)
                ]
            )
            for done in _sets(legs, done_count)
        }
    return halves


def _preceded(legs: Legs, half: Half, done: int, k: int) -> Half:
    """Second halves with one milestone before them."""
    count = len(half.orders)
    leg = legs.legs[done, k]
    worth = {stage: crossing.backward(half.by_stage, count) for stage, crossing in leg.items()}
    first = np.full((count, 1), k, dtype=np.int16)
    return Half(np.hstack([first, half.orders]), half.totals, worth)


def _joined_seconds(halves: list[Half]) -> Half:
    stages = halves[0].by_stage
    by_stage = {s: np.concatenate([half.by_stage[s] for half in halves], axis=2) for s in stages}
    return Half(np.concatenate([half.orders for half in halves]), halves[0].totals, by_stage)


def _met(first: Half, second: Half) -> tuple[Orders, Floats]:
    """Every order of a first and a second half, and its goal and cents."""
    totals = np.repeat(first.totals[:, :, None], len(second.orders), axis=2)
    for stage, shares in first.by_stage.items():
        for channel in (0, 1):
            totals[channel] += shares @ second.by_stage[stage][channel]
    heads = np.repeat(first.orders, len(second.orders), axis=0)
    tails = np.tile(second.orders, (len(first.orders), 1))
    return np.hstack([heads, tails]), totals.reshape(2, -1)
