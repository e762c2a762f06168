"""The strip below the runway: what has become of all lives, week by week."""

from __future__ import annotations

import numpy as np

from workbook.charts.band import FEW
from workbook.charts.light.frame import BASE, LEFT, RIGHT, STRIP, Frame
from workbook.charts.light.sheet import SMALL, Point, Sheet, fitted, polyline
from workbook.outcomes import Fate, Floats, Outcomes
from workbook.words import N_, Words

HIGH = BASE - STRIP
LEAST = 0.32
"""A part of the strip lower than this share of it has no room for its name."""


def draw_strip(sheet: Sheet, outcomes: Outcomes, words: Words, frame: Frame) -> None:
    """Goal from below, ruin and stuck from above; what is left between is still under way."""
    weekly = outcomes.weekly
    shown = weekly.weeks <= frame.last
    xs = [frame.x(week) for week in weekly.weeks[shown]]
    goal, ruin, stuck = (weekly.fates[fate][shown] for fate in ("goal", "ruin", "stuck"))
    sheet.box((LEFT, HIGH), (RIGHT - LEFT, STRIP), "fill")
    _area(sheet, xs, np.zeros_like(goal), goal, "goal")
    _area(sheet, xs, 1 - ruin, np.ones_like(goal), "ruin")
    _area(sheet, xs, 1 - ruin - stuck, 1 - ruin, "stuck")
    name = fitted(words("all lives"), 5.0)
    sheet.text((LEFT - 5, HIGH + STRIP / 2 + 4), name, colour="muted", anchor="end")
    sheet.text((LEFT + 5, HIGH + STRIP / 2 + 4), words("under way"), colour="muted")
    _name(sheet, words, "goal", float(goal[-1]), BASE - 4)
    _name(sheet, words, "ruin", float(ruin[-1]), HIGH + SMALL)


def _area(sheet: Sheet, xs: list[float], lower: Floats, upper: Floats, colour: str) -> None:
    if not xs or float(np.max(upper - lower)) < FEW:
        return
    up: list[Point] = [(x, BASE - STRIP * float(s)) for x, s in zip(xs, upper, strict=True)]
    down = [(x, BASE - STRIP * float(s)) for x, s in zip(xs, lower, strict=True)]
    sheet.path(polyline([*up, *reversed(down)], closed=True), fill=colour)


ENDED: dict[Fate, str] = {
    "goal": N_("at the goal: {share}"),
    "ruin": N_("out of money: {share}"),
}


def _name(sheet: Sheet, words: Words, fate: Fate, share: float, y: float) -> None:
    """Say on a part of the strip what it is, if it is high enough to be written on."""
    if share >= LEAST:
        told = words(ENDED[fate], share=words.percent(share))
        sheet.text((RIGHT - 5, y), told, anchor="end", bold=True, halo=True)
