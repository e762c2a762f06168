"""A dot plot of many figures: one dot each, stacked over the nearest value of a grid.

A stack too high for dots becomes a bar with its count.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbook.charts.artists import drawing
from workbook.charts.description import SMALL, WIDE, Bars, Dots, Figure, Label, Mark, Panel, Scale
from workbook.charts.text_layout import widest
from workbook.words import Words

DOT, STEP = 10.5, 12.0
"""Size of a dot, and distance between dots in a stack."""

TALLEST = 14
"""Most dots in a stack; a higher one becomes a bar."""

SIDE, HEAD, FOOT = 16.0, 14.0, 16.0


@dataclass(frozen=True)
class Spread:
    """Figures over the values least, least + step, … most.

    Attributes
    ----------
    values
        The figures; each is over the nearest value of the grid, outliers at its ends.
    format
        Formats a figure.
    finding
        What the plot shows, as a sentence.
    heads
        Column names of the table, in the reader's language: the figure, the count.
    """

    values: Sequence[float]
    least: float
    most: float
    step: float
    format: Callable[[float], str]
    finding: str
    heads: tuple[str, str]

    @property
    def stacks(self) -> int:
        """Number of values of the grid."""
        return round((self.most - self.least) / self.step) + 1

    @property
    def counts(self) -> list[int]:
        """Number of figures over each value of the grid."""
        counts = [0] * self.stacks
        for value in self.values:
            nearest = math.floor((value - self.least) / self.step + 0.5 + 1e-9)
            counts[min(self.stacks - 1, max(0, nearest))] += 1
        return counts

    def value(self, stack: int) -> float:
        """Return the value of the grid below a stack."""
        return self.least + self.step * stack


def describe(spread: Spread, words: Words, *, width: float = WIDE) -> Figure:
    """Describe a stack over each value of the grid, with the values below."""
    counts = spread.counts
    tallest, plot = max([1, *counts]), width - 2 * SIDE
    wide = plot / spread.stacks
    step = min(STEP, wide, TALLEST * STEP / tallest)
    height = step * tallest + (HEAD if tallest > TALLEST else 4)
    marks: list[Mark] = []
    if tallest > TALLEST:
        marks = _columns(counts, height / step)
    else:
        xs = [stack + 0.5 for stack, count in enumerate(counts) for _ in range(count)]
        ys = [n + 0.5 for count in counts for n in range(count)]
        marks = [Dots(xs, ys, size=min(DOT, step * 0.88), fill="accent")]
    panel = Panel(
        (SIDE, 2, plot, height),
        Scale(0, spread.stacks, _ticks(spread, wide)),
        Scale(0, height / step),
        tuple(marks),
        foot=True,
    )
    return Figure(width, 2 + height + FOOT, (panel,))


draw = drawing(describe)


def _ticks(spread: Spread, wide: float) -> tuple[tuple[float, str], ...]:
    """Return evenly spaced values below the middle of their stacks, as many as have room."""
    labels = [spread.format(spread.value(stack)) for stack in range(spread.stacks)]
    last = spread.stacks - 1
    every = next(
        n
        for n in range(1, last + 1)
        if last % n == 0 and (n * wide > widest(labels) * SMALL + 8 or n == last)
    )
    return tuple((stack + 0.5, labels[stack]) for stack in range(0, last + 1, every))


def _columns(counts: Sequence[int], height: float) -> list[Mark]:
    filled = [(stack, count) for stack, count in enumerate(counts) if count]
    lefts, tops = [stack + 0.12 for stack, _ in filled], [float(count) for _, count in filled]
    bars = Bars(lefts, [x + 0.76 for x in lefts], [0.0] * len(filled), tops, "accent")
    named = [
        Label(str(count), stack + 0.5, count, down=-3, colour="muted", across="middle", up="bottom")
        for stack, count in filled
    ]
    return [bars, *named]


def title(spread: Spread, words: Words) -> str:
    """Return the finding of the data."""
    return spread.finding


def alt(spread: Spread, words: Words) -> str:
    """Describe the picture for a reader who does not see it."""
    return spread.finding


def table(spread: Spread, words: Words) -> list[tuple[str, ...]]:
    """Return each value of the grid and its count, header row first."""
    rows = [(spread.format(spread.value(stack)), str(n)) for stack, n in enumerate(spread.counts)]
    return [spread.heads, *rows]
