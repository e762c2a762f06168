"""The runway: how much cash is left week by week, and when it runs out.

The band covers only the lives still under way (survivorship bias), so the strip below shows, week
by week, how many of all lives those are and what has become of the others. A milestone is marked
at the week by which half of all lives have reached it, and not at all if fewer ever do. A plan
without cash shows the hours that the business takes instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import numpy as np

from workbook.charts.artists import drawing
from workbook.charts.band import Band, Frame, band_figure, frame_of, last_week
from workbook.charts.description import (
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
from workbook.charts.text_layout import (
    Bases,
    assumed_line,
    ems,
    how_found,
    marked,
    numbers,
    shorten,
)
from workbook.outcomes import FATES, HARDLY_ANY, LEVELS, Fate, Outcomes
from workbook.plan import Plan
from workbook.words import Words

LANES = 5
LANE, FIRST_LANE = 11.0, 13.0
"""Names above the band are placed in lanes: their number, height, and distance of the lowest."""

Reached: TypeAlias = dict[int, list[str]]
"""Milestones by the week in which half of all lives have reached them."""

TODAY = "ink"
"""The colour of today, which no milestone has."""

NAME_EMS, LEAST_EMS = 18.0, 4.0


def followed(outcomes: Outcomes) -> str:
    """Return what the band shows: cash, or hours if the plan counts no cash."""
    return "cash" if outcomes.plan.cash is not None else "hours"


def describe(
    outcomes: Outcomes, words: Words, *, width: float = WIDE, basis: Bases | None = None
) -> Figure:
    """Describe the band, the milestones named above it, and the strip of fates below it."""
    shown = _followed(outcomes, words, basis)
    at = frame_of(shown, shown.scale, words, width)
    reached = _reached(outcomes, shown.last)
    names, high = _milestones(outcomes, words, at, reached, shown.last)
    at = Frame(width, at.left, at.right, high, at.height)
    box = (at.left, 0.0, at.plot, high)
    above = Panel(box, Scale(0, shown.last), Scale(0, high), tuple(names))
    marks = [*_guides(outcomes, shown, reached), *_ruin(outcomes, words, shown, at)]
    marks += _today(outcomes, shown)
    return band_figure(shown, words, at, marks, above=(above,))


draw = drawing(describe)


def _followed(outcomes: Outcomes, words: Words, basis: Bases | None) -> Band:
    what = followed(outcomes)
    if what == "cash":
        label = marked(words("cash"), basis, "cash", "burn_per_week")
        currency = outcomes.plan.currency
        format = lambda amount: words.money(amount, currency)  # noqa: E731
    else:
        label = marked(words("hours a week"), basis, "hours_per_week", "running_hours_per_week")
        format = words.number
    name = words("{what}, lives under way", what=label)
    return Band(outcomes, outcomes.weekly.bands[what], name, format)


def half_reached(outcomes: Outcomes) -> list[tuple[int, str]]:
    """Return week and id of each milestone that half of all lives reach, by week."""
    weeks = [(m.weeks.get(0.5), m.id) for m in outcomes.milestones.values()]
    return sorted((week, id) for week, id in weeks if week is not None)


def _reached(outcomes: Outcomes, last: int) -> Reached:
    """Return the milestones by the week in which half of all lives have reached them."""
    found: Reached = {}
    for week, id in half_reached(outcomes):
        if week <= last:
            found.setdefault(week, []).append(id)
    return found


def _guides(outcomes: Outcomes, shown: Band, reached: Reached) -> list[Mark]:
    """Draw a thin line through the band at each milestone, and the line at zero."""
    ends, goal = (shown.scale.low, shown.scale.high), outcomes.plan.goal
    found: list[Mark] = [
        Line((week, week), ends, "goal" if goal in ids else "muted", 0.7, (0.7, 1.4))
        for week, ids in reached.items()
    ]
    return [*found, Line((0, shown.last), (0, 0), "ink", 1.0)]


def _milestones(
    outcomes: Outcomes, words: Words, at: Frame, reached: Reached, last: int
) -> tuple[list[Mark], float]:
    """Return the marks above the band and their height: each milestone's number and name.

    They are placed from last to first, earlier ones higher, so that no line crosses a name.
    Without room for a name only the number is shown, without room for that only the marker.
    """
    marks: list[Mark] = []
    placed: list[tuple[float, int]] = []
    for week, texts, tint in _named(outcomes, words, reached, last):
        x, today = week * at.plot / last, tint == TODAY
        marks += [] if today else [Dots([week], [3.0], "down", 4.5, tint)]
        found = _lane(texts, x, at.plot + at.right, placed, LANES + today)
        if found is None:
            continue
        text, lane = found
        placed.append((x, lane))
        y = FIRST_LANE + LANE * lane
        marks.append(Line((week, week), (0.0 if today else 5.0, y + 4.0), tint, 0.7 + 0.3 * today))
        marks.append(Label(text, week, y, right=3, colour=tint))
    lanes = max((lane + 1 for _, lane in placed), default=0)
    return marks, FIRST_LANE + LANE * lanes - 4.0


def _named(
    outcomes: Outcomes, words: Words, reached: Reached, last: int
) -> Iterator[tuple[int, tuple[str, str], str]]:
    """Yield what is named above the band, the last week first: its week, its texts, its colour.

    Today is named there as the milestones are, for within the band its name would cover it.
    """
    plan = outcomes.as_played
    number, today = numbers(plan), outcomes.from_week
    for week in sorted({*reached, *([today] if 0 < today <= last else [])}, reverse=True):
        if ids := reached.get(week):
            tint = "goal" if plan.goal in ids else "muted"
            yield week, _texts(plan, number, ids, words), tint
        if week == today:
            yield week, (words("today"), words("today")), TODAY


def _texts(plan: Plan, number: Mapping[str, int], ids: list[str], words: Words) -> tuple[str, str]:
    """Return the long and the short text of a mark: numbers with names, and numbers alone."""
    named = [f"{number[id]} {words.name(plan.milestone(id))}" for id in ids if id in number]
    return " · ".join(named), " · ".join(str(number[id]) for id in ids if id in number)


def _lane(
    texts: tuple[str, str], x: float, end: float, placed: list[tuple[float, int]], most: int
) -> tuple[str, int] | None:
    """Return the longest text that has room, and its lane above texts that begin before its end.

    `end` is the right end of the picture, `placed` the start and the lane of each placed text, and
    `most` the number of lanes.
    """
    room = (end - x - 4) / SMALL
    shortened = [shorten(texts[0], min(NAME_EMS, room))] if room >= LEAST_EMS else []
    for text in (*shortened, texts[1]):
        reach = x + ems(text) * SMALL + 7
        lane = max((above + 1 for start, above in placed if start < reach), default=0)
        if text and lane < most and ems(text) <= room:
            return text, lane
    return None


def ruin_week(outcomes: Outcomes) -> int | None:
    """Return the week by which half of the lives that run out of money have done so.

    None if hardly any does: half of a handful says little.
    """
    ruined = outcomes.weekly.fates["ruin"]
    if outcomes.fates["ruin"] < HARDLY_ANY or not len(ruined):
        return None
    return int(np.searchsorted(ruined, ruined[-1] / 2))


def _ruin(outcomes: Outcomes, words: Words, shown: Band, at: Frame) -> list[Mark]:
    """Mark the week by which half of all ruin has happened, labelled below the band."""
    week = ruin_week(outcomes)
    if week is None or week > shown.last or followed(outcomes) != "cash":
        return []
    text = words("half of all ruin by week {week}", week=words.when(week, outcomes.plan.starts))
    half, x = ems(text) * SMALL / 2, at.plot * week / shown.last
    aside = min(max(x, half), at.plot + at.right - half) - x
    cross = Dots([week], [0], "cross", 8, "ruin")
    low = shown.scale.low
    named = Label(text, week, low, right=aside, down=6, colour="ruin", across="middle", up="top")
    return [cross, named]


def _today(outcomes: Outcomes, shown: Band) -> list[Mark]:
    """Mark the current week of a plan with a log: what is left of the line is fact."""
    week = outcomes.from_week
    return [Line((week, week), (shown.scale.low, shown.scale.high), TODAY, 1.0)] if week else []


def title(outcomes: Outcomes, words: Words) -> str:
    """State the finding: how often and when the cash runs out; without cash, the hours it takes."""
    if followed(outcomes) == "hours":
        hours = outcomes.weekly.bands["hours"][2]
        known = hours[np.isfinite(hours)]
        first, final = (known[0], known[-1]) if len(known) else (0.0, 0.0)
        template = "The business takes {first} hours a week at first and {last} in the end"
        return words(template, first=round(float(first)), last=round(float(final)))
    week = ruin_week(outcomes)
    if week is None:
        return words("The cash lasts in nearly every life")
    template = "The money runs out in {share} of lives, half of them by week {week}"
    return words(
        template,
        share=words.fate_percent(outcomes.fates, "ruin"),
        week=words.when(week, outcomes.plan.starts),
    )


def alt(outcomes: Outcomes, words: Words) -> str:
    """Describe the picture for a reader who does not see it."""
    weekly, last = outcomes.weekly, last_week(outcomes)
    band = weekly.bands[followed(outcomes)][LEVELS.index(0.5)]
    first, middle = (float(band[week]) for week in (0, last // 2))
    text = words(
        "{finding}. By week {week}, {alive} of lives are under way and {goal} at the goal; at the "
        "start the middle life has {first}.",
        finding=title(outcomes, words),
        week=str(last),
        alive=words.percent(float(weekly.under_way[last])),
        goal=words.percent(float(weekly.fates["goal"][last])),
        first=_amount(outcomes, first, words),
    )
    if not np.isfinite(middle):
        return text
    half_way = words("Halfway it has {middle}.", middle=_amount(outcomes, middle, words))
    return words("{first} {more}", first=text, more=half_way)


def notes(outcomes: Outcomes, words: Words, basis: Bases | None) -> list[str]:
    """Return how the figures were computed, what is assumed, and why there may be no median."""
    found = [how_found(outcomes, words), assumed_line(basis, words)]
    if not _followed(outcomes, words, None).jumps:
        return found
    last = words(
        "No middle life is drawn: it would leap from week to week, as lives of two kinds end in"
        " turn; the band is what there is."
    )
    return [*found, last]


def table(outcomes: Outcomes, words: Words) -> list[tuple[str, ...]]:
    """Return a dozen weeks with the band and the shares, header row first."""
    weekly, last, name = outcomes.weekly, last_week(outcomes), followed(outcomes)
    unit = words("cash") if name == "cash" else words("hours a week")
    head = [words("week"), words("under way"), words("at the goal"), words("out of money")]
    fates: tuple[Fate, ...] = ("open", "goal", "ruin")
    if outcomes.plan.cash is None:  # then nobody runs out of it
        head, fates = head[:3], fates[:2]
    quantiles = [
        words("{what}, {level} of lives below", what=unit, level=f"{q:.0%}") for q in LEVELS
    ]
    rows: list[tuple[str, ...]] = [(*head, *quantiles)]
    for week in sorted({round(last * step / 12) for step in range(13)}):
        by_now = {fate: float(weekly.fates[fate][week]) for fate in FATES}
        by_now["open"] += float(weekly.under_way[week])
        band = weekly.bands[name][:, week]
        shown = [_amount(outcomes, value, words) for value in band]
        when = words.when(week, outcomes.plan.starts)
        rows.append((when, *(words.fate_percent(by_now, fate) for fate in fates), *shown))
    return rows


def _amount(outcomes: Outcomes, value: float, words: Words) -> str:
    if not np.isfinite(value):
        return "–"
    if followed(outcomes) == "cash":
        return words.money(float(value), outcomes.plan.currency)
    return words("{n} hours", n=round(float(value), 1))
