"""Find where a rising curve reaches a wanted chance, with few plays and no false precision.

Without noise the least step is found. A simulated curve is known only to a standard error, and so
is the step: the search uses round steps of at most half that error.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import floor, log10

from workbook.solve.required import SLACK, Curve

NEAR = 6.0
"""Standard errors within which a curve counts as linear when its slope is estimated."""


@dataclass(frozen=True)
class Root:
    """The least multiple of `grain` steps that reaches the chance, and its standard error."""

    step: int
    grain: int = 1
    error: float = 0.0


@dataclass
class Bracket:
    """Two steps, the chance at each, and the curve between them, which rises through `wanted`."""

    curve: Callable[[int], float]
    wanted: float
    low: int
    high: int
    low_chance: float
    high_chance: float

    @property
    def rise(self) -> float:
        """Return the difference of the chances at both steps."""
        return self.high_chance - self.low_chance

    def narrow(self, rise: float = 0.0) -> None:
        """Narrow until no step is left in between, or until the difference is small enough.

        Cuts at the linear interpolation, and in the middle after a cut that removed less than half.
        """
        halve = False
        while self.high - self.low > 1 and self.rise > rise:
            width = self.high - self.low
            share = 0.5 if halve else (self.wanted - self.low_chance) / self.rise
            self._cut(min(self.high - 1, max(self.low + 1, self.low + round(share * width))))
            halve = self.high - self.low > width / 2

    def _cut(self, step: int) -> None:
        chance = self.curve(step)
        if chance >= self.wanted - SLACK:
            self.high, self.high_chance = step, chance
        else:
            self.low, self.low_chance = step, chance

    def coarser(self, grain: int) -> Bracket:
        """Return the bracket in multiples of this many steps."""
        low, high = self.low // grain, -(-self.high // grain)
        ends = low, high, self.low_chance, self.high_chance
        return Bracket(lambda step: self.curve(step * grain), self.wanted, *ends)


@dataclass(frozen=True)
class Guess:
    """An estimate of the root, and its standard error, both in steps."""

    step: int
    error: float = 0.0


def root(curve: Curve, wanted: float, high: int, guess: Guess | None = None) -> Root:
    """Find the least step from 0 to `high` that reaches the wanted chance; `high` reaches it.

    The error is that of the guess, else the noise divided by the curve's slope at the root.
    """
    if curve.chance(0) >= wanted - SLACK:
        return Root(0)
    ends = (0, high) if guess is None else _around(curve, wanted, guess.step, high)
    between = Bracket(curve.chance, wanted, *ends, *(curve.chance(end) for end in ends))
    noise = curve.noise(wanted)
    return settled(between, noise, None if guess is None or noise == 0.0 else guess.error)


def settled(between: Bracket, noise: float, error: float | None = None) -> Root:
    """Find the least step in a bracket that reaches the chance, no finer than its error.

    Without an error it is the noise divided by the curve's slope there.
    """
    if error is None:
        between.narrow(NEAR * noise)
        error = noise * (between.high - between.low) / between.rise
    if between.high - between.low == 1:
        return Root(between.high, 1, error)
    grain = round_step(error / 2)
    coarse = between.coarser(grain)
    coarse.narrow()
    step = coarse.high * grain
    if between.curve(step) < between.wanted - SLACK:  # a curve that falls somewhere
        step = between.high
    return Root(step, grain, error)


def round_step(most: float) -> int:
    """Return the largest of 1, 2, 5, 10, 20, 50, … that is not larger than this; at least 1."""
    most = max(1.0, most)
    ten = int(10 ** floor(log10(most)))
    return max(ten * digit for digit in (1, 2, 5) if ten * digit <= most)


def _around(curve: Curve, wanted: float, guess: int, high: int) -> tuple[int, int]:
    """Bracket the root, searching outwards from a guess."""
    low, stride = 0, max(1, guess // 50)
    step = guess = min(guess, high)
    up = curve.chance(guess) < wanted - SLACK
    while low < step < high and (curve.chance(step) < wanted - SLACK) == up:
        low, high = (step, high) if up else (low, step)
        step = guess + stride if up else guess - stride
        stride *= 4
    if low < step < high:
        return (low, step) if up else (step, high)
    return low, high
