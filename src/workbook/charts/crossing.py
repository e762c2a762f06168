"""Where the lead changes: the chance of the goal of each option as one figure of the plan moves.

A line an option, told apart by dash and marker too and named at its end; below, the zone in which
each is ahead. Where chance could explain the lead the zone is left open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from workbook.charts.palette import colour
from workbook.charts.style import (
    SERIES,
    SMALL,
    apart,
    axis_label,
    columns,
    drawing,
    quiet,
    safe,
    shorten,
)
from workbook.outcomes import Floats
from workbook.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FRAME = (0.1, 0.3, 0.6, 0.64)
SIZE = (7.4, 3.7)
NAME_EMS = 16.0
MOST_ZONES = 3
"""Of so many zones the title names everyone who shares a lead; of more, the leaders."""


Line: TypeAlias = "Sequence[float] | Floats"


class Sweep(Protocol):
    """Chances of the goal along the values of a figure, and who is ahead: `whatif.Crossings`."""

    @property
    def values(self) -> Line: ...  # noqa: D102 - said above
    @property
    def goal(self) -> Mapping[str, Line]: ...  # noqa: D102
    def winner(self, position: int) -> str | None: ...  # noqa: D102


@dataclass(frozen=True)
class Crossing:
    """A sweep with what a reader calls things.

    Attributes
    ----------
    sweep
        The chances, by option id.
    names
        What each option is called.
    what
        The figure that moves, in the reader's language: "cash left at the fork".
    say
        A value of that figure as a reader writes it.
    fronts
        At each value those that share the lead; left out, nobody is named where nobody leads.
    """

    sweep: Sweep
    names: Mapping[str, str]
    what: str
    say: Callable[[float], str]
    fronts: Sequence[Sequence[str]] = ()

    @property
    def zones(self) -> list[tuple[str | None, int, int]]:
        """Who is ahead from which position to which, both included; None for nobody."""
        places = range(len(self.sweep.values))
        runs = groupby(places, lambda n: (self.sweep.winner(n), self.sharing(n)))
        found = [(lead, list(run)) for (lead, _), run in runs]
        return [(lead, run[0], run[-1]) for lead, run in found]

    def sharing(self, position: int) -> tuple[str, ...]:
        """Names of those that share the lead; none where one leads, or all options do."""
        if self.sweep.winner(position) is not None or not self.fronts:
            return ()
        front = self.fronts[position]
        shared = tuple(name for id, name in self.names.items() if id in front)
        return shared if len(shared) < len(self.names) else ()


def size(crossing: Crossing) -> tuple[float, float]:
    """Inches that the picture wants."""
    return SIZE


def draw(crossing: Crossing, ax: Axes, words: Words) -> Axes:
    """Draw the lines and the zones of the lead."""
    from matplotlib.ticker import FixedLocator, FuncFormatter

    values = [float(value) for value in crossing.sweep.values]
    with drawing(ax):
        quiet(ax)
        ax.set_xlim(values[0], values[-1] if values[-1] > values[0] else values[0] + 1)
        top = max(max(line) for line in crossing.sweep.goal.values())
        ax.set_ylim(0, min(1.0, max(0.1, top * 1.15)))
        ax.yaxis.set_major_formatter(FuncFormatter(lambda y, _: words.percent(round(y, 3))))
        shown = values[:: max(1, -(-len(values) // 6))]
        ax.xaxis.set_major_locator(FixedLocator(shown))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: safe(crossing.say(x))))
        _lines(crossing, ax)
        _zones(crossing, ax, words)
        ax.set_ylabel(safe(words("chance of the goal")), **axis_label())
        ax.set_xlabel(safe(crossing.what), **axis_label())
    return ax


def _lines(crossing: Crossing, ax: Axes) -> None:
    top = ax.get_ylim()[1]
    ends = [crossing.sweep.goal[option][-1] for option in crossing.names]
    heights = apart(ends, 0.07 * top, 0.03 * top, 0.97 * top)
    for n, (option, name) in enumerate(crossing.names.items()):
        tint, marker, dash = SERIES[n % len(SERIES)]
        line = crossing.sweep.goal[option]
        style: dict[str, Any] = {"marker": marker, "markersize": 4.5, "linestyle": dash}
        ax.plot(crossing.sweep.values, line, color=colour(tint), clip_on=False, **style)
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


def _zones(crossing: Crossing, ax: Axes, words: Words) -> None:
    """A strip below the axes: who is ahead where. A zone goes half way to the next value."""
    strip = ax.inset_axes((0.0, -0.42, 1.0, 0.1))
    strip.set_axis_off()
    strip.set_xlim(ax.get_xlim())
    strip.set_ylim(0, 1)
    values, options = list(crossing.sweep.values), list(crossing.names)
    whole = values[-1] - values[0] or 1.0
    for lead, first, last in crossing.zones:
        left = values[0] if first == 0 else (values[first - 1] + values[first]) / 2
        right = values[-1] if last == len(values) - 1 else (values[last] + values[last + 1]) / 2
        tint = SERIES[options.index(lead) % len(SERIES)][0] if lead in options else "faint"
        strip.fill_between([left, right], 0, 1, color=colour(tint), linewidth=0)
        if shared := crossing.sharing(first):
            _share(strip, left, right, [list(crossing.names.values()).index(n) for n in shared])
            continue
        room = (right - left) / whole * FRAME[2] * SIZE[0] * 72 / SMALL
        label = _label(crossing, lead, room - 1, words)
        style: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": SMALL}
        shade = colour("ink" if tint == "faint" else "paper")
        strip.text((left + right) / 2, 0.46, label, color=shade, **style)
    strip.annotate(
        safe(words("ahead")),
        (1, 0.5),
        xycoords="axes fraction",
        xytext=(8, 0),
        textcoords="offset points",
        fontsize=SMALL,
        color=colour("muted"),
        va="center",
    )


def _share(strip: Axes, left: float, right: float, numbers: Sequence[int]) -> None:
    """A zone of several: a band of each one's colour, the first on top."""
    for row, number in enumerate(reversed(numbers)):
        tint = SERIES[number % len(SERIES)][0]
        low, high = row / len(numbers), (row + 1) / len(numbers)
        strip.fill_between([left, right], low, high, color=colour(tint), linewidth=0)


