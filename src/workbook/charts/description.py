"""What a picture shows, as plain data: panels with scales, and the marks on them.

A chart describes itself as a `Figure`; `svg` writes it for a page, `artists` draws it on axes of
matplotlib's. All layout is done here, so both place every mark and every label alike. Lengths are
points, 72 to an inch, counted from the upper left; colours are names of the palette.

>>> panel = Panel((0, 0, 200, 100), Scale(0, 10), Scale(0, 1), (Line((0, 10), (0, 1)),))
>>> Figure(200, 100, (panel,)).panels[0].place(5, 0.5)
(100.0, 50.0)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any, Literal, TypeAlias

from workbook.charts.text_layout import clean
from workbook.outcomes import Floats

WIDE, NARROW = 533.0, 315.0
"""Width of a picture on a page, and beside the builder's canvas, where it has the same letters."""

SMALL, NORMAL, LARGE = 8.0, 9.0, 10.5
"""Sizes of letters."""

LEADING = 1.2
"""From line to line, in sizes of the letters."""

MIDDLE = 0.36
"""How far the middle of a letter stands above the line it is written on, in sizes."""

Numbers: TypeAlias = "Sequence[float] | Floats"
Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, width and height."""

Sign: TypeAlias = Literal["disc", "square", "cross", "diamond", "up", "down", "plus"]
Dash: TypeAlias = tuple[float, ...]
"""Lengths drawn and left out, in turn; empty for a whole line."""

Across: TypeAlias = Literal["start", "middle", "end"]
Up: TypeAlias = Literal["top", "middle", "bottom"]


@dataclass(frozen=True)
class Scale:
    """What one side of a panel counts: from the left, or from the foot, to the other end.

    `ticks` are places with what is written at them; with `grid` a thin line crosses the panel at
    each. Where `low` is above `high` the side counts the other way.
    """

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...] = ()
    grid: bool = False

    def share(self, values: Any) -> Any:
        """Where values stand, as shares of the way from low to high."""
        return (values - self.low) / ((self.high - self.low) or 1.0)


@dataclass(frozen=True, eq=False)
class Line:
    """A line through places; it stops where one is NaN. With `steps` it goes level, then up."""

    xs: Numbers
    ys: Numbers
    colour: str = "ink"
    width: float = 1.0
    dash: Dash = ()
    steps: bool = False


@dataclass(frozen=True, eq=False)
class Area:
    """What lies between two lines over the same places."""

    xs: Numbers
    low: Numbers
    high: Numbers
    colour: str
    steps: bool = False


@dataclass(frozen=True, eq=False)
class Shape:
    """A closed outline through places."""

    xs: Numbers
    ys: Numbers
    fill: str


@dataclass(frozen=True, eq=False)
class Bars:
    """Rectangles that look alike: filled, outlined or both, corners rounded by `radius` points."""

    lefts: Numbers
    rights: Numbers
    lows: Numbers
    highs: Numbers
    fill: str | None = None
    edge: str | None = None
    width: float = 1.0
    dash: Dash = ()
    radius: float = 0.0


@dataclass(frozen=True, eq=False)
class Dots:
    """Signs of one kind at places; without a fill they are hollow."""

    xs: Numbers
    ys: Numbers
    sign: Sign = "disc"
    size: float = 6.0
    fill: str | None = "ink"
    edge: str | None = None
    width: float = 1.0


@dataclass(frozen=True)
class Label:
    """A text beside a place: so many points to the right of it and below it.

    `across` and `up` say which part of the text stands there. Lines are parted by a line break.
    """

    text: str
    x: float
    y: float
    right: float = 0.0
    down: float = 0.0
    size: float = SMALL
    colour: str = "ink"
    across: Across = "start"
    up: Up = "middle"

    @property
    def lines(self) -> tuple[str, ...]:
        """Its lines, without what cannot be shown."""
        return tuple(clean(line) for line in self.text.split("\n"))

    @property
    def feet(self) -> tuple[float, ...]:
        """How far below the place each line is written."""
        step, count = LEADING * self.size, len(self.lines)
        block = (count - 1) * step
        first = {
            "top": 0.88 * self.size,
            "middle": MIDDLE * self.size - block / 2,
            "bottom": -0.15 * self.size - block,
        }[self.up]
        return tuple(self.down + first + n * step for n in range(count))


Mark: TypeAlias = Line | Area | Shape | Bars | Dots | Label


@dataclass(frozen=True)
class Panel:
    """A part of the picture with scales of its own; marks are in their units, hindmost first.

    With `foot` a line runs along the lower side.
    """

    box: Box
    x: Scale
    y: Scale
    marks: tuple[Mark, ...] = ()
    foot: bool = False

    def place(self, x: float, y: float) -> Point:
        """Where a place of this panel stands in the picture."""
        left, top, width, height = self.box
        return left + self.x.share(x) * width, top + (1 - self.y.share(y)) * height


@dataclass(frozen=True)
class Figure:
    """A whole picture. The first panel is the one that a learner's own axes become."""

    width: float
    height: float
    panels: tuple[Panel, ...]


def sheet(width: float, height: float, marks: Sequence[Mark]) -> Figure:
    """A picture of one panel that counts in points from the upper left."""
    box = (0.0, 0.0, width, height)
    return Figure(width, height, (Panel(box, Scale(0, width), Scale(height, 0), tuple(marks)),))


ROUND_STEPS = (1.0, 2.0, 5.0, 10.0)
Format = Callable[[float], str]


def round_step(span: float, most: int) -> float:
    """The least round step, 1, 2 or 5 times a power of ten, that fits at most so often."""
    rough = max(span, 1e-9) / most
    unit = 10.0 ** floor(log10(rough))
    return next(unit * times for times in ROUND_STEPS if unit * times >= rough * (1 - 1e-9))


def round_values(low: float, high: float, most: int, *, whole: bool = False) -> list[float]:
    """Round values from low to high, at most so many steps apart; with `whole`, integers."""
    step = round_step(high - low, most)
    step = max(1.0, step) if whole else step
    slack = 1e-9 * (high - low)
    first, last = ceil((low - slack) / step), floor((high + slack) / step)
    return [n * step for n in range(first, last + 1)]


def amount_scale(low: float, high: float, format: Format, most: int = 5) -> Scale:
    """A scale of any amounts, its grid drawn."""
    ticks = tuple((value, format(value)) for value in round_values(low, high, most))
    return Scale(low, high, ticks, grid=True)


def week_scale(last: int, width: float) -> Scale:
    """A scale of weeks from 0, with as many ticks as stand apart on so many points."""
    most = max(2, min(9, int(width / 40)))
    ticks = tuple((week, f"{week:g}") for week in round_values(0, max(1, last), most, whole=True))
    return Scale(0, max(1, last), ticks)
