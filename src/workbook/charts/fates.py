"""A hundred lives as a hundred dots: how often each fate happens, as a count.

Dots differ by shape and lightness as well as by colour, and are named beside the grid. They add up
to a hundred, as all shares of fates do (`words.figures.of_a_hundred`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from workbook.charts.artists import drawing
from workbook.charts.description import NORMAL, SIGNS, WIDE, Dots, Figure, Label, Mark, sheet
from workbook.charts.text_layout import Bases, assumed_line, how_found, never_seen, wrap
from workbook.outcomes import Fate, Outcomes
from workbook.words import N_, Words
from workbook.words.figures import of_a_hundred

DOTS = 100
Places = tuple[tuple[int, int], ...]
"""Rows and columns of dots."""


def capital_sentence(outcomes: Outcomes, words: Words) -> str:
    """Return what of the company is the founder's at the goal, and what is owed; "" without."""
    mean, currency = outcomes.mean, outcomes.plan.currency
    if mean.share_if_goal is None:
        return ""
    share = words.percent(mean.share_if_goal, 0.01)
    if not mean.debt_if_goal:
        return words("When it is reached, {share} of the company is yours.", share=share)
    if mean.share_if_goal == 1:
        owed = words.money(float(f"{mean.debt_if_goal:.2g}"), currency)
        return words("When it is reached, about {debt} is owed on average.", debt=owed)
    template = (
        "When it is reached, {share} of the company is yours, and about {debt} is owed on average."
    )
    debt = float(f"{mean.debt_if_goal:.2g}")
    return words(template, share=share, debt=words.money(debt, currency))


__all__ = ["alt", "describe", "draw", "table", "title"]

SIDE = 10
MOST_STEP, STEP = 21.0, 0.0405
"""Distance between dots: at most in points, and as a share of the width."""

MOST_NAME = 200.0
COUNT = 13.0
"""Largest width of a name, and the font size of a count."""

ORDER: tuple[Fate, ...] = ("goal", "open", "stuck", "ruin")
SENTENCES = {
    "goal": N_("at the goal"),
    "ruin": N_("out of money"),
    "stuck": N_("stuck: attempts used up, money left"),
    "open": N_("open: still going when time ran out"),
}
SHORT = {
    "goal": N_("at the goal"),
    "ruin": N_("out of money"),
    "stuck": N_("stuck"),
    "open": N_("still under way at the end"),
}
ALL_OTHERS = {
    "ruin": N_("{first}; the others run out of money ({n})"),
    "stuck": N_("{first}; the others get stuck ({n})"),
    "open": N_("{first}; the others are still under way at the end ({n})"),
}
NO_OTHERS = {
    "ruin": N_("Not one of 100 lives reaches the goal; all of them run out of money"),
    "stuck": N_("Not one of 100 lives reaches the goal; all of them get stuck"),
    "open": N_("Not one of 100 lives reaches the goal; all of them are still under way at the end"),
}
MOST_OTHERS = {
    "ruin": N_("{first}; most of the others run out of money ({n})"),
    "stuck": N_("{first}; most of the others get stuck ({n})"),
    "open": N_("{first}; most of the others are still under way at the end ({n})"),
}


def describe(
    outcomes: Outcomes,
    words: Words,
    *,
    width: float = WIDE,
    life: Fate | None = None,
    named: bool = True,
) -> Figure:
    """Describe a grid of dots, each fate named beside it; `life` rings one dot of that fate.

    Without `named` only the grid is drawn.
    """
    grid = _Grid(min(MOST_STEP, STEP * width))
    places = grid.places(of_a_hundred(outcomes.fates))
    marks = [mark for fate, dots in places.items() for mark in grid.marks(fate, dots, fate == life)]
    if not named:
        return sheet(grid.side, grid.side, marks)
    width = min(width, grid.labels + MOST_NAME)
    names, low = _names(places, grid, words, width, life)
    return sheet(width, max(grid.side, low), [*marks, *names])


@dataclass(frozen=True)
class _Grid:
    """A hundred places in ten rows, `step` apart, with the names beside them."""

    step: float

    @property
    def margin(self) -> float:
        """The distance of the outer dots from the edge."""
        return 0.7 * self.step

    @property
    def side(self) -> float:
        """The length of its sides."""
        return 2 * self.margin + (SIDE - 1) * self.step

    @property
    def labels(self) -> float:
        """Where the names begin."""
        return self.margin + (SIDE + 0.4) * self.step

    def places(self, counts: Mapping[Fate, int]) -> dict[Fate, Places]:
        """Return the places of each fate that happens, one fate after the other, row by row."""
        numbers = iter(range(SIDE * SIDE))
        return {
            fate: tuple(divmod(n, SIDE) for n in islice(numbers, counts[fate]))
            for fate in ORDER
            if counts[fate]
        }

    def marks(self, fate: Fate, places: Places, ringed: bool) -> list[Mark]:
        """Return the dots of a fate, the first of them ringed if wanted."""
        rows, columns = zip(*places, strict=True)
        xs, ys = ([self.margin + self.step * n for n in numbers] for numbers in (columns, rows))
        ring = [_ring(xs[0], ys[0], self.step)] if ringed else []
        return [_dots(fate, xs, ys, self.step), *ring]


