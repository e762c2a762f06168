"""The axes that a chart draws on, on a page: the methods of matplotlib's that our charts call.

Lengths are points, 72 to an inch. What is drawn is kept until all is, for a chart may set its
limits last; then parts go onto the paper from back to front.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from operator import itemgetter
from typing import Any, TypeAlias

from workbook.charts.pen.block import ACROSS, Block
from workbook.charts.pen.frame import draw_frame
from workbook.charts.pen.ground import DATA, SHARE, Box, Ground, System, stairs
from workbook.charts.pen.marks import Dash, around, dashes
from workbook.charts.pen.paper import Look
from workbook.charts.pen.steps import Point, polyline

Values: TypeAlias = "Sequence[float] | Any"

BAND, LINE, LETTERS, INSET = 1.0, 2.0, 3.0, 5.0
"""How far to the front things are, if a chart does not say."""

CAPS = {"projecting": "square", "round": "round", "butt": ""}
"""What SVG calls the ends of a line."""

FROM_TEXT, TO_POINT = 3.0, 2.0
"""Points left free at the two ends of a leader."""


class Axes(Ground):
    """What is called on it is drawn when it is finished."""

    def set_yticks(self, places: Sequence[float], labels: Sequence[str]) -> None:
        """Marks at these places of the upward side."""
        self.yaxis.fixed = (list(places), list(labels))

    def set_xlabel(self, label: str, *, labelpad: float = 4.0, **style: Any) -> None:
        """Name the lower side."""
        self.xaxis.label, self.xaxis.label_style = label, style | {"labelpad": labelpad}

    def set_ylabel(self, label: str, *, labelpad: float = 4.0, **style: Any) -> None:
        """Name the upward side."""
        self.yaxis.label, self.yaxis.label_style = label, style | {"labelpad": labelpad}

    def inset_axes(self, part: Box) -> Axes:
        """An axes of its own: left, foot, width and height as shares of this one."""
        left, top, width, height = self.box
        across, foot, wide, high = part
        box = (left + across * width, top + (1 - foot - high) * height, wide * width, high * height)
        inset = Axes(self.paper, box)
        self.later(INSET, inset.finish)
        return inset

    def finish(self) -> None:
        """Put all that was drawn onto the paper, from back to front."""
        frame = draw_frame(self) if self.framed else []
        for _, draw in sorted([*frame, *self.drawn], key=itemgetter(0)):
            draw()

    def plot(
        self, xs: Values, ys: Values, fmt: str = "", *, zorder: float = LINE, **style: Any
    ) -> None:
        """A line through places, markers at them, or both."""
        given = {"marker": fmt, "linestyle": "none"} if fmt else {}
        self.later(zorder, self._plot, xs, ys, **{**given, **style})

    def step(self, xs: Values, ys: Values, *, where: str, **style: Any) -> None:
        """A line that stays as high as it is until the next place."""
        self.plot(xs, ys, drawstyle=f"steps-{where}", **style)

    def axvline(self, x: float, **style: Any) -> None:
        """A line up the whole axes."""
        self.plot([x, x], [0, 1], transform=(DATA, SHARE), **style)

    def axhline(self, y: float, **style: Any) -> None:
        """A line across the whole axes."""
        self.plot([0, 1], [y, y], transform=(SHARE, DATA), **style)

    def _plot(
        self,
        xs: Values,
        ys: Values,
        *,
        color: str | None = None,
        linestyle: Dash = "-",
        linewidth: float = 1.5,
        drawstyle: str = "default",
        solid_capstyle: str = "projecting",
        transform: System = DATA,
        clip_on: bool = True,
        **marks: Any,
    ) -> None:
        places = [self.place(x, y, transform) for x, y in zip(xs, ys, strict=True)]
        clip = self.clip(places) if clip_on else ""
        if linestyle != "none" and len(places) > 1:
            dash = dashes(linestyle, linewidth)
            cap = "" if dash else CAPS[solid_capstyle]
            look = Look(stroke=color, width=linewidth, dash=dash, cap=cap)
            self.paper.path(polyline(stairs(places) if "post" in drawstyle else places), look, clip)
        if marks.get("marker"):
            self._marks(places, color, clip, **marks)

    def _marks(
        self,
        places: Sequence[Point],
        color: str | None,
        clip: str,
        *,
        marker: str,
        markersize: float = 6.0,
        markerfacecolor: str | None = None,
        markeredgecolor: str | None = None,
        markeredgewidth: float = 1.0,
    ) -> None:
        look = Look(
            fill=markerfacecolor or color,
            stroke=markeredgecolor or color,
            width=markeredgewidth,
            join="" if marker == "o" else "miter",
        )
        known = (place for place in places if isfinite(place[0]) and isfinite(place[1]))
        self.paper.path("".join(around(marker, place, markersize) for place in known), look, clip)

    def fill(self, xs: Values, ys: Values, *, zorder: float = BAND, **style: Any) -> None:
        """A closed shape: filled, outlined, or both."""
        self.later(zorder, self._fill, xs, ys, **style)

    def _fill(
        self,
        xs: Values,
        ys: Values,
        *,
        color: str | None = None,
        facecolor: str | None = None,
        edgecolor: str | None = None,
        linewidth: float = 1.0,
        linestyle: Dash = "-",
    ) -> None:
        places = [self.place(x, y) for x, y in zip(xs, ys, strict=True)]
        look = Look(
            fill=facecolor or color,
            stroke=edgecolor or color,
            width=linewidth,
            dash=dashes(linestyle, linewidth),
        )
        self.paper.path(polyline(places, closed=True), look, self.clip(places))

    def fill_between(
        self,
        xs: Values,
        low: Values,
        high: Values,
        *,
        color: str,
        linewidth: float,
        step: str | None = None,
        zorder: float = BAND,
    ) -> None:
        """Fill what lies between two lines; a number is a line of that height."""

        def draw() -> None:
            sides = []
            for side in (low, high):
                ys = [side] * len(xs) if isinstance(side, int | float) else side
                places = [self.place(x, y) for x, y in zip(xs, ys, strict=True)]
                sides.append(stairs(places) if step else places)
            around = [*sides[0], *reversed(sides[1])]
            look = Look(fill=color, stroke=color, width=linewidth)
            self.paper.path(polyline(around, closed=True), look, self.clip(around))

        self.later(zorder, draw)

    def text(
        self, x: float, y: float, text: str, *, transform: System = DATA, **style: Any
    ) -> None:
        """Write at a place."""
        self.annotate(text, (x, y), xycoords=transform, **style)

    def annotate(
        self,
        text: str,
        xy: Point,
        *,
        xytext: Point = (0.0, 0.0),
        textcoords: str = "offset points",
        xycoords: System = DATA,
        zorder: float = LETTERS,
        **style: Any,
    ) -> None:
        """Write beside a place, or elsewhere with a leader to it."""

        def draw() -> None:
            point = self.place(*xy, xycoords)
            anchor = (point[0] + xytext[0], point[1] - xytext[1])
            if textcoords != "offset points":
                anchor = self.place(*xytext, textcoords)
            self._write(text, anchor, point, **style)

        self.later(zorder, draw)

    def _write(
        self,
        text: str,
        anchor: Point,
        point: Point,
        *,
        fontsize: float,
        color: str,
        ha: str = "left",
        va: str = "baseline",
        linespacing: float | None = None,
        arrowprops: dict[str, Any] | None = None,
    ) -> None:
        block = Block(text, fontsize, ha, va, linespacing)
        if arrowprops is not None:
            self._leader(block, anchor, point, arrowprops)
        block.write(self.paper, anchor, color)

    def _leader(
        self, block: Block, anchor: Point, point: Point, arrowprops: dict[str, Any]
    ) -> None:
        """A thin line from a side of a text to the place that it names."""
        side, _ = arrowprops["relpos"]
        left = anchor[0] - ACROSS[block.ha] * block.width
        start = (left + side * block.width, anchor[1])
        across, down = point[0] - start[0], point[1] - start[1]
        length = (across**2 + down**2) ** 0.5
        if length <= FROM_TEXT + TO_POINT:
            return
        ends = [
            (start[0] + across * part, start[1] + down * part)
            for part in (FROM_TEXT / length, 1 - TO_POINT / length)
        ]
        look = Look(stroke=arrowprops["color"], width=arrowprops["linewidth"], cap="round")
        self.paper.path(polyline(ends), look)


def on_a_page(ax: object) -> bool:
    """Whether an axes is ours, whose frame is quiet and whose letters are the house's."""
    return isinstance(ax, Axes)
