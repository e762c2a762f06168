"""Read what somebody wrote at a place of the plan, as the kind of figure it holds."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import cast

from workbook.amounts import PAGE, Habit, Kind, Reading, Several, read
from workbook.consistency.described import shape_on
from workbook.consistency.shape import Shape
from workbook.errors import Message

THOUSANDS_OR_DECIMALS = re.compile(r"[-+]?[1-9]\d{0,2}\.\d\d0")
"""A number whose decimals are groups of three that end in 0: probably thousands."""
THOUSANDTHS = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}")
"""Money with thousandths: rarely meant, so it is reported."""


def read_at(path: str, found: object, habit: Habit | None = None) -> Reading:
    """Read what was written at a place of the plan: `read_at("milestones.taste.cost", "1.2万")`.

    Parameters
    ----------
    path
        The place, dotted; any id may be used for ids.
    found
        A text, or the content of a spreadsheet cell.
    habit
        How numbers are written nearby; a box next to a % sign has `percent=True`.
    """
    return read_as(shape_on(path)[-1], path.rpartition(".")[2], found, habit)


def read_as(shape: Shape, name: str, found: object, habit: Habit | None = None) -> Reading:
    """Read what was written at a place of this shape, under the key of that name."""
    per_week = name.endswith("_per_week")
    return read(found, kind_at(shape), habit, several=several_at(shape), per_week=per_week)


def kind_at(shape: Shape) -> Kind:
    """Return the kind of figure at a place: money, share, weeks, hours, count or number."""
    if shape.key is not None and shape.key.unit:
        unit = shape.key.unit
        return "whole weeks" if unit == "weeks" and shape.whole else cast(Kind, unit)
    return "count" if shape.whole else "number"


def several_at(shape: Shape) -> Several:
    """Return how many figures a place holds."""
    if shape.item is None:
        return "one"
    return "range" if shape.length else "list"


def doubtful(text: str, shape: Shape) -> Reading | None:
    """Return the question about an ambiguous number in a file: `180.000` may be 180 or 180,000.

    YAML uses a decimal point; a share is at most 1 and is never ambiguous.
    """
    if not THOUSANDS_OR_DECIMALS.fullmatch(text) or kind_at(shape) == "share":
        return None
    reading = read(text, kind_at(shape))
    return reading if reading.choices else None


def thousandths(text: str, shape: Shape) -> Message | None:
    """Return the note on an amount such as `1.234`, which is read literally."""
    if not THOUSANDTHS.fullmatch(text) or kind_at(shape) != "money":
        return None
    template = "{number} is read as {value}; write {other} if you mean that"
    values = {"number": text, "value": f"{float(text)}0", "other": text.replace(".", "")}
    return Message(template, values)


def guessed(shape: Shape, name: str, text: str) -> Reading:
    """Read a text in a plan file; three zeros after a comma are thousands.

    If nothing says what a figure is (as in a fact), a percentage is a share.
    """
    if kind_at(shape) == "number" and re.search("[%％‰]", text):
        return read(text, "share", several="list")
    reading = read_as(shape, name, text)
    least = min(reading.choices, key=abs, default=0.5)
    if least != int(least):
        return reading
    return replace(read_as(shape, name, text, PAGE), notes=())
