"""A text of one line or more about its anchor, laid out as matplotlib lays it out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbook.charts.pen.letters import ASCENT, DESCENT, Line, line
from workbook.charts.pen.paper import Paper
from workbook.charts.pen.steps import Point

ACROSS = {"left": 0.0, "center": 0.5, "right": 1.0}


@dataclass(frozen=True)
class Block:
    """A text at a size in points; `spacing` is from line to line, in heights of a line."""

    text: str
    size: float
    ha: str = "left"
    va: str = "baseline"
    spacing: float | None = None

    @property
    def lines(self) -> list[Line]:
        """Its lines."""
        return [line(row) for row in self.text.split("\n")]

    @property
    def width(self) -> float:
        """Of its longest line, in points."""
        return self.size * max(row.width for row in self.lines)

    def _reach(self, row: Line) -> tuple[float, float]:
        """How far a line reaches above and below its letters' feet, in ems."""
        if self.spacing is None:
            return max(row.ascent, ASCENT), max(row.descent, DESCENT)
        spare = self.spacing * (ASCENT + DESCENT) - row.ascent - row.descent
        return row.ascent + spare / 2, row.descent + spare / 2

    @property
    def height(self) -> float:
        """Of all lines, in points."""
        return self.size * sum(sum(self._reach(row)) for row in self.lines)

    def _feet(self) -> Iterator[tuple[Line, float]]:
        """Each line, and how far below the top its letters stand, in ems."""
        down = 0.0
        for row in self.lines:
            above, below = self._reach(row)
            yield row, down + above
            down += above + below

    def offsets(self) -> Iterator[tuple[Line, Point]]:
        """Each line, and where it begins: points to the right of the anchor, and below it."""
        rows = list(self._feet())
        last = rows[-1][1]
        high = {
            "top": 0.0,
            "bottom": self.height / self.size,
            "center": self.height / self.size / 2,
            "baseline": last,
            "center_baseline": last / 2,
        }[self.va]
        for row, down in rows:
            yield row, (-ACROSS[self.ha] * row.width * self.size, (down - high) * self.size)

    def write(self, paper: Paper, anchor: Point, colour: str, angle: float = 0.0) -> None:
        """Write it at its anchor; turned by 90 degrees, it runs upwards."""
        x, y = anchor
        for row, (right, below) in self.offsets():
            place = (x + below, y - right) if angle else (x + right, y + below)
            paper.line(place, row, self.size, colour, angle)
