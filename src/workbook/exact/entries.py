"""A distribution as a list of entries: for amounts without a large common divisor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbook.exact.mass import Floats, Ints, Return, Stay
from workbook.exact.refusals import bound


class Box(NamedTuple):
    """Weeks from `first` to `last`, each with `width` amounts of cash (cents) from `low` up."""

    first: int
    last: int
    low: int
    width: int
    grain: int

    @classmethod
    def holding(cls, weeks: Ints, cash: Ints, grain: int) -> Box:
        """Return the smallest box that contains all these weeks and amounts of cash."""
        low, high = int(cash.min()), int(cash.max())
        return cls(int(weeks.min()), int(weeks.max()), low, (high - low) // grain + 1, grain)

    def places(self, weeks: Ints | int, cash: Ints) -> Ints:
        """Return their positions: by week, then cash."""
        places = cash - self.low
        if self.grain != 1:
            places //= self.grain
        places += (weeks - self.first) * self.width
        return places

    def way(self, weeks: int, cash: int) -> int:
        """Return the distance in positions for a number of weeks and an amount of cash."""
        return weeks * self.width + cash // self.grain

    def merged(self, parts: Iterable[tuple[Ints, Floats]], count: int) -> tuple[Ints, Ints, Floats]:
        """Return weeks, cash and total probability of all positions used, in order.

        The parts, positions and probabilities, are `count` in total: they are added to one array if
        that is not much larger.
        """
        size = (self.last - self.first + 1) * self.width
        if size <= 8 * count + 4096:
            sums = np.zeros(size)
            for places, chance in parts:
                np.add.at(sums, places, chance)
            found = (sums != 0.0).nonzero()[0]
            sums = sums[found]
        else:
            found, sums = added(*(np.concatenate(column) for column in zip(*parts, strict=True)))
        rows = found // self.width
        cash = self.low + self.grain * (found - rows * self.width)
        return self.first + rows, cash, sums


def added(places: Ints, chances: Floats) -> tuple[Ints, Floats]:
    """Return each position once, in order, with its total probability.

    Equal positions are added in the order in which they come, on every machine. Position and rank
    are sorted as one number, which takes half the time of an indirect sort, if 63 bits hold both.
    """
    bits = len(places).bit_length()
    if int(places.max()).bit_length() + bits > 63:
        order = np.argsort(places, kind="stable")
        places = places[order]
    else:
        both = (places << bits) + np.arange(len(places))
        both.sort()
        order, places = both & ((1 << bits) - 1), both >> bits
    first = np.flatnonzero(np.concatenate([[True], places[1:] != places[:-1]]))
    return places[first], np.add.reduceat(chances[order], first)


MANY = 2_000  # entries from which on it is quicker to find where each week begins


@dataclass(frozen=True)
class Entries:
    """Week, cash (cents) and probability per entry; sorted by week, then cash; no duplicates."""

    week: Ints
    cash: Ints
    chance: Floats
    grain: int

    @classmethod
    def certain(cls, week: int, cash: int, grain: int) -> Entries:
        """Return all probability at one place."""
        return cls(np.array([week]), np.array([cash]), np.ones(1), grain)

    @classmethod
    def summed(cls, parts: Sequence[Entries], grain: int) -> Entries:
        """Add all parts, sorted by week, then cash; equal ones merged."""
        whole = [part for part in parts if len(part.week)]
        if len(whole) < 2:
            return (whole or parts)[0]
        return cls.met([Stay(part) for part in whole], grain)

    @classmethod
    def met(cls, stays: Sequence[Stay[Entries]], grain: int) -> Entries:
        """Add all of these at all their places, sorted by week, then cash; equal ones merged."""
        stays = [stay for stay in stays if len(stay.mass.week)]
        if not stays:
            return cls.certain(0, 0, grain)._slice(0, 0)
        count = sum(len(mass.week) * len(places) for mass, places in stays)
        bound(count)
        box = box_around(stays, grain)
        return cls(*box.merged(places_in(box, stays), count), grain)

    def returning(self, back: Return, horizon: int) -> Entries:
        """Return it with everything that returns added, in blocks as long as one attempt."""
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
        """Shift it by weeks and cash."""
        week = self.week + weeks if weeks else self.week
        return Entries(week, self.cash + cash if cash else self.cash, self.chance, self.grain)

    def in_rounds(self, number: Ints, weeks: int, cash: int, shares: Sequence[float]) -> Entries:
        """Return it at the start of repeated rounds, each entry in as many as its `number`.

        In round 0, 1, … this share of it is left; equal entries are merged.
        """
        some, more = self.where(number > 0), number[number > 0] - 1
        count = len(more) + int(more.sum())
        bound(count)
        if not count:
            return some
        weeks_there = np.append(some.week[0], some.week + more * weeks)
        box = Box.holding(weeks_there, np.append(some.cash, some.cash + more * cash), self.grain)
        places, way = box.places(some.week, some.cash), box.way(weeks, cash)
        parts = [(places, some.chance * shares[0])]
        for nth in range(1, int(more.max()) + 1):
            there = (more >= nth).nonzero()[0]
            parts.append((places[there] + nth * way, some.chance[there] * shares[nth]))
        return Entries(*box.merged(parts, count), self.grain)

    def after_rounds(self, number: Ints, weeks: int, cash: int, shares: Sequence[float]) -> Entries:
        """Return it after each entry's own `number` of rounds, with the share then left."""
        if not len(number):
            return self
        week, there = self.week + number * weeks, self.cash + number * cash
        box = Box.holding(week, there, self.grain)
        chance = self.chance * np.array(shares)[number]
        return Entries(*box.merged([(box.places(week, there), chance)], len(week)), self.grain)

    def times(self, share: float) -> Entries:
        """Multiply it by a share."""
        if share == 1.0:
            return self
        return Entries(self.week, self.cash, self.chance * share, self.grain)

    def where(self, chosen: NDArray[np.bool_]) -> Entries:
        """Select entries."""
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
        return self.where(first), self.where(~first)

    def split_at_cash(self, cash: int) -> tuple[Entries, Entries]:
        """Split it into what has less than this cash, and the rest."""
        return self._split(self.cash < cash)

    def split_at_week(self, week: int) -> tuple[Entries, Entries]:
        """Split it into what is before this week, and the rest."""
        place = int(self.week.searchsorted(week))
        if place == len(self.week):
            return self, self._slice(0, 0)
        return self._slice(0, place), self._slice(place, len(self.week))

    def without_small(self, least: float, most: float) -> tuple[Entries, float]:
        """Drop entries that are too small: from `least` up, at most `most` in total."""
        floors = least * 10.0 ** np.arange(7.0, -0.5, -0.5)
        small = np.sort(self.chance[self.chance < floors[0]])
        if not len(small):
            return self, 0.0
        sums = np.cumsum(small)
        for floor, count in zip(floors, small.searchsorted(floors), strict=True):
            if count and 0.0 < sums[count - 1] <= most:
                return self.where(self.chance >= floor), float(sums[count - 1])
        return self, 0.0

    def by_week(self, horizon: int) -> Floats:
        """Return sums by week."""
        if len(self.week) < MANY:
            week = self.week.astype(np.intp, copy=False)
            return np.bincount(week, self.chance, minlength=horizon + 1).astype(float)
        sums = np.zeros(horizon + 1)
        starts = np.flatnonzero(self.week[1:] != self.week[:-1]) + 1
        starts = np.concatenate([[0], starts])
        sums[self.week[starts]] = np.add.reduceat(self.chance, starts)
        return sums

    def by_cash(self) -> tuple[Ints, Floats]:
        """Return sums by cash."""
        if not len(self.cash):
            return self.cash, self.chance
        box = Box.holding(np.zeros(1, dtype=np.int64), self.cash, self.grain)
        places = box.places(0, self.cash)
        return box.merged([(places, self.chance)], len(places))[1:]

    def total(self) -> float:
        """Return the total."""
        return float(self.chance.sum())

    def cash_in_all(self) -> float:
        """Return the sum of cash × probability."""
        return float((self.chance * self.cash).sum())

    def cells(self) -> int:
        """Return the number of entries."""
        return len(self.chance)

    def listed(self) -> tuple[Ints, Ints, Floats]:
        """Return everything nonzero, sorted."""
        whole = Entries.summed([self], self.grain)
        return whole.week, whole.cash, whole.chance


