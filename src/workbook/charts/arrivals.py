"""Who has arrived by when: a rising line for each of several things that take attempts.

A line climbs at the end of each round, never between; what needs several things at once climbs
last, and a word at the line says so. Lines are told apart by dash and marker too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbook.charts.style import (
    SERIES,
    SMALL,
    apart,
    axis_label,
    colour,
    drawing,
    quiet,
    safe,
    shorten,
)
from workbook.outcomes import Floats
from workbook.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FRAME = (0.1, 0.16, 0.62, 0.78)
SIZE = (7.4, 3.0)
NAME_EMS = 15.0
MOST_ROWS = 15
"""Rows of the table: of a longer line every second, third, … step."""


@dataclass(frozen=True)
class Arrivals:
    """Shares that have arrived, step by step from step 0.

    Attributes
    ----------
    lines
        By the name a reader sees: the share (0 to 1) that has arrived by each step.
    what
        What a step is, in the reader's language: "weeks of polishing".
    finding
        What the lines show, as a sentence.
    """

    lines: Mapping[str, Sequence[float] | Floats]
    what: str
    finding: str

    @property
    def steps(self) -> range:
        """Every step that all lines have."""
        return range(min(len(line) for line in self.lines.values()))


def size(arrivals: Arrivals) -> tuple[float, float]:
    """Inches that the picture wants."""
    return SIZE


def draw(arrivals: Arrivals, ax: Axes, words: Words) -> Axes:
    """Draw a stair for each line, named at its end."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    steps = list(arrivals.steps)
    with drawing():
        quiet(ax)
        ax.set_xlim(0, max(1, steps[-1]))
        ax.set_ylim(0, 1)
        ax.yaxis.set_major_formatter(FuncFormatter(lambda y, _: words.percent(round(y, 3))))
        ax.xaxis.set_major_locator(MaxNLocator(9, integer=True, steps=[1, 2, 4, 5, 10]))
        ends = [float(line[steps[-1]]) for line in arrivals.lines.values()]
        heights = apart(ends, 0.08, 0.03, 0.97)
        for n, (name, line) in enumerate(arrivals.lines.items()):
            tint, _, dash = SERIES[n % len(SERIES)]
            style: dict[str, Any] = {"where": "post", "linestyle": dash, "linewidth": 1.8}
            ax.step(steps, [float(line[step]) for step in steps], color=colour(tint), **style)
            ax.annotate(
                shorten(name, NAME_EMS),
                (1, heights[n]),
                xycoords=("axes fraction", "data"),
                xytext=(8, 0),
                textcoords="offset points",
                fontsize=SMALL,
                color=colour("ink" if tint == "stuck" else tint),
                va="center",
            )
        ax.set_xlabel(safe(arrivals.what), **axis_label())
        ax.set_ylabel(safe(words("of all lives, who has it right")), **axis_label())
    return ax


def title(arrivals: Arrivals, words: Words) -> str:
    """The finding, as it was brought along."""
    return arrivals.finding


def alt(arrivals: Arrivals, words: Words) -> str:
    """What the picture shows, for a reader who does not see it."""
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
    """A row for each step with the share of every line, the head first."""
    steps = arrivals.steps
    every = max(1, -(-(len(steps) - 1) // MOST_ROWS))
    rows: list[tuple[str, ...]] = [(arrivals.what, *arrivals.lines)]
    for step in steps[::every]:
        shares = (words.percent(round(float(line[step]), 3)) for line in arrivals.lines.values())
        rows.append((words.number(step), *shares))
    return rows
