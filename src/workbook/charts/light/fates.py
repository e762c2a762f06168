"""A hundred lives as a hundred dots, told apart by shape and lightness as well as by colour."""

from __future__ import annotations

from collections.abc import Callable

from workbook.charts import fates as elder
from workbook.charts.figure import Picture
from workbook.charts.light.sheet import (
    LARGE,
    NORMAL,
    Point,
    Sheet,
    cross,
    disc,
    finished,
    square,
    wrapped,
)
from workbook.outcomes import Fate, Outcomes
from workbook.words import Words

STEP = 17.0
CORNER = 12.0
LABELS = 190.0
"""Where the names begin, right of the dots."""

LABEL_HEIGHT, NAME_EMS = 32.0, 14.2
HEIGHT = 2 * CORNER + (elder.SIDE - 1) * STEP
SHAPES: dict[Fate, Callable[[Point], str]] = {
    "goal": lambda place: disc(place, 6.4),
    "open": lambda place: disc(place, 5.4),
    "stuck": lambda place: square(place, 5.4),
    "ruin": lambda place: cross(place, 4.6),
}


def picture(outcomes: Outcomes, words: Words) -> Picture:
    """The dots, each fate named beside them with its count."""
    sheet = Sheet(HEIGHT)
    dots = elder.hundred(outcomes)
    first, free = 0, CORNER
    for fate in elder.ORDER:
        count = dots[fate]
        if not count:
            continue
        places = [_place(n) for n in range(first, first + count)]
        middle = sum(y for _, y in places) / count
        y = min(max(middle, free), HEIGHT - CORNER)
        _dots(sheet, fate, places)
        _dots(sheet, fate, [(LABELS, y)])
        sheet.text((LABELS + 42, y + 5), str(count), size=LARGE, anchor="end", bold=True)
        _name(sheet, words(elder.SENTENCES[fate]), y)
        first, free = first + count, y + LABEL_HEIGHT
    said = elder.title(outcomes, words), elder.alt(outcomes, words)
    return finished(sheet, outcomes, words, said, elder.table(outcomes, words))


def _place(dot: int) -> Point:
    row, column = divmod(dot, elder.SIDE)
    return CORNER + column * STEP, CORNER + row * STEP


def _name(sheet: Sheet, name: str, y: float) -> None:
    lines = wrapped(name, NAME_EMS)
    top = y + 4 - (len(lines) - 1) * NORMAL / 2
    for number, line in enumerate(lines):
        sheet.text((LABELS + 50, top + number * (NORMAL + 1)), line, size=NORMAL)


def _dots(sheet: Sheet, fate: Fate, places: list[Point]) -> None:
    """All dots of a fate as one path: filled, hollow or two strokes."""
    steps = "".join(map(SHAPES[fate], places))
    if fate == "ruin":
        sheet.path(steps, stroke="ruin", width=3.2)
    elif fate == "open":
        sheet.path(steps, stroke="muted", width=1.4)
    else:
        sheet.path(steps, fill=fate)
