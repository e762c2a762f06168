"""The quiet frame of an axes: a line at its foot, marks with figures, a thin grid, named sides."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from workbook.charts.palette import colour
from workbook.charts.pen.block import Block
from workbook.charts.pen.paper import Look
from workbook.charts.pen.scale import LENGTH, PAD, SIZE, THICK
from workbook.charts.pen.steps import polyline

if TYPE_CHECKING:
    from workbook.charts.pen.ground import Ground

MARKS, SPINE = 0.5, 2.5
"""How far to the front: marks and grid lie behind all lines, the foot before them."""

GRID, FOOT = 0.6, 0.8
"""Widths of lines, in points."""


def draw_frame(axes: Ground) -> list[tuple[float, Callable[[], None]]]:
    """The parts of the frame, each with how far to the front it is."""
    return [
        (MARKS, partial(_across, axes)),
        (MARKS, partial(_up, axes)),
        (SPINE, partial(_foot, axes)),
    ]


def _foot(axes: Ground) -> None:
    left, top, width, height = axes.box
    line = polyline([(left, top + height), (left + width, top + height)])
    axes.paper.path(line, Look(stroke=colour("line"), width=FOOT, cap="square"))


def _across(axes: Ground) -> None:
    """Marks at the foot with their figures below, and below these the name of the side."""
    left, top, width, height = axes.box
    foot, marks = top + height, ""
    blocks = []
    for value, figure in axes.xaxis.marks():
        x, _ = axes.place(value, 0.0, ("data", "axes fraction"))
        marks += polyline([(x, foot), (x, foot + LENGTH)])
        if figure:
            block = Block(figure, SIZE, "center", "top")
            block.write(axes.paper, (x, foot + LENGTH + PAD), colour("muted"))
            blocks.append(block)
    axes.paper.path(marks, Look(stroke=colour("muted"), width=THICK))
    if axes.xaxis.label:
        style = axes.xaxis.label_style
        below = LENGTH + PAD + max((block.height for block in blocks), default=-PAD)
        name = Block(axes.xaxis.label, style["fontsize"], "center", "top")
        place = (left + width / 2, foot + below + style["labelpad"])
        name.write(axes.paper, place, style["color"])


def _up(axes: Ground) -> None:
    """Marks at the left with their figures beside them, the grid, and the name of the side."""
    left, _, width, _ = axes.box
    marks, grid, wide = "", "", -PAD
    for value, figure in axes.yaxis.marks():
        _, y = axes.place(0.0, value, ("axes fraction", "data"))
        marks += polyline([(left, y), (left - LENGTH, y)])
        grid += polyline([(left, y), (left + width, y)])
        if figure:
            block = Block(figure, SIZE, "right", "center_baseline")
            block.write(axes.paper, (left - LENGTH - PAD, y), colour("muted"))
            wide = max(wide, block.width)
    if axes.yaxis.grid:
        axes.paper.path(grid, Look(stroke=colour("faint"), width=GRID))
    axes.paper.path(marks, Look(stroke=colour("muted"), width=THICK))
    _name_up(axes, left - LENGTH - PAD - wide)


def _name_up(axes: Ground, right: float) -> None:
    if axes.yaxis.label:
        _, top, _, height = axes.box
        style = axes.yaxis.label_style
        name = Block(axes.yaxis.label, style["fontsize"], "center", "bottom")
        place = (right - style["labelpad"], top + height / 2)
        name.write(axes.paper, place, style["color"], angle=90)
