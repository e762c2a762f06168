"""The marks of an axis: where they stand, what is written at them, how their side is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

LENGTH, THICK, PAD = 3.0, 0.6, 3.5
"""Of a mark, and between it and its figure, in points."""

SIZE = 8.0
"""Of the figures."""


class Locator(Protocol):
    """Where marks stand: any of matplotlib's locators."""

    def tick_values(self, vmin: float, vmax: float) -> Any:
        """Places of marks in the range, and maybe one beyond each end."""


@dataclass
class Scale:
    """One side of an axes: across or up."""

    size: float
    """How long it is, in points."""
    room: float
    """How much of it a figure needs, in points: with no locator set, there are no more marks."""
    low: float = 0.0
    high: float = 1.0
    locator: Locator | None = None
    say: Callable[[float, int], str] | None = None
    fixed: tuple[list[float], list[str]] | None = None
    label: str = ""
    label_style: dict[str, Any] = field(default_factory=dict)
    figures: bool = True
    grid: bool = False

    @property
    def span(self) -> float:
        """How much it shows, from one end to the other."""
        return self.high - self.low or 1.0

    def limit(self, low: float | tuple[float, float], high: float | None = None) -> None:
        """Show this much: two ends, or both in one."""
        ends = (low, high) if high is not None else low
        self.low, self.high = (float(end) for end in ends)  # type: ignore[union-attr, arg-type]

    def share(self, value: float) -> float:
        """Where a value stands, as a share of the way."""
        return (value - self.low) / self.span

    def set_major_locator(self, locator: Locator) -> None:
        """Put marks where it says."""
        self.locator = locator

    def set_major_formatter(self, say: Callable[[float, int], str]) -> None:
        """Write at each mark what it says."""
        self.say = say

    def marks(self) -> list[tuple[float, str]]:
        """Each mark in the range with its figure."""
        if self.fixed is not None:
            return list(zip(*self.fixed, strict=True))
        low, high = sorted((self.low, self.high))
        slack = 1e-9 * (high - low)
        values = [float(value) for value in self._locator().tick_values(low, high)]
        values = [value for value in values if low - slack <= value <= high + slack]
        say = self.say or (lambda value, _: f"{value:g}")
        return [(value, say(value, n) if self.figures else "") for n, value in enumerate(values)]

    def _locator(self) -> Locator:
        from matplotlib.ticker import MaxNLocator

        if self.locator is not None:
            return self.locator
        return MaxNLocator(min(9, max(1, int(self.size / self.room))), steps=[1, 2, 2.5, 5, 10])
