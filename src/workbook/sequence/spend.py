"""Minimise expected spending for plans without income.

Without funding, revenue or a change of burn, the total price of the goal and its chance are the
same in every order. But a chain that fails early has spent little. With e the expected cost of a
milestone once it is started (attempts and the burn of their weeks) and r its chance of being
reached, an order pays e₁ + r₁e₂ + r₁r₂e₃ + … until its verdict, as long as cash and weeks last.
Without dependencies the minimum is found by sorting by e / (1 − r) (Mitten 1960, "An analytic
solution to the least cost testing sequence problem"; Boothroyd 1960). With dependencies the problem
is hard in general (De Reyck & Leus 2008, "R&D project scheduling when activities may fail"); here
it is solved by dynamic programming over closed sets, because only the set done so far matters, not
its order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, prod

import numpy as np

from workbook.chain import required
from workbook.law import Attempt, Economy, has_its_weeks, moves_by_itself
from workbook.luck import is_range
from workbook.outcomes import Floats, Ints
from workbook.plan import BREAKEVEN, Gives, Milestone, Plan
from workbook.sequence.precedence import Precedence

MOST_BITS = 62
WIDTH = 200_000
"""Closed sets kept per size: all of them up to 20 milestones without any dependency."""


@dataclass(frozen=True)
class Trial:
    """One milestone as a trial: its expected cost once started, and its chance of being reached."""

    outlay: float
    reached: float

    @property
    def ratio(self) -> float:
        """Cost per chance of failing, e / (1 − r): small for cheap and risky milestones."""
        return self.outlay / (1.0 - self.reached) if self.reached < 1 else inf


@dataclass(frozen=True)
class LeastSpend:
    """The cheapest order found, its expected cost until the verdict, and a lower bound.

    `exact` means that no order is cheaper; otherwise `bound` is still a lower bound.
    """

    order: tuple[int, ...]
    outlay: float
    bound: float
    exact: bool


def outlay_of(order: Sequence[int], trials: Sequence[Trial]) -> float:
    """Return the expected cost of an order until its verdict, if cash and weeks last."""
    total, alive = 0.0, 1.0
    for k in order:
        total += alive * trials[k].outlay
        alive *= trials[k].reached
    return total


def by_ratio(trials: Sequence[Trial]) -> tuple[int, ...]:
    """Return the order by ratio, cheap and risky first: optimal without dependencies."""
    return tuple(sorted(range(len(trials)), key=lambda k: trials[k].ratio))


def least_spend(precedence: Precedence, trials: Sequence[Trial], width: int = WIDTH) -> LeastSpend:
    """Find the order with the least expected cost until its verdict.

    Goes through the closed sets by size. Up to `width` sets per size all are kept and the answer is
    exact; beyond that only the most promising are kept (a beam search), and `bound`, the cost of
    the best order without dependencies, limits the possible improvement.
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
    """Closed sets of one size: sorted bit masks, least cost, survival chance, last milestone."""

    sets: Ints
    outlay: Floats
    alive: Floats
    last: Ints

    def select(self, kept: Ints) -> _Layer:
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
            layer, exact = layer.select(np.sort(np.argpartition(hope, width)[:width])), False
        layers.append(layer)
    return layers, exact


def _grown(layer: _Layer, precedence: Precedence, trials: Sequence[Trial]) -> _Layer:
    """Extend the closed sets by one milestone, keeping the cheapest predecessor of each."""
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
    """Bound the remaining cost from below: the best order without dependencies."""
    total, alive = np.zeros(len(layer.sets)), layer.alive.copy()
    for k in by_ratio(trials):
        missing = layer.sets >> k & 1 == 0
        total += np.where(missing, alive * trials[k].outlay, 0.0)
        alive = np.where(missing, alive * trials[k].reached, alive)
    return total


def _traced(layers: list[_Layer]) -> tuple[int, ...]:
    """Trace the order back from the full set."""
    order: list[int] = []
    done = int(layers[-1].sets[0])
    for layer in reversed(layers[1:]):
        last = int(layer.last[np.searchsorted(layer.sets, done)])
        order.append(last)
        done ^= 1 << last
    return tuple(reversed(order))


def _by_neighbours(precedence: Precedence, trials: Sequence[Trial]) -> tuple[int, ...]:
    """Start greedily by ratio, then swap neighbours until no swap helps."""
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
    """Return each milestone as an independent trial; None if order changes more than spending."""
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
    """Whether money can come in, or burn or hours can change."""
    uneven = (plan.due, plan.bills, plan.closed, plan.conditions, plan.ranges, plan.morale)
    if plan.roles or plan.founders or any(uneven) or moves_by_itself(plan):
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
