"""A probability distribution over weeks and cash: what is propagated from stage to stage.

Everything that happens at a stage shifts all of it alike (some weeks later, some cash less) or
splits it at one amount of cash or one week; single runs are never considered. A distribution has
one of two forms with the same interface: `Grid`, an array of weeks × cash, if all amounts share a
large enough divisor, the *grain* (adding is one addition, shifting is free); else `Entries`, a list
of nonzero entries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, Protocol, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
M = TypeVar("M")


@dataclass(frozen=True)
class Return:
    """How mass returns to its own stage, as long as there are weeks.

    Attributes
    ----------
    share
        The part of those who start that fails and returns, ...
    weeks, cash, above
        ... this many weeks later, with the cash changed by this amount; only mass with at least
        `above` starts and survives it. Cents.
    wait, below
        Mass with less than `below` returns a week later with this much more cash; None: nothing
        waits.
    mortal
        Whether cash below zero can be ignored.
    """

    share: float
    weeks: int
    cash: int
    above: int | None
    wait: int | None
    below: int
    mortal: bool


Place = tuple[int, int]
HERE: tuple[Place, ...] = ((0, 0),)


class Stay(NamedTuple, Generic[M]):
    """Mass that is needed at several places, each some weeks and cents later."""

    mass: M
    places: Sequence[Place] = HERE


class Mass(Protocol):
    """The interface of a distribution over weeks and cash."""

    @classmethod
    def summed(cls, parts: Sequence[Self], grain: int) -> Self:
        """Add all parts, merging equal weeks and cash."""

    @classmethod
    def met(cls, stays: Sequence[Stay[Self]], grain: int) -> Self:
        """Add all of these at all their places, merging equal weeks and cash."""

    def returning(self, back: Return, horizon: int) -> Self:
        """Return it with everything that returns to it added, round after round."""

    def moved(self, weeks: int, cash: int) -> Self:
        """Shift it by weeks and cash."""

    def times(self, share: float) -> Self:
        """Multiply it by a share."""

    def split_at_cash(self, cash: int) -> tuple[Self, Self]:
        """Split it into what has less than this cash, and the rest."""

    def split_at_week(self, week: int) -> tuple[Self, Self]:
        """Split it into what is before this week, and the rest."""

    def without_small(self, least: float, most: float) -> tuple[Self, float]:
        """Drop parts below `least`, at most `most` in total; also return how much was dropped."""

    def by_week(self, horizon: int) -> Floats:
        """Return its sums for weeks 0 … horizon."""

    def by_cash(self) -> tuple[Ints, Floats]:
        """Return the amounts of cash in ascending order, and the sum at each."""

    def total(self) -> float:
        """Return its total."""

    def cash_in_all(self) -> float:
        """Return the sum of cash × probability."""

    def cells(self) -> int:
        """Return how many numbers it is stored in."""

    def listed(self) -> tuple[Ints, Ints, Floats]:
        """Return weeks, cash and probability of everything nonzero, by week, then by cash."""


@dataclass(frozen=True)
class Grid:
    """Row r, column c: the probability of week `week + r` with `low + c × grain` cents."""

    week: int
    low: int
    grain: int
    chance: Floats

    @classmethod
    def certain(cls, week: int, cash: int, grain: int) -> Grid:
        """Return all probability at one place."""
        return cls(week, cash, grain, np.ones((1, 1)))

    @classmethod
    def summed(cls, parts: Sequence[Grid], grain: int) -> Grid:
        """Add all parts."""
        if len(parts) == 1:
            return parts[0]
        first = min(part.week for part in parts)
        last = max(part.week + part.chance.shape[0] for part in parts)
        low = min(part.low for part in parts)
        high = max(part.low + part.chance.shape[1] * grain for part in parts)
        whole = cls(first, low, grain, np.zeros((last - first, (high - low) // grain)))
        for part in parts:
            whole.add(part)
        return whole

    @classmethod
    def met(cls, stays: Sequence[Stay[Grid]], grain: int) -> Grid:
        """Add all of these at all their places."""
        parts = [mass.moved(*place) for mass, places in stays for place in places]
        return cls.summed(parts, grain)

    def add(self, part: Grid) -> None:
        """Add a part that lies within."""
        row, column = part.week - self.week, (part.low - self.low) // self.grain
        rows, columns = part.chance.shape
        self.chance[row : row + rows, column : column + columns] += part.chance

    def returning(self, back: Return, horizon: int) -> Grid:
        """Return it with everything that returns added, in blocks as long as one attempt."""
        grid = self._with_room(back, horizon)
        p, (rows, columns) = grid.chance, grid.chance.shape
        step, wait = back.cash // grid.grain, (back.wait or 0) // grid.grain
        start = max(0, -step)
        if back.above is not None:
            start = max(start, grid.column(back.above))
        end = columns - max(0, step)
        unable = max(0, min(grid.column(back.below), columns - wait))
        width = back.weeks if back.wait is None else 1
        for row in range(0, rows - 1, width):
            if back.wait is not None:
                p[row + 1, wait : unable + wait] += p[row, :unable]
            count = min(width, rows - row - back.weeks)
            if count > 0 and start < end:
                source = p[row : row + count, start:end]
                target = slice(row + back.weeks, row + back.weeks + count)
                p[target, start + step : end + step] += back.share * source
        return grid

    def _with_room(self, back: Return, horizon: int) -> Grid:
        """Return a copy with rows to the last week and columns for all cash that is possible."""
        rounds = (horizon - self.week) // back.weeks
        low, high = self.low, self.low + self.chance.shape[1] * self.grain
        low += min(0, rounds * back.cash)
        high += max(0, rounds * back.cash)
        if back.wait is not None:
            high = max(high, back.below + back.wait + self.grain + max(0, rounds * back.cash))
        if back.mortal:
            low = max(low, min(self.low, self.low % self.grain))
        shape = (horizon + 1 - self.week, -(-(high - low) // self.grain))
        room = Grid(self.week, low, self.grain, np.zeros(shape))
        room.add(self)
        return room

    def column(self, cash: int) -> int:
        """Return the first column with at least this cash, within the grid's bounds."""
        return int(min(max(0, -((self.low - cash) // self.grain)), self.chance.shape[1]))

    def moved(self, weeks: int, cash: int) -> Grid:
        """Shift it by weeks and cash."""
        return Grid(self.week + weeks, self.low + cash, self.grain, self.chance)

    def times(self, share: float) -> Grid:
        """Multiply it by a share."""
        return self if share == 1.0 else self._with(self.chance * share)

    def _with(self, chance: Floats) -> Grid:
        return Grid(self.week, self.low, self.grain, chance)

    def split_at_cash(self, cash: int) -> tuple[Grid, Grid]:
        """Split it into what has less than this cash, and the rest."""
        column = self.column(cash)
        rest = Grid(self.week, self.low + column * self.grain, self.grain, self.chance[:, column:])
        return self._with(self.chance[:, :column]), rest

    def split_at_week(self, week: int) -> tuple[Grid, Grid]:
        """Split it into what is before this week, and the rest."""
        row = min(max(0, week - self.week), len(self.chance))
        rest = Grid(self.week + row, self.low, self.grain, self.chance[row:])
        return self._with(self.chance[:row]), rest

    def without_small(self, least: float, most: float) -> tuple[Grid, float]:
        """Drop what is too small to follow."""
        small = self.chance < least
        gone = float(self.chance.sum(where=small))
        if gone == 0.0 or gone > most:
            return self, 0.0
        return self._with(np.where(small, 0.0, self.chance)), gone

    def by_week(self, horizon: int) -> Floats:
        """Return sums of rows."""
        sums = np.zeros(horizon + 1)
        sums[self.week : self.week + len(self.chance)] = self.chance.sum(axis=1)
        return sums

    def by_cash(self) -> tuple[Ints, Floats]:
        """Return sums of columns."""
        columns = self.chance.shape[1]
        return self.low + self.grain * np.arange(columns), self.chance.sum(axis=0)

    def total(self) -> float:
        """Return the total."""
        return float(self.chance.sum())

    def cash_in_all(self) -> float:
        """Return the sum of cash × probability."""
        cash, chance = self.by_cash()
        return float((chance * cash).sum())

    def cells(self) -> int:
        """Return rows × columns."""
        return int(self.chance.size)

    def listed(self) -> tuple[Ints, Ints, Floats]:
        """Return everything nonzero."""
        rows, columns = np.nonzero(self.chance)
        return self.week + rows, self.low + self.grain * columns, self.chance[rows, columns]
