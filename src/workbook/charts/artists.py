"""Renders a Figure with matplotlib: on axes in a notebook, or as a slide.

matplotlib is loaded only when something is drawn. The axes that are given become the first panel,
in its own units, so that more can be drawn on it; the rest of the picture is next to it in the
room that the axes had. Letters follow the size of that room.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from workbook.charts.description import (
    LEADING,
    NARROW,
    SMALL,
    WIDE,
    Area,
    Bars,
    Box,
    Dots,
    Figure,
    Label,
    Line,
    Mark,
    Panel,
    Shape,
    colour,
)
from workbook.charts.svg import FOOT, GRID, PAD, TICK, TICK_SIZE
from workbook.charts.text_layout import straight, wrap
from workbook.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as MatplotlibFigure

FAMILY = ["Noto Sans SC", "DejaVu Sans"]
MISSING = "□"
SIGNS = {"disc": "o", "square": "s", "cross": "X", "diamond": "D", "up": "^", "down": "v"} | {
    "plus": "P"
}
EDGE, HEADLINE = 14.0, 13.0
"""Margin of a slide, and font size of its title."""

ANCHORS = {"start": "left", "middle": "center", "end": "right"}

Describe = Callable[..., Figure]


def drawing(describe: Describe, narrowest: float = NARROW) -> Callable[..., Axes]:
    """Return a chart's `draw`, which never describes it narrower than `narrowest` points."""

    def draw(result: Any, ax: Axes, words: Words, **options: Any) -> Axes:
        """Draw the chart on given axes, and return them as its first panel.

        Parameters
        ----------
        result
            The data of the chart.
        options
            Further arguments of the chart's `describe`.
        """
        room = ax.get_window_extent()
        dots = ax.figure.dpi
        width = min(max(room.width * 72 / dots, narrowest), WIDE)
        return draw_figure(describe(result, words, **{"width": width, **options}), ax)

    return draw


def draw_figure(figure: Figure, ax: Axes) -> Axes:
    """Draw a figure on axes, as large as they allow, with its aspect ratio kept."""
    load_font()
    room = ax.get_window_extent()
    dots = ax.figure.dpi / 72
    scale = min(room.width / figure.width, room.height / figure.height) / dots
    main, *others = figure.panels
    ax.set_position(_inside(ax, main.box, figure, scale * dots))
    _panel(main, ax, scale)
    for panel in others:
        left, top, width, height = main.box
        x, y, wide, high = panel.box
        share = (
            (x - left) / width,
            (top + height - y - high) / height,
            wide / width,
            high / height,
        )
        _panel(panel, ax.inset_axes(share), scale)
    return ax


def _inside(ax: Axes, box: Box, figure: Figure, scale: float) -> Box:
    """Return the position of a panel within the axes, with the figure at the upper left."""
    x, y, width, height = ax.get_position().bounds
    room = ax.get_window_extent()
    across, up = width * scale / room.width, height * scale / room.height
    left, top, wide, high = box
    return (x + left * across, y + height - (top + high) * up, wide * across, high * up)


def _panel(panel: Panel, ax: Axes, scale: float) -> None:
    ax.set_xlim(panel.x.low, panel.x.high)
    ax.set_ylim(panel.y.low, panel.y.high)
    ax.patch.set_alpha(0)
    for name, spine in ax.spines.items():
        spine.set_visible(name == "bottom" and panel.foot)
        spine.set(color=colour("line"), linewidth=FOOT * scale)
    _ticks(panel, ax, scale)
    for order, mark in enumerate(panel.marks, start=2):
        ARTISTS[type(mark)](mark, ax, scale, order)


def _ticks(panel: Panel, ax: Axes, scale: float) -> None:
    for axis, name, side in ((ax.xaxis, "x", panel.x), (ax.yaxis, "y", panel.y)):
        labels = [drawable_text(text) for _, text in side.ticks]
        axis.set_ticks([at for at, _ in side.ticks], labels)
        axis.set_ticks([], minor=True)
        for label in axis.get_ticklabels():
            label.set(fontfamily=FAMILY, parse_math=False, usetex=False)
        style: Any = {"axis": name, "colors": colour("muted"), "labelsize": TICK_SIZE * scale}
        ax.tick_params(length=TICK * scale, width=GRID * scale, pad=PAD * scale, **style)
        if side.grid:
            ax.grid(axis=name, color=colour("faint"), linewidth=GRID * scale)  # type: ignore[arg-type]
        else:
            ax.grid(visible=False, axis=name)  # type: ignore[arg-type]
    ax.set_axisbelow(True)


