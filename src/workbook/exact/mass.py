"""A probability distribution over weeks and cash: what is propagated from stage to stage.

Everything that happens at a stage shifts all of it alike (some weeks later, some cash less) or
splits it at one amount of cash or one week; single runs are never considered. A distribution has
one of two forms with the same interface: `Grid`, an array of weeks × cash, if all amounts share a
large enough divisor, the *grain*; else `Entries`, a list of nonzero entries.
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

    def cells(self) -> int:
        """Return how many numbers it is stored in."""

    def listed(self) -> tuple[Ints, Ints, Floats]:
        """Return weeks, cash and probability of everything nonzero, by week, then by cash."""
