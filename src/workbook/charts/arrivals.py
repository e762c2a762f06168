"""Who has arrived by when: a rising line for each of several things that take attempts.

A line climbs at the end of each round, never between; what needs several things at once climbs
last, and is the strong one. Lines are told apart by dash too. At one step, the one that the
finding speaks of, each line has a dot and its figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbook.charts.palette import colour
from workbook.charts.style import SERIES, SMALL, apart, axis_label, drawing, quiet, safe, shorten
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
    at
        The step that the finding speaks of; None where it speaks of none.
    strong
        The name of the line that the others lead up to; empty where they are alike.
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


def size(arrivals: Arrivals) -> tuple[float, float]:
    """Inches that the picture wants."""
    return SIZE


def draw(arrivals: Arrivals, ax: Axes, words: Words) -> Axes:
    """Draw a stair for each line, named at its end."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    steps = list(arrivals.steps)
    with drawing(ax):
        quiet(ax)
        ax.set_xlim(0, max(1, steps[-1]))
        ax.set_ylim(0, 1)
        ax.yaxis.set_major_formatter(FuncFormatter(lambda y, _: words.percent(round(y, 3))))
        ax.xaxis.set_major_locator(MaxNLocator(9, integer=True, steps=[1, 2, 4, 5, 10]))
        ends = [float(line[steps[-1]]) for line in arrivals.lines.values()]
        heights = apart(ends, 0.08, 0.03, 0.97)
        for n, name in enumerate(arrivals.lines):
            _line(arrivals, name, ax, SERIES[n % len(SERIES)], words)
            tint = _tint(arrivals, name, n)
            ax.annotate(
                shorten(name, NAME_EMS),
                (1, heights[n]),
                xycoords=("axes fraction", "data"),
                xytext=(8, 0),
                textcoords="offset points",
                fontsize=SMALL,
                color=colour(tint),
                va="center",
            )
        ax.set_xlabel(safe(arrivals.what), **axis_label())
        ax.set_ylabel(safe(words("of all lives, who has it right")), **axis_label())
    return ax


def _tint(arrivals: Arrivals, name: str, n: int) -> str:
    """The colour of a line and its name: ink for the strong one, else that of its place."""
    return "ink" if name == arrivals.strong else SERIES[n % len(SERIES)][0]


def _line(
    arrivals: Arrivals, name: str, ax: Axes, series: tuple[str, str, str], words: Words
) -> None:
    """One stair; its dot and its figure at the step that the finding speaks of."""
    strong, at = name == arrivals.strong, arrivals.at
    tint = "ink" if strong else series[0]
    line = [float(arrivals.lines[name][step]) for step in arrivals.steps]
    style: dict[str, Any] = {"linestyle": "-" if strong else series[2]}
    style |= {"linewidth": 2.6 if strong else 1.5, "zorder": 3 if strong else 2}
    ax.step(list(arrivals.steps), line, where="post", color=colour(tint), **style)
    if at is None or at not in arrivals.steps:
        return
    ax.plot([at], [line[at]], marker="o", markersize=5, color=colour(tint), zorder=4)
    ax.annotate(
        words.percent(line[at], 0.005),
        (at, line[at]),
        xytext=(5, 3),
        textcoords="offset points",
        fontsize=SMALL,
        color=colour(tint),
        zorder=5,
    )


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
