"""Draws of chosen lives from many named streams at once, without drawing for all other lives.

`luck.uniforms` draws a name for every life from the first on. Lives that begin an attempt in some
week need the draws of a few names at a few places. A stream is PCG64 (O'Neill 2014): a linear
congruential generator of 128 bits, so that its state after n steps is aⁿ s + (1 + a + … + aⁿ⁻¹) c
and is reached without the steps between (Brown 1994, "Random number generation with arbitrary
strides"). The draws are those of `luck.uniforms`, to the bit.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from workbook.luck import Floats, generator

Words = NDArray[np.uint64]
Wide = tuple[Words, Words]
"""Numbers of 128 bits: high words, low words."""

MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645
LOW = np.uint64(0xFFFFFFFF)
HALF, ROTATION, WORD, UNUSED = (np.uint64(bits) for bits in (32, 58, 64, 11))
UNIT = 2.0**-53


class Streams:
    """Named streams of one seed, for so many lives."""

    def __init__(self, seed: int, lives: int) -> None:
        self.seed, self.lives = seed, lives
        self._starts: list[tuple[int, int]] = []
        self._words: Words = np.zeros((4, 0), dtype=np.uint64)

    def add(self, kind: str, name: str) -> int:
        """The number of a new stream."""
        state = generator(self.seed, kind, name).state["state"]
        self._starts.append((state["state"], state["inc"]))
        return len(self._starts) - 1

    def uniforms(self, streams: NDArray[np.int64], lives: NDArray[np.int64]) -> Floats:
        """The draw of each stream at each life, in [0, 1); arrays of one length."""
        if self._words.shape[1] < len(self._starts):
            self._words = np.array([[*_words(s), *_words(c)] for s, c in self._starts]).T
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
