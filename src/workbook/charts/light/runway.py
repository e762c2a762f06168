"""The runway: cash week by week, milestones marked, and below who is still under way.

The band is over lives still under way, and survivors flatter: so the strip below says for every
week how many of all lives those are. A plan without cash shows the hours of the business instead.
"""

from __future__ import annotations

from itertools import chain
from math import ceil, floor, log10

import numpy as np

from workbook.charts import runway as elder
from workbook.charts.band import FEW, last_week
from workbook.charts.figure import Picture
from workbook.charts.light.frame import BAND, BASE, HEIGHT, LANE, LANES, LEFT, RIGHT, TOP, Frame
from workbook.charts.light.sheet import (
    SMALL,
    Sheet,
    cross,
    ems,
    finished,
    fitted,
    polyline,
)
from workbook.charts.light.strip import draw_strip
from workbook.outcomes import Floats, Outcomes
from workbook.words import Words

NAME_EMS = 12.0


def picture(outcomes: Outcomes, words: Words) -> Picture:
    """The band with its marks, and the strip below it."""
    sheet = Sheet(HEIGHT)
    weeks, band = _band(outcomes)
    last = last_week(outcomes)
    top = float(np.nanmax(band)) if band.size else 1.0
    low = min(0.0, float(np.nanmin(band))) if band.size else 0.0
    frame = Frame(last, low, max(top, 1.0) * 1.04)
    _scale(sheet, outcomes, words, frame)
    _draw_band(sheet, frame, weeks, band)
    _milestones(sheet, outcomes, words, frame)
    _ruin(sheet, outcomes, words, frame)
    draw_strip(sheet, outcomes, words, frame)
    said = elder.title(outcomes, words), elder.alt(outcomes, words)
    return finished(sheet, outcomes, words, said, elder.table(outcomes, words))


def _band(outcomes: Outcomes) -> tuple[Floats, Floats]:
    """Weeks with enough lives under way to say something of, and the band in them."""
    weekly = outcomes.weekly
    last = last_week(outcomes)
    shown = (weekly.under_way >= FEW) & (weekly.weeks <= last)
    return weekly.weeks[shown].astype(float), weekly.bands[elder.followed(outcomes)][:, shown]


def _draw_band(sheet: Sheet, frame: Frame, weeks: Floats, band: Floats) -> None:
    xs = [frame.x(week) for week in weeks]
    for outer, colour in ((0, "band"), (1, "inner")):
        low = [frame.y(amount) for amount in band[outer]]
        high = [frame.y(amount) for amount in band[-1 - outer]]
        around = chain(zip(xs, high, strict=True), zip(xs[::-1], low[::-1], strict=True))
        if xs:
            sheet.path(polyline(around, closed=True), fill=colour)
    if xs:
        middle = zip(xs, map(frame.y, band[2]), strict=True)
        sheet.path(polyline(middle), stroke="accent", width=2.2)


def _scale(sheet: Sheet, outcomes: Outcomes, words: Words, frame: Frame) -> None:
    step = _round_step(frame.high - frame.low, 4)
    mark = ceil(frame.low / step) * step
    while mark <= frame.high:
        y = frame.y(mark)
        sheet.line((LEFT, y), (RIGHT, y), "ink" if mark == 0 else "faint")
        shown = _amount(mark, outcomes, words)
        sheet.text((LEFT - 5, y + 4), shown, size=_fit(shown), colour="muted", anchor="end")
        mark += step
    step = max(1, round(_round_step(frame.last, 5)))
    for week in range(0, frame.last + 1, step):
        place = (frame.x(week), BASE + 13)
        sheet.text(place, str(week), colour="muted", anchor="middle")
    sheet.text(((LEFT + RIGHT) / 2, BASE + 28), words("week"), colour="muted", anchor="middle")
    if outcomes.from_week:
        x = frame.x(outcomes.from_week)
        sheet.line((x, TOP), (x, BASE), "ink", 1.4)
        sheet.text((x - 3, TOP + 10), words("today"), anchor="end")


def _fit(shown: str) -> float:
    """A size at which a long amount still stands left of the axis."""
    return min(SMALL, (LEFT - 8) / max(0.1, ems(shown)))


def _amount(amount: float, outcomes: Outcomes, words: Words) -> str:
    if elder.followed(outcomes) == "cash":
        return words.money(amount, outcomes.plan.currency)
    return words("{n} hours", n=amount)


def _round_step(span: float, marks: int) -> float:
    """A step of 1, 2 or 5 times a power of ten, about so many of which fill the span."""
    rough = max(span, 1e-9) / marks
    unit = 10.0 ** floor(log10(rough))
    return next(unit * times for times in (1, 2, 5, 10) if unit * times >= rough)


def _milestones(sheet: Sheet, outcomes: Outcomes, words: Words, frame: Frame) -> None:
    """Mark the week by which half of all lives have reached each; names where there is room."""
    plan, ends = outcomes.as_played, [RIGHT + 1] * LANES
    for week, id in reversed(elder.half_reached(outcomes)):
        if week > frame.last:
            continue
        x = frame.x(week)
        colour = "goal" if id == plan.goal else "muted"
        sheet.line((x, TOP), (x, TOP + BAND), colour, 0.8, "2 2")
        sheet.path(f"M{x - 3.5:.1f} {TOP - 5:.1f}h7l-3.5 6z", fill=colour)
        name = fitted(words.name(plan.milestone(id)), NAME_EMS)
        wide = ems(name) * SMALL
        lane = next((n for n, end in enumerate(ends) if x + wide < end), None)
        start = x if lane is not None else RIGHT - wide
        if lane is None:
            lane = next((n for n, end in enumerate(ends) if end > RIGHT), None)
        if lane is not None and start >= LEFT:
            ends[lane] = start - 6
            height = TOP - 9 - LANE * lane
            sheet.line((x, TOP - 5), (x, height + 2), colour, 0.6)
            sheet.text((start, height), name, colour=colour)


def _ruin(sheet: Sheet, outcomes: Outcomes, words: Words, frame: Frame) -> None:
    week = elder.ruin_week(outcomes)
    if week is None or week > frame.last or elder.followed(outcomes) != "cash":
        return
    x, y = frame.x(week), frame.y(0)
    sheet.path(cross((x, y), 4), stroke="ruin", width=2.6)
    told = words("half of all ruin by week {week}", week=str(week))
    half = ems(told) * SMALL / 2
    place = (min(max(x, LEFT + half), RIGHT - half), y - 7)
    sheet.text(place, told, colour="ruin", anchor="middle", bold=True, halo=True)
