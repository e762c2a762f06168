"""Luck: every draw of chance has a name, so that two plans can live the same one.

A draw belongs to a seed, a kind ("attempt", "truth", …) and a name (a milestone's id), never to
the order in which an engine happens to ask. Edit the plan and the draws of all that was left
alone stay what they were: common random numbers. Ask for more lives and the first ones stay.

One uniform number serves all attempts at a milestone: an attempt passes if it lies below the pass
rate; if not, what is left of it above the rate is stretched back to 0..1 (`after_failure`) and is
again uniform and independent of the past. A better pass rate so never passes later.
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
    """Uniform draws in [0, 1), one a life; a longer array begins with the shorter one."""
    words = np.frombuffer(sha256(f"{kind}:{name}".encode()).digest(), dtype=np.uint32)
    sequence = np.random.SeedSequence([seed, *words.tolist()])
    return np.random.Generator(np.random.PCG64(sequence)).random(lives)


def attempt_at(id: str, made: int) -> str:
    """The name of a draw that belongs to the attempt after so many at this milestone."""
    return f"{id}:{made}"


@lru_cache(maxsize=512)
def bars(rates: tuple[float, ...]) -> tuple[float, ...]:
    """The uniforms from which on the first attempt fails, the first two, the first three and so on.

    To the last bit what `after_failure` comes to, attempt by attempt: every step of it rises with
    the uniform, so there is one number from which on the attempt fails.
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
    """Whether attempts of these rates all fail."""
    for rate in rates:
        if uniform < rate or rate == 1.0:
            return False
        uniform = after_failure(uniform, rate)
    return True


def after_failure(uniform: FloatOrFloats, rate: float | Floats) -> FloatOrFloats:
    """The uniform that decides the next attempt, given that this one lay at or above `rate`."""
    return (uniform - rate) / (1.0 - rate)  # type: ignore[return-value]
