"""A figure over the weeks as a band, and below it a strip with the fates of all lives.

`runway` shows cash with it, `measure` any other figure. The band is over the lives still under way:
the median, half of them, nine in ten. The strip shows how many those are and what has become of
the others, so that no failed life is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np

from workbook.charts.description import (
    SMALL,
    Area,
    Bars,
    Box,
    Figure,
    Format,
    Label,
    Line,
    Mark,
    Panel,
    Scale,
    amount_scale,
    week_scale,
)
from workbook.charts.text_layout import ems, shorten, spread_apart, widest, wrap
from workbook.outcomes import Fate, Floats, Outcomes
from workbook.words import Words
from workbook.words.figures import of_a_hundred

STRIP_HEIGHT, STRIP_GAP = 48.0, 30.0
"""Height of the strip, and the gap between band and strip, which holds a label."""

LABEL_GAP = 9.5 / STRIP_HEIGHT
"""Least distance between labels, as a share of the strip."""

Layer: TypeAlias = tuple[Floats, Floats, str, str]
"""Lower and upper share by week; colour and name."""


def layers(outcomes: Outcomes, words: Words, last: int) -> list[tuple[int, Layer]]:
    """Return the fates and lives under way, each with its count of 100 lives.

    The counts are of the fates in the end, as everywhere else: of the few lives that end after the
    last week shown they know how.
    """
    weekly = outcomes.weekly
    shown = weekly.weeks <= last
    goal, stuck, ruin = (weekly.fates[fate][shown] for fate in ("goal", "stuck", "ruin"))
    found: list[Layer] = [
        (np.zeros_like(goal), goal, "goal", words("at the goal")),
        (goal, 1 - ruin - stuck, "fill", words("under way")),
        (1 - ruin - stuck, 1 - ruin, "stuck", words("stuck")),
        (1 - ruin, np.ones_like(ruin), "ruin", words("out of money")),
    ]
    counts = of_a_hundred(outcomes.fates)
    order: tuple[Fate, ...] = ("goal", "open", "stuck", "ruin")
    return list(zip((counts[fate] for fate in order), found, strict=True))


def strip(outcomes: Outcomes, words: Words, last: int, box: Box, room: float) -> Panel:
    """Describe the layers up to the last week, each named at its end with its count."""
    found = layers(outcomes, words, last)
    shown = np.arange(last + 1.0)
    marks: list[Mark] = [
        Area(shown, low, high, tint) for _, (low, high, tint, _) in found if (high > low).any()
    ]
    marks.append(Line(shown, found[0][1][1], "line", 0.5))
    marks.append(Label(words("of 100 lives"), 0, 1, down=-5, colour="muted", up="bottom"))
    named = [(n, layer) for n, layer in found if n]
    wanted = [float(low[-1] + high[-1]) / 2 for _, (low, high, _, _) in named]
    for height, (n, (_, _, _, name)) in zip(
        spread_apart(wanted, LABEL_GAP, 0.05, 0.95), named, strict=True
    ):
        text = wrap(words("{count} {what}", count=str(n), what=name), room / SMALL, 1)
        marks.append(Label(text, last, height, right=7))
    marks.append(Label(words("week"), last, 0, right=7, down=6.5, colour="muted", up="top"))
    across = week_scale(last, box[2], words, outcomes.plan.starts)
    up = Scale(0, 1, ((0.0, "0"), (0.5, "50"), (1.0, "100")))
    return Panel(box, across, up, tuple(marks), foot=True)


HEIGHT_SHARE, LEAST_HEIGHT = 0.25, 105.0
"""Height of a band as a share of the width, and at least in points."""

FEW = 0.005
"""Share of lives under way below which a band is not drawn."""

FEW_STEPS = 0.02
"""The same for a band in steps, whose quantiles jump between levels."""

LEAP = 0.2
"""A change of the median in one week, as a share of the scale, from which no line is drawn."""

TICKS, SIDE, SWATCH = 8.0, 7.0, 13.0
"""Padding left and right of the panel; width of a swatch of the legend."""

MOST_SIDE = 0.29
"""The share of the picture that the names at its right may take."""

KEY_LINE = 10.5
FOOT = 18.0
"""Line height of the legend; height of the axis below the strip."""


@dataclass(frozen=True)
class Band:
    """What a band shows: shape (levels, weeks + 1), its name, the format of an amount.

    `top` is an amount that the scale must include even if the band does not reach it.
    """

    outcomes: Outcomes
    levels: Floats
    name: str
    format: Format
    steps: bool = False
    top: float = 0.0

    @cached_property
    def last(self) -> int:
        """Return the last week worth showing."""
        return last_week(self.outcomes)

    @cached_property
    def shown(self) -> tuple[Floats, Floats]:
        """Return the weeks in which enough lives are under way, and the band in them."""
        weekly = self.outcomes.weekly
        few = FEW_STEPS if self.steps else FEW
        known = np.isfinite(self.levels[2]) & (weekly.weeks <= self.last)
        known &= weekly.under_way >= few
        return weekly.weeks[known].astype(float), self.levels[:, known]

    @cached_property
    def jumps(self) -> bool:
        """Return whether the median leaps from week to week, so that a line through it misleads.

        It does where lives of two kinds end in turn: the median is then now of the one, now of the
        other, and no life goes along that line.
        """
        _, band = self.shown
        if self.steps or band.shape[1] < 2:
            return False
        span = self.scale.high - self.scale.low
        return bool(np.abs(np.diff(band[2])).max() > LEAP * span)

    @cached_property
    def scale(self) -> Scale:
        """Return a scale from zero, or the lowest, to a little above the highest."""
        _, band = self.shown
        highest = max(self.top, float(band.max()) if band.size else 0.0, 0.0)
        highest = highest or (0.0 if band.size and band.min() < 0 else 1.0)
        lowest = min(0.0, float(band.min()) if band.size else 0.0)
        return amount_scale(lowest, highest + 0.04 * (highest - lowest), self.format)


@dataclass(frozen=True)
class Frame:
    """Margins and height of the panels of a picture over weeks, in points."""

    width: float
    left: float
    right: float
    top: float
    height: float

    @property
    def plot(self) -> float:
        """Width of the panels."""
        return self.width - self.left - self.right

    @property
    def edge(self) -> float:
        """Right end of the panels."""
        return self.width - self.right


def last_week(outcomes: Outcomes) -> int:
    """Return the last week worth showing: shortly after all but a few lives have ended."""
    alive = np.flatnonzero(outcomes.weekly.under_way >= FEW)
    end = int(alive[-1]) + 2 if len(alive) else 4
    return int(min(max(end, 4), len(outcomes.weekly.weeks) - 1)) or 1


def frame_of(shown: Band, scale: Scale, words: Words, width: float) -> Frame:
    """Return margins for figures at the left and names at the right; none above the band."""
    figures = widest([text for _, text in scale.ticks])
    names = [f"{n} {name}" for n, (_, _, _, name) in layers(shown.outcomes, words, shown.last)]
    keys = max(ems(name) * SMALL + SWATCH + 4 for name in _key_names(words))
    right = min(max(widest(names) * SMALL, keys) + SIDE + 2, MOST_SIDE * width)
    starts = shown.outcomes.plan.starts
    first = ems(words.week_and_month(0, starts)) * SMALL / 2 if starts else 0.0
    left = max(figures * SMALL + TICKS, 20.0, first + 2)
    return Frame(width, left, right, 4.0, max(LEAST_HEIGHT, HEIGHT_SHARE * width))


def band_figure(
    shown: Band,
    words: Words,
    at: Frame,
    marks: Sequence[Mark],
    *,
    above: Sequence[Panel] = (),
    key_below: bool = False,
) -> Figure:
    """Describe the band with marks on it, panels above it, the strip below, and the legend."""
    scale, last = shown.scale, shown.last
    box = (at.left, at.top, at.plot, at.height)
    band = Panel(box, Scale(0, last), scale, (*_band(shown), *marks))
    below = (at.left, at.top + at.height + STRIP_GAP, at.plot, STRIP_HEIGHT)
    named = strip(shown.outcomes, words, last, below, at.right - SIDE)
    high = below[1] + STRIP_HEIGHT + FOOT
    return Figure(at.width, high, (band, *above, named, _key(shown, words, at, low=key_below)))


def _band(shown: Band) -> list[Mark]:
    weeks, band = shown.shown
    if not len(weeks):
        return []
    steps = shown.steps
    areas: list[Mark] = [
        Area(weeks, band[0], band[-1], "band", steps),
        Area(weeks, band[1], band[-2], "inner", steps),
    ]
    return areas if shown.jumps else [*areas, Line(weeks, band[2], "accent", 1.8, steps=steps)]


def _key_names(words: Words) -> tuple[str, ...]:
    return words("9 in 10 lives"), words("half of the lives"), words("the middle life")


def _key(shown: Band, words: Words, at: Frame, *, low: bool) -> Panel:
    """Describe the legend: what the band shows, and its parts beside swatches."""
    room = at.right - SIDE
    head = wrap(shown.name, room / SMALL, 4)
    lines = head.count("\n") + 1
    high = KEY_LINE * (lines + 3) + 3
    top = at.top + at.height - high + 2 if low else at.top - 3
    marks: list[Mark] = [Label(head, 0, 0, colour="muted", up="top")]
    named = list(zip(("band", "inner", "accent"), _key_names(words), strict=True))
    for n, (tint, name) in enumerate(named[:2] if shown.jumps else named):
        y = KEY_LINE * (lines + n + 0.5) + 2
        thick = 0.9 if tint == "accent" else 3.5
        marks.append(Bars([0], [SWATCH], [y - thick], [y + thick], tint))
        text = shorten(name, (room - SWATCH - 4) / SMALL)
        marks.append(Label(text, SWATCH + 4, y, colour="accent"))
    return Panel((at.edge + SIDE, top, room, high), Scale(0, room), Scale(high, 0), tuple(marks))
