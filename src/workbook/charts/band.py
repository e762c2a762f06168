"""A band over the weeks: the middle life, half of the lives, nine in ten, over those under way.

`runway` shows cash with it, `measure` whatever else is shown. A key beside it names its parts,
and below it stands the strip that says what has become of all lives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from workbook.charts.description import (
    SMALL,
    Area,
    Bars,
    Figure,
    Label,
    Line,
    Mark,
    Panel,
    Scale,
)
from workbook.charts.letters import ems, shorten, widest, wrap
from workbook.charts.scales import Say, amounts
from workbook.charts.strip import GAP, HEIGHT, layers, strip
from workbook.outcomes import Floats, Outcomes
from workbook.words import Words

HIGH, LEAST_HEIGHT = 0.25, 105.0
"""Of a band, in widths of the picture, and in points."""

FEW = 0.005
"""Below this share under way a band says nothing worth drawing."""

FEW_STEPS = 0.02
"""The same for a band in steps, whose quantiles jump from one level to another."""

TICKS, SIDE, SWATCH = 8.0, 7.0, 13.0
"""Room between figures and panel at the left, and right of it; width of a swatch of the key."""

MOST_SIDE = 0.29
"""The share of the picture that the names at its right may take."""

KEY_LINE = 10.5
FOOT = 18.0
"""From line to line of the key; the room for the weeks below the strip."""


@dataclass(frozen=True)
class Band:
    """What a band follows: shape (levels, weeks + 1), its name, how an amount is said.

    `top` is an amount that must be seen even where the band does not reach it.
    """

    outcomes: Outcomes
    levels: Floats
    name: str
    say: Say
    steps: bool = False
    top: float = 0.0

    @cached_property
    def last(self) -> int:
        """The last week worth showing."""
        return last_week(self.outcomes)

    @cached_property
    def shown(self) -> tuple[Floats, Floats]:
        """The weeks in which enough lives are under way, and the band in them."""
        weekly = self.outcomes.weekly
        few = FEW_STEPS if self.steps else FEW
        known = np.isfinite(self.levels[2]) & (weekly.weeks <= self.last)
        known &= weekly.under_way >= few
        return weekly.weeks[known].astype(float), self.levels[:, known]

    @cached_property
    def scale(self) -> Scale:
        """From nothing, or the lowest, to a little above the highest."""
        _, band = self.shown
        highest = max(self.top, float(band.max()) if band.size else 0.0, 0.0)
        highest = highest or (0.0 if band.size and band.min() < 0 else 1.0)
        lowest = min(0.0, float(band.min()) if band.size else 0.0)
        return amounts(lowest, highest + 0.04 * (highest - lowest), self.say)


@dataclass(frozen=True)
class Frame:
    """Where the panels of a picture over weeks stand, in points."""

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
        """Their right end."""
        return self.width - self.right


def last_week(outcomes: Outcomes) -> int:
    """The last week worth showing: a little after all but a few lives have ended."""
    alive = np.flatnonzero(outcomes.weekly.under_way >= FEW)
    end = int(alive[-1]) + 2 if len(alive) else 4
    return int(min(max(end, 4), len(outcomes.weekly.weeks) - 1)) or 1


def frame(shown: Band, scale: Scale, words: Words, width: float) -> Frame:
    """Room for figures at the left and for names at the right; nothing above the band yet."""
    figures = widest([told for _, told in scale.ticks])
    names = [f"{n} {name}" for n, (_, _, _, name) in layers(shown.outcomes, words, shown.last)]
    keys = max(ems(name) * SMALL + SWATCH + 4 for name in _parts(words))
    right = min(max(widest(names) * SMALL, keys) + SIDE + 2, MOST_SIDE * width)
    left = max(figures * SMALL + TICKS, 20.0)
    return Frame(width, left, right, 4.0, max(LEAST_HEIGHT, HIGH * width))


def figure(
    shown: Band,
    words: Words,
    at: Frame,
    marks: Sequence[Mark],
    *,
    above: Sequence[Panel] = (),
    low_key: bool = False,
) -> Figure:
    """The band with marks on it, what stands above it, the strip below it, and the key."""
    scale, last = shown.scale, shown.last
    box = (at.left, at.top, at.plot, at.height)
    band = Panel(box, Scale(0, last), scale, (*_band(shown), *marks))
    below = (at.left, at.top + at.height + GAP, at.plot, HEIGHT)
    named = strip(shown.outcomes, words, last, below, at.right - SIDE)
    high = below[1] + HEIGHT + FOOT
    return Figure(at.width, high, (band, *above, named, _key(shown, words, at, low=low_key)))


def _band(shown: Band) -> list[Mark]:
    weeks, band = shown.shown
    if not len(weeks):
        return []
    steps = shown.steps
    return [
        Area(weeks, band[0], band[-1], "band", steps),
        Area(weeks, band[1], band[-2], "inner", steps),
        Line(weeks, band[2], "accent", 1.8, steps=steps),
    ]


def _parts(words: Words) -> tuple[str, ...]:
    return words("9 in 10 lives"), words("half of the lives"), words("the middle life")


def _key(shown: Band, words: Words, at: Frame, *, low: bool) -> Panel:
    """What the band is of, and the names of its parts beside swatches."""
    room = at.right - SIDE
    head = wrap(shown.name, room / SMALL, 4)
    lines = head.count("\n") + 1
    high = KEY_LINE * (lines + 3) + 3
    top = at.top + at.height - high + 2 if low else at.top - 3
    marks: list[Mark] = [Label(head, 0, 0, colour="muted", up="top")]
    for n, (tint, name) in enumerate(zip(("band", "inner", "accent"), _parts(words), strict=True)):
        y = KEY_LINE * (lines + n + 0.5) + 2
        thick = 0.9 if tint == "accent" else 3.5
        marks.append(Bars([0], [SWATCH], [y - thick], [y + thick], tint))
        text = shorten(name, (room - SWATCH - 4) / SMALL)
        marks.append(Label(text, SWATCH + 4, y, colour="accent"))
    return Panel((at.edge + SIDE, top, room, high), Scale(0, room), Scale(high, 0), tuple(marks))