def slide(
    chart: Any, result: Any, words: Words, *, notes: Sequence[str] = (), **options: Any
) -> MatplotlibFigure:
    """Return a chart on white with its title above it: `.savefig("runway.pdf")` or `.png`.

    Parameters
    ----------
    chart
        A module of this package, such as `charts.runway`.
    result
        The data of the chart.
    notes
        Lines below the chart: how its figures were found, what is assumed.
    options
        Further arguments of its `describe`.
    """
    from matplotlib.figure import Figure as MatplotlibFigure

    load_font()
    shown = chart.describe(result, words, **options)
    finding = wrap(chart.title(result, words), shown.width / HEADLINE, 3)
    head = EDGE + LEADING * HEADLINE * (finding.count("\n") + 1) + 4
    foot = EDGE + LEADING * SMALL * len(notes)
    width, height = shown.width + 2 * EDGE, shown.height + head + foot
    page = MatplotlibFigure(figsize=(width / 72, height / 72), dpi=200, facecolor="white")
    style: Any = {"fontfamily": FAMILY, "parse_math": False, "usetex": False, "va": "top"}
    text = "\n".join(map(drawable_text, finding.split("\n")))
    place = EDGE / width, 1 - EDGE / height
    page.text(*place, text, fontsize=HEADLINE, color=colour("ink"), **style)
    for n, note in enumerate(reversed(notes)):
        place = EDGE / width, (EDGE / 2 + LEADING * SMALL * (n + 1)) / height
        page.text(*place, drawable_text(note), fontsize=SMALL, color=colour("muted"), **style)
    box = EDGE / width, foot / height, shown.width / width, shown.height / height
    draw_figure(shown, page.add_axes(box))
    return page


# Marks


def _line(mark: Line, ax: Axes, scale: float, order: int) -> None:
    style: Any = {"dashes": [part / mark.width for part in mark.dash]} if mark.dash else {}
    style["drawstyle"] = "steps-post" if mark.steps else "default"
    ax.plot(
        mark.xs,
        mark.ys,
        linestyle="-",
        marker="",
        color=colour(mark.colour),
        linewidth=mark.width * scale,
        solid_capstyle="butt",
        dash_capstyle="butt",
        clip_on=False,
        zorder=order,
        **style,
    )


def _area(mark: Area, ax: Axes, scale: float, order: int) -> None:
    ax.fill_between(
        mark.xs,
        mark.low,
        mark.high,
        step="post" if mark.steps else None,
        color=colour(mark.colour),
        linewidth=0,
        clip_on=False,
        zorder=order,
    )


def _shape(mark: Shape, ax: Axes, scale: float, order: int) -> None:
    ax.fill(mark.xs, mark.ys, color=colour(mark.fill), linewidth=0, clip_on=False, zorder=order)


def _bars(mark: Bars, ax: Axes, scale: float, order: int) -> None:
    from matplotlib.patches import FancyBboxPatch

    corners = np.broadcast_arrays(mark.lefts, mark.rights, mark.lows, mark.highs)
    for left, right, low, high in zip(*corners, strict=True):
        one, other = ax.transData.transform([(left, low), (right, high)]) / scale
        radius = mark.radius * (right - left) / (other[0] - one[0]) * _dots_per_point(ax)
        ax.add_patch(
            FancyBboxPatch(
                (left, min(low, high)),
                right - left,
                abs(high - low),
                boxstyle=f"round,pad=0,rounding_size={abs(radius)}" if radius else "square,pad=0",
                facecolor=colour(mark.fill) if mark.fill else "none",
                edgecolor=colour(mark.edge) if mark.edge else "none",
                linewidth=mark.width * scale if mark.edge else 0,
                linestyle=(0, [part / mark.width for part in mark.dash]) if mark.dash else "-",
                clip_on=False,
                zorder=order,
            )
        )


def _dots_per_point(ax: Axes) -> float:
    return float(ax.figure.dpi) / 72


def _dots(mark: Dots, ax: Axes, scale: float, order: int) -> None:
    fill = colour(mark.fill) if mark.fill else "none"
    ax.plot(
        mark.xs,
        mark.ys,
        linestyle="none",
        marker=SIGNS[mark.sign],
        markersize=mark.size * scale,
        markerfacecolor=fill,
        markeredgecolor=colour(mark.edge) if mark.edge else fill,
        markeredgewidth=mark.width * scale if mark.edge else 0,
        clip_on=False,
        zorder=order,
    )


def _label(mark: Label, ax: Axes, scale: float, order: int) -> None:
    for line, foot in zip(mark.lines, mark.feet, strict=True):
        if not line:
            continue
        ax.annotate(
            drawable_text(line),
            (mark.x, mark.y),
            xytext=(mark.right * scale, -foot * scale),
            textcoords="offset points",
            ha=ANCHORS[mark.across],
            va="baseline",
            fontsize=mark.size * scale,
            color=colour(mark.colour),
            fontfamily=FAMILY,
            parse_math=False,
            usetex=False,
            annotation_clip=False,
            zorder=order,
        )


ARTISTS: dict[type[Mark], Any] = {
    Line: _line,
    Area: _area,
    Shape: _shape,
    Bars: _bars,
    Dots: _dots,
    Label: _label,
}


# Fonts


def drawable_text(text: str) -> str:
    """Return a text that matplotlib can draw: □ for a missing glyph, straight quotes in Latin."""
    known = known_characters()
    return "".join(c if ord(c) in known else MISSING for c in straight(text))


@cache
def known_characters() -> frozenset[int]:
    """Return the characters that the two fonts have."""
    from matplotlib import get_data_path
    from matplotlib.ft2font import FT2Font

    others = Path(get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    bundled = files("workbook.fonts") / "NotoSansSC-subset.otf"
    fonts = [FT2Font(BytesIO(font.read_bytes())) for font in (bundled, others)]
    return frozenset(code for font in fonts for code in font.get_charmap())


@cache
def load_font() -> None:
    """Register the bundled Chinese font with matplotlib, once."""
    from matplotlib.font_manager import fontManager

    with as_file(files("workbook.fonts") / "NotoSansSC-subset.otf") as path:
        fontManager.addfont(path)
