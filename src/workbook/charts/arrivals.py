"""Cumulative shares by step: a rising line for each of several things that take attempts.

A line rises at the end of each round, never between; what needs several things at once rises
last and is drawn strongly. Lines differ by dash too. At the step that the finding names, each
line has a dot and its figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbook.charts.artists import drawing
from workbook.charts.description import (
    SMALL,
    WIDE,
    Dots,
    Figure,
    Label,
    Line,
    Mark,
    Panel,
    Scale,
    round_values,
    series_style,
)
from workbook.charts.text_layout import shorten, spread_apart, widest
from workbook.outcomes import Floats
from workbook.words import Words

HIGH = 0.31
"""Height of the panel as a share of the width."""

NAMES = 0.28
"""Largest share of the width that names may take."""

HEAD, FOOT, SIDE, LINE = 16.0, 28.0, 8.0, 10.0
"""Padding above and below the panel and before a name; least distance between names."""

MOST_ROWS = 15
"""Most rows of the table; longer lines are thinned out."""


@dataclass(frozen=True)
class Arrivals:
    """Cumulative shares, step by step from step 0.

    Attributes
    ----------
    lines
        The cumulative share (0 to 1) by each step, by the name of the line.
    what
        What a step is, in the reader's language: "weeks of polishing".
    finding
        What the lines show, as a sentence.
    at
        The step that the finding names; None if it names none.
    strong
        The name of the line to emphasise; empty for none.
    """

    lines: Mapping[str, Sequence[float] | Floats]
    what: str
    finding: str
    at: int | None = None
    strong: str = ""

    @property
    def steps(self) -> range:
        """Every step that all lines have."""
        return range(min(len(line) for line in self.lines.values()))


def describe(arrivals: Arrivals, words: Words, *, width: float = WIDE) -> Figure:
    """Describe a step line for each, named at its end."""
    last = max(1, arrivals.steps[-1])
    ticks = tuple((y, words.percent(y)) for y in (0.0, 0.25, 0.5, 0.75, 1.0))
    right = min(widest(list(arrivals.lines)) * SMALL + SIDE + 2, NAMES * width)
    left = widest([text for _, text in ticks]) * SMALL + 12
    plot, height = width - left - right, HIGH * width
    most = max(2, min(9, int(plot / 40)))
    weeks = tuple((x, words.number(x)) for x in round_values(0, last, most, whole=True))
    box = (left, HEAD, plot, height)
    text = words("of all lives, who has it right")
    marks = [
        *_stairs(arrivals, words, height, right - SIDE),
        Label(text, 0, 1, down=-6, colour="muted", up="bottom"),
        Label(arrivals.what, last / 2, 0, down=16, colour="muted", across="middle", up="top"),
    ]
    panel = Panel(
        box, Scale(0, last, weeks), Scale(0, 1, ticks, grid=True), tuple(marks), foot=True
    )
    return Figure(width, HEAD + height + FOOT, (panel,))


draw = drawing(describe)


def _stairs(arrivals: Arrivals, words: Words, height: float, room: float) -> list[Mark]:
    steps, gap = list(arrivals.steps), LINE / height
    ends = spread_apart(
        [float(line[steps[-1]]) for line in arrivals.lines.values()], gap, gap / 2, 1
    )
    marks: list[Mark] = []
    for n, (name, line) in enumerate(arrivals.lines.items()):
        strong, style = name == arrivals.strong, series_style(n)
        tint, dash = ("ink", ()) if strong else (style.colour, style.dash)
        known = [float(line[step]) for step in steps]
        marks.append(Line(steps, known, tint, 2.6 if strong else 1.5, dash, steps=True))
        text = shorten(name, room / SMALL)
        marks.append(Label(text, steps[-1], ends[n], right=SIDE, colour=tint))
    return marks + _figures(arrivals, words, gap)


def _figures(arrivals: Arrivals, words: Words, gap: float) -> list[Mark]:
    """Draw a dot and a figure on each line, at the step that the finding names."""
    at = arrivals.at
    if at is None or at not in arrivals.steps:
        return []
    shares = [float(line[at]) for line in arrivals.lines.values()]
    marks: list[Mark] = []
    for n, (name, height) in enumerate(
        zip(arrivals.lines, spread_apart([y + gap * 0.7 for y in shares], gap, 0, 1), strict=True)
    ):
        tint = "ink" if name == arrivals.strong else series_style(n).colour
        marks.append(Dots([at], [shares[n]], size=5, fill=tint))
        text = words.percent(shares[n], 0.005)
        marks.append(Label(text, at, height, right=-5, colour=tint, across="end"))
    return marks


def title(arrivals: Arrivals, words: Words) -> str:
    """Return the finding of the data."""
    return arrivals.finding


def alt(arrivals: Arrivals, words: Words) -> str:
    """Describe the picture for a reader who does not see it."""
    last = arrivals.steps[-1]
    ends = [
        words("“{name}” {share}", name=name, share=words.percent(round(float(line[last]), 3)))
        for name, line in arrivals.lines.items()
    ]
    return words(
        "{finding} A rising line for each; at the right end, {what} {last}: {ends}.",
        finding=arrivals.finding,
        what=arrivals.what,
        last=last,
        ends=words.list(ends),
    )


def table(arrivals: Arrivals, words: Words) -> list[tuple[str, ...]]:
    """Return a row for each step with the share of every line, header row first."""
    steps = arrivals.steps
    every = max(1, -(-(len(steps) - 1) // MOST_ROWS))
    rows: list[tuple[str, ...]] = [(arrivals.what, *arrivals.lines)]
    for step in steps[::every]:
        shares = (words.percent(round(float(line[step]), 3)) for line in arrivals.lines.values())
        rows.append((words.number(step), *shares))
    return rows
