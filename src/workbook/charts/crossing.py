"""Where the best option changes: the chance of the goal of each as one figure of the plan varies.

One line per option, distinct by dash and marker too, with its name at the end; below, the zone in
which each is ahead. A lead that chance could explain is not assigned to any option.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from typing import Protocol, TypeAlias

from workbook.charts.artists import drawing
from workbook.charts.description import (
    SMALL,
    WIDE,
    Bars,
    Dots,
    Figure,
    Label,
    Line,
    Mark,
    Panel,
    Scale,
    amount_scale,
    series_style,
)
from workbook.charts.text_layout import ems, shorten, spread_apart, widest, wrap
from workbook.outcomes import Floats
from workbook.words import Words

HIGH = 0.32
"""Height of the panel as a share of the width."""

NAMES = 0.3
"""Largest share of the width that names may take."""

HEAD, FOOT, STRIP, SIDE = 16.0, 34.0, 24.0, 9.0
"""Padding above the panel and below it; height of the strip; padding before a name."""

LINE = 10.0
"""Least distance between names."""

MOST_ZONES = 3
"""Up to so many zones the title names all tied options; with more, only leaders."""


Values: TypeAlias = "Sequence[float] | Floats"


class Sweep(Protocol):
    """Chances of the goal over the values of a figure, and the winner: `whatif.Crossings`."""

    @property
    def values(self) -> Values: ...  # noqa: D102 - described above
    @property
    def goal(self) -> Mapping[str, Values]: ...  # noqa: D102
    def winner(self, position: int) -> str | None: ...  # noqa: D102


@dataclass(frozen=True)
class Crossing:
    """A sweep with labels for the reader.

    Attributes
    ----------
    sweep
        The chances, by option id.
    names
        The label of each option.
    what
        The figure that varies, in the reader's language: "cash left at the fork".
    format
        Formats a value of that figure.
    tied
        At each value the ids of options that are tied for the lead; optional.
    """

    sweep: Sweep
    names: Mapping[str, str]
    what: str
    format: Callable[[float], str]
    tied: Sequence[Sequence[str]] = ()

    @property
    def zones(self) -> list[tuple[str | None, int, int]]:
        """Return the leader with first and last position of each zone; None if nobody leads."""
        places = range(len(self.sweep.values))
        runs = groupby(places, lambda n: (self.sweep.winner(n), self.tied_at(n)))
        found = [(lead, list(run)) for (lead, _), run in runs]
        return [(lead, run[0], run[-1]) for lead, run in found]

    def tied_at(self, position: int) -> tuple[str, ...]:
        """Return the names of tied options; empty if one leads or all are tied."""
        if self.sweep.winner(position) is not None or not self.tied:
            return ()
        leaders = self.tied[position]
        shared = tuple(name for id, name in self.names.items() if id in leaders)
        return shared if len(shared) < len(self.names) else ()


def describe(crossing: Crossing, words: Words, *, width: float = WIDE) -> Figure:
    """Describe a line for each option, and the zones of the lead below."""
    values = [float(value) for value in crossing.sweep.values]
    top = max(max(line) for line in crossing.sweep.goal.values())
    up = amount_scale(0, min(1.0, max(0.1, top * 1.15)), lambda y: words.percent(round(y, 3)))
    right = min(widest(list(crossing.names.values())) * SMALL + SIDE + 2, NAMES * width)
    right = max(right, ems(words("ahead")) * SMALL + SIDE)
    left = widest([text for _, text in up.ticks]) * SMALL + 12
    plot, height = width - left - right, HIGH * width
    across = Scale(values[0], max(values[-1], values[0] + 1e-9), _ticks(crossing, values, plot))
    marks = [
        *_lines(crossing, up.high, height, right - SIDE),
        *_titles(crossing, words, across, up.high),
    ]
    panel = Panel((left, HEAD, plot, height), across, up, tuple(marks), foot=True)
    below = (left, HEAD + height + FOOT, plot, STRIP)
    zones = Panel(
        below, Scale(across.low, across.high), Scale(0, 1), tuple(_zones(crossing, words, plot))
    )
    return Figure(width, HEAD + height + FOOT + STRIP + 2, (panel, zones))


draw = drawing(describe)


def _ticks(crossing: Crossing, values: list[float], plot: float) -> tuple[tuple[float, str], ...]:
    """Return evenly spaced values, as many as have room on the axis."""
    room = widest([crossing.format(value) for value in values]) * SMALL + 14
    most = max(1, min(6, int(plot / room)))
    return tuple((value, crossing.format(value)) for value in values[:: -(-len(values) // most)])


def _titles(crossing: Crossing, words: Words, across: Scale, top: float) -> list[Mark]:
    """Label both axes: above the panel, and below the figures of the horizontal axis."""
    middle = (across.low + across.high) / 2
    return [
        Label(words("chance of the goal"), across.low, top, down=-6, colour="muted", up="bottom"),
        Label(crossing.what, middle, 0, down=16, colour="muted", across="middle", up="top"),
    ]


def _lines(crossing: Crossing, top: float, height: float, room: float) -> list[Mark]:
    gap = LINE / height * top
    ends = [float(crossing.sweep.goal[option][-1]) for option in crossing.names]
    heights = spread_apart(ends, gap, gap / 2, top - gap / 2)
    marks: list[Mark] = []
    last = float(crossing.sweep.values[-1])
    for n, (option, name) in enumerate(crossing.names.items()):
        line, style = crossing.sweep.goal[option], series_style(n)
        marks.append(Line(crossing.sweep.values, line, style.colour, 1.5, style.dash))
        marks.append(Dots(crossing.sweep.values, line, style.sign, 4.5, style.colour))
        text = shorten(name, room / SMALL)
        marks.append(Label(text, last, heights[n], right=SIDE, colour=style.colour))
    return marks


def _zones(crossing: Crossing, words: Words, plot: float) -> list[Mark]:
    """Draw each zone with its leader. A zone extends half way to the next value."""
    values, options = [float(value) for value in crossing.sweep.values], list(crossing.names)
    whole = values[-1] - values[0] or 1.0
    marks: list[Mark] = []
    for lead, first, last in crossing.zones:
        left = values[0] if first == 0 else (values[first - 1] + values[first]) / 2
        right = values[-1] if last == len(values) - 1 else (values[last] + values[last + 1]) / 2
        if shared := crossing.tied_at(first):
            marks += _shared(left, right, [list(crossing.names.values()).index(n) for n in shared])
            continue
        tint = series_style(options.index(lead)).colour if lead in options else "faint"
        marks.append(Bars([left], [right], [0], [1], tint))
        text = _label(crossing, lead, (right - left) / whole * plot / SMALL - 1, words)
        shade = "ink" if tint == "faint" else "paper"
        marks.append(Label(text, (left + right) / 2, 0.5, colour=shade, across="middle"))
    marks.append(Label(words("ahead"), values[-1], 0.5, right=SIDE, colour="muted"))
    return marks


def _shared(left: float, right: float, numbers: Sequence[int]) -> list[Mark]:
    """Draw a zone of tied options: a stripe in the colour of each, the first on top."""
    height = 1 / len(numbers)
    return [
        Bars([left], [right], [row * height], [(row + 1) * height], series_style(number).colour)
        for row, number in enumerate(reversed(numbers))
    ]


def _label(crossing: Crossing, lead: str | None, room: float, words: Words) -> str:
    """Return the label of a zone that is `room` ems wide: a name may take two lines."""
    if lead is not None:
        return wrap(crossing.names[lead], room, 2) if room > 4 else ""
    names = (words("too close to call"), words("level"), "≈")
    return next(name for name in names if ems(name) <= max(room, 1))


def title(crossing: Crossing, words: Words) -> str:
    """State the finding: where the best option changes, if it does."""
    return _finding(crossing, words, MOST_ZONES)


def _finding(crossing: Crossing, words: Words, most: int) -> str:
    clear = [(lead, first) for lead, first, _ in crossing.zones if lead is not None]
    changes = [at for n, at in enumerate(clear) if not n or at[0] != clear[n - 1][0]]
    if not changes and (len(crossing.zones) == 1 or not crossing.tied):
        return words("Over this range of {what} no option is clearly ahead", what=crossing.what)
    if len(crossing.zones) == 1:
        template = "“{name}” is ahead over the whole range of {what}"
        return words(template, name=crossing.names[changes[0][0]], what=crossing.what)
    zones = [_zone_text(crossing, lead, first, words) for lead, first, _ in crossing.zones]
    if len(zones) > most:
        whose = [(lead, first) for lead, first, _ in crossing.zones]
        turns = [at for n, at in enumerate(whose) if not n or at[0] != whose[n - 1][0]]
        zones = [_leader_text(crossing, lead, first, words) for lead, first in turns]
    text = reduce(lambda first, then: words("{first}; {then}", first=first, then=then), zones)
    return words("Which option is best, by {what}: {zones}", what=crossing.what, zones=text)


def _zone_text(crossing: Crossing, lead: str | None, first: int, words: Words) -> str:
    """Say who is ahead from a value on, or who is tied, or that nobody is ahead."""
    if shared := crossing.tied_at(first):
        value = crossing.format(crossing.sweep.values[first])
        return words("{options} level from {value}", options=_quoted(shared, words), value=value)
    return _leader_text(crossing, lead, first, words)


def _leader_text(crossing: Crossing, lead: str | None, first: int, words: Words) -> str:
    """Say who alone is ahead from a value on, or that nobody is."""
    value = crossing.format(crossing.sweep.values[first])
    if lead is None:
        return words("too close to call from {value}", value=value)
    return words("“{name}” from {value}", name=crossing.names[lead], value=value)


def _quoted(options: Sequence[str], words: Words) -> str:
    return words.list([words("“{choice}”", choice=name) for name in options])


def alt(crossing: Crossing, words: Words) -> str:
    """Describe the picture for a reader who does not see it."""
    first, last = (crossing.format(crossing.sweep.values[n]) for n in (0, -1))
    template = "{finding}. A line for each option: the chance of the goal, from {first} to {last}."
    finding = _finding(crossing, words, len(crossing.zones))
    return words(template, finding=finding, first=first, last=last)


def table(crossing: Crossing, words: Words) -> list[tuple[str, ...]]:
    """Return a row for each value with every option's chance and the leader, header row first."""
    rows: list[tuple[str, ...]] = [(crossing.what, *crossing.names.values(), words("ahead"))]
    for n, value in enumerate(crossing.sweep.values):
        chances = [words.percent(crossing.sweep.goal[option][n]) for option in crossing.names]
        lead = crossing.sweep.winner(n)
        level = _quoted(crossing.tied_at(n), words) or words("too close to call")
        ahead = crossing.names[lead] if lead else level
        rows.append((crossing.format(value), *chances, ahead))
    return rows
