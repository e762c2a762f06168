"""A distribution as dots, one a person or a chain, stacked over where they lie. SVG as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

RADIUS, GAP, LEFT, FOOT, TOP = 7.0, 2.0, 14.0, 26.0, 20.0
WIDTH = 640.0
TALLEST = 14
"""Dots in a stack; a taller one becomes a column with its number."""
STEP = 2 * RADIUS + GAP


@dataclass(frozen=True)
class Scale:
    """From least to most in so many bins, and how a value is said."""

    least: float
    most: float
    bins: int
    say: Callable[[float], str]

    def bin(self, value: float) -> int:
        """The bin of a value; what lies outside goes into the first or the last."""
        share = (value - self.least) / (self.most - self.least)
        return min(self.bins - 1, max(0, int(share * self.bins + 1e-9)))

    def edge(self, bin: int) -> float:
        """Where a bin begins."""
        return self.least + (self.most - self.least) * bin / self.bins


def stacks(values: Sequence[float], scale: Scale) -> list[int]:
    """How many lie in each bin."""
    counts = [0] * scale.bins
    for value in values:
        counts[scale.bin(value)] += 1
    return counts


def dots(values: Sequence[float], scale: Scale, alt: str) -> str:
    """The picture; `alt` states what it shows. A stack too tall for dots becomes a column."""
    counts = stacks(values, scale)
    tallest = max([1, *counts])
    each = min(STEP, TALLEST * STEP / tallest)
    height = TOP + each * tallest + FOOT
    wide = (WIDTH - 2 * LEFT) / scale.bins
    base = height - FOOT
    mark = _column if tallest > TALLEST else _stack
    drawn = "".join(
        mark(LEFT + wide * (bin + 0.5), base, count, each) for bin, count in enumerate(counts)
    )
    labels = "".join(
        f'<text x="{LEFT + wide * bin:.1f}" y="{height - 6:.1f}" '
        f'text-anchor="{_anchor(bin, scale)}">'
        f"{escape(scale.say(scale.edge(bin)))}</text>"
        for bin in range(0, scale.bins + 1, max(1, scale.bins // 5))
    )
    return (
        f'<svg class="dots" role="img" aria-label="{escape(alt)}" '
        f'viewBox="0 0 {WIDTH:.0f} {height:.0f}"><line x1="{LEFT}" x2="{WIDTH - LEFT}" '
        f'y1="{base:.1f}" y2="{base:.1f}"/>{drawn}{labels}</svg>'
    )


def _stack(x: float, base: float, count: int, each: float) -> str:
    return "".join(
        f'<circle cx="{x:.1f}" cy="{base - each * (n + 0.5):.1f}" r="{RADIUS}"/>'
        for n in range(count)
    )


def _column(x: float, base: float, count: int, each: float) -> str:
    return (
        f'<rect x="{x - RADIUS:.1f}" y="{base - each * count:.1f}" width="{2 * RADIUS}" '
        f'height="{each * count:.1f}"/><text x="{x:.1f}" y="{base - each * count - 3:.1f}" '
        f'text-anchor="middle">{count or ""}</text>'
    )


def _anchor(bin: int, scale: Scale) -> str:
    return "start" if bin == 0 else "end" if bin == scale.bins else "middle"
