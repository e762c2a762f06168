"""Round values for the ticks of a scale."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor, log10

from workbook.charts.description import Scale

ROUND = (1.0, 2.0, 5.0, 10.0)
Say = Callable[[float], str]


def step_of(span: float, most: int) -> float:
    """The least round step, 1, 2 or 5 times a power of ten, that fits at most so often."""
    rough = max(span, 1e-9) / most
    unit = 10.0 ** floor(log10(rough))
    return next(unit * times for times in ROUND if unit * times >= rough * (1 - 1e-9))


def values(low: float, high: float, most: int, *, whole: bool = False) -> list[float]:
    """Round values from low to high, at most so many steps apart; with `whole`, integers."""
    step = step_of(high - low, most)
    step = max(1.0, step) if whole else step
    slack = 1e-9 * (high - low)
    first, last = ceil((low - slack) / step), floor((high + slack) / step)
    return [n * step for n in range(first, last + 1)]


def amounts(low: float, high: float, say: Say, most: int = 5) -> Scale:
    """A scale of any amounts, its grid drawn."""
    ticks = tuple((value, say(value)) for value in values(low, high, most))
    return Scale(low, high, ticks, grid=True)


def weeks(last: int, width: float) -> Scale:
    """A scale of weeks from 0, with as many ticks as stand apart on so many points."""
    most = max(2, min(9, int(width / 40)))
    ticks = tuple((week, f"{week:g}") for week in values(0, max(1, last), most, whole=True))
    return Scale(0, max(1, last), ticks)
