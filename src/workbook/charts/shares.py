"""The four fates as one stacked bar, small enough for a row of a table."""

from __future__ import annotations

from collections.abc import Mapping

from workbook.charts.artists import drawing
from workbook.charts.description import Bars, Figure, Mark, Panel, Scale
from workbook.charts.fates import ORDER
from workbook.outcomes import Fate
from workbook.words import Words

WIDTH, HEIGHT = 90.0, 9.0

Shares = Mapping[Fate, float]


def describe(shares: Shares, words: Words, *, width: float = WIDTH) -> Figure:
    """Describe the shares side by side, the goal first; unknown ones are left out."""
    marks: list[Mark] = []
    left = 0.0
    for fate in ORDER:
        share = max(0.0, shares.get(fate, 0.0))
        if share:
            marks.append(Bars([left], [left + share], [0], [1], fate))
            left += share
    panel = Panel((0, 0, width, HEIGHT), Scale(0, max(1.0, left)), Scale(0, 1), tuple(marks))
    return Figure(width, HEIGHT, (panel,))


draw = drawing(describe, WIDTH)


def title(shares: Shares, words: Words) -> str:
    """Return what the bar shows."""
    return words("All lives by how they end")


def alt(shares: Shares, words: Words) -> str:
    """Return every fate with its share."""
    known = [fate for fate in ORDER if shares.get(fate, 0.0) > 0]
    return words.list(f"{words.fate(f)} {words.fate_percent(shares, f)}" for f in known)


def table(shares: Shares, words: Words) -> list[tuple[str, ...]]:
    """Return the fates with their shares, header row first."""
    rows = [(words.fate(f), words.fate_percent(shares, f)) for f in ORDER if f in shares]
    return [(words("fate"), words("chance")), *rows]
