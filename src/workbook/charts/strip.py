"""The strip below the runway: what has become of all lives, week by week.

The band above it is over the lives still under way. This says how many those are, and where the
others have gone: nobody who failed is left out of sight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from workbook.charts.fates import hundred_of
from workbook.charts.palette import colour
from workbook.charts.style import SMALL, apart, axis_label, quiet, safe
from workbook.outcomes import Outcomes
from workbook.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_strip(outcomes: Outcomes, ax: Axes, words: Words, last: int) -> None:
    """Draw the strip below an axes, over the same weeks, up to the last one shown."""
    from matplotlib.ticker import MaxNLocator

    strip = ax.inset_axes((0.0, -0.63, 1.0, 0.42))
    quiet(strip)
    strip.grid(visible=False)
    weekly = outcomes.weekly
    shown = weekly.weeks <= last
    weeks = weekly.weeks[shown]
    goal, stuck, ruin = (weekly.fates[fate][shown] for fate in ("goal", "stuck", "ruin"))
    layers = (
        (np.zeros_like(goal), goal, "goal", words("at the goal")),
        (goal, 1 - ruin - stuck, "fill", words("under way")),
        (1 - ruin - stuck, 1 - ruin, "stuck", words("stuck")),
        (1 - ruin, np.ones_like(ruin), "ruin", words("out of money")),
    )
    for low, high, tint, _ in layers:
        strip.fill_between(weeks, low, high, color=colour(tint), linewidth=0)
    ends = [(float(low[-1]), float(high[-1]), name) for low, high, _, name in layers]
    _layer_labels(strip, ends, words)
    strip.plot(weeks, goal, color=colour("line"), linewidth=0.5)
    strip.set_xlim(0, last)
    strip.set_ylim(0, 1)
    strip.xaxis.set_major_locator(MaxNLocator(8, integer=True, steps=[1, 2, 5, 10]))
    strip.set_yticks([0, 0.5, 1], ["0", "50", "100"])
    strip.set_xlabel(words("week"), **axis_label(), labelpad=2)
    strip.annotate(
        words("of 100 lives"),
        (0, 1),
        xycoords="axes fraction",
        xytext=(-4, 4),
        textcoords="offset points",
        fontsize=SMALL,
        color=colour("muted"),
    )


def _layer_labels(strip: Axes, ends: list[tuple[float, float, str]], words: Words) -> None:
    """Name each layer at its end with its count, moved apart where the layers are thin."""
    counts = hundred_of([high - low for low, high, _ in ends])
    named = [(n, e) for n, e in zip(counts, ends, strict=True) if n]
    heights = apart([(low + high) / 2 for _, (low, high, _) in named], 0.17, 0.05, 0.95)
    for height, (count, (_, _, name)) in zip(heights, named, strict=True):
        strip.annotate(
            safe(words("{count} {what}", count=str(count), what=name)),
            (1, height),
            xycoords="axes fraction",
            xytext=(5, 0),
            textcoords="offset points",
            fontsize=SMALL,
            color=colour("ink"),
            va="center",
        )
