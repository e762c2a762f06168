"""Figures as plain data: panels with scales, the marks on them, and colours by meaning.

A chart describes itself as a `Figure`; `svg` renders it for a page, `artists` with matplotlib. The
description fixes the layout, so both renderers place every mark and label alike. Lengths are in
points, 72 to an inch, from the upper left.

>>> panel = Panel((0, 0, 200, 100), Scale(0, 10), Scale(0, 1), (Line((0, 10), (0, 1)),))
>>> Figure(200, 100, (panel,)).panels[0].place(5, 0.5)
(100.0, 50.0)

Colours are names of the palette. A page sets them as CSS variables, so that one SVG serves a light
and a dark page. Fates differ by shape and by lightness as well as by colour, and lines by dash, so
that a grey print and a colour-blind reader lose nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any, Literal, TypeAlias

from workbook.charts.text_layout import clean
from workbook.outcomes import Fate, Floats
from workbook.words import Words

WIDE, NARROW = 533.0, 315.0
"""Width of a picture on a page, and beside the builder's canvas, with the same font size."""

SMALL, NORMAL, LARGE = 8.0, 9.0, 10.5
"""Font sizes in points."""

LEADING = 1.2
"""Line height as a multiple of the font size."""

MIDDLE = 0.36
"""Height of a letter's middle above the baseline, as a multiple of the font size."""

Numbers: TypeAlias = "Sequence[float] | Floats"
Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, width and height."""

Sign: TypeAlias = Literal["disc", "square", "cross", "diamond", "up", "down", "plus"]
Dash: TypeAlias = tuple[float, ...]
"""Lengths of dashes and gaps in turn; empty for a solid line."""

Across: TypeAlias = Literal["start", "middle", "end"]
Up: TypeAlias = Literal["top", "middle", "bottom"]


@dataclass(frozen=True)
class Scale:
    """The scale of one axis of a panel: from the left, or from the bottom, to the other end.

    `ticks` are values with their labels; with `grid` a thin line crosses the panel at each. If
    `low` is above `high` the axis is reversed.
    """

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...] = ()
    grid: bool = False

    def share(self, values: Any) -> Any:
        """Return values as shares of the range from low to high."""
        return (values - self.low) / ((self.high - self.low) or 1.0)


@dataclass(frozen=True, eq=False)
class Line:
    """A line through points, interrupted at NaN; with `steps` a step line (level, then up)."""

    xs: Numbers
    ys: Numbers
    colour: str = "ink"
    width: float = 1.0
    dash: Dash = ()
    steps: bool = False


@dataclass(frozen=True, eq=False)
class Area:
    """The area between two lines over the same x values."""

    xs: Numbers
    low: Numbers
    high: Numbers
    colour: str
    steps: bool = False


@dataclass(frozen=True, eq=False)
class Shape:
    """A filled polygon."""

    xs: Numbers
    ys: Numbers
    fill: str


@dataclass(frozen=True, eq=False)
class Bars:
    """Rectangles of one style: filled, outlined or both, corners rounded by `radius` points."""

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
    """Markers of one kind; without a fill they are hollow."""

    xs: Numbers
    ys: Numbers
    sign: Sign = "disc"
    size: float = 6.0
    fill: str | None = "ink"
    edge: str | None = None
    width: float = 1.0


@dataclass(frozen=True)
class Label:
    """A text at a point, shifted by `right` and `down` points.

    `across` and `up` say which part of the text is at the point. A line break starts a new line.
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
        """Its lines, without characters that cannot be shown."""
        return tuple(clean(line) for line in self.text.split("\n"))

    @property
    def feet(self) -> tuple[float, ...]:
        """Distance of each baseline below the point."""
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
    """A part of a figure with its own scales; marks are in their units, from back to front.

    With `foot` an axis line runs along the lower side.
    """

    box: Box
    x: Scale
    y: Scale
    marks: tuple[Mark, ...] = ()
    foot: bool = False

    def place(self, x: float, y: float) -> Point:
        """Return the position in the figure of a point of this panel."""
        left, top, width, height = self.box
        return left + self.x.share(x) * width, top + (1 - self.y.share(y)) * height


@dataclass(frozen=True)
class Figure:
    """A whole picture. The first panel is drawn on the given axes of matplotlib."""

    width: float
    height: float
    panels: tuple[Panel, ...]


