"""Conversion before and after: what each milestone does to the share that says yes."""

from __future__ import annotations

from workbook.charts import conversion as elder
from workbook.charts.figure import Picture
from workbook.charts.light.sheet import (
    LARGE,
    NORMAL,
    SMALL,
    WIDTH,
    Sheet,
    disc,
    finished,
    fitted,
)
from workbook.outcomes import Outcomes
from workbook.words import Words

LEFT, RIGHT = 176.0, WIDTH - 44
ROW, TOP, FOOT = 20.0, 14.0, 20.0
NAME_EMS = 13.0


def picture(outcomes: Outcomes, words: Words) -> Picture:
    """A row for the start and one for each milestone; a bar where it moves the conversion."""
    every = elder.steps(outcomes)
    rows = every if len(every) <= elder.MOST_ROWS else [step for step in every if step.moves]
    sheet = Sheet(TOP + ROW * (len(rows) + 1) + FOOT)
    end, mark = elder.scale(outcomes)
    _scale(sheet, words, end, mark)
    first = elder.start(outcomes.plan)
    _row(sheet, words, 0, words("at the start"), (first, first), end)
    for number, step in enumerate(rows, start=1):
        name = words.name(outcomes.as_played.milestone(step.id))
        _row(sheet, words, number, name, (step.before, step.after), end)
    said = elder.title(outcomes, words), elder.alt(outcomes, words)
    return finished(sheet, outcomes, words, said, elder.table(outcomes, words))


def _x(share: float, end: float) -> float:
    return LEFT + (RIGHT - LEFT) * min(share / end, 1.0)


def _scale(sheet: Sheet, words: Words, end: float, mark: float) -> None:
    for number in range(round(end / mark) + 1):
        x = _x(number * mark, end)
        sheet.line((x, 4), (x, sheet.height - FOOT), "faint")
        shown = words.percent(number * mark)
        sheet.text((x, sheet.height - 6), shown, colour="muted", anchor="middle")


def _row(
    sheet: Sheet, words: Words, row: int, name: str, shares: tuple[float, float], end: float
) -> None:
    """The name, and its dot; where it moves, a ring at the old share and a bar to the new one."""
    (before, after), y = shares, TOP + ROW * row
    moves = before != after
    colour = "ink" if moves else "muted"
    shown = fitted(name, NAME_EMS)
    sheet.text((LEFT - 12, y + 4), shown, size=NORMAL, colour=colour, anchor="end")
    x = _x(after, end)
    if not moves:
        sheet.path(disc((x, y), 3), fill="line")
        if row == 0:
            sheet.text((x + 8, y + 4), words.percent(after), size=SMALL, colour="muted")
        return
    sheet.line((_x(before, end), y), (x, y), "accent", 3)
    sheet.path(disc((_x(before, end), y), 4.2), fill="paper", stroke="accent", width=1.8)
    sheet.path(disc((x, y), 5.6), fill="accent")
    place = (x + 9, y + 5) if after > before or x < LEFT + 40 else (x - 9, y + 5)
    anchor = "start" if place[0] > x else "end"
    told = words.percent(after)
    sheet.text(place, told, size=LARGE - 2, colour="accent", anchor=anchor, bold=True)
