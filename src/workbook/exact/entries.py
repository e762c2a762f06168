"""Mass as a list of entries: for amounts that have no large divisor in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbook.exact.mass import Floats, Ints, Return
from workbook.exact.refusals import bound

MANY = 2_000  # entries from which on it is quicker to find where each week begins


@dataclass(frozen=True)
class Entries:
    """Week, cash (cents) and chance, one each an entry; by week, then cash, no two alike."""

    week: Ints
    cash: Ints
    chance: Floats
    grain: int

    @classmethod
    def certain(cls, week: int, cash: int, grain: int) -> Entries:
        """All of it at one place."""
        return cls(np.array([week]), np.array([cash]), np.ones(1), grain)

    @classmethod
    def summed(cls, parts: Sequence[Entries], grain: int) -> Entries:
        """All parts in one, sorted by week, then cash; equal ones merged."""
        count = sum(len(part.week) for part in parts)
        bound(count)
        whole = [part for part in parts if len(part.week)]
        if len(whole) < 2:
            return (whole or parts)[0]
        first, low = min(part.week[0] for part in whole), min(part.cash.min() for part in whole)
        last, high = max(part.week[-1] for part in whole), max(part.cash.max() for part in whole)
        width = (high - low) // grain + 1
        keys = (_keys(part, first, low, width) for part in whole)
        chances = [part.chance for part in whole]
        found, sums = _summed(keys, chances, count, int((last - first + 1) * width))
        rows, columns = np.divmod(found, width)
        return cls(first + rows, low + grain * columns, sums, grain)

    def returning(self, back: Return, horizon: int) -> Entries:
        """With all that comes back added, in blocks of weeks as long as one attempt."""
        width = back.weeks if back.wait is None else 1
        blocks: dict[int, list[Entries]] = defaultdict(list)
        _into_blocks(blocks, self, width)
        whole: list[Entries] = []
        states = 0
        while blocks:
            block = Entries.summed(blocks.pop(min(blocks)), self.grain)
            whole.append(block)
            states += len(block.week)
            bound(states)
            able = block
            if back.above is not None:
                able = block.split_at_cash(back.above)[1]
            failed = able.moved(back.weeks, back.cash).times(back.share)
            _into_blocks(blocks, failed.split_at_week(horizon + 1)[0], width)
            if back.wait is not None:
                waiting = block.split_at_cash(back.below)[0].moved(1, back.wait)
                _into_blocks(blocks, waiting.split_at_week(horizon + 1)[0], width)
        parts = [(part.week, part.cash, part.chance) for part in whole]
        week, cash, chance = (np.concatenate(column) for column in zip(*parts, strict=True))
        return Entries(week, cash, chance, self.grain)

    def moved(self, weeks: int, cash: int) -> Entries:
        """The same, elsewhere."""
        week = self.week + weeks if weeks else self.week
        return Entries(week, self.cash + cash if cash else self.cash, self.chance, self.grain)

    def times(self, share: float) -> Entries:
        """A share of it."""
        if share == 1.0:
            return self
        return Entries(self.week, self.cash, self.chance * share, self.grain)

    def _where(self, chosen: NDArray[np.bool_]) -> Entries:
        kept = chosen.nonzero()[0]
        return Entries(self.week[kept], self.cash[kept], self.chance[kept], self.grain)

    def _slice(self, first: int, last: int) -> Entries:
        kept = slice(first, last)
        return Entries(self.week[kept], self.cash[kept], self.chance[kept], self.grain)

    def _split(self, first: NDArray[np.bool_]) -> tuple[Entries, Entries]:
        count = np.count_nonzero(first)
        if count == 0:
            return self._slice(0, 0), self
        if count == len(first):
            return self, self._slice(0, 0)
        return self._where(first), self._where(~first)

    def split_at_cash(self, cash: int) -> tuple[Entries, Entries]:
        """What has less than this cash, and the rest."""
        return self._split(self.cash < cash)

    def split_at_week(self, week: int) -> tuple[Entries, Entries]:
        """What stands before this week, and the rest."""
        place = int(self.week.searchsorted(week))
        if place == len(self.week):
            return self, self._slice(0, 0)
        return self._slice(0, place), self._slice(place, len(self.week))

    def without_small(self, least: float, most: float) -> tuple[Entries, float]:
        """Without what is too small to follow: from `least` up, as far as `most` allows."""
        floors = least * 10.0 ** np.arange(7.0, -0.5, -0.5)
        small = np.sort(self.chance[self.chance < floors[0]])
        if not len(small):
            return self, 0.0
        sums = np.cumsum(small)
        for floor, count in zip(floors, small.searchsorted(floors), strict=True):
            if count and 0.0 < sums[count - 1] <= most:
                return self._where(self.chance >= floor), float(sums[count - 1])
        return self, 0.0

    def by_week(self, horizon: int) -> Floats:
        """Sums by week."""
        if len(self.week) < MANY:
            return np.bincount(self.week, self.chance, minlength=horizon + 1).astype(float)
        sums = np.zeros(horizon + 1)
        starts = np.flatnonzero(self.week[1:] != self.week[:-1]) + 1
        starts = np.concatenate([[0], starts])
        sums[self.week[starts]] = np.add.reduceat(self.chance, starts)
        return sums

    def by_cash(self) -> tuple[Ints, Floats]:
        """Sums by cash."""
        if not len(self.cash):
            return self.cash, self.chance
        low = int(self.cash.min())
        keys = (self.cash - low) // self.grain
        keys, sums = _summed([keys], [self.chance], len(keys), int(keys.max()) + 1)
        return low + self.grain * keys, sums

    def total(self) -> float:
        """The sum of all."""
        return float(self.chance.sum())

    def cells(self) -> int:
        """How many entries."""
        return len(self.chance)

    def listed(self) -> tuple[Ints, Ints, Floats]:
        """What is not zero, sorted."""
        whole = Entries.summed([self], self.grain)
        return whole.week, whole.cash, whole.chance


def _keys(part: Entries, first: int, low: int, width: int) -> Ints:
    """Places in an array of weeks from `first` and `width` amounts of cash from `low`."""
    keys = part.cash - low
    keys //= part.grain
    keys += (part.week - first) * width
    return keys


def _summed(
    keys: Iterable[Ints], chances: Sequence[Floats], count: int, size: int
) -> tuple[Ints, Floats]:
    """Each key (from 0, less than `size`) once, in order, with the sum of its chances.

    Keys come part by part, `count` in all: they are added to one array if that is not far larger.
    """
    if size <= 8 * count + 4096:
        sums = np.zeros(size)
        for places, chance in zip(keys, chances, strict=True):
            np.add.at(sums, places, chance)
        found = (sums != 0.0).nonzero()[0]
        return found, sums[found]
    listed, chance = np.concatenate([*keys]), np.concatenate(chances)
    order = np.argsort(listed)
    listed = listed[order]
    first = np.flatnonzero(np.concatenate([[True], listed[1:] != listed[:-1]]))
    return listed[first], np.add.reduceat(chance[order], first)


def _into_blocks(blocks: dict[int, list[Entries]], entries: Entries, width: int) -> None:
    """Put entries into blocks of weeks, each `width` long."""
    if not len(entries.week):
        return
    first, last = int(entries.week[0]) // width, int(entries.week[-1]) // width
    for number in range(first, last + 1):
        part = entries
        if first != last:
            part = part.split_at_week((number + 1) * width)[0].split_at_week(number * width)[1]
        if len(part.week):
            blocks[number].append(part)