def sheet(width: float, height: float, marks: Sequence[Mark]) -> Figure:
    """Return a figure of one panel that counts in points from the upper left."""
    box = (0.0, 0.0, width, height)
    return Figure(width, height, (Panel(box, Scale(0, width), Scale(height, 0), tuple(marks)),))


ROUND_STEPS = (1.0, 2.0, 5.0, 10.0)
Format = Callable[[float], str]


def round_step(span: float, most: int) -> float:
    """Return the smallest step 1, 2 or 5 times a power of ten that gives at most `most` steps."""
    rough = max(span, 1e-9) / most
    unit = 10.0 ** floor(log10(rough))
    return next(unit * times for times in ROUND_STEPS if unit * times >= rough * (1 - 1e-9))


def round_values(low: float, high: float, most: int, *, whole: bool = False) -> list[float]:
    """Return round values from low to high in at most `most` steps; with `whole`, integers."""
    step = round_step(high - low, most)
    step = max(1.0, step) if whole else step
    slack = 1e-9 * (high - low)
    first, last = ceil((low - slack) / step), floor((high + slack) / step)
    return [n * step for n in range(first, last + 1)]


def amount_scale(low: float, high: float, format: Format) -> Scale:
    """Return a scale of amounts with a grid."""
    ticks = tuple((value, format(value)) for value in round_values(low, high, most=5))
    return Scale(low, high, ticks, grid=True)


def week_scale(last: int, width: float, words: Words, starts: str | None = None) -> Scale:
    """Return a scale of weeks from 0, with as many ticks as have room on `width` points.

    With the first day of the plan each tick has its month, too.
    """
    most = max(2, min(9, int(width / (40 if starts is None else 68))))
    weeks = round_values(0, max(1, last), most, whole=True)
    ticks = tuple((week, words.week_and_month(int(week), starts)) for week in weeks)
    return Scale(0, max(1, last), ticks)


@dataclass(frozen=True)
class Colour:
    """A colour on a light page and on a dark one."""

    light: str
    dark: str


PALETTE: Mapping[str, Colour] = {
    "ink": Colour("#1b2631", "#e8ecf0"),
    "muted": Colour("#5b6773", "#a9b4bf"),
    "line": Colour("#8a97a4", "#7d8a97"),
    "faint": Colour("#dfe4e9", "#333d47"),
    "paper": Colour("#fefefd", "#14191e"),
    "fill": Colour("#f1f5f8", "#1f272f"),
    "band": Colour("#c9dff0", "#1d3f58"),
    "inner": Colour("#8fbfe0", "#2f658c"),
    "accent": Colour("#0b5a8c", "#8ccaf2"),
    "kernel": Colour("#a3480c", "#f2a36b"),
    "third": Colour("#87610f", "#dcb95f"),
    "goal": Colour("#0a4f7d", "#bfe3fb"),
    "ruin": Colour("#c4501b", "#d9602a"),
    "stuck": Colour("#e3a53a", "#e3b355"),
    "open": Colour("#d3dae1", "#46515c"),
}


@dataclass(frozen=True)
class FateSign:
    """The marker of a fate: its shape, its size, and whether it is hollow."""

    sign: Sign
    size: float
    hollow: bool = False


SIGNS: Mapping[Fate, FateSign] = {
    "goal": FateSign("disc", 1.0),
    "ruin": FateSign("cross", 0.96),
    "stuck": FateSign("square", 0.85),
    "open": FateSign("disc", 0.86, hollow=True),
}


@dataclass(frozen=True)
class SeriesStyle:
    """The style of one of several lines: colour, marker and dash."""

    colour: str
    sign: Sign
    dash: Dash


SERIES: Sequence[SeriesStyle] = (
    SeriesStyle("accent", "disc", ()),
    SeriesStyle("ruin", "square", (5.5, 2.4)),
    SeriesStyle("third", "up", (9.0, 2.4, 1.5, 2.4)),
    SeriesStyle("ink", "diamond", (1.5, 2.4)),
    SeriesStyle("line", "down", ()),
    SeriesStyle("kernel", "plus", (5.5, 2.4)),
)


def series_style(n: int) -> SeriesStyle:
    """Return the style of the n-th line; styles repeat after the last."""
    return SERIES[n % len(SERIES)]


def colour(name: str) -> str:
    """Return a colour for a light page."""
    return PALETTE[name].light


def css_variables(page: Literal["light", "dark"]) -> str:
    """Return all colours as CSS variables, for a light or a dark page."""
    return "".join(f"--wb-{name}:{getattr(c, page)};" for name, c in PALETTE.items())
