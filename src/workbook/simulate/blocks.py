"""Runs that are played block by block: what their weeks, and they themselves, come to together.

A block is small enough to stay in memory near the processor, and only what its runs have come to
is kept of it. So time and memory grow in line with the runs. A run is the same in any block.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from workbook.outcomes import LEVELS, Ints
from workbook.simulate.book import Book
from workbook.simulate.draws import Draws
from workbook.simulate.economies import Economies
from workbook.simulate.lasting import RECORDED
from workbook.simulate.quantiles import Quantiles
from workbook.simulate.spans import Spans
from workbook.simulate.tally import Moved, Tally, in_order, ranks_of
from workbook.simulate.variants import Variants


class BlockTally(Tally):
    """The weeks of all blocks; `safe` as in `Quantiles`."""

    def __init__(self, economies: Economies, measures: Sequence[str], safe: float) -> None:
        super().__init__(economies, measures)
        self.safe, self._week = safe, 0
        self._quantiles: dict[str, list[Quantiles]] = {}
        self._in_week: list[Ints] = []

    def note(
        self, cash: Ints, counts: Ints, moving: Moved | None = None, runs: Ints | None = None
    ) -> None:
        """Record unfinished runs at the end of a week, as `Tally.note` does."""
        if runs is not None and len(runs) == int(runs.sum()):
            runs = None
        for name, values in {"cash": cash, **(moving or {})}.items():
            if runs is None:
                self._add(name, in_order(values), None)
            else:
                order = np.argsort(values)
                self._add(name, values[order], runs[order])
        self._count(counts)

    def count_weeks(self) -> None:
        """Note the weeks recorded path by path; what is noted next is of the next block."""
        if self._spans:
            spans = Spans(*map(np.concatenate, zip(*self._spans, strict=True)))
            self._spans = []
            counts = spans.counts(len(self.economies))
            for count, (cash, runs) in zip(counts, spans.each_week(), strict=True):
                self._add("cash", cash, runs)
                self._count(count)
        self._week = 0

    def _add(self, name: str, values: NDArray[Any], runs: Ints | None) -> None:
        weeks = self._quantiles.setdefault(name, [])
        if len(weeks) == self._week:
            weeks.append(Quantiles(values.dtype, self.safe))
        weeks[self._week].add(values, runs)

    def _count(self, counts: Ints) -> None:
        """Add the runs in each economy, and end the week."""
        if len(self._in_week) == self._week:
            self._in_week.append(counts.copy())
        else:
            few, many = sorted((self._in_week[self._week], counts), key=len)
            self._in_week[self._week] = many + np.pad(few, (0, len(many) - len(few)))
        self._week += 1
        self.weeks = len(self._in_week)

    def _flush(self) -> None:
        """Turn what has been kept of all weeks into bands."""
        self._counts = self._in_week
        self._ranks = [ranks_of(LEVELS, int(count.sum())) for count in self._counts]
        bands = {
            name: [week.at(ranks) for week, ranks in zip(weeks, self._ranks, strict=True)]
            for name, weeks in self._quantiles.items()
        }
        self._cash, self._moving = bands.pop("cash"), bands
        super()._flush()


class Blocks:
    """What the runs of all blocks have come to; the weeks of a block that is alone as always."""

    def __init__(
        self, variants: Variants, draws: Draws, measures: Sequence[str], safe: float, *, alone: bool
    ) -> None:
        given = variants.economies, measures
        self.tally = Tally(*given) if alone else BlockTally(*given, safe)
        self._variants, self._draws, self._done = variants, draws, 0
        self._arrays: dict[str, NDArray[Any]] = {}

    def add(self, book: Book) -> None:
        """Keep what the runs of the next block have come to, and nothing else of it."""
        self.tally.count_weeks()
        runs, names = self._draws.lives, RECORDED
        for name in names if book.share is None else (*names, "share", "debt"):
            found = getattr(book, name)
            if book.lives == runs:
                self._arrays[name] = found
                continue
            if not self._done:
                self._arrays[name] = np.empty((runs, *found.shape[1:]), dtype=found.dtype)
            self._arrays[name][self._done : self._done + book.lives] = found
        self._done += book.lives

    def whole(self) -> Book:
        """Return the record of all runs."""
        found = {"variants": self._variants, "draws": self._draws, "lives": self._draws.lives}
        capital = {"share": None, "debt": None, "columns": len(self._variants.ids)}
        return cast(Book, SimpleNamespace(**found, **(capital | self._arrays)))
