"""The chance of the goal over the cash at the start: what more of it would bring.

A disc is at the cash that the plan has, a triangle at the least that reaches the wanted chance. A
curve that is flat from some point on says that cash alone does not reach it.
"""

from __future__ import annotations

from dataclasses import dataclass

from workbook.charts.artists import drawing
from workbook.charts.description import (
    SMALL,
    WIDE,
    Area,
    Dots,
    Figure,
    Label,
    Line,
    Mark,
    Panel,
    Scale,
    round_values,
)
from workbook.charts.text_layout import ems, widest
from workbook.outcomes import share_error
from workbook.words import Words

HIGH, MOST_HIGH = 0.36, 190.0
"""Height of the panel as a share of the width, and at most in points."""
HEAD, FOOT, SIDE = 22.0, 34.0, 16.0
"""Padding above the panel, below it, and at its right."""


@dataclass(frozen=True)
class CashCurve:
    """The points of the curve, (cash, chance) by cash, and what is marked on it.

    Attributes
    ----------
    currency
        The currency of the amounts.
    now
        The plan's own cash.
    wanted
        The chance that is aimed for.
    enough
        The least cash that reaches it; None if no amount does.
    runs
        Simulated runs of each point; None if exact.
    today
        Whether it is the cash that was counted last, not that of the start.
    """

    points: tuple[tuple[float, float], ...]
    currency: str
    now: float
    wanted: float
    enough: float | None
    runs: int | None = None
    today: bool = False

    def at(self, cash: float) -> float:
        """Return the chance at an amount of cash, between the points around it."""
        below = max((p for p in self.points if p[0] <= cash), default=self.points[0])
        above = min((p for p in self.points if p[0] >= cash), default=self.points[-1])
        width = above[0] - below[0]
        share = (cash - below[0]) / width if width else 0.0
        return below[1] + share * (above[1] - below[1])

    def error(self, chance: float) -> float:
        """Return two standard errors of a chance on the curve; 0 if exact."""
        return 2 * share_error(chance, self.runs) if self.runs else 0.0


def describe(curve: CashCurve, words: Words, *, width: float = WIDE) -> Figure:
    """Describe the curve with its error, the wanted chance, and the cash of the plan."""
    up = tuple((y, words.percent(y)) for y in (0.0, 0.25, 0.5, 0.75, 1.0))
    left = widest([text for _, text in up]) * SMALL + 12
    plot, height = width - left - SIDE, min(MOST_HIGH, HIGH * width)
    across = _across(curve, words, plot)
    marks = [*_line(curve), *_aim(curve, words, across), *_now(curve, words, across, plot)]
    middle = (across.low + across.high) / 2
    marks += [
        Label(words("chance of the goal"), across.low, 1, down=-9, colour="muted", up="bottom"),
        Label(_cash(curve, words), middle, 0, down=18, colour="muted", across="middle", up="top"),
    ]
    panel = Panel(
        (left, HEAD, plot, height), across, Scale(0, 1, up, grid=True), tuple(marks), foot=True
    )
    return Figure(width, HEAD + height + FOOT, (panel,))


draw = drawing(describe)


def _cash(curve: CashCurve, words: Words) -> str:
    return words("cash as counted last") if curve.today else words("cash at the start")


def _across(curve: CashCurve, words: Words, plot: float) -> Scale:
    """Return the scale of cash, with as many round amounts as have room."""
    low, high = curve.points[0][0], max(curve.points[-1][0], curve.points[0][0] + 1)
    room = ems(words.money(high, curve.currency)) * SMALL + 16
    values = round_values(low, high, max(2, min(6, int(plot / room))))
    return Scale(low, high, tuple((value, words.money(value, curve.currency)) for value in values))


def _line(curve: CashCurve) -> list[Mark]:
    xs, ys = zip(*curve.points, strict=True)
    marks: list[Mark] = []
    if curve.runs:
        low = [max(0.0, y - curve.error(y)) for y in ys]
        high = [min(1.0, y + curve.error(y)) for y in ys]
        marks.append(Area(xs, low, high, "band"))
    return [*marks, Line(xs, ys, "accent", 1.8)]


