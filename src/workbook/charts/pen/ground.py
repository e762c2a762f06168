"""The ground that an axes stands on: its box, its limits, and what is kept to be drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import isfinite
from types import SimpleNamespace
from typing import Any, TypeAlias

from workbook.charts.pen.paper import Paper
from workbook.charts.pen.scale import Scale
from workbook.charts.pen.steps import Point, polyline

DATA, SHARE = "data", "axes fraction"
System: TypeAlias = "str | tuple[str, str]"
"""What places count in: data, or shares of the axes; one for both directions or one for each."""

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, width and height, in points from the upper left of the paper."""


class Ground:
    """A part of the paper with a quiet frame; without one where it is set off."""

    transAxes = (SHARE, SHARE)  # noqa: N815 - as matplotlib calls it
    figure = SimpleNamespace(dpi=72.0)

    def __init__(self, paper: Paper, box: Box) -> None:
        self.paper, self.box = paper, box
        self.xaxis, self.yaxis = Scale(box[2], 24.0), Scale(box[3], 16.0, grid=True)
        self.framed, self._equal = True, False
        self.drawn: list[tuple[float, Callable[[], None]]] = []

    def set_axis_off(self) -> None:
        """Draw no frame, no marks and no grid."""
        self.framed = False

    def grid(self, *, visible: bool) -> None:
        """Whether lines run across at the marks of the upward side."""
        self.yaxis.grid = visible

    def tick_params(self, *, labelbottom: bool) -> None:
        """Whether figures stand at the lower marks."""
        self.xaxis.figures = labelbottom

    def set_aspect(self, aspect: str) -> None:
        """One unit is as long across as up: `equal` is all there is."""
        self._equal = aspect == "equal"

    def set_xlim(self, low: float | tuple[float, float], high: float | None = None) -> None:
        """What the lower side shows, from left to right."""
        self.xaxis.limit(low, high)

    def set_ylim(self, low: float | tuple[float, float], high: float | None = None) -> None:
        """What the upward side shows, from the foot to the top."""
        self.yaxis.limit(low, high)

    def get_xlim(self) -> tuple[float, float]:
        """What the lower side shows."""
        return self.xaxis.low, self.xaxis.high

    def get_ylim(self) -> tuple[float, float]:
        """What the upward side shows."""
        return self.yaxis.low, self.yaxis.high

    def get_window_extent(self) -> SimpleNamespace:
        """How wide and high it is on the paper, in points."""
        return SimpleNamespace(width=self.box[2], height=self.box[3])

    def get_xaxis_transform(self) -> System:
        """Data across, shares of the axes up."""
        return (DATA, SHARE)

    def place(self, x: float, y: float, system: System = DATA) -> Point:
        """Where a place stands on the paper."""
        across, up = (system, system) if isinstance(system, str) else system
        left, top, width, height = self._inner
        right = self.xaxis.share(x) if across == DATA else x
        high = self.yaxis.share(y) if up == DATA else y
        return left + right * width, top + (1 - high) * height

    @property
    def _inner(self) -> Box:
        """The box that the limits fill: all of it, or the middle where units are equal."""
        if not self._equal:
            return self.box
        left, top, width, height = self.box
        across, up = abs(self.xaxis.span), abs(self.yaxis.span)
        unit = min(width / across, height / up)
        wide, high = unit * across, unit * up
        return left + (width - wide) / 2, top + (height - high) / 2, wide, high

    def clip(self, places: Sequence[Point]) -> str:
        """The edge of the axes, where something would reach over it."""
        left, top, width, height = self._inner
        slack = 0.01
        inside = all(
            left - slack <= x <= left + width + slack and top - slack <= y <= top + height + slack
            for x, y in places
            if isfinite(x) and isfinite(y)
        )
        corners = ((left, top), (left + width, top), (left + width, top + height))
        return "" if inside else polyline([*corners, (left, top + height)], closed=True)

    def later(self, zorder: float, draw: Callable[..., None], *args: Any, **style: Any) -> None:
        """Keep something to be drawn when all is."""
        self.drawn.append((zorder, lambda: draw(*args, **style)))


def stairs(places: Sequence[Point]) -> list[Point]:
    """The places with a corner before each: a line stays until the next one."""
    found = [places[0]] if places else []
    for before, after in pairwise(places):
        found += [(after[0], before[1]), after]
    return found
