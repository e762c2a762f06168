"""Dates as people and project tools write them.

ISO, `4.1.2027`, `Jan 4, 2027`, `4 janvier 2027`, `2027年1月4日`, `Mon 15/Feb/27 9:00 AM`, a
count of milliseconds, or a cell's date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal

from workbook.amounts.normalise import plain
from workbook.errors import Message, quoted

COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})(?:t\d.*)?")
STAMP = re.compile(r"\d{10}(?:\d{3})?")
"""Seconds or milliseconds since 1970, as ClickUp exports a day."""
SERIALS = range(42_005, 54_789)
"""How spreadsheets count the days of SHORT_YEARS, from 1900 on."""
YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ t]\d.*)?")
YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4})")
SHORT_YEAR = re.compile(r"(\d{1,2})\s*([/.])\s*(\d{1,2})\s*\2\s*(\d{2})")
SHORT_YEARS = range(2015, 2050)
"""The years that two digits stand for: `26/01/05` is of 2026, not of 2005."""
NAMED = r"([^\W\d_]{3,10})"
DAY_NAMED = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th|er)?[. /-]*(?:de )?{NAMED}(?: de )?[., /-]*(\d{{4}}|\d{{2}})"
)
MONTH_NAMED = re.compile(rf"{NAMED}[. ]*(\d{{1,2}})(?:st|nd|rd|th)?[., ]*(\d{{4}})")
MONTHS_OF = ("en", "de", "fr", "es", "pt", "it", "nl")
"""The languages whose months are known; a name that two of them share is the same month."""
WEEKDAY = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[., ]+"
    r"|\s*[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?"
)
CLOCK = re.compile(r"(?:[ t]|, )\s*(?:上午|下午|at )?\s*\d{1,2}:\d{2}.*$")
"""The day of the week and the time of day beside a date."""
Order = Literal["day", "month", "year"]
"""What comes first in a date of numbers."""
NO_DATE = Message("{found} is no date; write it as 2027-01-04")
COUNTED = Message(
    "{found} is no date; as a spreadsheet counts days it is {day}: give the column a date format"
)


def looks_like_a_date(text: str) -> bool:
    """Whether a text in plain characters is a date with its year, valid or not."""
    text = text.casefold()
    if YEAR_FIRST.fullmatch(text) or YEAR_LAST.fullmatch(text):
        return True
    return any(
        _month(found[name]) is not None
        for pattern, name in ((DAY_NAMED, 2), (MONTH_NAMED, 1))
        if (found := pattern.fullmatch(text))
    )


def read_date(found: object, order: Order | None = None) -> date | Message:
    """Return the date in a text or a cell, or a question if there is none or it is ambiguous.

    With points the day comes first (4.1.2027 is in January); with slashes `1/4/2027` is ambiguous,
    unless `order` says what comes first.

    >>> read_date("4.1.2027")
    datetime.date(2027, 1, 4)
    """
    if isinstance(found, datetime):
        return found.date()
    if isinstance(found, date):
        return found
    by_order = dates_in(str(found)) or _stamped(str(found))
    days = sorted(set(by_order.values()))
    if len(days) > 1 and order in by_order:
        days = [by_order[order]]
    text = quoted(str(found))
    if not days:
        return _no_date(str(found))
    if len(days) > 1:
        one, other = days[0].isoformat(), days[-1].isoformat()
        template = "{found} can be {one} or {other}; write one of the two"
        return Message(template, {"found": text, "one": one, "other": other})
    return days[0]


def _no_date(found: str) -> Message:
    """Return why a text is no date; for a number that a spreadsheet may count days by, which."""
    text = found.removesuffix(".0")
    if text.isdecimal() and int(text) in SERIALS:
        day = date(1899, 12, 30) + timedelta(int(text))
        return Message(COUNTED.template, {"found": quoted(text), "day": day.isoformat()})
    return Message(NO_DATE.template, {"found": quoted(found)})


def _stamped(text: str) -> dict[Order, date]:
    """Return the day of a count of seconds or milliseconds since 1970; empty for other texts."""
    text = text.removesuffix(".0")
    if not STAMP.fullmatch(text):
        return {}
    day = (datetime(1970, 1, 1) + timedelta(seconds=int(text[:10]))).date()
    return dict.fromkeys(("day", "month", "year"), day) if day.year in SHORT_YEARS else {}


def dates_in(text: str) -> dict[Order, date]:
    """Return the dates that a text may be, each by what comes first in it."""
    text = CLOCK.sub("", WEEKDAY.sub("", plain(text).casefold()))
    found = {order: _day(*parts) for order, parts in _orders(text).items()}
    return {order: day for order, day in found.items() if day is not None}


def _orders(text: str) -> dict[Order, tuple[int, int, int]]:
    """Return year, month and day in every order that the text may mean."""
    if found := YEAR_FIRST.fullmatch(text) or COMPACT.fullmatch(text):
        return _certain(int(found[1]), int(found[2]), int(found[3]))
    if found := YEAR_LAST.fullmatch(text) or SHORT_YEAR.fullmatch(text):
        first, then, year = int(found[1]), int(found[3]), _full(found[4])
        day_first, month_first = (year, then, first), (year, first, then)
        orders: dict[Order, tuple[int, int, int]] = {"day": day_first, "month": month_first}
        if found[2] == ".":
            return {"day": day_first}
        if len(found[4]) == 2:
            orders["year"] = (_full(found[1]), then, int(found[4]))
            return {order: parts for order, parts in orders.items() if parts[0] in SHORT_YEARS}
        return orders
    if (found := DAY_NAMED.fullmatch(text)) and (month := _month(found[2])):
        return _certain(_full(found[3]), month, int(found[1]))
    if (found := MONTH_NAMED.fullmatch(text)) and (month := _month(found[1])):
        return _certain(int(found[3]), month, int(found[2]))
    return {}


def _certain(year: int, month: int, day: int) -> dict[Order, tuple[int, int, int]]:
    return dict.fromkeys(("day", "month", "year"), (year, month, day))


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _month(name: str) -> int | None:
    for known, number in _months():
        if name[: len(known)] == known and len(name) <= len(known) + 1:
            return number
    return None


@cache
def _months() -> Sequence[tuple[str, int]]:
    """Return the names of the months with their numbers, the longest first."""
    from babel.dates import get_month_names

    found = {
        name.casefold().removesuffix("."): int(number)
        for language in MONTHS_OF
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    }
    return sorted(found.items(), key=lambda one: -len(one[0]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
