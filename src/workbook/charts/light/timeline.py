"""By which week each milestone is reached: by half of all lives, and by 8 in 10 of them.

Over all lives, those that never get there too: a milestone that fewer than half ever reach has no
bar, and its row says how many do.
"""

from __future__ import annotations

import numpy as np

from workbook.charts.figure import Picture
from workbook.charts.light.sheet import (
    NORMAL,
    WIDTH,
    Sheet,
    disc,
    ems,
    finished,
    fitted,
)
from workbook.outcomes import MilestoneOutcome, Outcomes
from workbook.words import Words

LEFT, RIGHT = 176.0, WIDTH - 14
ROW, TOP, FOOT = 20.0, 14.0, 36.0
NAME_EMS = 13.0
HALF, MOST = 0.5, 0.8
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1_000, 2_000)


def picture(outcomes: Outcomes, words: Words) -> Picture:
    """A row for each milestone in the plan's order: a dot at half, a bar on to 8 in 10."""
    found = _shown(outcomes)
    sheet = Sheet(TOP + ROW * max(1, len(found)) + FOOT)
    last = _last(outcomes)
    _scale(sheet, words, last)
    for row, milestone in enumerate(found):
        _row(sheet, outcomes, words, row, milestone, last)
    said = title(outcomes, words), alt(outcomes, words)
    return finished(sheet, outcomes, words, said, table(outcomes, words))


def _shown(outcomes: Outcomes) -> list[MilestoneOutcome]:
    left_out = set(outcomes.as_played.skips)
    return [m for m in outcomes.milestones.values() if m.id not in left_out]


def _last(outcomes: Outcomes) -> int:
    """The last week that any row needs, and a little room for its figure."""
    weeks = [week for m in _shown(outcomes) for q in (HALF, MOST) if (week := m.weeks.get(q))]
    return max([4, outcomes.from_week, *weeks])


def _x(week: float, last: int) -> float:
    return LEFT + (RIGHT - LEFT) * 0.76 * week / last


def _scale(sheet: Sheet, words: Words, last: int) -> None:
    base = sheet.height - FOOT
    step = next((n for n in STEPS if last <= 6 * n), STEPS[-1])
    for week in range(0, last + 1, step):
        x = _x(week, last)
        sheet.line((x, 4), (x, base), "faint")
        sheet.text((x, base + 14), str(week), colour="muted", anchor="middle")
    place = ((LEFT + RIGHT) / 2, base + 29)
    sheet.text(place, words("week"), colour="muted", anchor="middle")


def _row(
    sheet: Sheet, outcomes: Outcomes, words: Words, row: int, found: MilestoneOutcome, last: int
) -> None:
    y = TOP + ROW * row
    half, most = found.weeks.get(HALF), found.weeks.get(MOST)
    plan = outcomes.as_played
    colour = "muted" if half is None else "ink"
    bold = found.id == plan.goal
    name = fitted(words.name(plan.milestone(found.id)), NAME_EMS * (0.92 if bold else 1.0))
    sheet.text((LEFT - 12, y + 4), name, size=NORMAL, colour=colour, anchor="end", bold=bold)
    if half is None:
        told = words("reached in {share} of lives", share=words.percent(found.reached))
        sheet.text((LEFT + 4, y + 4), told, colour="muted")
        return
    x = _x(half, last)
    if most is not None:
        sheet.line((x, y), (_x(most, last), y), "inner", 6)
        sheet.path(f"M{_x(most, last):.1f} {y - 5:.1f}v10", stroke="accent", width=2)
    sheet.path(disc((x, y), 5), fill="goal" if bold else "accent")
    told = str(half) if most is None else f"{half} – {most}"
    end = _x(most if most is not None else half, last) + 8
    room = WIDTH - end
    if ems(told) * NORMAL <= room:
        sheet.text((end, y + 4), told, size=NORMAL)


def title(outcomes: Outcomes, words: Words) -> str:
    """The finding: by when half of all lives are at the goal, and 8 in 10."""
    half, most = (_week_of_goal(outcomes, share) for share in (HALF, MOST))
    if half is None:
        share = words.percent(outcomes.fates["goal"])
        return words("Fewer than half of all lives ever reach the goal: {share}", share=share)
    if most is None:
        return words("Half of all lives are at the goal by week {week}", week=str(half))
    template = "Half of all lives are at the goal by week {week}, 8 in 10 by week {most}"
    return words(template, week=str(half), most=str(most))


def _week_of_goal(outcomes: Outcomes, share: float) -> int | None:
    reached = outcomes.weekly.fates["goal"]
    found = np.flatnonzero(reached >= share - 1e-9)
    return int(outcomes.weekly.weeks[found[0]]) if len(found) else None


def alt(outcomes: Outcomes, words: Words) -> str:
    """What the picture shows, for a reader who does not see it."""
    plan, parts = outcomes.as_played, []
    for found in _shown(outcomes):
        half = found.weeks.get(HALF)
        if half is not None:
            name = words.name(plan.milestone(found.id))
            parts.append(words("“{name}” by week {week}", name=name, week=str(half)))
    finding = title(outcomes, words)
    if not parts:
        return words("{finding}. No milestone is reached by half of all lives.", finding=finding)
    template = "{finding}. Reached by half of all lives: {parts}."
    return words(template, finding=finding, parts=words.list(parts))


def table(outcomes: Outcomes, words: Words) -> list[tuple[str, ...]]:
    """Each milestone with its chance and its weeks, the head first."""
    plan = outcomes.as_played
    head = (words("milestone"), words("reached"), words("half by week"), words("8 in 10 by week"))
    rows: list[tuple[str, ...]] = [head]
    for found in _shown(outcomes):
        weeks = ("–" if (w := found.weeks.get(q)) is None else str(w) for q in (HALF, MOST))
        name = words.name(plan.milestone(found.id))
        rows.append((name, words.percent(found.reached, found.reached_error or None), *weeks))
    return rows
