"""A band over the weeks: the middle life, half of the lives, nine in ten, over those under way.

`runway` draws cash with it, `measure` whatever else is followed. The parts are named on the
picture: in a corner that the band leaves empty, or else beside it; a band in steps, which leaves
leaders nothing to point at, has a key beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from workbook.charts.palette import colour
from workbook.charts.style import SMALL, apart, safe
from workbook.outcomes import Floats, Ints, Outcomes
from workbook.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FEW = 0.005
"""Below this share under way a band says nothing worth drawing."""

FEW_STEPS = 0.02
"""The same for a band in steps, whose quantiles jump from one level to another."""

LEADER: Any = {
    "arrowstyle": "-",
    "color": colour("accent"),
    "linewidth": 0.5,
    "shrinkA": 1,
}


def last_week(outcomes: Outcomes) -> int:
    """The last week worth showing: a little after all but a few lives have ended."""
    alive = np.flatnonzero(outcomes.weekly.under_way >= FEW)
    end = int(alive[-1]) + 2 if len(alive) else 4
    return int(min(max(end, 4), len(outcomes.weekly.weeks) - 1)) or 1


def draw_band(
    outcomes: Outcomes,
    band: Floats,
    ax: Axes,
    words: Words,
    last: int,
    *,
    step: Literal["post"] | None = None,
    top: float = 0.0,
) -> None:
    """Draw a band of shape (levels, weeks + 1) up to a week, and name its parts.

    `step` is for figures that stay as they are until something changes them; `top` is a height
    that must be seen even where the band does not reach it.
    """
    weekly = outcomes.weekly
    few = FEW_STEPS if step else FEW
    shown = (weekly.under_way >= few) & (weekly.weeks <= last) & np.isfinite(band[2])
    weeks, band = weekly.weeks[shown], band[:, shown]
    if not len(weeks):
        return
    fill: Any = {"linewidth": 0, "step": step}
    ax.fill_between(weeks, band[0], band[-1], color=colour("band"), **fill)
    ax.fill_between(weeks, band[1], band[-2], color=colour("inner"), **fill)
    style = "steps-post" if step else "default"
    ax.plot(weeks, band[2], color=colour("accent"), linewidth=1.8, drawstyle=style)
    highest = max(top, float(np.nanmax(band)), 0.0 if step else 1.0) or 1.0
    lowest = min(0.0, float(np.nanmin(band)))
    ax.set_ylim(lowest - 0.02 * (highest - lowest), highest + 0.06 * (highest - lowest))
    if step:
        _key(ax, words, low=top > 0.5 * highest)
    else:
        _names(ax, weeks, band, words, last)


def _key(ax: Axes, words: Words, *, low: bool) -> None:
    """Name the parts beside swatches at the right, low or high."""
    swatches = (
        ("band", 7.0, words("9 in 10 lives")),
        ("inner", 7.0, words("half of the lives")),
        ("accent", 1.8, words("the middle life")),
    )
    for n, (tint, thick, name) in enumerate(swatches):
        y = (0.34 if low else 0.95) - 0.13 * n
        line: Any = {"linewidth": thick, "solid_capstyle": "butt", "clip_on": False}
        ax.plot([1.008, 1.028], [y, y], color=colour(tint), transform=ax.transAxes, **line)
        style: Any = {"fontsize": SMALL, "color": colour("accent"), "va": "center"}
        ax.text(1.036, y, safe(name), transform=ax.transAxes, **style)


def _names(ax: Axes, weeks: Ints, band: Floats, words: Words, last: int) -> None:
    """Name the parts of the band: in a corner that it leaves empty, or else beside it."""
    names = [words("9 in 10 lives"), words("half of the lives"), words("the middle life")]
    heights = [(band[-1] + band[-2]) / 2, (band[2] + band[-2]) / 2, band[2]]
    bottom, top = ax.get_ylim()
    corner = _empty_corner(weeks / last, (band - bottom) / (top - bottom))
    if corner is None:
        at, x = len(weeks) - 1, 1.03
        ends = [(float(height[at]) - bottom) / (top - bottom) for height in heights]
        ys = apart(ends, 0.1, 0.05, 0.95)
    else:
        x, y = corner
        aim = min(x + 0.35, 0.96) * last
        wide = np.flatnonzero(band[-1] - band[0] >= 0.5 * np.nanmax(band[-1] - band[0]))
        at = int(wide[np.argmin(np.abs(weeks[wide] - aim))]) if len(wide) else 0
        ys = [y - 0.1 * n for n in range(len(names))]
    for name, height, y in zip(names, heights, ys, strict=True):
        ax.annotate(
            safe(name),
            (weeks[at], height[at]),
            xytext=(x, y),
            textcoords="axes fraction",
            fontsize=SMALL,
            color=colour("accent"),
            va="center",
            ha="right" if 0.5 < x < 1 else "left",
            arrowprops={**LEADER, "relpos": (0 if weeks[at] < x * last else 1, 0.5)},
        )


def _empty_corner(across: Floats, band: Floats) -> tuple[float, float] | None:
    """Where the names of the bands have room: a corner that the band leaves empty, if any."""
    right, left = across > 0.6, across < 0.3
    if float(np.nanmax(band[-1][right], initial=0.0)) < 0.64:
        return (0.86, 0.93)
    if float(np.nanmax(band[-1][left], initial=0.0)) < 0.64:
        return (0.03, 0.93)
    if float(np.nanmin(band[0][right], initial=1.0)) > 0.4:
        return (0.86, 0.3)
    return None