def _label(crossing: Crossing, lead: str | None, room: float, words: Words) -> str:
    """What a zone of so many ems is called: whole or cut short; where nobody leads, whole."""
    if lead is not None:
        return shorten(crossing.names[lead], room) if room > 4 else ""
    names = (words("too close to call"), words("level"), "≈")
    return next(name for name in names if columns(name) <= max(room, 1))


def title(crossing: Crossing, words: Words) -> str:
    """The finding: where the lead changes hands, if it does; of many zones those with a leader."""
    return _finding(crossing, words, MOST_ZONES)


def _finding(crossing: Crossing, words: Words, most: int) -> str:
    clear = [(lead, first) for lead, first, _ in crossing.zones if lead is not None]
    changes = [at for n, at in enumerate(clear) if not n or at[0] != clear[n - 1][0]]
    if not changes and (len(crossing.zones) == 1 or not crossing.fronts):
        return words("Over this range of {what} no option is clearly ahead", what=crossing.what)
    if len(crossing.zones) == 1:
        template = "“{name}” is ahead over the whole range of {what}"
        return words(template, name=crossing.names[changes[0][0]], what=crossing.what)
    zones = [_zone(crossing, lead, first, words) for lead, first, _ in crossing.zones]
    if len(zones) > most:
        whose = [(lead, first) for lead, first, _ in crossing.zones]
        turns = [at for n, at in enumerate(whose) if not n or at[0] != whose[n - 1][0]]
        zones = [_led(crossing, lead, first, words) for lead, first in turns]
    told = reduce(lambda first, then: words("{first}; {then}", first=first, then=then), zones)
    return words("Which option is best, by {what}: {zones}", what=crossing.what, zones=told)


def _zone(crossing: Crossing, lead: str | None, first: int, words: Words) -> str:
    """Who is ahead from where, or those who share it, or that nobody is."""
    if shared := crossing.sharing(first):
        value = crossing.say(crossing.sweep.values[first])
        return words("{options} level from {value}", options=_named(shared, words), value=value)
    return _led(crossing, lead, first, words)


def _led(crossing: Crossing, lead: str | None, first: int, words: Words) -> str:
    """Who alone is ahead from where, or that nobody is."""
    value = crossing.say(crossing.sweep.values[first])
    if lead is None:
        return words("too close to call from {value}", value=value)
    return words("“{name}” from {value}", name=crossing.names[lead], value=value)


def _named(options: Sequence[str], words: Words) -> str:
    return words.list([words("“{choice}”", choice=name) for name in options])


def alt(crossing: Crossing, words: Words) -> str:
    """What the picture shows, for a reader who does not see it."""
    first, last = (crossing.say(crossing.sweep.values[n]) for n in (0, -1))
    template = "{finding}. A line for each option: the chance of the goal, from {first} to {last}."
    finding = _finding(crossing, words, len(crossing.zones))
    return words(template, finding=finding, first=first, last=last)


def table(crossing: Crossing, words: Words) -> list[tuple[str, ...]]:
    """A row for each value with every option's chance and who is ahead, the head first."""
    rows: list[tuple[str, ...]] = [(crossing.what, *crossing.names.values(), words("ahead"))]
    for n, value in enumerate(crossing.sweep.values):
        chances = [words.percent(crossing.sweep.goal[option][n]) for option in crossing.names]
        lead = crossing.sweep.winner(n)
        level = _named(crossing.sharing(n), words) or words("too close to call")
        ahead = crossing.names[lead] if lead else level
        rows.append((crossing.say(value), *chances, ahead))
    return rows
