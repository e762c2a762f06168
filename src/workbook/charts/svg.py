"""Renders a Figure as SVG: small, deterministic, safe in any page.

Coordinates are whole tenths of a point, computed for a whole line at once. Colours are CSS
variables, so that a page, JupyterLab's theme or a dark screen sets them. Text is text, in the
reader's own fonts, and takes exactly the room that it was laid out with.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from math import isfinite
from typing import Any

import numpy as np

from workbook.charts.description import (
    PALETTE,
    Area,
    Bars,
    Dash,
    Dots,
    Figure,
    Label,
    Line,
    Mark,
    Panel,
    Point,
    Shape,
    Sign,
)
from workbook.charts.text_layout import ems, measured
from workbook.outcomes import Ints

UNITS = 10
"""SVG units per point."""

FONTS = (
    "system-ui,'PingFang SC','Microsoft YaHei','Noto Sans SC','Noto Sans CJK SC',"
    "'Source Han Sans SC','WenQuanYi Micro Hei',sans-serif"
)
TINTS = {name: f"var(--wb-{name},{shades.light})" for name, shades in PALETTE.items()}
TICK, PAD, TICK_SIZE = 3.0, 3.5, 8.0
"""Length of a tick, padding before its label, font size of the label."""

GRID, FOOT = 0.6, 0.8
"""Widths of grid lines and of the axis line."""


def svg(figure: Figure, title: str, alt: str) -> str:
    """Return the figure as one `<svg>` with its alternative text.

    Parameters
    ----------
    title, alt
        Its finding, and its description for a reader who does not see it. Without `alt` it is
        decorative and hidden from screen readers.
    """
    drawn = "".join(part for panel in figure.panels for part in _panel(panel))
    width, height = _unit(figure.width), _unit(figure.height)
    role = f'role="img" aria-label="{escape(alt)}"' if alt else 'aria-hidden="true"'
    named = f"<title>{escape(title)}</title>" if title else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {role}'
        f' font-family="{FONTS}" fill="{TINTS["ink"]}"'
        f' style="max-width:{figure.width * 4 / 3:.0f}px;width:100%;height:auto"'
        f' stroke-linejoin="round">{named}{drawn}</svg>'
    )


def _panel(panel: Panel) -> Iterator[str]:
    """Yield grid and ticks, then the marks from back to front, then the axis line."""
    yield from _ticks(panel)
    for mark in panel.marks:
        yield WRITERS[type(mark)](mark, panel)
    if panel.foot:
        left, top, width, height = panel.box
        yield _path(f"M{_unit(left)} {_unit(top + height)}h{_unit(width)}", _stroke("line", FOOT))


def _ticks(panel: Panel) -> Iterator[str]:
    left, top, width, height = panel.box
    foot = top + height
    grid = ticks = ""
    for value, text in panel.y.ticks:
        y = panel.place(0, value)[1]
        grid += f"M{_unit(left)} {_unit(y)}h{_unit(width)}" if panel.y.grid else ""
        ticks += f"M{_unit(left - TICK)} {_unit(y)}h{_unit(TICK)}"
        label = Label(text, 0, value, colour="muted", across="end")
        yield _label(label, panel, at=(left - TICK - PAD, y))
    for value, text in panel.x.ticks:
        x = panel.place(value, 0)[0]
        grid += f"M{_unit(x)} {_unit(top)}v{_unit(height)}" if panel.x.grid else ""
        ticks += f"M{_unit(x)} {_unit(foot)}v{_unit(TICK)}"
        label = Label(text, value, 0, colour="muted", across="middle", up="top")
        yield _label(label, panel, at=(x, foot + TICK + PAD))
    if grid:
        yield _path(grid, _stroke("faint", GRID))
    if ticks:
        yield _path(ticks, _stroke("muted", GRID))


# Coordinates


def _unit(points: float) -> int:
    return round(points * UNITS)


def _placed(panel: Panel, xs: Any, ys: Any) -> Any:
    """Transform data to SVG units: shape (n, 2), NaN where a value is missing."""
    left, top, width, height = panel.box
    across = left + panel.x.share(np.asarray(xs, float)) * width
    down = top + (1 - panel.y.share(np.asarray(ys, float))) * height
    points = np.empty((len(across), 2))
    points[:, 0], points[:, 1] = across, down
    return points * UNITS


def _stairs(points: Any) -> Any:
    """Turn points into steps: a line stays level until the next point."""
    turned = np.repeat(points, 2, axis=0)
    return np.column_stack((turned[1:, 0], turned[:-1, 1]))


def _runs(points: Any) -> Iterator[Ints]:
    """Yield whole numbers, one run of points for each stretch without NaN."""
    known = np.isfinite(points).all(axis=1)
    if known.all():
        yield np.rint(points).astype(np.int64)
        return
    whole = np.rint(np.where(known[:, None], points, 0)).astype(np.int64)
    ends = np.flatnonzero(np.diff(np.concatenate(([0], known.view(np.int8), [0]))))
    for start, end in ends.reshape(-1, 2):
        yield whole[start:end]


def _outline(points: Ints, *, closed: bool = False) -> str:
    """Return a path in relative steps, without points inside a straight line."""
    if not len(points):
        return ""
    steps = np.diff(points, axis=0)
    steps = steps[steps.any(axis=1)]
    if len(steps) > 1:
        (across, down), (on, below) = steps[:-1].T, steps[1:].T
        turns = (across * below != down * on) | (across * on + down * below < 0)
        starts = np.flatnonzero(np.concatenate(([True], turns)))
        steps = np.add.reduceat(steps, starts, axis=0)
    x, y = points[0].tolist()
    steps_text = " ".join(map(str, steps.ravel().tolist())).replace(" -", "-")
    return f"M{x} {y}" + (f"l{steps_text}" if steps_text else "") + ("z" if closed else "")


# Marks


def _line(mark: Line, panel: Panel) -> str:
    if len(mark.xs) == 2 and not mark.steps:  # arrays would take longer
        (x, y), (on, below) = (panel.place(*ends) for ends in zip(mark.xs, mark.ys, strict=True))
        start = f"M{_unit(x)} {_unit(y)}L{_unit(on)} {_unit(below)}"
        return _path(start, _stroke(mark.colour, mark.width, mark.dash))
    points = _placed(panel, mark.xs, mark.ys)
    points = _stairs(points) if mark.steps else points
    path = "".join(_outline(run) for run in _runs(points))
    return _path(path, _stroke(mark.colour, mark.width, mark.dash))


def _area(mark: Area, panel: Panel) -> str:
    sides = [_placed(panel, mark.xs, side) for side in (mark.low, mark.high)]
    if mark.steps:
        sides = [_stairs(side) for side in sides]
    (around,) = _runs(np.concatenate((sides[0], sides[1][::-1])))
    return _path(_outline(around, closed=True), f' fill="{TINTS[mark.colour]}"')


def _shape(mark: Shape, panel: Panel) -> str:
    (around,) = _runs(_placed(panel, mark.xs, mark.ys))
    return _path(_outline(around, closed=True), f' fill="{TINTS[mark.fill]}"')


def _bars(mark: Bars, panel: Panel) -> str:
    path, r = "", _unit(mark.radius)
    for left, right, low, high in zip(mark.lefts, mark.rights, mark.lows, mark.highs, strict=True):
        (x0, y0), (x1, y1) = panel.place(left, low), panel.place(right, high)
        x, y = _unit(min(x0, x1)), _unit(min(y0, y1))
        wide, tall = _unit(max(x0, x1)) - x, _unit(max(y0, y1)) - y
        path += _rounded(x, y, wide, tall, min(r, wide // 2, tall // 2))
    look = f' fill="{TINTS[mark.fill] if mark.fill else "none"}"'
    if mark.edge:
        look += _edge(mark.edge, mark.width, mark.dash)
    return _path(path, look)


def _rounded(x: int, y: int, wide: int, high: int, r: int) -> str:
    if not r:
        return f"M{x} {y}h{wide}v{high}h{-wide}z"
    across, down, turn = wide - 2 * r, high - 2 * r, f"a{r} {r} 0 0 1 "
    return (
        f"M{x + r} {y}h{across}{turn}{r} {r}v{down}{turn}{-r} {r}"
        f"h{-across}{turn}{-r} {-r}v{-down}{turn}{r} {-r}z"
    )


CORNERS: dict[Sign, tuple[tuple[float, float], ...]] = {
    "square": ((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)),
    "diamond": ((0, -0.71), (0.71, 0), (0, 0.71), (-0.71, 0)),
    "up": ((0, -0.5), (0.5, 0.5), (-0.5, 0.5)),
    "down": ((0, 0.5), (0.5, -0.5), (-0.5, -0.5)),
    "cross": (
        *((-0.25, -0.5), (0, -0.25), (0.25, -0.5), (0.5, -0.25), (0.25, 0), (0.5, 0.25)),
        *((0.25, 0.5), (0, 0.25), (-0.25, 0.5), (-0.5, 0.25), (-0.25, 0), (-0.5, -0.25)),
    ),
    "plus": (
        *((-0.17, -0.5), (0.17, -0.5), (0.17, -0.17), (0.5, -0.17), (0.5, 0.17), (0.17, 0.17)),
        *((0.17, 0.5), (-0.17, 0.5), (-0.17, 0.17), (-0.5, 0.17), (-0.5, -0.17), (-0.17, -0.17)),
    ),
}
"""Corners of a marker of size 1; y points down."""


def _dots(mark: Dots, panel: Panel) -> str:
    steps, (right, down) = _sign(mark.sign, mark.size)
    path = ""
    for place in zip(mark.xs, mark.ys, strict=True):
        x, y = panel.place(*place)
        if isfinite(x) and isfinite(y):
            path += f"M{_unit(x + right)} {_unit(y + down)}{steps}"
    look = f' fill="{TINTS[mark.fill] if mark.fill else "none"}"'
    if mark.edge:
        look += _edge(mark.edge, mark.width)
    return _path(path, look)


@cache
def _sign(sign: Sign, size: float) -> tuple[str, Point]:
    """Return a marker as relative steps, and the offset of its first corner."""
    if sign == "disc":
        return _disc(round(size / 2 * UNITS)), (-size / 2, 0.0)
    corners = np.array(CORNERS[sign]) * size
    steps = _outline(np.rint(corners * UNITS).astype(np.int64), closed=True)
    return steps[steps.index("l") :], (float(corners[0][0]), float(corners[0][1]))


def _disc(r: int) -> str:
    return f"a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0-{2 * r} 0z"


def _label(mark: Label, panel: Panel, at: tuple[float, float] | None = None) -> str:
    x, y = at or panel.place(mark.x, mark.y)
    look = f' font-size="{_unit(mark.size)}"'
    if mark.across != "start":
        look += f' text-anchor="{mark.across}"'
    if mark.colour != "ink":
        look += f' fill="{TINTS[mark.colour]}"'
    texts = ""
    for line, foot in zip(mark.lines, mark.feet, strict=True):
        if line:
            place = f'x="{_unit(x + mark.right)}" y="{_unit(y + foot)}"'
            texts += f"<text {place}{look}{_room(line, mark.size)}>{escape(line)}</text>"
    return texts


def _room(line: str, size: float) -> str:
    """Fix the width of a line, so that it fits with any font."""
    if len(line) < 2 or not measured(line):
        return ""
    return f' textLength="{_unit(ems(line) * size)}" lengthAdjust="spacingAndGlyphs"'


def _stroke(colour: str, width: float, dash: Dash = ()) -> str:
    return f' fill="none"{_edge(colour, width, dash)}'


def _edge(colour: str, width: float, dash: Dash = ()) -> str:
    look = f' stroke="{TINTS[colour]}" stroke-width="{_unit(width)}"'
    if dash:
        look += f' stroke-dasharray="{" ".join(str(_unit(part)) for part in dash)}"'
    return look


def _path(steps: str, look: str) -> str:
    return f'<path d="{steps}"{look}/>' if steps else ""


WRITERS: dict[type[Mark], Any] = {
    Line: _line,
    Area: _area,
    Shape: _shape,
    Bars: _bars,
    Dots: _dots,
    Label: _label,
}
