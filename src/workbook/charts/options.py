"""The options of a fork side by side, played on the same luck.

A row an option, the best on top: a disc at the chance of the goal with the reach of its error, a
cross at the chance of ruin, and at the right how far it is behind the best. Where noise can
explain the gap, or it is too small to choose by, the picture says so and calls no winner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbook.charts.artists import drawing
from workbook.charts.description import (
    LARGE,
    NORMAL,
    SMALL,
    WIDE,
    Dots,
    Figure,
    Label,
    Line,
    Mark,
    Panel,
    Scale,
)
from workbook.charts.sources import Bases, assumed_line, how_found
from workbook.charts.text import ems, widest, wrap
from workbook.outcomes import Fate, Outcomes
from workbook.paired import Gap, goal_gap
from workbook.whatif import Comparison
from workbook.words import Words

NAMES = 0.27
"""The share of the picture that the names take."""

ROW, KEY, FOOT = 37.0, 18.0, 16.0
"""Height of a row; room above for what the signs mean, below for the figures of the scale."""

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Way:
    """One option: its name, what comes of it, and its gap to the best on the same luck."""

    name: str
    played: Outcomes
    behind: Gap

    @property
    def goal(self) -> float:
        """Chance of the goal."""
        return self.played.fates["goal"]

    @property
    def has_money(self) -> bool:
        """Whether the plan counts cash; where it does not, nobody runs out of it."""
        return self.played.plan.cash is not None


def side_by_side(played: Mapping[str, Outcomes]) -> tuple[Way, ...]:
    """Options by the names that a reader sees, the best first, with their paired gaps."""
    ranked = sorted(played, key=lambda name: -played[name].fates["goal"])
    best = played[ranked[0]]
    return tuple(Way(name, played[name], goal_gap(best, played[name])) for name in ranked)


def of_comparison(comparison: Comparison, names: Mapping[str, str]) -> tuple[Way, ...]:
    """The variants of a what-if side by side, by the names given to their ids."""
    contrasts = comparison.contrasts
    return side_by_side({names.get(id, id): contrasts[id].after for id in contrasts})


def describe(ways: tuple[Way, ...], words: Words, *, width: float = WIDE) -> Figure:
    """A row for each option; `ways` as `side_by_side` gives them."""
    told = standings(ways, words)
    left, right = NAMES * width, max(widest(told) * LARGE, 40.0) + 22
    plot, high = width - left - right, ROW * len(ways)
    marks: list[Mark] = _key(ways[0], words, plot)
    for row, (way, stands) in enumerate(zip(ways, told, strict=True)):
        marks += _row(row, way, words, left)
        best = stands == words("the best")
        look = (LARGE, "goal") if best else (NORMAL, "ink")
        marks.append(Label(stands, 1, row, right=18, size=look[0], colour=look[1]))
    ticks = tuple((share, words.percent(share)) for share in SHARES)
    across, down = Scale(0, 1, ticks, grid=True), Scale(len(ways) - 0.5, -0.5)
    panel = Panel((left, KEY, plot, high), across, down, tuple(marks))
    return Figure(width, KEY + high + FOOT, (panel,))


draw = drawing(describe)


def _key(best: Way, words: Words, plot: float) -> list[Mark]:
    """Name the two signs above where they stand in the first row, or side by side."""
    signs = [(words("● at the goal"), best.goal, "goal")]
    if best.has_money:
        signs.append((words("✕ out of money"), best.played.fates["ruin"], "ruin"))
    half = [ems(name) * SMALL / 2 / plot for name, _, _ in signs]
    at = [min(max(x, h), 1 - h) for h, (_, x, _) in zip(half, signs, strict=True)]
    if len(at) > 1 and abs(at[0] - at[1]) < sum(half) + 12 / plot:
        at = [half[0], 2 * half[0] + 12 / plot + half[1]]
    return [
        Label(name, x, -0.5, down=-3, colour=tint, across="middle", up="bottom")
        for x, (name, _, tint) in zip(at, signs, strict=True)
    ]


def _row(row: int, way: Way, words: Words, left: float) -> list[Mark]:
    name = wrap(way.name, (left - 20) / NORMAL, 2)
    marks: list[Mark] = [Label(name, 0, row, right=-16, size=NORMAL, across="end")]
    if way.has_money:
        ruin = way.played.fates["ruin"]
        marks.append(Line((ruin, way.goal), (row, row), "faint", 2))
        marks.append(Dots([ruin], [row], "cross", 7, "ruin"))
    error = 2 * way.played.fates_error["goal"]
    reach = (max(0.0, way.goal - error), min(1.0, way.goal + error))
    marks += [Line(reach, (row, row), "goal", 4), Dots([way.goal], [row], size=9, fill="goal")]
    figure = words.percent(way.goal, way.played.fates_error["goal"] or None)
    over = Label(figure, way.goal, row, 0, -6, NORMAL, "goal", "middle", "bottom")
    return [*marks, over]


def standings(ways: tuple[Way, ...], words: Words) -> list[str]:
    """How each stands to the best; where others are as good, none is called the best."""
    others = [standing(way, words) for way in ways[1:]]
    close = words("too close to call")
    return [close if close in others else words("the best"), *others]


def standing(way: Way, words: Words) -> str:
    """How an option stands to the best: so many points behind, or too close to call."""
    if not way.behind.decides:
        return words("too close to call")
    return words.points(way.behind.value, way.behind.error or None)


def title(ways: tuple[Way, ...], words: Words) -> str:
    """The finding: the best option, or those that cannot be told apart."""
    front = [words("“{choice}”", choice=way.name) for way in ways if not way.behind.decides]
    if len(front) > 1:
        return words("{options} are too close to call", options=words.list(front))
    share = words.percent(ways[0].goal, ways[0].played.fates_error["goal"] or None)
    template = "“{name}” does best: {share} of lives reach the goal"
    return words(template, name=ways[0].name, share=share)


def alt(ways: tuple[Way, ...], words: Words) -> str:
    """What the picture shows, for a reader who does not see it."""
    chances = [words.percent(w.goal, w.played.fates_error["goal"] or None) for w in ways]
    parts = [
        words("“{name}” {share}", name=way.name, share=chance)
        for way, chance in zip(ways, chances, strict=True)
    ]
    template = "{finding}. Chance of the goal: {parts}."
    return words(template, finding=title(ways, words), parts=words.list(parts))


def table(ways: tuple[Way, ...], words: Words) -> list[tuple[str, ...]]:
    """The options with their chances and gaps, the head first."""
    head = [words("option"), words("chance of the goal"), words("chance of ruin")]
    fates: tuple[Fate, ...] = ("goal", "ruin")
    if not all(way.has_money for way in ways):
        head, fates = head[:2], fates[:1]
    rows: list[tuple[str, ...]] = [(*head, words("gap to the best"))]
    for way, stands in zip(ways, standings(ways, words), strict=True):
        errors = way.played.fates_error
        shown = [words.percent(way.played.fates[f], errors[f] or None) for f in fates]
        rows.append((way.name, *shown, stands))
    return rows


def notes(ways: tuple[Way, ...], words: Words, basis: Bases | None) -> list[str]:
    """How it was found, and what is assumed."""
    return [how_found(ways[0].played, words), assumed_line(basis, words)]
