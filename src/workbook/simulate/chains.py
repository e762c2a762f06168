"""Attempts of several plays as thresholds of one uniform, which no failure rescales.

A run draws one uniform for a milestone. Played alone, what is left of it is rescaled after each
failure (`luck.after_failure`); here it stays, and what is compared with it is the threshold that
comes to the same (`luck.bars`). So runs of plays with different rates need no draws of their own,
and part only where one passes and another fails.

Which attempts have failed on a path so far is a chain, a number: equal for paths at whose attempts
every play had the same rates.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from workbook.luck import next_bar
from workbook.outcomes import Floats, Ints
from workbook.simulate.tables import NONE, Tables

KINDS = ("attempt", "test", "truth")
Attempt = tuple[int, int, bool]
"""The forks before an attempt, the number of its rate, and whether its hypothesis is true."""


class Rated(Protocol):
    """The variants of several plays, as chains ask for their rates."""

    ids: tuple[str, ...]
    tables: Tables

    def of_root(self, root: int, history: int) -> int:
        """Return the variant of a plan after these forks."""


class Chains:
    """The thresholds of attempts: by group of plays and chain, `bars` and `sets` of plays.

    The first chains have no attempt: one for each kind of draw and milestone, in this order.
    """

    def __init__(self, variants: Rated, root_of: Ints) -> None:
        self.variants, self.root_of = variants, root_of.tolist()
        many = len(KINDS) * len(variants.ids)
        self._came_from: list[tuple[int, Attempt]] = [(NONE, (0, 0, False))] * many
        self._slot = list(range(many))
        self._rated = [[0] * len(root_of) for _ in range(many)]
        self._asked = np.zeros(many, dtype=np.int64)
        self._known: dict[tuple[int, Attempt], int] = {}
        self._next, self._width = np.full((many, 0), NONE), 0
        self._rates: list[tuple[float, ...]] = [()]
        self._bars = [0.0]
        self._longer: dict[tuple[int, float], int] = {}
        self.bars, self.sets = np.zeros((1, many)), np.zeros((1, many), dtype=np.int64)

    def after(self, before: Ints, histories: Ints, made: Ints, true: Ints, plays: Ints) -> Ints:
        """Return each of these chains with one attempt more, whose thresholds are known for these
        plays. `made` counts the attempts, this one included; `true` is 1 where a hypothesis is.
        """
        width = self.variants.tables.rates.shape[-1]
        number = np.minimum(made, width)
        step = (histories * width + number - 1) * 2 + true
        self._make_room(int(step.max()) + 1, width)
        found = self._next[before, step]
        for at in (found == NONE).nonzero()[0].tolist():
            of, next_step = before[at], step[at]
            if self._next[of, next_step] == NONE:
                attempt = int(histories[at]), int(number[at]), bool(true[at])
                self._next[of, next_step] = self._add(int(of), attempt)
        found = np.asarray(self._next[before, step])
        unknown = (plays & ~self._asked[found]).nonzero()[0]
        for chain in np.unique(found[unknown]).tolist():
            self._ask(chain, int(np.bitwise_or.reduce(plays[found == chain])))
        if self.variants.tables.rates.shape[-1] != width:  # a plan after a fork has more rates
            return self.after(before, histories, made, true, plays)
        return found

    def _make_room(self, steps: int, width: int) -> None:
        """Let there be a place for what follows each chain after so many different attempts."""
        many, (chains, there) = len(self._slot), self._next.shape
        if width != self._width:
            self._width, self._next = width, np.full((many, steps), NONE)
        elif chains < many or there < steps:
            wider = np.full((2 * many, max(steps, there)), NONE)
            wider[:chains, :there] = self._next
            self._next = wider

    def _add(self, before: int, attempt: Attempt) -> int:
        """Return the number of a chain with an attempt more than this one."""
        if (before, attempt) not in self._known:
            self._known[before, attempt] = len(self._slot)
            self._came_from.append((before, attempt))
            self._slot.append(self._slot[before])
            self._rated.append([NONE] * len(self.root_of))
            self._asked = np.append(self._asked, 0)
            self._widen(len(self._slot), 1)
            self._make_room(0, self._width)
        return self._known[before, attempt]

    def _widen(self, chains: int, groups: int) -> None:
        """Let there be thresholds for so many chains, with so many groups of plays."""
        before = self.bars.shape
        if before[0] < groups or before[1] < chains:
            shape = max(groups, before[0]), max(chains, 2 * before[1])
            bars, sets = np.zeros(shape), np.zeros(shape, dtype=np.int64)
            bars[: before[0], : before[1]] = self.bars
            sets[: before[0], : before[1]] = self.sets
            self.bars, self.sets = bars, sets

    def _ask(self, chain: int, plays: int) -> None:
        """Find the thresholds of these plays, too."""
        before, attempt = self._came_from[chain]
        self._asked[chain] |= plays
        if before == NONE:
            return
        if unknown := plays & ~int(self._asked[before]):
            self._ask(before, unknown)
        mine, rated = self._rated[before], self._rated[chain]
        new = [play for play in range(len(rated)) if plays >> play & 1]
        rates = self._rates_of(self._slot[chain], [self.root_of[play] for play in new], *attempt)
        for play, rate in zip(new, rates, strict=True):
            rated[play] = self._with_one_more(mine[play], rate)
        groups: dict[float, int] = {}
        for play, number in enumerate(rated):
            if number != NONE:
                bar = self._bars[number]
                groups[bar] = groups.get(bar, 0) | 1 << play
        self._widen(len(self._slot), len(groups))
        self.bars[: len(groups), chain] = list(groups)
        self.sets[: len(groups), chain] = list(groups.values())

    def _with_one_more(self, rates: int, rate: float) -> int:
        """Return the number of these rates with one more, whose threshold is known."""
        key = rates, rate
        if key not in self._longer:
            self._longer[key] = len(self._rates)
            self._rates.append((*self._rates[rates], rate))
            self._bars.append(next_bar(self._rates[-1], self._bars[rates]))
        return self._longer[key]

    def _rates_of(
        self, slot: int, roots: Sequence[int], history: int, made: int, true: bool
    ) -> list[float]:
        """Return the chances of an attempt by plays of these plans."""
        variants = [self.variants.of_root(root, history) for root in roots]
        tables = self.variants.tables  # which has those after a fork only now
        kind, column = divmod(slot, len(self.variants.ids))
        if KINDS[kind] == "truth":
            rates: Floats = tables.belief[variants, column]
        elif KINDS[kind] == "test":
            rates = (tables.if_true if true else tables.if_false)[variants, column]
        else:
            number = np.minimum(made, tables.rate_count[variants, column])
            rates = tables.rates[variants, column, number - 1]
        found: list[float] = rates.tolist()
        return found
