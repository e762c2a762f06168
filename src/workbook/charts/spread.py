"""A dot plot of many figures: one dot each, stacked in bins.

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
"""Size of a dot, and distance between dots in a stack."""

TALLEST = 14
"""Most dots in a stack; a higher one becomes a bar."""

SIDE, HEAD, FOOT = 16.0, 14.0, 16.0


@dataclass(frozen=True)
class Spread:
    """Figures in bins of equal width from least to most.

    Attributes
    ----------
    values
        The figures; outliers go into the first or the last bin.
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
    bins: int
    format: Callable[[float], str]
    finding: str
    heads: tuple[str, str]

    @property
    def counts(self) -> list[int]:
        """Number of figures in each bin."""
        counts = [0] * self.bins
        for value in self.values:
            share = (value - self.least) / (self.most - self.least)
            counts[min(self.bins - 1, max(0, int(share * self.bins + 1e-9)))] += 1
        return counts

    def edge(self, bin: int) -> float:
        """Return the lower edge of a bin."""
        return self.least + (self.most - self.least) * bin / self.bins


def describe(spread: Spread, words: Words, *, width: float = WIDE) -> Figure:
    """Describe a stack for each bin, with the bin edges below."""
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
    """Return evenly spaced bin edges, as many as have room for their figures."""
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
    """Return the finding that the data carries."""
    return spread.finding


def alt(spread: Spread, words: Words) -> str:
    """Describe the picture for a reader who does not see it."""
    return spread.finding


def table(spread: Spread, words: Words) -> list[tuple[str, ...]]:
    """Return lower edge and count of each bin, header row first."""
    rows = [(spread.format(spread.edge(bin)), str(n)) for bin, n in enumerate(spread.counts)]
    return [spread.heads, *rows]
