"""A figure over the weeks: an NPS, the hours that a business takes, the pace of sales.

It is constant until a milestone changes it, so its band moves in steps. The band covers only the
lives still under way; the strip below shows how many those are. A horizontal line marks the
target, if there is one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbook.charts import band
from workbook.charts.artists import drawing
from workbook.charts.band import last_week
from workbook.charts.description import SMALL, WIDE, Figure, Label, Line, Mark
from workbook.charts.text_layout import Bases, assumed_line, how_found, marked, shorten
from workbook.outcomes import LEVELS, Floats, Outcomes
from workbook.words import Words

ENOUGH = 0.25
"""Share of lives under way that the title needs to speak of a median life."""


@dataclass(frozen=True)
class Aim:
    """A target, and the label of its line in the reader's language."""

    level: float
    label: str


@dataclass(frozen=True)
class Followed:
    """A figure to show, and the lives it is from.

    Attributes
    ----------
    outcomes
        The lives.
    band
        Shape (len(LEVELS), weeks + 1), as `Weekly` keeps it; NaN where nobody is under way.
    label, unit
        What it is and what it counts, in the reader's language; a currency for money, "%" for a
        share.
    paths
        Paths in the plan that it depends on, to mark what is assumed.
    aim
        The target.
    """

    outcomes: Outcomes
    band: Floats
    label: str
    unit: str = ""
    paths: tuple[str, ...] = ()
    aim: Aim | None = None

    @property
    def label_first(self) -> str:
        """The label with a capital letter; an id stays as it is."""
        label = self.label
        return label if label in self.outcomes.plan.measures else label[:1].upper() + label[1:]

    @property
    def weeks(self) -> list[int]:
        """Weeks with known values, up to the last worth showing."""
        known = np.isfinite(self.band[LEVELS.index(0.5)])
        return [n for n in range(last_week(self.outcomes) + 1) if known[n]]


def measure(outcomes: Outcomes, id: str, words: Words, aim: Aim | None = None) -> Followed:
    """Return one of the plan's measures; KeyError if the play has none (an exact one)."""
    plan, band = outcomes.plan, outcomes.weekly.measures[id]
    label = words.text(plan.measures[id].label).strip() or id
    unit = words.text(plan.measures[id].unit)
    return Followed(outcomes, band, label, unit, paths_of(outcomes, id), aim)


def hours(outcomes: Outcomes, words: Words, aim: Aim | None = None) -> Followed:
    """Return the hours a week that the business itself takes."""
    label, band = words("hours a week"), outcomes.weekly.bands["hours"]
    return Followed(outcomes, band, label, "", paths_of(outcomes, "running_hours_per_week"), aim)


def customers(outcomes: Outcomes, words: Words) -> Followed:
    """Return the customers who stay; KeyError if the play does not have them."""
    names = ("paying_customers", "churn_per_month")
    paths = [f"sales.{name}" for name in names]
    paths += [path for name in names for path in paths_of(outcomes, name)]
    label, band = words("customers who stay"), np.round(outcomes.weekly.bands["customers"])
    return Followed(outcomes, band, label, "", tuple(paths))


def recurring(outcomes: Outcomes, words: Words) -> Followed:
    """Return the monthly recurring revenue (MRR), before the margin is applied."""
    label, band = words("recurring revenue a month"), np.round(outcomes.weekly.bands["recurring"])
    paths = ("sales.fee_per_month", *paths_of(outcomes, "fee_per_month"))
    return Followed(outcomes, band, label, outcomes.plan.currency, paths)


def share(outcomes: Outcomes, words: Words) -> Followed:
    """Return what of the company is the founder's: all of it where none is given away."""
    band = np.round(_band(outcomes, "share", 1.0), 3)
    return Followed(outcomes, band, words("your share of the company"), "%", ("founder_share",))


def debt(outcomes: Outcomes, words: Words) -> Followed:
    """Return what is owed of loans."""
    band = np.round(_band(outcomes, "debt", 0.0))
    return Followed(outcomes, band, words("debt"), outcomes.plan.currency, ("due",))


def _band(outcomes: Outcomes, name: str, otherwise: float) -> Floats:
    """Return a band of the weeks; the same value in all of them if no option taken moves it."""
    cash = outcomes.weekly.bands["cash"]
    constant = np.where(np.isfinite(cash), otherwise, np.nan)
    return outcomes.weekly.bands.get(name, constant)


def paths_of(outcomes: Outcomes, name: str) -> tuple[str, ...]:
    """Return the paths in the plan that set the figure."""
    start = f"measures.{name}.value" if name in outcomes.plan.measures else name
    return (start, *(f"milestones.{id}.gives.{name}" for id in outcomes.plan.ids))


