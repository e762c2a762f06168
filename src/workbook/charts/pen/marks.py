"""Markers and dashes, by the letters that matplotlib has for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from workbook.charts.pen.steps import Point, polyline, short

Dash: TypeAlias = "str | tuple[float, Sequence[float]]"

DASHES = {"-": (), "--": (3.7, 1.6), ":": (1.0, 1.65), "-.": (6.4, 1.6, 1.0, 1.6)}
"""Of a line one point wide: drawn, left out, and so on."""

_HALF_DIAGONAL = 0.5**0.5
_THIRD = 1 / 6
CORNERS: dict[str, tuple[Point, ...]] = {
    "s": ((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)),
    "D": ((0, -_HALF_DIAGONAL), (_HALF_DIAGONAL, 0), (0, _HALF_DIAGONAL), (-_HALF_DIAGONAL, 0)),
    "^": ((0, -0.5), (0.5, 0.5), (-0.5, 0.5)),
    "v": ((0, 0.5), (0.5, -0.5), (-0.5, -0.5)),
    "X": (
        *((-0.25, -0.5), (0, -0.25), (0.25, -0.5), (0.5, -0.25), (0.25, 0), (0.5, 0.25)),
        *((0.25, 0.5), (0, 0.25), (-0.25, 0.5), (-0.5, 0.25), (-0.25, 0), (-0.5, -0.25)),
    ),
    "P": (
        *((-_THIRD, -0.5), (_THIRD, -0.5), (_THIRD, -_THIRD), (0.5, -_THIRD), (0.5, _THIRD)),
        *((_THIRD, _THIRD), (_THIRD, 0.5), (-_THIRD, 0.5), (-_THIRD, _THIRD), (-0.5, _THIRD)),
        *((-0.5, -_THIRD), (-_THIRD, -_THIRD)),
    ),
}
"""Corners of a marker one point high and wide, downwards."""


def around(sign: str, place: Point, size: float) -> str:
    """A path around a marker."""
    x, y = place
    if sign != "o":
        corners = ((x + size * dx, y + size * dy) for dx, dy in CORNERS[sign])
        return polyline(corners, closed=True)
    r, turn = short(size / 2), short(size)
    return f"M{short(x - size / 2)} {short(y)}a{r} {r} 0 1 0 {turn} 0a{r} {r} 0 1 0-{turn} 0z"


def dashes(style: Dash, width: float) -> str:
    """What SVG calls a dash: lengths drawn and left out, in points; empty for a whole line."""
    pattern = DASHES[style] if isinstance(style, str) else style[1]
    return " ".join(short(width * part) for part in pattern)
