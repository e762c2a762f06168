"""The path of an edge from one box to another, on the free ground between them.

Leave at the right, turn in the free column, cross over in the free lane, turn in the free column
before the end, arrive at the left. Neighbours need one turn only. Corners are rounded.
"""

from __future__ import annotations

from typing import TypeAlias

from workbook.charts.places import Place

Point: TypeAlias = tuple[float, float]
Grid: TypeAlias = tuple[float, float, float]
"""Half a box's width, points from column to column, points from lane to lane; y goes down."""

FREE = 0.41
"""Where the free ground below a box is, in lanes from its middle: above the next one's tag."""

RADIUS = 5.0
BENDS = 4
"""Straight pieces of a rounded corner."""

HEAD, HALF_HEAD = 3.4, 1.7
"""Length and half the width of an arrow's head."""

SPREAD = 2.5
"""How far apart edges run that share a free column."""


def route(start: Point, end: Point, places: tuple[Place, Place], grid: Grid, n: int) -> list[Point]:
    """The corners of an edge, both ends included; `n` moves it aside of its siblings."""
    half, pitch, lane = grid
    (x0, y0), (x1, y1) = (start[0] + half, start[1]), (end[0] - half, end[1])
    gap = pitch - 2 * half
    aside = SPREAD * (n % 3)
    out, into = x0 + gap * 0.42 + aside, x1 - gap * 0.46 - aside
    first, last = places
    if first.row == last.row and last.column == first.column + 1:
        return [(x0, y0), (into, y0), (into, y1), (x1, y1)]
    below = first.row == last.row and y1 >= y0
    ground = y0 + lane if below else y1 if first.row != last.row else y0
    ground -= (1 - FREE) * lane - aside
    return [(x0, y0), (out, y0), (out, ground), (into, ground), (into, y1), (x1, y1)]


def rounded(stops: list[Point]) -> list[Point]:
    """The way through the corners, each rounded off."""
    stops = [stop for n, stop in enumerate(stops) if not n or stop != stops[n - 1]]
    points = [stops[0]]
    for before, corner, after in zip(stops, stops[1:], stops[2:], strict=False):
        ends = _toward(corner, before), _toward(corner, after)
        points += [_bend(ends[0], corner, ends[1], step / BENDS) for step in range(BENDS + 1)]
    return [*points, stops[-1]]


def _bend(start: Point, corner: Point, end: Point, t: float) -> Point:
    """A point of the bend from one side of a corner to the other (a quadratic Bézier curve)."""
    x, y = (
        (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c
        for a, b, c in zip(start, corner, end, strict=True)
    )
    return x, y


def head(end: Point, before: Point) -> list[Point]:
    """The head of an arrow whose tip is the end, coming from a point before it."""
    dx, dy = end[0] - before[0], end[1] - before[1]
    length = (dx**2 + dy**2) ** 0.5 or 1.0
    dx, dy = dx / length, dy / length
    back = (end[0] - HEAD * dx, end[1] - HEAD * dy)
    return [
        end,
        (back[0] - HALF_HEAD * dy, back[1] + HALF_HEAD * dx),
        (back[0] + HALF_HEAD * dy, back[1] - HALF_HEAD * dx),
    ]


def _toward(corner: Point, other: Point) -> Point:
    """A point a little way from the corner on the way to another."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = max(abs(dx), abs(dy))
    part = min(RADIUS, length / 2) / length if length else 0.0
    return (corner[0] + dx * part, corner[1] + dy * part)
