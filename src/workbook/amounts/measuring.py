"""One figure in the unit of its place: money, a share of 1, weeks, hours, a count.

Durations become weeks or hours, and amounts per period become amounts per week.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from workbook.amounts.digits import meanings
from workbook.amounts.quantity import LENGTHS, Quantity, currencies
from workbook.amounts.reading import (
    Kind,
    One,
    UnreadableError,
    figure,
    in_digits,
    must_be_whole,
    written,
)
from workbook.amounts.style import NumberStyle
from workbook.errors import N_, Message, quoted

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
NOT_HOW_LONG = N_("{found} is a certain time, and no length of time; write 2 weeks or 3 months")


def length(quantity: Quantity, number: Decimal, kind: Kind, style: NumberStyle) -> One:
    """Return a number in weeks, or in hours if hours are counted, with notes on conversions."""
    word = quantity.word("time")
    if word is not None and quantity.counted and (kind, word.name) != ("whole weeks", "weeks"):
        raise UnreadableError(NOT_HOW_LONG)
    own = "hours" if kind == "hours" else "weeks"
    unit = word.name if word else style.unit or own
    if unit in HOURS and kind in ("weeks", "whole weeks"):
        raise UnreadableError("{found} is hours of work; write how many weeks it takes")
    if unit not in HOURS and kind == "hours":
        raise UnreadableError("{found} is no number of hours; write the hours of work in it")
    measure = "hours" if unit in HOURS else "weeks"
    if unit == measure and kind == "whole weeks":
        must_be_whole(number)
    if unit == measure:
        return One(number, unit=measure)
    finest = Decimal(1) if kind == "whole weeks" else CENT
    value = (number * _length(unit, style)).quantize(finest, ROUND_HALF_UP)
    written_in = "working days" if unit == "days" and style.days_per_week == 5 else unit
    same = {"one": so_long(number, written_in), "other": so_long(value, measure)}
    return One(value, (Message("{one} = {other}", same),), measure)


def so_long(number: Decimal, unit: str) -> Message:
    """Format a duration in its own unit: `3 months`, `1 day`."""
    if number == 1:
        return ONE_UNIT[unit]
    return Message(UNITS[unit].template, {"n": in_digits(number)})


def _length(unit: str, style: NumberStyle) -> Decimal:
    if unit == "days":
        return Decimal(1) / style.days_per_week
    return LENGTHS[unit]


def by_the_week(quantity: Quantity, one: One, style: NumberStyle, per_week: bool) -> One:
    """Convert an amount per period to one per week, if the place counts per week."""
    per = quantity.per or (style.per if per_week else None)
    if per is None or (per == "weeks" and per_week):
        return one
    if not per_week:
        raise UnreadableError("{found} is an amount for a time; a single amount belongs here")
    value = (one.value / _length(per, style)).quantize(CENT, ROUND_HALF_UP)
    each = Message(EACH[per].template, {"n": in_digits(one.value)})
    by_week = Message(EACH["weeks"].template, {"n": in_digits(value)})
    note = Message("{one} = {other}", {"one": each, "other": by_week})
    return One(value, (*one.notes, note), one.unit, one.currency)


POINT_CURRENCIES = frozenset(
    ("AUD", "CAD", "CHF", "CNY", "GBP", "HKD", "INR", "JPY", "KRW", "NZD", "SGD", "TWD", "USD")
)
"""Currencies of countries with a decimal point."""
NOT_BELOW_ONE = Message("{found} is not a share; write one from 0% to 100%")
EXACT = ("only", "整")
ALLOWED: Mapping[Kind, frozenset[str]] = {
    "money": frozenset({"scale", "currency", "filler"}),
    "share": frozenset({"share", "filler"}),
    "weeks": frozenset({"time", "filler"}),
    "whole weeks": frozenset({"time", "filler"}),
    "length": frozenset({"time", "filler"}),
    "hours": frozenset({"time", "filler"}),
    "count": frozenset({"scale", "counter", "filler"}),
    "number": frozenset({"scale", "counter", "filler"}),
}
"""The kinds of words allowed next to a figure of each kind."""


def measured(quantity: Quantity, kind: Kind, style: NumberStyle, per_week: bool) -> One:
    """Return the figure in the unit of its place; raise UnreadableError if it does not fit."""
    for word in quantity.words:
        if word.group not in ALLOWED[kind]:
            raise UnreadableError(_misplaced(kind, word.group))
    number, notes = chosen(quantity, kind, style)
    if quantity.bracketed:
        values = {"number": f"({quantity.digits})", "value": in_digits(number * quantity.sign)}
        notes = (*notes, Message("{number} is read as {value}: brackets mean a minus", values))
    notes = (*notes, *_loose_words(quantity, number))
    one = MEASURES[kind](quantity, number * quantity.sign, kind, style)
    one = by_the_week(quantity, one, style, per_week)
    return One(one.value, (*notes, *one.notes), one.unit, one.currency)


Chosen = tuple[Decimal, tuple[Message, ...]]


def chosen(quantity: Quantity, kind: Kind, style: NumberStyle) -> Chosen:
    """Return what the digits mean by the style; raise UnreadableError if that is unclear."""
    every = meanings(quantity.readings)
    fitting = [one for one in every if _fits(one * quantity.scale, kind, style)]
    if len(every) == 1 or len(fitting) == 1:
        return (fitting or every)[0], ()
    if kind == "count" and "." in quantity.readings and "," in quantity.digits:
        return quantity.readings["."], ()  # a count has no decimals
    clear = style.decimal is None and _writes_points(quantity)
    wanted = quantity.readings.get("." if clear else style.decimal or "")
    thousandths = kind == "money" and wanted is not None and wanted < max(every)
    if wanted is not None and style.sure and style.decimal and not thousandths:
        return wanted, ()
    if wanted is None or wanted < max(every):
        one, other = (written(figure(value)) for value in every)
        template = "{found} can be {one} or {other}; write one of the two"
        signed = [value * quantity.sign for value in every]
        found = quoted(quantity.digits)
        raise UnreadableError(template, *signed, found=found, one=one, other=other)
    if _writes_points(quantity):
        return wanted, ()
    template = "{number} is read as {value}; write {other} if you mean that"
    value, other = written(figure(wanted)), written(figure(min(every)))
    values = {"number": quantity.digits, "value": value, "other": other}
    return wanted, (Message(template, values),)


def _writes_points(quantity: Quantity) -> bool:
    """Whether a word next to the digits implies a decimal point."""
    word = quantity.word("currency")
    if word is not None and currencies()[word.name][0] in POINT_CURRENCIES:
        return True
    return any(not word.name.isascii() and word.group != "currency" for word in quantity.words)


def _loose_words(quantity: Quantity, number: Decimal) -> tuple[Message, ...]:
    """Return notes on `about 500`, and on `3w`, which means 3 万 for money."""
    value = in_digits(number * quantity.scale * quantity.sign)
    notes = []
    if any(word.group == "filler" and word.name not in EXACT for word in quantity.words):
        notes.append(Message("“about {value}” is read as {value}", {"value": value}))
    if any(word.group == "scale" and word.name == "w" for word in quantity.words):
        values = {"number": f"{quantity.digits}w", "value": value}
        notes.append(Message("{number} is read as {value}: w stands for 万", values))
    return tuple(notes)


def _fits(value: Decimal, kind: Kind, style: NumberStyle) -> bool:
    if kind in ("count", "whole weeks"):
        return value == value.to_integral_value()
    return kind != "share" or value <= (100 if style.percent else 1)


def _money(quantity: Quantity, number: Decimal, kind: Kind, style: NumberStyle) -> One:
    number, notes = _scaled(quantity, number, style)
    word = quantity.word("currency")
    meant = style.named if word is None else tuple(currencies()[word.name])
    if style.named and not set(meant) & set(style.named):
        template = "{found} is in {currency}, and its column in {own}; write one of the two"
        raise UnreadableError(template, currency=meant[0], own=style.named[0])
    if style.named:  # `¥` below `Cost (JPY)` is yen
        meant = tuple(code for code in meant if code in style.named)
    if not meant:
        return One(number, notes)
    if style.currency and style.currency not in meant:
        template = "{found} is in {currency}, and {own} is counted here; convert it"
        raise UnreadableError(template, currency=meant[0], own=style.currency)
    return One(number, notes, currency=style.currency or meant[0])


def _scaled(
    quantity: Quantity, number: Decimal, style: NumberStyle
) -> tuple[Decimal, tuple[Message, ...]]:
    """Return a number times the scale next to it, or the scale of the header."""
    if quantity.word("scale") is not None:
        return number * quantity.scale, ()
    if style.times == 1 or not number:
        return number, ()
    value = number * style.times
    values = {
        "number": in_digits(number),
        "times": f"{style.times:,.0f}",
        "value": in_digits(value),
    }
    return value, (Message("{number} × {times} = {value}, as the column's header says", values),)


def _share(quantity: Quantity, number: Decimal, kind: Kind, style: NumberStyle) -> One:
    word = quantity.word("share")
    if word is not None:
        value = number * word.times
        if not 0 <= value <= 1:
            raise UnreadableError(NOT_BELOW_ONE.template)
        return One(value)
    if style.percent:
        return One(_in_percent(number, style))
    if 1 < number <= 100:
        template = "{found} is not a share; did you mean {percent}? write {percent} or {share}"
        share = number / 100
        values = {"percent": f"{in_digits(number)}%", "share": in_digits(share)}
        raise UnreadableError(template, share, **values)
    if style.mixed and 0 < number <= 1:
        raise _percent_or_share(number)
    if not 0 <= number <= 1:
        raise UnreadableError(NOT_BELOW_ONE.template)
    return One(number)


def _in_percent(number: Decimal, style: NumberStyle) -> Decimal:
    """Return a bare number in a percent column; below 1 it may be the share itself."""
    if 0 < number < 1 or (number == 1 and style.mixed):
        raise _percent_or_share(number)
    if not 0 <= number <= 100:
        raise UnreadableError(NOT_BELOW_ONE.template)
    return number / 100


def _percent_or_share(number: Decimal) -> UnreadableError:
    whole, small = f"{in_digits(number * 100)}%", f"{in_digits(number)}%"
    template = "{found} can be {one} or {other}; write one of the two with its %"
    return UnreadableError(template, number, number / 100, one=whole, other=small)


def _count(quantity: Quantity, number: Decimal, kind: Kind, style: NumberStyle) -> One:
    value, notes = _scaled(quantity, number, style)
    must_be_whole(value)
    return One(value, notes)


def _number(quantity: Quantity, number: Decimal, kind: Kind, style: NumberStyle) -> One:
    return One(*_scaled(quantity, number, style))


Measure = Callable[[Quantity, Decimal, Kind, NumberStyle], One]
MEASURES: Mapping[Kind, Measure] = {
    "money": _money,
    "share": _share,
    "weeks": length,
    "whole weeks": length,
    "length": length,
    "hours": length,
    "count": _count,
    "number": _number,
}


def _misplaced(kind: Kind, group: str) -> str:
    """Say why a word next to the figure does not belong here."""
    return MISPLACED.get((kind, group), MISPLACED["", group]).template


MISPLACED: Mapping[tuple[str, str], Message] = {
    ("money", "share"): Message("{found} is a share; of what? write the amount itself"),
    ("count", "share"): Message("{found} is a share; write the number itself"),
    ("", "share"): Message("{found} is a share; write the number itself"),
    ("money", "time"): Message("{found} is a length of time; an amount of money belongs here"),
    ("", "time"): Message("{found} is a length of time; write the number alone"),
    ("weeks", "currency"): Message("{found} is an amount of money; a length of time belongs here"),
    ("whole weeks", "currency"): Message(
        "{found} is an amount of money; a length of time belongs here"
    ),
    ("", "currency"): Message("{found} is an amount of money; write the number alone"),
    ("share", "scale"): Message("{found} is not a share; write 60% or 0.6"),
    ("", "scale"): Message("{found} is no length of time; write 2 weeks or 3 months"),
    ("", "counter"): Message("{found} counts something else; write the number alone"),
}