def describe(
    followed: Followed, words: Words, *, width: float = WIDE, basis: Bases | None = None
) -> Figure:
    """Describe the band in steps, the target, and the strip of fates below."""
    what = marked(followed.label, basis, *followed.paths)
    aim = followed.aim
    shown = band.Band(
        followed.outcomes,
        followed.band,
        words("{what}, lives under way", what=what),
        lambda value: figure_text(followed, value, words),
        steps=True,
        top=aim.level if aim else 0.0,
    )
    at = band.frame_of(shown, shown.scale, words, width)
    marks: list[Mark] = []
    above = False
    if aim:
        last, level = shown.last, aim.level
        above = bool(shown.scale.share(level) > 0.5)
        name = shorten(aim.label, (at.right - band.SIDE) / SMALL)
        marks.append(Line((0, last), (level, level), "goal", 1.0, (3.7, 1.6)))
        marks.append(Label(name, last, level, right=band.SIDE, colour="goal"))
    return band.band_figure(shown, words, at, marks, key_below=above)


draw = drawing(describe)


def title(followed: Followed, words: Words) -> str:
    """State the finding: the median at the start, and later while enough lives are under way."""
    alive = followed.outcomes.weekly.under_way
    weeks = [n for n in followed.weeks if alive[n] >= ENOUGH]
    if not weeks:
        return words("{what}: nobody is under way long enough to tell", what=followed.label)
    middle = followed.band[LEVELS.index(0.5)]
    first, last = (value_text(followed, float(middle[weeks[n]]), words) for n in (0, -1))
    if all(value_text(followed, float(middle[week]), words) == first for week in weeks):
        return _unmoved(followed, weeks, first, words)
    template = (
        "{what}: {first} at the start, {last} in week {week} for the median life still under way"
    )
    week = str(weeks[-1])
    return words(template, what=followed.label_first, first=first, last=last, week=week)


OUTER = ((0.25, 4, False), (0.75, 4, True), (0.05, 20, False), (0.95, 20, True))
"""Levels beside the median, of how many lives one is beyond each, and whether above it."""


def _unmoved(followed: Followed, weeks: list[int], middle: str, words: Words) -> str:
    """State what happens in fewer than half of the lives, if the median never moves."""
    what = followed.label_first
    for level, lives, above in OUTER:
        row = followed.band[LEVELS.index(level)]
        moved = [n for n in weeks if value_text(followed, float(row[n]), words) != middle]
        if not moved:
            continue
        template = "{what}: {middle} in most lives, but {value} or less in 1 of {n} by week {week}"
        if above:
            template = (
                "{what}: {middle} in most lives, but {value} or more in 1 of {n} by week {week}"
            )
        value = value_text(followed, float(row[moved[-1]]), words)
        week = str(moved[-1])
        return words(template, what=what, middle=middle, value=value, n=lives, week=week)
    return words("{what}: {middle} in every week", what=what, middle=middle)


def alt(followed: Followed, words: Words) -> str:
    """Describe the picture for a reader who does not see it."""
    last, weekly = last_week(followed.outcomes), followed.outcomes.weekly
    template = "{finding}. By week {week}, {alive} of lives are under way and {goal} at the goal."
    return words(
        template,
        finding=title(followed, words),
        week=str(last),
        alive=words.percent(float(weekly.under_way[last])),
        goal=words.percent(float(weekly.fates["goal"][last])),
    )


def table(followed: Followed, words: Words) -> list[tuple[str, ...]]:
    """Return a dozen weeks with the band and the share under way, header row first."""
    last, weekly = last_week(followed.outcomes), followed.outcomes.weekly
    quantiles = [
        words("{what}, {level} of lives below", what=followed.label, level=f"{q:.0%}")
        for q in LEVELS
    ]
    rows: list[tuple[str, ...]] = [(words("week"), words("under way"), *quantiles)]
    for week in sorted({round(last * step / 12) for step in range(13)}):
        band = [value_text(followed, float(value), words) for value in followed.band[:, week]]
        when = words.when(week, followed.outcomes.plan.starts)
        rows.append((when, words.percent(float(weekly.under_way[week])), *band))
    return rows


def value_text(followed: Followed, value: float, words: Words) -> str:
    """Format a value with its unit."""
    if not np.isfinite(value):
        return "–"
    shown = figure_text(followed, float(f"{value:.6g}"), words)
    counted = followed.unit if followed.unit not in ("%", followed.outcomes.plan.currency) else ""
    return f"{shown} {counted}" if counted else shown


def figure_text(followed: Followed, value: float, words: Words) -> str:
    """Format a value for an axis: money and shares as everywhere, others without their unit."""
    if followed.unit == "%":
        return words.percent(value)
    if followed.unit == followed.outcomes.plan.currency:
        return words.money(value, followed.unit)
    return words.number(value)


def notes(followed: Followed, words: Words, basis: Bases | None) -> list[str]:
    """Return how the figures were computed and what is assumed."""
    return [how_found(followed.outcomes, words), assumed_line(basis, words)]
