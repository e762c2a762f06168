"""The options of a fork side by side, played on the same luck.

A row an option, the best on top: a disc at the chance of the goal with the reach of its error, a
cross at the chance of ruin, and at the right how far it is behind the best. Where noise can
explain the gap, or it is too small to choose by, the picture says so and calls no winner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbook.charts.marks import Bases, assumed_line, how_found
from workbook.charts.palette import colour
from workbook.charts.style import LARGE, NORMAL, SMALL, bare, drawing, safe, wrap
from workbook.outcomes import Fate, Outcomes
from workbook.paired import Gap, goal_gap
from workbook.whatif import Comparison
from workbook.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FRAME = (0.27, 0.13, 0.5, 0.8)
WIDTH, ROW = 7.4, 0.52
NAME_EMS = 14.5


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


def size(ways: tuple[Way, ...]) -> tuple[float, float]:
    """Inches that the picture wants."""
    return (WIDTH, 0.75 + ROW * len(ways))


def draw(ways: tuple[Way, ...], ax: Axes, words: Words) -> Axes:
    """Draw a row for each option; `ways` as `side_by_side` gives them."""
    with drawing(ax):
        bare(ax)
        ax.set_xlim(0, 1)
        ax.set_ylim(len(ways) - 0.4, -0.75)
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            line: dict[str, Any] = {"color": colour("faint"), "linewidth": 0.7, "zorder": 0}
            ax.plot([share, share], [-0.5, len(ways) - 0.5], **line)
            style: dict[str, Any] = {"fontsize": SMALL, "color": colour("muted")}
            ax.text(share, len(ways) - 0.44, words.percent(share), ha="center", va="top", **style)
        _key(ax, ways[0], words)
        for row, (way, stands) in enumerate(zip(ways, standings(ways, words), strict=True)):
            _row(ax, row, way, stands, words)
    return ax


def _key(ax: Axes, best: Way, words: Words) -> None:
    """Name the two signs where they stand in the first row."""
    apart = not best.has_money or abs(best.goal - best.played.fates["ruin"]) > 0.3
    style: dict[str, Any] = {"fontsize": SMALL, "va": "center"}
    marks = (
        (words("● at the goal"), best.goal, "goal", 0.0),
        (words("✕ out of money"), best.played.fates["ruin"], "ruin", 0.4),
    )
    for name, share, tint, aside in marks if best.has_money else marks[:1]:
        x = min(max(share, 0.09), 0.91) if apart else aside
        side = "center" if apart else "left"
        ax.text(x, -0.68, name, ha=side, color=colour(tint), **style)


def _row(ax: Axes, row: int, way: Way, stands: str, words: Words) -> None:
    name: dict[str, Any] = {"ha": "right", "va": "center", "linespacing": 1.1}
    ax.text(-0.04, row, wrap(way.name, NAME_EMS, 2), fontsize=NORMAL, color=colour("ink"), **name)
    if way.has_money:
        ruin = way.played.fates["ruin"]
        ax.plot([ruin, way.goal], [row, row], color=colour("faint"), linewidth=2, zorder=1)
        ax.plot([ruin], [row], "X", markersize=7, color=colour("ruin"), clip_on=False, zorder=3)
    error = 2 * way.played.fates_error["goal"]
    reach = [max(0.0, way.goal - error), min(1.0, way.goal + error)]
    ax.plot(reach, [row, row], color=colour("goal"), linewidth=4, solid_capstyle="round", zorder=2)
    ax.plot([way.goal], [row], "o", markersize=9, color=colour("goal"), clip_on=False, zorder=4)
    figure = words.percent(way.goal, way.played.fates_error["goal"] or None)
    where: dict[str, Any] = {"xytext": (0, 7), "textcoords": "offset points", "va": "bottom"}
    tint = colour("goal")
    ax.annotate(figure, (way.goal, row), ha="center", fontsize=NORMAL, color=tint, **where)
    strong = stands == words("the best")
    style: dict[str, Any] = {"va": "center", "fontsize": LARGE if strong else NORMAL}
    ax.text(1.06, row, safe(stands), color=colour("goal" if strong else "ink"), **style)


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