def _aim(curve: CashCurve, words: Words, across: Scale) -> list[Mark]:
    ends = (across.low, across.high)
    marks: list[Mark] = [Line(ends, (curve.wanted, curve.wanted), "goal", 0.9, (4.0, 3.0))]
    if curve.enough is None or curve.enough > across.high:
        return marks
    marks.append(Dots([curve.enough], [curve.wanted], "down", 8, "goal"))
    return [*marks, _named(words, curve, curve.enough, curve.wanted, across, above=True)]


def _now(curve: CashCurve, words: Words, across: Scale, plot: float) -> list[Mark]:
    chance = curve.at(curve.now)
    now = Dots([curve.now], [chance], "disc", 8, "ink")
    down = Line((curve.now, curve.now), (0, chance), "muted", 0.7, (0.7, 1.4))
    if curve.enough is not None and _near(curve, across, plot, words):
        return [down, now]
    return [down, now, _named(words, curve, curve.now, chance, across, above=False)]


def _near(curve: CashCurve, across: Scale, plot: float, words: Words) -> bool:
    """Whether the two amounts would be written over each other."""
    assert curve.enough is not None
    span = across.high - across.low
    apart = abs(curve.now - curve.enough) / span * plot
    return apart < ems(_label(words, curve, curve.now)) * SMALL and (
        abs(curve.at(curve.now) - curve.wanted) < 0.2
    )


def _label(words: Words, curve: CashCurve, cash: float) -> str:
    amount = words.money(cash, curve.currency)
    if cash == curve.now:
        return words("you have {cash}", cash=amount)
    return words("{cash} for {share}", cash=amount, share=words.percent(curve.wanted))


def _named(
    words: Words, curve: CashCurve, cash: float, chance: float, across: Scale, *, above: bool
) -> Label:
    """Name a point: above it to the left, or below it to the right, where the curve is not."""
    text = _label(words, curve, cash)
    left = cash - across.low > 0.4 * (across.high - across.low)
    aside = (-7.0, "end") if left else (7.0, "start")
    down = -8.0 if above or left else 9.0
    return Label(text, cash, chance, right=aside[0], down=down, across=aside[1])  # type: ignore[arg-type]


def title(curve: CashCurve, words: Words) -> str:
    """State how much cash the wanted chance takes."""
    values = {"share": words.percent(curve.wanted)}
    if curve.enough is None:
        best = words.percent(max(chance for _, chance in curve.points))
        return words("No amount of cash brings {share}; at most {best}", **values, best=best)
    cash, now = (words.money(x, curve.currency) for x in (curve.enough, curve.now))
    if curve.enough <= curve.now:
        template = "You have {now}; {cash} would do for {share}"
        return words(template, cash=cash, now=now, **values)
    return words("{share} takes about {cash}; you have {now}", cash=cash, now=now, **values)


def alt(curve: CashCurve, words: Words) -> str:
    """Describe the picture for a reader who does not see it."""
    (low, first), (high, last) = curve.points[0], curve.points[-1]
    return words(
        "{finding}. A line of the chance of the goal over the cash: {first} with"
        " {low}, {now} with what you have, {last} with {high}.",
        finding=title(curve, words),
        first=words.percent(round(first, 2)),
        low=words.money(low, curve.currency),
        now=words.percent(round(curve.at(curve.now), 2)),
        last=words.percent(round(last, 2)),
        high=words.money(high, curve.currency),
    )


def table(curve: CashCurve, words: Words) -> list[tuple[str, ...]]:
    """Return a row for each point, header first."""
    head = (_cash(curve, words), words("chance of the goal"))
    rows = [(words.money(x, curve.currency), words.percent(round(y, 3))) for x, y in curve.points]
    return [head, *rows]


def notes(curve: CashCurve, words: Words, _: object) -> list[str]:
    """Return how sure the points are."""
    if curve.runs is None:
        return [words("computed exactly")]
    error = words.number(100 * max(curve.error(chance) for _, chance in curve.points), error=0.1)
    return [words("simulated: {n} lives, ±{error} points", n=curve.runs, error=error)]
