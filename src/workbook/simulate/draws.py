"""The random draws of all runs: events and the values of ranges, each made on first use.

Events (`left`) keep what a failure leaves of their uniform number, so that one draw serves every
try.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from workbook.luck import (
    Estimate,
    Floats,
    Range,
    Shape,
    Streams,
    after_failure,
    attempt_at,
    is_range,
    spread,
    spread_each,
    uniforms,
)
from workbook.outcomes import Ints

Bools = np.ndarray[tuple[int], np.dtype[np.bool_]]


class Draws:
    """The random numbers of `lives` runs from one seed, which come after the `first` so many."""

    def __init__(self, seed: int, lives: int, shape: Shape, first: int = 0) -> None:
        self.seed, self.lives, self.shape, self.first = seed, lives, shape, first
        self._left: dict[tuple[str, str], Floats] = {}

    def part(self, first: int, lives: int) -> Draws:
        """Return the draws of some of these runs, before any has been used."""
        return Draws(self.seed, lives, self.shape, self.first + first)

    def parts(self, most: int) -> Iterator[Draws]:
        """Yield the draws of all runs in parts, alike in size, of at most so many."""
        size = -(-self.lives // -(-self.lives // most))
        for first in range(0, self.lives, size):
            yield self.part(first, min(size, self.lives - first))

    def uniforms(self, kind: str, name: str) -> Floats:
        """Return the draw of that name in every run."""
        return uniforms(self.seed, kind, name, self.lives, self.first)

    def happens(
        self, kind: str, name: str, lives: Ints, chance: float | Floats, of: Ints | None = None
    ) -> Bools:
        """Return in which of these runs the event happens; asked again, it is the next try.

        With `of`, the run of each follower, `lives` are followers of runs.
        """
        if (kind, name) not in self._left:
            drawn = self.uniforms(kind, name)
            self._left[kind, name] = drawn if of is None or len(of) == len(drawn) else drawn[of]
        left = self._left[kind, name]
        mine = left[lives]
        happens = mine < chance
        failed = ~happens
        rate = np.broadcast_to(chance, mine.shape)[failed]
        left[lives[failed]] = after_failure(mine[failed], rate)
        return happens

    def copy(self, followers: Ints) -> None:
        """Add followers that go on with the draws of these."""
        for key, left in self._left.items():
            self._left[key] = np.append(left, left[followers])


class MilestoneLuck:
    """What is left of the draws of one kind, by milestone and follower."""

    def __init__(self, draws: Draws, kind: str, ids: Sequence[str], run: Ints) -> None:
        self.draws, self.kind, self.ids, self.run = draws, kind, ids, run
        self._row = np.full(len(ids), -1, dtype=np.int64)
        self._left = np.empty((0, len(run)))

    def happens(self, columns: Ints, counts: Ints, followers: Ints, chance: Floats) -> Bools:
        """Draw once more for so many followers each; a failure keeps its rescaled draw."""
        rows = self._rows(columns)
        if len(rows) != len(followers):
            rows, chance = rows.repeat(counts), chance.repeat(counts)
        draw, left = rows * self._left.shape[1] + followers, self._left.ravel()
        mine = left[draw]
        found: Bools = mine < chance
        failed = (~found).nonzero()[0]
        left[draw[failed]] = after_failure(mine[failed], chance[failed])
        return found

    def failures(
        self, columns: Ints, counts: Ints, followers: Ints, most: Ints, rates: Floats
    ) -> Ints:
        """Draw until the first success, at most so many times for each; return how often it failed.

        `rates` is (draws, of each); the last goes on. The last draw is left as it is: a success, or
        the one after so many failures.
        """
        of, rows = np.arange(len(counts)).repeat(counts), self._rows(columns)
        draw, left = rows[of] * self._left.shape[1] + followers, self._left.ravel()
        failed, left_of, rate = np.zeros(len(draw), dtype=np.int64), left[draw], rates[0][of]
        going, nth = (left_of >= rate).nonzero()[0], 0
        mine, rate, of = left_of[going], rate[going], of[going]
        while len(going):
            mine, nth = after_failure(mine, rate), nth + 1
            failed[going], left_of[going] = nth, mine
            if nth < len(rates):
                rate = rates[nth][of]
            on = ((mine >= rate) & (most[of] > nth)).nonzero()[0]
            going, mine, rate, of = going[on], mine[on], rate[on], of[on]
        left[draw] = left_of
        return failed

    def next(self, columns: Ints, counts: Ints, followers: Ints) -> Floats:
        """Return what so many followers of each would draw now."""
        rows = self._rows(columns) * self._left.shape[1]
        return self._left.ravel().take(rows.repeat(counts) + followers)

    def _rows(self, columns: Ints) -> Ints:
        rows = self._row[columns]
        if np.count_nonzero(rows < 0):
            self._draw(np.unique(columns[rows < 0]).tolist())
            rows = self._row[columns]
        return rows

    def _draw(self, columns: Sequence[int]) -> None:
        more = np.empty((len(columns), self._left.shape[1]))
        for row, column in zip(more, columns, strict=True):
            row[: len(self.run)] = self.draws.uniforms(self.kind, self.ids[column])[self.run]
        self._row[columns] = np.arange(len(columns)) + len(self._left)
        self._left = np.concatenate([self._left, more])

    def copy(self, followers: Ints, run: Ints) -> None:
        """Add followers that go on with the draws of these; `run` is the run of each of all."""
        before, now = len(self.run), len(run)
        self.run = run
        if self._left.shape[1] < now:
            wider = np.empty((len(self._left), 2 * now))
            wider[:, :before] = self._left[:, :before]
            self._left = wider
        self._left[:, before:now] = self._left[:, followers]


NO_RANGE = -1
KEPT = 8_000_000
"""Values of ranges that are kept, 64 MB of them; the others are drawn again when asked for."""
MANY = 32
"""A stream is kept when at least this part of all lives asks for it at once."""


class Ranges:
    """Every range (low, likely, high) that costs and lengths are drawn from, by its number.

    Each attempt draws a value of its own from the stream of its name.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str, Range], int] = {}
        self._kept = np.empty((1, 0))

    def deal(self, draws: Draws) -> None:
        """Let the values be those of the runs with these draws."""
        self.shape: Shape = draws.shape
        self._streams = Streams(draws.seed, draws.lives, draws.first)
        self._of = np.zeros((0, 0), dtype=np.int64)
        self._range_of: list[Range] = []
        self._row = np.empty(0, dtype=np.int64)
        if self._kept.shape[1] != draws.lives:
            self._kept = np.empty((1, draws.lives))

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, kind: str, id: str, estimate: Estimate) -> int:
        """The number of a range; `NO_RANGE` of a plain figure."""
        if not (isinstance(estimate, tuple) and is_range(estimate)):
            return NO_RANGE
        return self._numbers.setdefault((kind, id, estimate), len(self._numbers))

    def values(self, numbers: Ints, attempts: Ints, lives: Ints) -> Floats:
        """What these lives draw of these ranges for the attempt after so many."""
        self._make_room(int(attempts.max(initial=0)) + 1)
        width = self._of.shape[1]
        places = (numbers * width + attempts).astype(np.intp, copy=False)
        asked = np.bincount(places, minlength=self._of.size)
        for place in ((asked > 0) & (self._of.ravel() < 0)).nonzero()[0].tolist():
            self._of.flat[place] = self._added(*divmod(place, width))
        streams = self._of[numbers, attempts]
        self._keep(streams)
        rows = self._row[streams]
        left = (rows < 0).nonzero()[0]
        if not len(left):
            return np.asarray(self._kept[rows, lives])
        values = self._kept[rows, lives]
        uniform = self._streams.uniforms(streams[left], lives[left])
        each = [estimate for _, _, estimate in self._numbers]
        values[left] = spread_each(each, numbers[left], uniform, self.shape)
        return values

    def _keep(self, streams: Ints) -> None:
        """Keep what all lives draw of the streams that many ask for, as far as there is room."""
        new = len(self._streams) - len(self._row)
        if new:
            self._row = np.append(self._row, np.full(new, -1))
        lives = self._streams.lives
        asked = np.bincount(streams, minlength=len(self._row)) * MANY >= lives
        for stream in (asked & (self._row < 0)).nonzero()[0].tolist():
            row = int(self._row.max(initial=-1)) + 1
            if (row + 1) * lives > KEPT:
                return
            if len(self._kept) == 1:  # what is not used yet takes no memory
                self._kept = np.empty((KEPT // lives, lives))
            drawn = self._streams.every(stream)
            self._kept[row], self._row[stream] = (
                spread(self._range_of[stream], drawn, self.shape),
                row,
            )

    def _make_room(self, attempts: int) -> None:
        """A place for the stream of every range and attempt; below 0 until it is asked for."""
        before = self._of
        if before.shape[0] < len(self) or before.shape[1] < attempts:
            width = max(before.shape[1], 2 * attempts)
            self._of = np.full((len(self), width), -1, dtype=np.int64)
            self._of[: before.shape[0], : before.shape[1]] = before

    def _added(self, number: int, attempt: int) -> int:
        kind, id, estimate = list(self._numbers)[number]
        self._range_of.append(estimate)
        return self._streams.add(kind, attempt_at(id, attempt))
