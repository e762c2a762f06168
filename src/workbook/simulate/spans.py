"""Paths over some of their weeks, and what the weeks of all of them come to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from workbook.outcomes import Floats, Ints

CELLS_AT_ONCE = 30_000
"""Weeks of paths that are sorted at once: in memory near the processor, used again and again."""


class Spans(NamedTuple):
    """Paths from a week on, for so many weeks, in each of which cash changes by `net`.

    `runs` is how many runs each stands for.
    """

    week: Ints
    weeks: Ints
    cash: Ints
    net: Ints
    economy: Ints
    runs: Ints

    def counts(self, kinds: int) -> Ints:
        """Return the runs in each week and each of so many economies: from week 0 to the last."""
        last = int((self.week + self.weeks).max())
        size = (last + 1) * kinds
        runs = None if (self.runs == 1).all() else self.runs
        begun = np.bincount(_index(self.week * kinds + self.economy), runs, size)
        after = self.week + self.weeks
        gone = np.bincount(_index(after * kinds + self.economy), runs, size)
        change = (begun - gone).astype(np.int64).reshape(-1, kinds)
        return np.asarray(change.cumsum(axis=0)[:last])

    def cash_at(self, ranks: Ints) -> Floats:
        """Return the cash of the runs of these ranks (weeks, ranks), from 1; NaN without runs."""
        found = (weeks.cash_at(ranks[now], ends) for now, weeks, ends in self._sorted())
        return np.concatenate([*found])

    def each_week(self) -> Iterator[tuple[Ints, Ints | None]]:
        """Yield the cash of all paths in each week, in ascending order, and the runs of each."""
        for _, weeks, ends in self._sorted():
            cash = weeks.cash()
            for first, last in pairwise(ends.tolist()):
                yield cash[first:last], None if weeks.runs is None else weeks.runs[first:last]

    def _sorted(self) -> Iterator[tuple[slice, Sorted, Ints]]:
        """Yield some weeks after the other, what is in them, and where in it each week ends."""
        after = self.week + self.weeks
        last = int(after.max())
        change = np.bincount(_index(self.week), minlength=last + 1) - np.bincount(_index(after))
        first, ends = 0, [0]
        for now, there in enumerate(change.cumsum()[:last].tolist(), start=1):
            ends.append(ends[-1] + there)
            if ends[-1] > CELLS_AT_ONCE or now == last:
                yield slice(first, now), self._between(first, now), np.array(ends)
                first, ends = now, [0]

    def _within(self, first: int, last: int) -> Spans:
        """Return the parts of these spans in some weeks."""
        after = self.week + self.weeks
        inside = (self.week < last) & (after > first)
        if inside.all() and int(self.week.min()) >= first and int(after.max()) <= last:
            return self
        some = inside.nonzero()[0]
        week, net = self.week[some], self.net[some]
        since: Ints = np.maximum(week, first)
        cash = self.cash[some] + net * (since - week)
        lasting = np.minimum(after[some], last) - since
        return Spans(since, lasting, cash, net, self.economy, self.runs[some])

    def _between(self, first: int, last: int) -> Sorted:
        """Return cash and runs of all paths in these weeks, by week and cash.

        Numbers that fit into 63 bits together are sorted as one, several times as fast.
        """
        since, lasting, cash, net, _, runs = self._within(first, last)
        alone = bool((runs == 1).all())
        till = cash + net * (lasting - 1)
        least = min(int(cash.min()), int(till.min()))
        most = max(int(cash.max()), int(till.max()))
        run_bits = 0 if alone else int(runs.max()).bit_length()
        bits = run_bits + (most - least).bit_length()
        width = bits + (last - first).bit_length()
        if width > 63:
            worth, weeks = _steps(cash, net, lasting), _steps(since, np.ones_like(since), lasting)
            order = np.lexsort((worth, weeks))
            return Sorted(worth[order], np.repeat(runs, _index(lasting))[order], 0, 63, 0)
        kind = np.int32 if width < 32 else np.int64  # the narrower is sorted in half the time
        packed = ((since - first) << bits) + ((cash - least) << run_bits) + (0 if alone else runs)
        a_week = (1 << bits) + (net << run_bits)
        found = _steps(packed.astype(kind), a_week.astype(kind), lasting)
        found.sort()
        each = None if alone else found & ((1 << run_bits) - 1)
        return Sorted(found, each, run_bits, bits, least)


class Sorted(NamedTuple):
    """Weeks of paths by week and cash; `packed` holds the cash above `least` in some of its bits.

    `runs` is how many runs each stands for; None if one each.
    """

    packed: Ints
    runs: Ints | None
    run_bits: int
    bits: int
    least: int

    def cash_at(self, ranks: Ints, ends: Ints) -> Floats:
        """Return the cash of the runs of these ranks (weeks, ranks); NaN without runs.

        The paths of a week are those from one of the `ends` to the next.
        """
        places = ends[:-1, None] + ranks - 1
        if self.runs is not None:
            so_far = np.concatenate([[0], self.runs.cumsum()])
            places = so_far[1:].searchsorted(so_far[ends[:-1], None] + ranks)
        found = self.cash(np.minimum(places, len(self.packed) - 1))
        return np.where(np.diff(ends)[:, None] > 0, found, np.nan)

    def cash(self, places: Ints | slice = slice(None)) -> Ints:
        """Return the cash at these places."""
        found = self.packed[places].astype(np.int64)
        if self.bits < 63:
            found = ((found & ((1 << self.bits) - 1)) >> self.run_bits) + self.least
        return np.asarray(found)


def _steps(first: Ints, step: Ints, times: Ints) -> Ints:
    """Return numbers that begin with each first one and grow by its step, so many of each.

    They are sums of differences: overflow on the way is undone in the end.
    """
    found = np.repeat(step, _index(times))
    ends = _index(times.cumsum())
    last = first + step * (times - 1).astype(step.dtype)
    found[0] = first[0]
    found[ends[:-1]] = first[1:] - last[:-1]
    return np.cumsum(found, out=found)


def _index(places: Ints) -> Ints:
    """Places as NumPy counts them, which has 32 bits on some platforms."""
    return places.astype(np.intp, copy=False)
