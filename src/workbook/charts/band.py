"""A band over the weeks: the middle life, half of the lives, nine in ten, over those under way.

`runway` draws cash with it, `measure` whatever else is followed. A key beside the picture
names its parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from workbook.charts.palette import colour
from workbook.charts.style import SMALL, safe
from workbook.outcomes import Floats, Outcomes
from workbook.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FEW = 0.005
"""Below this share under way a band says nothing worth drawing."""

FEW_STEPS = 0.02
"""The same for a band in steps, whose quantiles jump from one level to another."""


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
    _key(ax, words, low=top > 0.5 * highest)


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
