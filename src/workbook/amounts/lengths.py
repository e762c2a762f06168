"""Durations in weeks or hours, and amounts per period as amounts per week."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from workbook.amounts.habit import Habit
from workbook.amounts.quantity import Quantity
from workbook.amounts.reading import Kind, One, TroubleError, in_digits, must_be_whole
from workbook.amounts.vocabulary import LENGTHS
from workbook.errors import Message

CENT = Decimal("0.01")
HOURS = ("hours", "minutes")
UNITS: Mapping[str, Message] = {
    "days": Message("{n} days"),
    "calendar days": Message("{n} days"),
    "working days": Message("{n} working days"),
    "weeks": Message("{n} weeks"),
    "months": Message("{n} months"),
    "quarters": Message("{n} quarters"),
    "years": Message("{n} years"),
    "minutes": Message("{n} minutes"),
    "hours": Message("{n} hours"),
}
ONE_UNIT: Mapping[str, Message] = {
    "days": Message("1 day"),
    "calendar days": Message("1 day"),
    "working days": Message("1 working day"),
    "weeks": Message("1 week"),
    "months": Message("1 month"),
    "quarters": Message("1 quarter"),
    "years": Message("1 year"),
    "minutes": Message("1 minute"),
    "hours": Message("1 hour"),
}
EACH: Mapping[str, Message] = {
    "days": Message("{n} a day"),
    "weeks": Message("{n} a week"),
    "months": Message("{n} a month"),
    "quarters": Message("{n} a quarter"),
    "years": Message("{n} a year"),
}


def length(quantity: Quantity, number: Decimal, kind: Kind, habit: Habit) -> One:
    """Return a number in weeks, or in hours if hours are counted, with notes on conversions."""
    word = quantity.word("time")
    own = "hours" if kind == "hours" else "weeks"
    unit = word.name if word else habit.unit or own
    if unit in HOURS and kind in ("weeks", "whole weeks"):
        raise TroubleError("{found} is hours of work; write how many weeks it takes")
    if unit not in HOURS and kind == "hours":
        raise TroubleError("{found} is no number of hours; write the hours of work in it")
    measure = "hours" if unit in HOURS else "weeks"
    if unit == measure and kind == "whole weeks":
        must_be_whole(number)
    if unit == measure:
        return One(number, unit=measure)
    finest = Decimal(1) if kind == "whole weeks" else CENT
    value = (number * _length(unit, habit)).quantize(finest, ROUND_HALF_UP)
    written_in = "working days" if unit == "days" and habit.days_per_week == 5 else unit
    same = {"one": _so_long(number, written_in), "other": _so_long(value, measure)}
    return One(value, (Message("{one} = {other}", same),), measure)


def _so_long(number: Decimal, unit: str) -> Message:
    """Format a duration in its own unit: `3 months`, `1 day`."""
    if number == 1:
        return ONE_UNIT[unit]
    return Message(UNITS[unit].template, {"n": in_digits(number)})


def _length(unit: str, habit: Habit) -> Decimal:
    if unit == "days":
        return Decimal(1) / habit.days_per_week
    return LENGTHS[unit]


def by_the_week(quantity: Quantity, one: One, habit: Habit, per_week: bool) -> One:
    """Convert an amount per period to one per week, if the place counts per week."""
    per = quantity.per or (habit.per if per_week else None)
    if per is None or (per == "weeks" and per_week):
        return one
    if not per_week:
        raise TroubleError("{found} is an amount for a time; a single amount belongs here")
    value = (one.value / _length(per, habit)).quantize(CENT, ROUND_HALF_UP)
    each = Message(EACH[per].template, {"n": in_digits(one.value)})
    by_week = Message(EACH["weeks"].template, {"n": in_digits(value)})
    note = Message("{one} = {other}", {"one": each, "other": by_week})
    return One(value, (*one.notes, note), one.unit, one.currency)
