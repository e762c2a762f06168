"""Spend alone: where money only goes out, and order moves nothing but what is paid on the way.

Without funding, revenue or a change of burn, what has to be paid in all for the goal is the same in
every order, and so is its chance. But a chain that fails early has paid for little. With e what a
milestone costs on average once it is begun (attempts and the burn of their weeks) and r its chance
of being reached, an order pays e₁ + r₁e₂ + r₁r₂e₃ + … until its verdict, as long as cash and weeks
last. Free of dependencies the least is found by sorting by e / (1 − r) (Mitten 1960, "An analytic
solution to the least cost testing sequence problem"; Boothroyd 1960). With dependencies it is hard
in general (De Reyck & Leus 2008, "R&D project scheduling when activities may fail") and found here
by dynamic programming over closed sets: what was done, not in which order, is all that matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, prod

import numpy as np

from workbook.chain import required
from workbook.law import Attempt, Economy, has_its_weeks, moves_by_itself
from workbook.outcomes import Floats, Ints
from workbook.plan import BREAKEVEN, Gives, Milestone, Plan
from workbook.sequence.orders import Precedence
from workbook.spread import is_range

MOST_BITS = 62
WIDTH = 200_000
"""Closed sets kept of each size: all of them up to 20 milestones without any dependency."""


@dataclass(frozen=True)
class Trial:
    """One milestone as a gamble: what it takes on average once begun, and its chance."""

    outlay: float
    reached: float

    @property
    def ratio(self) -> float:
        """Outlay per chance of failing, e / (1 − r): what is cheap and risky has little."""
        return self.outlay / (1.0 - self.reached) if self.reached < 1 else inf


@dataclass(frozen=True)
class LeastSpend:
    """The cheapest order found, what it pays until the verdict, and what no order can beat.

    `exact` says that nothing is cheaper; if not, `bound` still is a floor.
    """

    order: tuple[int, ...]
    outlay: float
    bound: float
    exact: bool


def outlay_of(order: Sequence[int], trials: Sequence[Trial]) -> float:
    """What an order pays until its verdict on average, if cash and weeks last."""
    total, alive = 0.0, 1.0
    for k in order:
        total += alive * trials[k].outlay
        alive *= trials[k].reached
    return total


def by_ratio(trials: Sequence[Trial]) -> tuple[int, ...]:
    """Cheap and risky first: the best order where nothing depends on anything."""
    return tuple(sorted(range(len(trials)), key=lambda k: trials[k].ratio))


def least_spend(precedence: Precedence, trials: Sequence[Trial], width: int = WIDTH) -> LeastSpend:
    """The order that pays least until its verdict.

    Goes through the closed sets by size. Up to `width` of each size all are kept and the answer is
    exact; beyond that only the most promising (a beam search), and `bound`, the best order had
    nothing depended on anything, tells how much may be left.
    """
    bound = outlay_of(by_ratio(trials), trials)
    if len(trials) > MOST_BITS:
        order = _by_neighbours(precedence, trials)
        return LeastSpend(order, outlay_of(order, trials), bound, exact=False)
    layers, exact = _layers(precedence, trials, width)
    order = _traced(layers)
    outlay = outlay_of(order, trials)
    return LeastSpend(order, outlay, outlay if exact else bound, exact)


@dataclass(frozen=True)
class _Layer:
    """Closed sets of one size: bits (sorted), least outlay, chance of getting through, last."""

    sets: Ints
    outlay: Floats
    alive: Floats
    last: Ints

    def where(self, kept: Ints) -> _Layer:
        return _Layer(self.sets[kept], self.outlay[kept], self.alive[kept], self.last[kept])


def _layers(
    precedence: Precedence, trials: Sequence[Trial], width: int
) -> tuple[list[_Layer], bool]:
    start = np.zeros(1, dtype=np.int64)
    layers = [_Layer(start, np.zeros(1), np.ones(1), start)]
    exact = True
    for _ in trials:
        layer = _grown(layers[-1], precedence, trials)
        if len(layer.sets) > width:
            hope = layer.outlay + _left_at_best(layer, trials)
            layer, exact = layer.where(np.sort(np.argpartition(hope, width)[:width])), False
        layers.append(layer)
    return layers, exact


def _grown(layer: _Layer, precedence: Precedence, trials: Sequence[Trial]) -> _Layer:
    """All closed sets with one milestone more, each by its cheapest way."""
    grown = []
    for k, needs in enumerate(precedence.before):
        ready = np.flatnonzero((layer.sets >> k & 1 == 0) & (needs & ~layer.sets == 0))
        grown.append((k, ready, layer.sets[ready] | 1 << k))
    sets = np.unique(np.concatenate([after for _, _, after in grown]))
    outlay, alive = np.full(len(sets), inf), np.zeros(len(sets))
    last = np.zeros(len(sets), dtype=np.int64)
    for k, ready, after in grown:
        place = np.searchsorted(sets, after)
        price = layer.outlay[ready] + layer.alive[ready] * trials[k].outlay
        less = price < outlay[place]
        place = place[less]
        outlay[place], last[place] = price[less], k
        alive[place] = layer.alive[ready][less] * trials[k].reached
    return _Layer(sets, outlay, alive, last)


def _left_at_best(layer: _Layer, trials: Sequence[Trial]) -> Floats:
    """What the rest pays at least: in the best order, had nothing depended on anything."""
    total, alive = np.zeros(len(layer.sets)), layer.alive.copy()
    for k in by_ratio(trials):
        missing = layer.sets >> k & 1 == 0
        total += np.where(missing, alive * trials[k].outlay, 0.0)
        alive = np.where(missing, alive * trials[k].reached, alive)
    return total


def _traced(layers: list[_Layer]) -> tuple[int, ...]:
    """The way back from the whole set."""
    order: list[int] = []
    done = int(layers[-1].sets[0])
    for layer in reversed(layers[1:]):
        last = int(layer.last[np.searchsorted(layer.sets, done)])
        order.append(last)
        done ^= 1 << last
    return tuple(reversed(order))


def _by_neighbours(precedence: Precedence, trials: Sequence[Trial]) -> tuple[int, ...]:
    """Of what is ready the lowest ratio, then neighbours changed until no change pays."""
    order: list[int] = []
    done = 0
    while len(order) < len(trials):
        order.append(min(precedence.ready(done), key=lambda k: trials[k].ratio))
        done |= 1 << order[-1]
    improved = True
    while improved:
        improved = False
        for i in range(len(order) - 1):
            one, other = order[i], order[i + 1]
            if trials[other].ratio < trials[one].ratio and not precedence.before[other] >> one & 1:
                order[i], order[i + 1] = other, one
                improved = True
    return tuple(order)


def trials_of(plan: Plan, precedence: Precedence) -> tuple[Trial, ...] | None:
    """Each milestone as a gamble of its own; None where order moves more than spend."""
    if plan.teams > 1 or plan.goal == BREAKEVEN or _has_inflow(plan):
        return None
    milestones = [plan.milestone(id) for id in precedence.ids]
    needed = required(plan)
    economy = Economy.of(plan)
    for m in milestones:
        ranged = is_range(m.weeks) or is_range(m.hours) or is_range(m.cost)
        endless = m.attempts is None and m.rates[-1] <= 0 and not m.tests
        no_hours = m.hours is not None and economy.free_hours <= 0
        if has_its_weeks(m) or m.id not in needed or ranged or endless or no_hours or m.relies_on:
            return None
    return tuple(_trial(m, economy) for m in milestones)


def _trial(milestone: Milestone, economy: Economy) -> Trial:
    attempt = Attempt(milestone, economy)
    return Trial(attempt.expected_cents / 100, attempt.reached)


def _has_inflow(plan: Plan) -> bool:
    """Whether money can come in, or the burn or the hours change, on any way."""
    if plan.due or plan.bills or plan.closed or plan.conditions or moves_by_itself(plan):
        return True
    gifts: list[Gives] = [m.gives for m in plan.attempted if m.gives]
    redesigns = [m.tests.redesign.gives for m in plan.milestones if m.tests]
    gifts += [gives for gives in redesigns if gives]
    moving = ("burn_per_week", "hours_per_week", "running_hours_per_week", "funding")
    if any(getattr(gives, name) is not None for gives in gifts for name in moving):
        return True
    economy = Economy.of(plan)
    factors = ("reach_per_week", "conversion", "price", "margin", "revenue_per_week")
    after = [economy, *(economy.after(gives) for gives in gifts)]
    best = [max(getattr(one, name) for one in after) for name in factors]
    return bool(prod(best[:4]) + best[4] > 0)
