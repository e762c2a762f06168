"""The random draws of all runs: events and the values of ranges, each made on first use.

Events (`left`) keep what a failure leaves of their uniform number, so that one draw serves every
try.
"""

from __future__ import annotations

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
    spread_each,
    uniforms,
)
from workbook.outcomes import Ints

Bools = np.ndarray[tuple[int], np.dtype[np.bool_]]


class Draws:
    """The random numbers of `lives` runs from one seed."""

    def __init__(self, seed: int, lives: int, shape: Shape) -> None:
        self.seed, self.lives, self.shape = seed, lives, shape
        self._left: dict[tuple[str, str], Floats] = {}

    def uniforms(self, kind: str, name: str) -> Floats:
        """Return the draw of that name in every run."""
        return uniforms(self.seed, kind, name, self.lives)

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


NO_RANGE = -1


class Ranges:
    """Every range (low, likely, high) that costs and lengths are drawn from, by its number.

    Each attempt draws a value of its own from the stream of its name.
    """

    def __init__(self, seed: int, lives: int, shape: Shape) -> None:
        self.shape: Shape = shape
        self._streams = Streams(seed, lives)
        self._numbers: dict[tuple[str, str, Range], int] = {}
        self._of = np.zeros((0, 0), dtype=np.int64)

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
        for place in np.unique(numbers * width + attempts).tolist():
            if self._of.flat[place] < 0:
                self._of.flat[place] = self._added(*divmod(place, width))
        uniform = self._streams.uniforms(self._of[numbers, attempts], lives)
        return spread_each([*(key[2] for key in self._numbers)], numbers, uniform, self.shape)

    def _make_room(self, attempts: int) -> None:
        """A place for the stream of every range and attempt; below 0 until it is asked for."""
        before = self._of
        if before.shape[0] < len(self) or before.shape[1] < attempts:
            width = max(before.shape[1], 2 * attempts)
            self._of = np.full((len(self), width), -1, dtype=np.int64)
            self._of[: before.shape[0], : before.shape[1]] = before

    def _added(self, number: int, attempt: int) -> int:
        kind, id, _ = list(self._numbers)[number]
        return self._streams.add(kind, attempt_at(id, attempt))
