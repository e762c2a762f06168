"""From a text, or the content of a spreadsheet cell, to a reading."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import pairwise
from math import isfinite

from workbook.amounts.dates import looks_like_a_date
from workbook.amounts.digits import Parts, parts_of, row_of_hundreds
from workbook.amounts.measuring import NOT_BELOW_ONE, measured, so_long
from workbook.amounts.normalise import plain, with_digits
from workbook.amounts.quantity import Group, Quantity, quantity_in
from workbook.amounts.reading import (
    Kind,
    One,
    Reading,
    Several,
    UnreadableError,
    Value,
    figure,
    written,
)
from workbook.amounts.style import NumberStyle, style_of
from workbook.errors import N_, Message, quoted, shown

MOST_LETTERS = 200
SIMPLE = re.compile(r"([1-3])\s?/\s?([2-4])(?!\s?[\d./,])")
FRACTION = re.compile(r"(\d+)\s*(?:/|in|out of|of|aus)\s*(\d+)")
TEXT_MARK = re.compile(r"^'(?=[-+.\d])")
"""The mark in a spreadsheet that keeps digits as text."""
HALF = ("half", "一半", "半", "fifty-fifty", "50-50", "50/50")
GROUPS: dict[Kind, Sequence[Group]] = {
    "weeks": ("time", "scale"),
    "whole weeks": ("time", "scale"),
    "length": ("time", "scale"),
    "hours": ("time", "scale"),
}


def read(
    found: object,
    kind: Kind,
    style: NumberStyle | None = None,
    *,
    several: Several = "one",
    per_week: bool = False,
) -> Reading:
    """Read a text or a cell as the kind of figure that its place holds.

    Parameters
    ----------
    found
        A text, or a cell's number, boolean, date or duration.
    style
        How numbers are written nearby (`style_of`), and the unit of the column.
    several
        Whether the place holds one figure, low / likely / high, or one per attempt.
    per_week
        Whether the place counts per week: `3,000 a month` is converted.

    Returns
    -------
    Reading
        With a value, or with problem: a question if the text is ambiguous, a refusal if it has no
        meaning here. Nothing is raised.

    Examples
    --------
    >>> read("¥1.2万", "money").value, read("3 months", "weeks").value, read("3/5", "share").value
    (12000, 13, 0.6)
    >>> read("1,234", "money").choices
    (1234, 1.234)
    """
    try:
        return _read(found, kind, style or NumberStyle(), several, per_week)
    except UnreadableError as problem:
        said = quoted(found.strip() if isinstance(found, str) else found)
        message = Message(problem.message.template, {"found": said, **problem.message.values})
        return Reading(problem=message, choices=tuple(map(figure, problem.choices)))


def _read(
    found: object, kind: Kind, style: NumberStyle, several: Several, per_week: bool
) -> Reading:
    if isinstance(found, str):
        return _text(found, kind, style, several, per_week)
    quantity = _cell(found, kind)
    one = measured(quantity, kind, replace(style, decimal=".", sure=True), per_week)
    return _reading([one], kind, one.value, ())


def _cell(found: object, kind: Kind) -> Quantity:
    """Return the quantity of a cell that does not hold text."""
    if isinstance(found, timedelta) and kind in ("weeks", "whole weeks", "length", "hours"):
        hours = Decimal(found.total_seconds()) / 3600
        text = f"{hours:.6g} hours" if kind == "hours" or hours < 24 else f"{hours / 24:.6g} days"
        if (quantity := quantity_in(text, ("time",))) is not None:
            return quantity
    if isinstance(found, (date, time, timedelta)):
        raise UnreadableError(
            "{found} is a date or a time of day; a spreadsheet makes one of 3-4 or 2/3: format"
            " the column as text and write it again"
        )
    if isinstance(found, bool) or not isinstance(found, (int, float, Decimal)):
        if found is None:
            raise UnreadableError("nothing is written here; write a figure")
        raise UnreadableError(NO_NUMBER.template)
    if not isfinite(found):
        raise UnreadableError(NOT_FINITE.template)
    exact = Decimal(repr(found)) if isinstance(found, float) else Decimal(found)
    return Quantity(f"{abs(exact):f}", {".": abs(exact)}, sign=-1 if exact < 0 else 1)


def _text(text: str, kind: Kind, style: NumberStyle, several: Several, per_week: bool) -> Reading:
    if not text.strip():
        raise UnreadableError("nothing is written here; write a figure")
    if len(text) > MOST_LETTERS:
        raise UnreadableError(NO_NUMBER.template)
    clean = TEXT_MARK.sub("", plain(text.replace("\n", ";")))
    if looks_like_a_date(clean):
        raise UnreadableError(NO_FIGURE.template)
    if kind == "share":
        clean = "50%" if clean.casefold() in HALF else _fraction(with_digits(clean))
    else:
        clean = with_digits(clean)
    if clean.casefold().strip("+-.") in ("nan", "inf", "infinity", "∞"):
        raise UnreadableError(NOT_FINITE.template)
    parts = parts_of(clean)
    _check_row(clean, parts, kind, several)
    ones = _measured(text, parts, kind, style, per_week)
    if not all(isfinite(float(one.value)) for one in ones):
        raise UnreadableError(NOT_FINITE.template)
    value, notes = _together(text, ones, parts, kind, several)
    return _reading(ones, kind, value, notes)


def _check_row(text: str, parts: Parts, kind: Kind, several: Several) -> None:
    """Ask what a fraction is, `1/2`, and a row of hundreds; either can be several figures."""
    choices: tuple[str, str] | None = None
    if kind != "share" and (found := SIMPLE.match(text)) and found[1] < found[2]:
        choices = f"{int(found[1]) / int(found[2]):.3g}", f"{found[1]}-{found[2]}"
    elif several != "one" and len(parts.texts) == 1 and (row := row_of_hundreds(text)):
        choices = " / ".join(row), text.replace(",", "").replace(" ", "")
    if choices:
        values = {"one": choices[0], "other": choices[1]}
        raise UnreadableError(ONE_OR_OTHER, **values)


def _fraction(text: str) -> str:
    """Return a share written as a fraction in percent, or the text unchanged."""
    found = FRACTION.fullmatch(text.casefold())
    if found and 0 < int(found[2]) >= int(found[1]):
        return f"{Decimal(int(found[1])) / Decimal(int(found[2])) * 100}%"
    if found:
        raise UnreadableError(NO_SHARE.template)
    return text


def _measured(text: str, parts: Parts, kind: Kind, style: NumberStyle, per_week: bool) -> list[One]:
    """Return each figure of a text in the unit of the place; the last one's words apply to all."""
    quantities = []
    for part in parts.texts:
        quantity = quantity_in(part, GROUPS.get(kind, ("scale", "currency", "share", "counter")))
        if quantity is None:
            raise UnreadableError(NOT_READ.get(kind, NO_NUMBER).template)
        quantities.append(quantity)
    if len(quantities) > 1 and style.decimal is None:
        own = style_of(parts.texts)
        style = replace(style, decimal=own.decimal, sure=own.decimal is not None)
    ones = [measured(one.like(quantities[-1]), kind, style, per_week) for one in quantities]
    falls = [one > other for one, other in pairwise(_units(text, parts, quantities))]
    if not falls or not (all(falls) or len(falls) == 1):
        return ones
    if not all(falls):
        apart = " – ".join(map(str.strip, parts.texts))
        raise UnreadableError(
            ONE_OR_OTHER, one=so_long(_sum(text, ones).value, ones[0].unit or "weeks"), other=apart
        )
    return [_sum(text, ones)]


