"""Common random numbers: every random draw has a name, so that two plans can share it.

A draw is identified by a seed, a kind ("attempt", "truth", …) and a name (a milestone's id), never
by the order in which an engine asks for it. After an edit of the plan all unaffected draws stay the
same: common random numbers. With more runs the first ones stay the same, too.

One uniform number serves all attempts at a milestone: an attempt passes if it is below the pass
rate; if not, the part above the rate is rescaled to 0..1 (`after_failure`) and is again uniform and
independent of the past. So a better pass rate never passes later.

A range is a figure known only as low / likely / high. Each attempt draws its own length and cost
from it, as an activity of a PERT network does. There are two shapes: "triangular" (the default: it
assumes nothing beyond the three numbers) and "pert" (the beta distribution of PERT, Malcolm et al.
1959, with the likely value weighted four times).

`uniforms` draws a name for every life from the first on. Lives that begin an attempt in some week
need the draws of a few names at a few places: `Streams` gives these, to the bit, without the draws
between. A stream is PCG64 (O'Neill 2014): a linear congruential generator of 128 bits, so that its
state after n steps is aⁿ s + (1 + a + … + aⁿ⁻¹) c and is reached directly (Brown 1994, "Random
number generation with arbitrary strides").
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from math import nextafter
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FloatOrFloats = TypeVar("FloatOrFloats", float, Floats)
PERT_POINTS = 4097
"""Points of a cumulative PERT distribution, between which it is interpolated."""


def uniforms(seed: int, kind: str, name: str, lives: int, first: int = 0) -> Floats:
    """Return uniform draws in [0, 1), one per run; a longer array begins with the shorter one.

    `first` is how many runs there are before these.
    """
    return np.random.Generator(generator(seed, kind, name, first)).random(lives)


def generator(seed: int, kind: str, name: str, first: int = 0) -> np.random.PCG64:
    """Return the generator of a draw, as it stands after so many runs."""
    words = np.frombuffer(sha256(f"{kind}:{name}".encode()).digest(), dtype=np.uint32)
    found = np.random.PCG64(np.random.SeedSequence([seed, *words.tolist()]))
    return found.advance(first) if first else found


def attempt_at(id: str, made: int) -> str:
    """Return the name of the draw for the next attempt after `made` attempts at this milestone."""
    return f"{id}:{made}"


@lru_cache(maxsize=512)
def bars(rates: tuple[float, ...]) -> tuple[float, ...]:
    """Return the uniforms from which on the first attempt fails, the first two, and so on.

    Equal to the last bit to `after_failure`, attempt by attempt: every step of it is monotone in
    the uniform, so there is one threshold per number of attempts.
    """
    found = [0.0]
    for nth in range(1, len(rates) + 1):
        found.append(next_bar(rates[:nth], found[-1]))
    return tuple(found[1:])


def next_bar(rates: Sequence[float], before: float) -> float:
    """Return the uniform from which on attempts with these rates all fail; `before` is that from
    which on all but the last of them do.
    """
    bar = 0.0
    for rate in reversed(rates):
        bar = rate + bar * (1.0 - rate)
    while bar > before and _fails(nextafter(bar, 0.0), rates):
        bar = nextafter(bar, 0.0)
    while bar < 1.0 and not _fails(bar, rates):
        bar = nextafter(bar, 1.0)
    return max(bar, before)


def _fails(uniform: float, rates: Sequence[float]) -> bool:
    """Whether attempts with these rates all fail."""
    for rate in rates:
        if uniform < rate or rate == 1.0:
            return False
        uniform = after_failure(uniform, rate)
    return True


def after_failure(uniform: FloatOrFloats, rate: float | Floats) -> FloatOrFloats:
    """Return the uniform of the next attempt, given that this one was at or above `rate`."""
    return (uniform - rate) / (1.0 - rate)  # type: ignore[return-value]


Shape = Literal["triangular", "pert"]
Range = tuple[float, float, float]
Estimate = float | Range
Value = Literal["least", "likely", "mean"]
"""How to replace a range by one value: its low end, its middle value, or the mean of its draws."""


def is_range(estimate: Estimate | None) -> bool:
    """Whether an estimate is low / likely / high with different values."""
    return isinstance(estimate, tuple) and estimate[0] < estimate[2]


def likely(estimate: Estimate) -> float:
    """Return the likely value of an estimate: the middle one, or the number itself."""
    return estimate[1] if isinstance(estimate, tuple) else estimate


def value_of(estimate: Estimate, value: Value) -> float:
    """Return an estimate as one number; `mean` is that of the triangular shape."""
    if not isinstance(estimate, tuple):
        return estimate
    return {"least": estimate[0], "likely": estimate[1], "mean": sum(estimate) / 3}[value]


def exceeded(estimate: Range, edges: Floats) -> Floats:
    """Return the chance that a draw of the triangular shape is above each edge."""
    low, mode, high = estimate
    rising = 1.0 - (edges - low) ** 2 / max((high - low) * (mode - low), 1e-300)
    falling = (high - edges) ** 2 / max((high - low) * (high - mode), 1e-300)
    inside = np.where(edges <= mode, rising, falling)
    return np.where(edges <= low, 1.0, np.where(edges >= high, 0.0, inside))


def spread(estimate: Estimate, uniform: Floats, shape: Shape = "triangular") -> Floats:
    """Return the values of the estimate at these quantiles (uniform draws in [0, 1))."""
    if not (isinstance(estimate, tuple) and is_range(estimate)):
        return np.full(np.shape(uniform), likely(estimate), dtype=np.float64)
    low, mode, high = estimate
    if shape == "pert":
        return low + (high - low) * np.interp(uniform, *_pert((mode - low) / (high - low)))
    return _triangular(low, mode, high, uniform)


def spread_each(
    ranges: Sequence[Range], which: NDArray[np.int64], uniform: Floats, shape: Shape = "triangular"
) -> Floats:
    """Return for each quantile the value of the range of its number: `spread` for many ranges."""
    low, mode, high = np.array(ranges, dtype=np.float64).T[:, which]
    if shape == "triangular":
        return _triangular(low, mode, high, uniform)
    values = np.empty_like(uniform)
    for number in np.unique(which).tolist():
        same = which == number
        values[same] = spread(ranges[number], uniform[same], shape)
    return values


def _triangular(
    low: float | Floats, mode: float | Floats, high: float | Floats, uniform: Floats
) -> Floats:
    rises = uniform < (mode - low) / (high - low)
    rising = uniform * (high - low) * (mode - low)
    falling = (1.0 - uniform) * (high - low) * (high - mode)
    apart = np.sqrt(np.where(rises, rising, falling))  # from the end that it is measured from
    return np.where(rises, low + apart, high - apart)


@lru_cache(maxsize=256)
def _pert(mode: float) -> tuple[Floats, Floats]:
    """The cumulative PERT distribution on 0..1 as (quantiles, values), for interpolation."""
    values = np.linspace(0.0, 1.0, PERT_POINTS)
    density = values ** (4 * mode) * (1 - values) ** (4 * (1 - mode))
    steps = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)])
    return steps / steps[-1], values


Words = NDArray[np.uint64]
Wide = tuple[Words, Words]
"""Numbers of 128 bits: high words, low words."""

MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645
LOW = np.uint64(0xFFFFFFFF)
HALF, ROTATION, WORD, UNUSED = (np.uint64(bits) for bits in (32, 58, 64, 11))
UNIT = 2.0**-53
AT_ONCE = 2_000
"""Draws of streams that are computed at once."""


class Streams:
    """Named streams of one seed, for so many lives; `first` is how many there are before these."""

    def __init__(self, seed: int, lives: int, first: int = 0) -> None:
        self.seed, self.lives, self.first = seed, lives, first
        self._starts: list[tuple[int, int]] = []
        self._names: list[tuple[str, str]] = []
        self._words: Words = np.zeros((4, 0), dtype=np.uint64)

    def add(self, kind: str, name: str) -> int:
        """The number of a new stream."""
        state = generator(self.seed, kind, name, self.first).state["state"]
        self._starts.append((state["state"], state["inc"]))
        self._names.append((kind, name))
        return len(self._starts) - 1

    def __len__(self) -> int:
        return len(self._starts)

    def every(self, stream: int) -> Floats:
        """The draws of a stream at all lives."""
        return uniforms(self.seed, *self._names[stream], self.lives, self.first)

    def uniforms(self, streams: NDArray[np.int64], lives: NDArray[np.int64]) -> Floats:
        """The draw of each stream at each life, in [0, 1); arrays of one length."""
        if new := self._starts[self._words.shape[1] :]:
            more = np.array([[*_words(s), *_words(c)] for s, c in new]).T
            self._words = np.concatenate([self._words, more], axis=1)
        found = np.empty(len(streams))
        for part in range(0, len(streams), AT_ONCE):
            some = slice(part, part + AT_ONCE)
            found[some] = self._drawn(streams[some], lives[some])
        return found

    def _drawn(self, streams: NDArray[np.int64], lives: NDArray[np.int64]) -> Floats:
        """The same for few enough that what is computed on the way stays near the processor."""
        state_high, state_low, step_high, step_low = self._words[:, streams]
        power_high, power_low, sum_high, sum_low = _ahead(self.lives)[:, lives]
        moved = _times((power_high, power_low), (state_high, state_low))
        high, low = _plus(moved, _times((sum_high, sum_low), (step_high, step_low)))
        mixed, turn = high ^ low, high >> ROTATION
        rotated = (mixed >> turn) | (mixed << ((WORD - turn) & np.uint64(63)))
        return np.asarray((rotated >> UNUSED).astype(np.float64) * UNIT)


@lru_cache(maxsize=2)
def _ahead(lives: int) -> Words:
    """By life, the power of the multiplier and the sum of powers that lead to its draw.

    Shape (4, lives): high and low words of both.
    """
    power, total, count = _wide(MULTIPLIER), _wide(1), 1
    while count < lives:  # twice as many: what leads to the first half, once more from its end
        step = pow(MULTIPLIER, count, 2**128)
        before = (total[0][-1:], total[1][-1:])
        later = _plus(_times(total, _wide(step)), before)
        power, total = _joined(power, _times(power, _wide(step))), _joined(total, later)
        count *= 2
    return np.array([*power, *total])[:, :lives]


def _joined(one: Wide, other: Wide) -> Wide:
    return np.concatenate([one[0], other[0]]), np.concatenate([one[1], other[1]])


def _words(number: int) -> tuple[np.uint64, np.uint64]:
    return np.uint64(number >> 64), np.uint64(number & (2**64 - 1))


def _wide(number: int) -> Wide:
    high, low = _words(number)
    return np.array([high]), np.array([low])


def _plus(one: Wide, other: Wide) -> Wide:
    """Sums, without what goes beyond 128 bits."""
    low = one[1] + other[1]
    return one[0] + other[0] + (low < one[1]), low


def _times(one: Wide, other: Wide) -> Wide:
    """Products, without what goes beyond 128 bits."""
    a, b = one[1] & LOW, one[1] >> HALF
    c, d = other[1] & LOW, other[1] >> HALF
    low, cross, back = a * c, b * c, a * d
    middle = (low >> HALF) + (cross & LOW) + (back & LOW)
    high = b * d + (cross >> HALF) + (back >> HALF) + (middle >> HALF)
    return high + one[0] * other[1] + one[1] * other[0], (middle << HALF) | (low & LOW)
