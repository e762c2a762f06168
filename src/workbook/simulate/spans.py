"""Paths over some of their weeks, and what the weeks of all of them come to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from workbook.outcomes import Ints

CELLS_AT_ONCE = 1_000_000
"""Weeks of paths that are sorted at once: in memory that is used again and again."""


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
        begun = np.bincount(_index(self.week * kinds + self.economy), self.runs, size)
        after = self.week + self.weeks
        gone = np.bincount(_index(after * kinds + self.economy), self.runs, size)
        change = (begun - gone).astype(np.int64).reshape(-1, kinds)
        return np.asarray(change.cumsum(axis=0)[:last])

    def by_week(self) -> Iterator[tuple[Ints, Ints | None]]:
        """Yield for each week the cash of its paths, sorted, and their runs; None if one each."""
        after = self.week + self.weeks
        last = int(after.max())
        change = np.bincount(_index(self.week), minlength=last + 1) - np.bincount(_index(after))
        first, ends = 0, [0]
        for now, there in enumerate(change.cumsum()[:last].tolist(), start=1):
            ends.append(ends[-1] + there)
            if ends[-1] > CELLS_AT_ONCE or now == last:
                cash, runs = self._between(first, now)
                for begin, end in pairwise(ends):
                    yield cash[begin:end], None if runs is None else runs[begin:end]
                first, ends = now, [0]

    def _between(self, first: int, last: int) -> tuple[Ints, Ints | None]:
        """Return cash and runs of all paths in these weeks, by week and cash.

        Numbers that fit into 63 bits together are sorted as one, several times as fast.
        """
        some = ((self.week < last) & (self.week + self.weeks > first)).nonzero()[0]
        week, net, runs = self.week[some], self.net[some], self.runs[some]
        since: Ints = np.maximum(week, first)
        lasting = np.minimum(week + self.weeks[some], last) - since
        cash = self.cash[some] + net * (since - week)
        alone = bool((runs == 1).all())
        till = cash + net * (lasting - 1)
        least = min(int(cash.min()), int(till.min()))
        most = max(int(cash.max()), int(till.max()))
        run_bits = 0 if alone else int(runs.max()).bit_length()
        bits = run_bits + (most - least).bit_length()
        times = _index(lasting)
        later = np.arange(int(lasting.sum()), dtype=np.int64)
        later -= np.repeat(lasting.cumsum() - lasting, times)
        if bits + (last - first).bit_length() > 63:
            worth = np.repeat(cash, times) + np.repeat(net, times) * later
            order = np.lexsort((worth, np.repeat(since, times) + later))
            return worth[order], np.repeat(runs, times)[order]
        packed = ((since - first) << bits) + ((cash - least) << run_bits) + (0 if alone else runs)
        later *= np.repeat((1 << bits) + (net << run_bits), times)
        later += np.repeat(packed, times)
        later.sort()
        worth = ((later & ((1 << bits) - 1)) >> run_bits) + least
        return worth, None if alone else later & ((1 << run_bits) - 1)


def _index(places: Ints) -> Ints:
    """Places as NumPy counts them, which has 32 bits on some platforms."""
    return places.astype(np.intp, copy=False)
