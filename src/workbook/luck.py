"""Luck: every draw of chance has a name, so that two plans can live the same one.

A draw belongs to a seed, a kind ("attempt", "truth", …) and a name (a milestone's id), never to
the order in which an engine happens to ask. Edit the plan and the draws of all that was left
alone stay what they were: common random numbers. Ask for more lives and the first ones stay.

One uniform number serves all attempts at a milestone: an attempt passes if it lies below the pass
rate; if not, what is left of it above the rate is stretched back to 0..1 (`after_failure`) and is
again uniform and independent of the past. A better pass rate so never passes later.
"""

from __future__ import annotations

from hashlib import sha256
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


def after_failure(uniform: FloatOrFloats, rate: float | Floats) -> FloatOrFloats:
    """The uniform that decides the next attempt, given that this one lay at or above `rate`."""
    return (uniform - rate) / (1.0 - rate)  # type: ignore[return-value]