def _names(
    places: Mapping[Fate, Places], grid: _Grid, words: Words, width: float, life: Fate | None
) -> tuple[list[Mark], float]:
    """Return the names, each beside the middle of its dots if there is space, and their end."""
    marks: list[Mark] = []
    free = grid.margin
    for fate, dots in places.items():
        middle = grid.margin + grid.step * sum(row for row, _ in dots) / len(dots)
        y = min(max(middle, free), grid.side - grid.margin)
        text = _named(fate, words, width - grid.labels - 44, mine=fate == life)
        marks += _labels(fate, len(dots), text, (grid.labels, y), grid.step)
        marks += [_ring(grid.labels, y, grid.step)] if fate == life else []
        free = y + NORMAL * (1.5 + 1.2 * (1 + text.count("\n")))
    return marks, free - NORMAL


def _dots(fate: Fate, xs: Sequence[float], ys: Sequence[float], step: float) -> Dots:
    look = SIGNS[fate]
    size = 0.64 * step * look.size
    if look.hollow:
        return Dots(xs, ys, look.sign, size, fill=None, edge="muted", width=1.2)
    return Dots(xs, ys, look.sign, size, fill=fate)


def _named(fate: Fate, words: Words, room: float, *, mine: bool) -> str:
    text = wrap(words(SENTENCES[fate]), room / NORMAL, 2)
    if not mine:
        return text
    return text + "\n" + wrap(words("your life, ringed, is one of them"), room / NORMAL, 2)


def _labels(
    fate: Fate, count: int, text: str, place: tuple[float, float], step: float
) -> tuple[Mark, ...]:
    x, y = place
    return (
        _dots(fate, [x], [y], step),
        Label(str(count), x, y, right=0.5 * step + 26, size=COUNT, across="end"),
        Label(text, x, y, right=0.5 * step + 33, size=NORMAL),
    )


def _ring(x: float, y: float, step: float) -> Dots:
    return Dots([x], [y], size=0.9 * step, fill=None, edge="ink", width=1.4)


draw = drawing(describe)


def title(outcomes: Outcomes, words: Words) -> str:
    """State the finding: how many of a hundred lives reach the goal, and how most others end."""
    dots = of_a_hundred(outcomes.fates)
    goal = words.n(
        "{n} of 100 lives reaches the goal", "{n} of 100 lives reach the goal", dots["goal"]
    )
    worst = max((fate for fate in ORDER if fate != "goal"), key=lambda fate: dots[fate])
    if not dots[worst]:
        return goal
    if dots[worst] == DOTS:
        return words(NO_OTHERS[worst])
    others = ALL_OTHERS if dots[worst] == DOTS - dots["goal"] else MOST_OTHERS
    return words(others[worst], first=goal, n=dots[worst])


def alt(outcomes: Outcomes, words: Words) -> str:
    """Describe the picture for a reader who does not see it."""
    dots = of_a_hundred(outcomes.fates)
    parts = [
        words("{count} {what}", count=dots[fate], what=words(SHORT[fate]))
        for fate in ORDER
        if dots[fate]
    ]
    return words("A hundred dots, one a life: {parts}.", parts=words.list(parts))


def table(outcomes: Outcomes, words: Words) -> list[tuple[str, ...]]:
    """Return the fates with their chances, header row first."""
    rows: list[tuple[str, ...]] = [(words("fate"), words("of 100 lives"), words("chance"))]
    dots = of_a_hundred(outcomes.fates)
    for fate in ORDER:
        if fate == "ruin" and outcomes.plan.cash is None:
            continue  # without cash there is no ruin
        chance = words.fate_percent(outcomes.fates, fate)
        rows.append((words.fate(fate), str(dots[fate]), chance))
    return rows


def notes(outcomes: Outcomes, words: Words, basis: Bases | None) -> list[str]:
    """Return how it was computed, which fates were never seen, and what is assumed."""
    found = how_found(outcomes, words)
    unseen = never_seen(outcomes, words)
    return [found, "" if unseen in found else unseen, assumed_line(basis, words)]
