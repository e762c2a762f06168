"""Probability spread over weeks and cash: what is carried from stage to stage.

Everything that happens at a stage moves all of it alike (so many weeks on, so much cash less) or
splits it at one amount of cash or one week; nothing is asked of single lives. A mass is kept in
one of two ways, which answer the same questions: `Grid`, an array of weeks × cash, where all
amounts share a large enough divisor, the *grain*; else `Entries`, a list of what is not zero.
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
    """How mass comes back to its own stage, for as long as there are weeks.

    Attributes
    ----------
    share
        Part of those who start that fails and is back, ...
    weeks, cash, above
        ... so many weeks later, with the cash moved so much; only who has at least `above` starts
        and lives through it. Cents.
    wait, below
        Who has less than `below` is back a week later with so much more cash; None: nobody waits.
    mortal
        Whether cash below zero is of no interest.
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
    """Mass that is met at each of some places, so many weeks and so much cash (cents) further."""

    mass: M
    places: Sequence[Place] = HERE


class Mass(Protocol):
    """What can be asked of probability over weeks and cash."""

    @classmethod
    def summed(cls, parts: Sequence[Self], grain: int) -> Self:
        """All parts in one, equal weeks and cash merged."""

    @classmethod
    def met(cls, stays: Sequence[Stay[Self]], grain: int) -> Self:
        """All of these in one, wherever they are met; equal weeks and cash merged."""

    def returning(self, back: Return, horizon: int) -> Self:
        """With all that comes back to it added, round after round."""

    def moved(self, weeks: int, cash: int) -> Self:
        """The same so many weeks on and with the cash moved so much."""

    def times(self, share: float) -> Self:
        """A share of it."""

    def split_at_cash(self, cash: int) -> tuple[Self, Self]:
        """What has less than this cash, and the rest."""

    def split_at_week(self, week: int) -> tuple[Self, Self]:
        """What stands before this week, and the rest."""

    def without_small(self, least: float, most: float) -> tuple[Self, float]:
        """Without parts below `least`, unless these are above `most` in all; and how much went."""

    def by_week(self, horizon: int) -> Floats:
        """Its sums for weeks 0 … horizon."""

    def by_cash(self) -> tuple[Ints, Floats]:
        """Amounts of cash in rising order, and the sum at each."""

    def total(self) -> float:
        """All of it."""

    def cells(self) -> int:
        """How many numbers it is kept in."""

    def listed(self) -> tuple[Ints, Ints, Floats]:
        """Weeks, cash and chance of all that is not zero, by week, then by cash."""
