"""Common random numbers: every random draw has a name, so that two plans can share it.

A draw is identified by a seed, a kind ("attempt", "truth", …) and a name (a milestone's id), never
by the order in which an engine asks for it. After an edit of the plan all unaffected draws stay the
same: common random numbers. With more runs the first ones stay the same, too.

One uniform number serves all attempts at a milestone: an attempt passes if it is below the pass
rate; if not, the part above the rate is rescaled to 0..1 (`after_failure`) and is again uniform and
independent of the past. So a better pass rate never passes later.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from math import nextafter
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FloatOrFloats = TypeVar("FloatOrFloats", float, Floats)


def uniforms(seed: int, kind: str, name: str, lives: int) -> Floats:
    """Return uniform draws in [0, 1), one per run; a longer array begins with the shorter one."""
    return np.random.Generator(generator(seed, kind, name)).random(lives)


def generator(seed: int, kind: str, name: str) -> np.random.PCG64:
    """The generator of a draw, as it stands before the first life."""
    words = np.frombuffer(sha256(f"{kind}:{name}".encode()).digest(), dtype=np.uint32)
    return np.random.PCG64(np.random.SeedSequence([seed, *words.tolist()]))


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
        bar = 0.0
        for rate in reversed(rates[:nth]):
            bar = rate + bar * (1.0 - rate)
        while bar > found[-1] and _fails(nextafter(bar, 0.0), rates[:nth]):
            bar = nextafter(bar, 0.0)
        while bar < 1.0 and not _fails(bar, rates[:nth]):
            bar = nextafter(bar, 1.0)
        found.append(max(bar, found[-1]))
    return tuple(found[1:])


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
