"""What somebody wrote at a place of the plan, read as the kind of figure that the place holds."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import cast

from workbook.amounts import PAGE, Habit, Kind, Reading, Several, read
from workbook.consistency.described import shape_on
from workbook.consistency.shape import Shape
from workbook.errors import Message

THOUSANDS_OR_DECIMALS = re.compile(r"[-+]?[1-9]\d{0,2}\.\d\d0")
"""A number whose decimals end in a nought, in threes: hardly anybody writes decimals so."""
THOUSANDTHS = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}")
"""Money with thousandths: seldom meant, and told."""


def read_at(path: str, found: object, habit: Habit | None = None) -> Reading:
    """What was written at a place of the plan: `read_at("milestones.taste.cost", "1.2万")`.

    Parameters
    ----------
    path
        The place, dotted; what stands for an id may be any id.
    found
        A text, or what a spreadsheet's cell holds.
    habit
        How numbers are written beside it; a box beside a % sign has `percent=True`.
    """
    return read_as(shape_on(path)[-1], path.rpartition(".")[2], found, habit)


def read_as(shape: Shape, name: str, found: object, habit: Habit | None = None) -> Reading:
    """What was written where this shape stands, under the key of that name."""
    per_week = name.endswith("_per_week")
    return read(found, kind_at(shape), habit, several=several_at(shape), per_week=per_week)


def kind_at(shape: Shape) -> Kind:
    """What kind of figure a place holds: money, a share, weeks, hours, a count or any number."""
    if shape.key is not None and shape.key.unit:
        unit = shape.key.unit
        return "whole weeks" if unit == "weeks" and shape.whole else cast(Kind, unit)
    return "count" if shape.whole else "number"


def several_at(shape: Shape) -> Several:
    """How many figures a place holds."""
    if shape.item is None:
        return "one"
    return "range" if shape.length else "list"


def doubtful(text: str, shape: Shape) -> Reading | None:
    """The question that a number in a file leaves open: `180.000` may be 180 or 180,000.

    YAML writes a point before the decimals; a share is not above 1 and is never asked.
    """
    if not THOUSANDS_OR_DECIMALS.fullmatch(text) or kind_at(shape) == "share":
        return None
    reading = read(text, kind_at(shape))
    return reading if reading.choices else None


def thousandths(text: str, shape: Shape) -> Message | None:
    """What to say of an amount such as `1.234`, which is read as it stands."""
    if not THOUSANDTHS.fullmatch(text) or kind_at(shape) != "money":
        return None
    template = "{number} is read as {value}; write {other} if you mean that"
    values = {"number": text, "value": f"{float(text)}0", "other": text.replace(".", "")}
    return Message(template, values)


def guessed(shape: Shape, name: str, text: str) -> Reading:
    """What a text in a plan file means; three noughts behind a comma are thousands.

    Where nothing says what a figure is (a fact's), a percentage is a share.
    """
    if kind_at(shape) == "number" and re.search("[%％‰]", text):
        return read(text, "share", several="list")
    reading = read_as(shape, name, text)
    least = min(reading.choices, key=abs, default=0.5)
    if least != int(least):
        return reading
    return replace(read_as(shape, name, text, PAGE), notes=())
