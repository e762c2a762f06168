"""How the figures of many are spread: one dot each, stacked over where it lies.

A stack too high for dots becomes a bar with its count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbook.charts.artists import drawing
from workbook.charts.description import SMALL, WIDE, Bars, Dots, Figure, Label, Mark, Panel, Scale
from workbook.charts.text_layout import widest
from workbook.words import Words

DOT, STEP = 10.5, 12.0
"""Size of a dot, and from dot to dot in a stack."""

TALLEST = 14
"""Dots in a stack; a higher one becomes a bar."""

SIDE, HEAD, FOOT = 16.0, 14.0, 16.0


@dataclass(frozen=True)
class Spread:
    """Figures of many, in bins of equal width from least to most.

    Attributes
    ----------
    values
        One figure each; what lies outside goes into the first or the last bin.
    format
        A figure as a reader writes it.
    finding
        What the spread shows, as a sentence.
    heads
        What the figures are, and what is counted, in the reader's language: heads of the table.
    """

    values: Sequence[float]
    least: float
    most: float
    bins: int
    format: Callable[[float], str]
    finding: str
    heads: tuple[str, str]

    @property
    def counts(self) -> list[int]:
        """How many lie in each bin."""
        counts = [0] * self.bins
        for value in self.values:
            share = (value - self.least) / (self.most - self.least)
            counts[min(self.bins - 1, max(0, int(share * self.bins + 1e-9)))] += 1
        return counts

    def edge(self, bin: int) -> float:
        """Where a bin begins."""
        return self.least + (self.most - self.least) * bin / self.bins


def describe(spread: Spread, words: Words, *, width: float = WIDE) -> Figure:
    """A stack for each bin, with the figures at which bins begin below."""
    counts = spread.counts
    tallest, plot = max([1, *counts]), width - 2 * SIDE
    wide = plot / spread.bins
    step = min(STEP, wide, TALLEST * STEP / tallest)
    height = step * tallest + (HEAD if tallest > TALLEST else 4)
    marks: list[Mark] = []
    if tallest > TALLEST:
        marks = _columns(counts, height / step)
    else:
        xs = [bin + 0.5 for bin, count in enumerate(counts) for _ in range(count)]
        ys = [n + 0.5 for count in counts for n in range(count)]
        marks = [Dots(xs, ys, size=min(DOT, step * 0.88), fill="accent")]
    panel = Panel(
        (SIDE, 2, plot, height),
        Scale(0, spread.bins, _ticks(spread, wide)),
        Scale(0, height / step),
        tuple(marks),
        foot=True,
    )
    return Figure(width, 2 + height + FOOT, (panel,))


draw = drawing(describe)


def _ticks(spread: Spread, wide: float) -> tuple[tuple[float, str], ...]:
    """As many edges as have room for their figures, evenly."""
    labels = [spread.format(spread.edge(bin)) for bin in range(spread.bins + 1)]
    every = next(
        n
        for n in range(1, spread.bins + 1)
        if spread.bins % n == 0 and (n * wide > widest(labels) * SMALL + 8 or n == spread.bins)
    )
    return tuple((bin, labels[bin]) for bin in range(0, spread.bins + 1, every))


def _columns(counts: Sequence[int], height: float) -> list[Mark]:
    filled = [(bin, count) for bin, count in enumerate(counts) if count]
    lefts, tops = [bin + 0.12 for bin, _ in filled], [float(count) for _, count in filled]
    bars = Bars(lefts, [x + 0.76 for x in lefts], [0.0] * len(filled), tops, "accent")
    named = [
        Label(str(count), bin + 0.5, count, down=-3, colour="muted", across="middle", up="bottom")
        for bin, count in filled
    ]
    return [bars, *named]


def title(spread: Spread, words: Words) -> str:
    """The finding, as it was brought along."""
    return spread.finding


def alt(spread: Spread, words: Words) -> str:
    """What the picture shows, for a reader who does not see it."""
    return spread.finding


def table(spread: Spread, words: Words) -> list[tuple[str, ...]]:
    """How many lie from where on, the head first."""
    rows = [(spread.format(spread.edge(bin)), str(n)) for bin, n in enumerate(spread.counts)]
    return [spread.heads, *rows]
