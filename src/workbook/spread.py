"""Ranges: a figure known only as low / likely / high, and the values drawn from it.

Each attempt draws its own length and cost, as an activity of a PERT network does. There are two
shapes: "triangular" (the default: it assumes nothing beyond the three numbers) and "pert" (the
beta distribution of PERT, Malcolm et al. 1959, with the likely value weighted four times).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
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
    below = (mode - low) / (high - low)
    rising = low + np.sqrt(uniform * (high - low) * (mode - low))
    falling = high - np.sqrt((1.0 - uniform) * (high - low) * (high - mode))
    return np.where(uniform < below, rising, falling)


@lru_cache(maxsize=256)
def _pert(mode: float, points: int = 4097) -> tuple[Floats, Floats]:
    """The cumulative PERT distribution on 0..1 as (quantiles, values), for interpolation."""
    values = np.linspace(0.0, 1.0, points)
    density = values ** (4 * mode) * (1 - values) ** (4 * (1 - mode))
    steps = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)])
    return steps / steps[-1], values
