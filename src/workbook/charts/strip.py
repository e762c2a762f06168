"""The strip below a band: what has become of all lives, week by week.

The band above it is over the lives still under way. This says how many those are, and where the
others have gone, so that no life that failed is left out of sight.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from workbook.charts.counts import hundred_of
from workbook.charts.description import SMALL, Area, Box, Label, Line, Mark, Panel, Scale
from workbook.charts.letters import apart, wrap
from workbook.charts.scales import weeks
from workbook.outcomes import Floats, Outcomes
from workbook.words import Words

HEIGHT, GAP = 48.0, 30.0
"""Of the strip, and the room between band and strip, for what is written there."""

LEAST = 9.5 / HEIGHT
"""From label to label, in shares of the strip."""

Layer: TypeAlias = tuple[Floats, Floats, str, str]
"""From which share to which, week by week; colour and name."""


def layers(outcomes: Outcomes, words: Words, last: int) -> list[tuple[int, Layer]]:
    """The fates and those still under way, each with how many of 100 lives it has in the end."""
    weekly = outcomes.weekly
    shown = weekly.weeks <= last
    goal, stuck, ruin = (weekly.fates[fate][shown] for fate in ("goal", "stuck", "ruin"))
    found: list[Layer] = [
        (np.zeros_like(goal), goal, "goal", words("at the goal")),
        (goal, 1 - ruin - stuck, "fill", words("under way")),
        (1 - ruin - stuck, 1 - ruin, "stuck", words("stuck")),
        (1 - ruin, np.ones_like(ruin), "ruin", words("out of money")),
    ]
    counts = hundred_of([float(high[-1] - low[-1]) for low, high, _, _ in found])
    return list(zip(counts, found, strict=True))


def strip(outcomes: Outcomes, words: Words, last: int, box: Box, room: float) -> Panel:
    """The layers over the weeks up to the last, each named at its end with its count."""
    found = layers(outcomes, words, last)
    shown = np.arange(last + 1.0)
    marks: list[Mark] = [
        Area(shown, low, high, tint) for _, (low, high, tint, _) in found if (high > low).any()
    ]
    marks.append(Line(shown, found[0][1][1], "line", 0.5))
    marks.append(Label(words("of 100 lives"), 0, 1, down=-5, colour="muted", up="bottom"))
    named = [(n, layer) for n, layer in found if n]
    wanted = [float(low[-1] + high[-1]) / 2 for _, (low, high, _, _) in named]
    for height, (n, (_, _, _, name)) in zip(apart(wanted, LEAST, 0.05, 0.95), named, strict=True):
        text = wrap(words("{count} {what}", count=str(n), what=name), room / SMALL, 1)
        marks.append(Label(text, last, height, right=7))
    marks.append(Label(words("week"), last, 0, right=7, down=6.5, colour="muted", up="top"))
    across = weeks(last, box[2])
    up = Scale(0, 1, ((0.0, "0"), (0.5, "50"), (1.0, "100")))
    return Panel(box, across, up, tuple(marks), foot=True)
