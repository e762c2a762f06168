"""The options of a fork side by side, played with common random numbers.

One row per option, the best on top: a disc at the chance of the goal with its error bar, a cross
at the chance of ruin, and at the right the gap to the best. If noise can explain the gap, or it
is too small to matter, the picture says so and names no winner.
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
from workbook.charts.text_layout import Bases, assumed_line, ems, how_found, widest, wrap
from workbook.outcomes import Fate, Outcomes
from workbook.play import Gap, goal_gap
from workbook.words import Words

NAMES = 0.27
"""Share of the width that the names take."""

ROW, KEY, FOOT = 37.0, 18.0, 16.0
"""Height of a row; padding above for the legend, below for the axis."""

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Option:
    """One option: its name, its outcomes, and its gap to the best with the same luck."""

    name: str
    outcomes: Outcomes
    gap: Gap

    @property
    def goal(self) -> float:
        """Chance of the goal."""
        return self.outcomes.fates["goal"]

    @property
    def has_money(self) -> bool:
        """Whether the plan counts cash; without cash there is no ruin."""
        return self.outcomes.plan.cash is not None


def side_by_side(played: Mapping[str, Outcomes]) -> tuple[Option, ...]:
    """Rank options by name, the best first, with their paired gaps."""
    names = sorted(played, key=lambda name: -played[name].fates["goal"])
    best = played[names[0]]
    return tuple(Option(name, played[name], goal_gap(best, played[name])) for name in names)


def describe(ranked: tuple[Option, ...], words: Words, *, width: float = WIDE) -> Figure:
    """Describe a row for each option; `ranked` comes from `side_by_side`."""
    labels = gap_labels(ranked, words)
    left, right = NAMES * width, max(widest(labels) * LARGE, 40.0) + 22
    plot, height = width - left - right, ROW * len(ranked)
    marks: list[Mark] = _key(ranked[0], words, plot)
    for row, (option, gap_text) in enumerate(zip(ranked, labels, strict=True)):
        marks += _row(row, option, words, left)
        best = gap_text == words("the best")
        look = (LARGE, "goal") if best else (NORMAL, "ink")
        marks.append(Label(gap_text, 1, row, right=18, size=look[0], colour=look[1]))
    ticks = tuple((share, words.percent(share)) for share in SHARES)
    across, down = Scale(0, 1, ticks, grid=True), Scale(len(ranked) - 0.5, -0.5)
    panel = Panel((left, KEY, plot, height), across, down, tuple(marks))
    return Figure(width, KEY + height + FOOT, (panel,))


draw = drawing(describe)


def _key(best: Option, words: Words, plot: float) -> list[Mark]:
    """Label the two markers above the first row, or side by side if they are close."""
    signs = [(words("● at the goal"), best.goal, "goal")]
    if best.has_money:
        signs.append((words("✕ out of money"), best.outcomes.fates["ruin"], "ruin"))
    half = [ems(name) * SMALL / 2 / plot for name, _, _ in signs]
    at = [min(max(x, h), 1 - h) for h, (_, x, _) in zip(half, signs, strict=True)]
    if len(at) > 1 and abs(at[0] - at[1]) < sum(half) + 12 / plot:
        at = [half[0], 2 * half[0] + 12 / plot + half[1]]
    return [
        Label(name, x, -0.5, down=-3, colour=tint, across="middle", up="bottom")
        for x, (name, _, tint) in zip(at, signs, strict=True)
    ]


def _row(row: int, option: Option, words: Words, left: float) -> list[Mark]:
    name = wrap(option.name, (left - 20) / NORMAL, 2)
    marks: list[Mark] = [Label(name, 0, row, right=-16, size=NORMAL, across="end")]
    if option.has_money:
        ruin = option.outcomes.fates["ruin"]
        marks.append(Line((ruin, option.goal), (row, row), "faint", 2))
        marks.append(Dots([ruin], [row], "cross", 7, "ruin"))
    error = 2 * option.outcomes.fates_error["goal"]
    reach = (max(0.0, option.goal - error), min(1.0, option.goal + error))
    marks += [Line(reach, (row, row), "goal", 4), Dots([option.goal], [row], size=9, fill="goal")]
    figure = words.percent(option.goal, option.outcomes.fates_error["goal"] or None)
    over = Label(figure, option.goal, row, 0, -6, NORMAL, "goal", "middle", "bottom")
    return [*marks, over]


def gap_labels(ranked: tuple[Option, ...], words: Words) -> list[str]:
    """Return the gap of each option to the best; if others are as good, none is the best."""
    others = [gap_label(option, words) for option in ranked[1:]]
    close = words("too close to call")
    return [close if close in others else words("the best"), *others]


def gap_label(option: Option, words: Words) -> str:
    """Return the gap of an option to the best: points behind, or too close to call."""
    if not option.gap.decides:
        return words("too close to call")
    return words.points(option.gap.value, option.gap.error or None)


def title(ranked: tuple[Option, ...], words: Words) -> str:
    """State the finding: the best option, or those that are too close to call."""
    front = [words("“{choice}”", choice=option.name) for option in ranked if not option.gap.decides]
    if len(front) > 1:
        return words("{options} are too close to call", options=words.list(front))
    share = words.percent(ranked[0].goal, ranked[0].outcomes.fates_error["goal"] or None)
    template = "“{name}” does best: {share} of lives reach the goal"
    return words(template, name=ranked[0].name, share=share)


def alt(ranked: tuple[Option, ...], words: Words) -> str:
    """Describe the picture for a reader who does not see it."""
    chances = [words.percent(w.goal, w.outcomes.fates_error["goal"] or None) for w in ranked]
    parts = [
        words("“{name}” {share}", name=option.name, share=chance)
        for option, chance in zip(ranked, chances, strict=True)
    ]
    template = "{finding}. Chance of the goal: {parts}."
    return words(template, finding=title(ranked, words), parts=words.list(parts))


def table(ranked: tuple[Option, ...], words: Words) -> list[tuple[str, ...]]:
    """Return the options with their chances and gaps, header row first."""
    head = [words("option"), words("chance of the goal"), words("chance of ruin")]
    fates: tuple[Fate, ...] = ("goal", "ruin")
    if not all(option.has_money for option in ranked):
        head, fates = head[:2], fates[:1]
    rows: list[tuple[str, ...]] = [(*head, words("gap to the best"))]
    for option, gap_text in zip(ranked, gap_labels(ranked, words), strict=True):
        shown = [words.fate_percent(option.outcomes.fates, fate) for fate in fates]
        rows.append((option.name, *shown, gap_text))
    return rows


def notes(ranked: tuple[Option, ...], words: Words, basis: Bases | None) -> list[str]:
    """Return how the figures were computed and what is assumed."""
    return [how_found(ranked[0].outcomes, words), assumed_line(basis, words)]
