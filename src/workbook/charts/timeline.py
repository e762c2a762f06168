"""The week by which each milestone is reached by half of all lives, and by 8 in 10.

Counted over all lives, including those that never reach it: a milestone that fewer than half ever
reach has no bar, and its row says how many do.
"""

from __future__ import annotations

import numpy as np

from workbook.charts.artists import drawing
from workbook.charts.description import (
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
    week_scale,
)
from workbook.charts.text_layout import ems, numbers, shorten, widest
from workbook.outcomes import MilestoneOutcome, Outcomes
from workbook.words import Words

ROW, FOOT = 15.0, 26.0
NAMES = 0.42
"""Largest share of the width that names may take."""

HALF, MOST = 0.5, 0.8


def describe(outcomes: Outcomes, words: Words, *, width: float = WIDE) -> Figure:
    """Describe a row per milestone in the plan's order: a dot at half, a bar to 8 in 10."""
    found, last = _shown(outcomes), _last(outcomes)
    names = _names(outcomes, found, words)
    left = min(widest(names) * NORMAL + 15, NAMES * width)
    right = max(widest([_weeks_text(m) for m in found]) * NORMAL, ems(words("week")) * SMALL) + 12
    plot = width - left - right
    scale = week_scale(last, plot, words, outcomes.plan.starts)
    marks: list[Mark] = []
    for row, milestone in enumerate(found):
        marks += _row(words, row, milestone, goal=milestone.id == outcomes.plan.goal)
        tint = "muted" if milestone.weeks.get(HALF) is None else "ink"
        text = shorten(names[row], (left - 14) / NORMAL)
        marks.append(Label(text, 0, row, -10, size=NORMAL, colour=tint, across="end"))
    height = ROW * max(1, len(found))
    marks.append(Label(words("week"), last, len(found) - 0.5, 7, 6.5, colour="muted", up="top"))
    across = Scale(scale.low, scale.high, scale.ticks, grid=True)
    box = (left, 4, plot, height)
    panel = Panel(box, across, Scale(max(1, len(found)) - 0.5, -0.5), tuple(marks))
    return Figure(width, 4 + height + FOOT - 8, (panel,))


draw = drawing(describe)


def _shown(outcomes: Outcomes) -> list[MilestoneOutcome]:
    left_out = set(outcomes.as_played.skips)
    return [m for m in outcomes.milestones.values() if m.id not in left_out]


def _last(outcomes: Outcomes) -> int:
    """Return the last week that any row needs."""
    weeks = [week for m in _shown(outcomes) for q in (HALF, MOST) if (week := m.weeks.get(q))]
    return max([4, outcomes.from_week, *weeks])


def _weeks_text(found: MilestoneOutcome) -> str:
    """Return the weeks for the end of a row; one if both are the same."""
    half, most = found.weeks.get(HALF), found.weeks.get(MOST)
    if half is None:
        return ""
    return str(half) if most is None or most == half else f"{half} – {most}"


def _names(outcomes: Outcomes, found: list[MilestoneOutcome], words: Words) -> list[str]:
    """Return each milestone's number and name."""
    plan = outcomes.as_played
    number = numbers(plan)
    named = ((number.get(m.id), words.name(plan.milestone(m.id))) for m in found)
    return [f"{n} {name}" if n else name for n, name in named]


def _row(words: Words, row: int, found: MilestoneOutcome, *, goal: bool) -> list[Mark]:
    """Draw a dot at half and, if known, a bar to 8 in 10, with the weeks at its end."""
    half, most = found.weeks.get(HALF), found.weeks.get(MOST)
    if half is None:
        text = words("reached in {share} of lives", share=words.percent(found.reached))
        return [Label(text, 0, row, right=4, colour="muted")]
    marks: list[Mark] = []
    if most is not None and most > half:
        marks.append(Line((half, most), (row, row), "inner", 4.5))
        marks.append(Line((most, most), (row - 0.3, row + 0.3), "accent", 1.6))
    marks.append(Dots([half], [row], size=7.5, fill="goal" if goal else "accent"))
    end = half if most is None else most
    return [*marks, Label(_weeks_text(found), end, row, right=7, size=NORMAL)]


def title(outcomes: Outcomes, words: Words) -> str:
    """State the finding: by when half of all lives are at the goal, and 8 in 10."""
    half, most = (_week_of_goal(outcomes, share) for share in (HALF, MOST))
    starts = outcomes.plan.starts
    if half is None:
        share = words.percent(outcomes.fates["goal"])
        return words("Fewer than half of all lives ever reach the goal: {share}", share=share)
    if most is None:
        return words(
            "Half of all lives are at the goal by week {week}", week=words.when(half, starts)
        )
    template = "Half of all lives are at the goal by week {week}, 8 in 10 by week {most}"
    return words(template, week=words.when(half, starts), most=words.when(most, starts))


def _week_of_goal(outcomes: Outcomes, share: float) -> int | None:
    reached = outcomes.weekly.fates["goal"]
    found = np.flatnonzero(reached >= share - 1e-9)
    return int(outcomes.weekly.weeks[found[0]]) if len(found) else None


def alt(outcomes: Outcomes, words: Words) -> str:
    """Describe the picture for a reader who does not see it."""
    plan, parts = outcomes.as_played, []
    for found in _shown(outcomes):
        half = found.weeks.get(HALF)
        if half is not None:
            name = words.name(plan.milestone(found.id))
            parts.append(
                words("“{name}” by week {week}", name=name, week=words.when(half, plan.starts))
            )
    finding = title(outcomes, words)
    if not parts:
        return words("{finding}. No milestone is reached by half of all lives.", finding=finding)
    template = "{finding}. Reached by half of all lives: {parts}."
    return words(template, finding=finding, parts=words.list(parts))


def table(outcomes: Outcomes, words: Words) -> list[tuple[str, ...]]:
    """Return each milestone with its chance and its weeks, header row first."""
    plan = outcomes.as_played
    head = (words("milestone"), words("reached"), words("half by week"), words("8 in 10 by week"))
    rows: list[tuple[str, ...]] = [head]
    for found in _shown(outcomes):
        starts = outcomes.plan.starts
        weeks = (words.when(found.weeks.get(q), starts) for q in (HALF, MOST))
        name = words.name(plan.milestone(found.id))
        rows.append((name, words.percent(found.reached, found.reached_error or None), *weeks))
    return rows