def _units(text: str, parts: Parts, quantities: Sequence[Quantity]) -> list[Decimal]:
    """Return the lengths of the units of a text such as `2 weeks 3 days`; empty for any other."""
    words = [one.word("time") for one in quantities]
    units = [word.times for word in words if word is not None]
    several = 1 < len(units) == len(words) and not parts.span and not re.search(r"[/;|\n、]", text)
    return units if several else []


def _sum(text: str, ones: Sequence[One]) -> One:
    value = sum((one.value for one in ones), Decimal(0))
    same = {"one": shown(text.strip()), "other": so_long(value, ones[0].unit or "weeks")}
    return replace(ones[0], value=value, notes=(Message("{one} = {other}", same),))


def _together(
    text: str, ones: Sequence[One], parts: Parts, kind: Kind, several: Several
) -> tuple[Value, tuple[Message, ...]]:
    """Return the value of all figures of a text: one, a range, a list; with notes."""
    values = [one.value for one in ones]
    if len(values) == 1:
        return figure(values[0]), ()
    if len({one.unit for one in ones}) > 1:
        raise UnreadableError("{found} mixes weeks and hours; write one of the two")
    if several == "one":
        raise UnreadableError("{found} is more than one figure; write a single one here")
    if several == "list":
        if parts.span:
            one, other = (written(figure(values[n]), kind) for n in (0, -1))
            template = (
                "{found} is a span; write one figure, or one for each attempt: {one} / {other}"
            )
            raise UnreadableError(template, one=one, other=other)
        return tuple(map(figure, values)), ()
    return _range(text, values, kind)


def _range(text: str, values: Sequence[Decimal], kind: Kind) -> tuple[Value, tuple[Message, ...]]:
    """Return two or three rising figures as low, likely and high; two with a note."""
    if len(values) > 3 or list(values) != sorted(values):
        raise UnreadableError(NO_RANGE.template)
    if len(values) == 3:
        return tuple(map(figure, values)), ()
    low, high = values
    value = (figure(low), figure((low + high) / 2), figure(high))
    low_text, likely, high_text = (written(one, kind) for one in value)
    template = "{found} is read as {low} / {likely} / {high}: low, likely, high"
    parts = {"found": quoted(text.strip()), "low": low_text, "likely": likely, "high": high_text}
    return value, (Message(template, parts),)


def _reading(
    ones: Sequence[One], kind: Kind, value: Value | Decimal, notes: tuple[Message, ...]
) -> Reading:
    value = figure(value) if isinstance(value, Decimal) else value
    distinct = dict.fromkeys(str(note) for one in ones for note in one.notes)
    every = {str(note): note for one in ones for note in one.notes}
    return Reading(
        value=value,
        notes=(*(every[text] for text in distinct), *notes),
        unit=ones[0].unit,
        currency=next((one.currency for one in ones if one.currency), None),
        written=written(value, kind),
    )


ONE_OR_OTHER = N_("{found} can be {one} or {other}; write one of the two")
NO_FIGURE = Message("{found} is a date; a figure belongs here")
NO_NUMBER = Message("{found} is not a number; write digits only, such as 3000 or 0.25")
NO_SHARE = Message("{found} is not a share; write 60% or 0.6")
NO_LENGTH = Message("{found} is no length of time; write 2 weeks or 3 months")
NOT_READ: Mapping[Kind, Message] = {
    "share": NO_SHARE,
    "weeks": NO_LENGTH,
    "whole weeks": NO_LENGTH,
    "length": NO_LENGTH,
}
NO_RANGE = Message("{found} is no range; write three numbers: low, likely, high")
NOT_FINITE = Message("{found} is not a number one can reckon with; write a finite one")
PLAIN_REFUSALS = frozenset(
    message.template for message in (NO_NUMBER, NO_SHARE, NOT_FINITE, NOT_BELOW_ONE)
)
"""Refusals without a question; a reader may replace them by a shorter sentence."""
