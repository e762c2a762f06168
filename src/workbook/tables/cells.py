"""The value of a cell of an Excel workbook, and the text that a person sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from workbook.consistency.names import one_line
from workbook.errors import Message
from workbook.tables.number_format import Format, format_of
from workbook.tables.sheet import Cell, error_value, text_cell

NO_VALUE = Message("this formula has no value yet; open the file in Excel, save it, try again")
SURE = ("k", "tsd", "tausend", "thousand", "千", "万", "萬", "亿", "億", "百万", "千万", "million")
"""Texts after a number that every reader takes as a multiple."""


@dataclass(frozen=True, slots=True)
class Look:
    """The attributes of a cell: kind of content, number format code, formula."""

    kind: str = "n"
    code: str = "General"
    from_1904: bool = False
    formula: bool = False


def cell_of(text: str | None, look: Look) -> Cell:
    """The cell of this text in the file; None where the file gives no value."""
    if text is None or (not text and look.kind != "str"):
        return Cell(trouble=NO_VALUE) if look.formula else Cell()
    if look.kind == "e":
        return Cell(one_line(text), trouble=error_value(one_line(text)))
    if look.kind == "b":
        return Cell("true" if text.strip() in ("1", "true") else "false")
    if look.kind == "d":
        return _dated(datetime.fromisoformat(text.strip().removesuffix("Z")))
    if look.kind in ("s", "str", "inlineStr"):
        return text_cell(text)
    return _number(float(text), look)


def _number(value: float, look: Look) -> Cell:
    found = format_of(look.code, value < 0, abs(value))
    if found.kind in ("date", "time", "duration"):
        return _moment(value, found.kind, look.from_1904)
    plain = plain_number(value)
    if found.kind == "percent":
        return Cell(f"{plain_number(round(value * 100, 10))}%", exact=True)
    if (times := found.times()) is not None:
        return _scaled(value, found, times)
    if found.unit:  # `3 months`: the unit is read later
        return Cell(one_line(f"{plain_number(_read(value, found))} {found.unit}"), exact=True)
    if found.factor != 1.0:
        template = "a cell that shows {seen} holds {value}; {value} is what counts"
        note = Message(template, {"seen": found.shown(value), "value": f"{value:,.12g}"})
        return Cell(plain, value, notes=(note,))
    return Cell(plain, value)


def _read(value: float, found: Format) -> float:
    return round(value * found.factor, 10)


def _scaled(value: float, found: Format, times: float) -> Cell:
    """Read a number displayed as a multiple, such as `12万`, by its format or as typed."""
    seen, meant = found.shown(value), round(value * found.factor * times, 6)
    values = {"seen": seen, "value": f"{meant:,.12g}"}
    if found.factor == 1.0 and found.unit.casefold() not in SURE:
        template = "this cell shows {seen} and holds {held}; write {value}, or take off the format"
        return Cell(seen, trouble=Message(template, {**values, "held": plain_number(value)}))
    note = Message("a cell that shows {seen} was read as {value}", values)
    return Cell(plain_number(meant), meant, notes=(note,))


def _moment(value: float, kind: str, from_1904: bool) -> Cell:
    if kind == "duration":
        length = timedelta(days=value)
        return Cell(f"{length.total_seconds() / 3600:g} h", length)
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
    if not from_1904 and value < 60:  # Excel assumes that 1900 had a 29 February
        start += timedelta(days=1)
    try:
        moment = start + timedelta(seconds=round(value * 86400))
    except OverflowError:
        return Cell(plain_number(value), value)
    if kind == "time" and value < 1:
        return Cell(moment.time().isoformat().removesuffix(":00"))
    return _dated(moment)


def _dated(moment: datetime) -> Cell:
    if moment.time() == time():
        return Cell(moment.date().isoformat(), moment.date())
    return Cell(moment.isoformat(" "), date(moment.year, moment.month, moment.day))


def plain_number(value: float) -> str:
    """Format a number in digits: whole if it is whole, without exponent if short."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)