def box_around(stays: Sequence[Stay[Entries]], grain: int) -> Box:
    """Return the box that contains all of these at all their places."""
    first = min(mass.week[0] + min(places)[0] for mass, places in stays)
    last = max(mass.week[-1] + max(places)[0] for mass, places in stays)
    low = min(mass.cash.min() + min(cash for _, cash in places) for mass, places in stays)
    high = max(mass.cash.max() + max(cash for _, cash in places) for mass, places in stays)
    return Box(int(first), int(last), int(low), int(high - low) // grain + 1, grain)


def places_in(box: Box, stays: Sequence[Stay[Entries]]) -> Iterator[tuple[Ints, Floats]]:
    """Return their positions in the box, and their probabilities there."""
    for mass, places in stays:
        here = box.places(mass.week, mass.cash)
        for place in places:
            yield here + box.way(*place), mass.chance


def _into_blocks(blocks: dict[int, list[Entries]], entries: Entries, width: int) -> None:
    """Put entries into blocks of weeks of the given width."""
    if not len(entries.week):
        return
    first, last = int(entries.week[0]) // width, int(entries.week[-1]) // width
    for number in range(first, last + 1):
        part = entries
        if first != last:
            part = part.split_at_week((number + 1) * width)[0].split_at_week(number * width)[1]
        if len(part.week):
            blocks[number].append(part)
