"""Dates as people write them: ISO, `4.1.2027`, `Jan 4, 2027`, `2027年1月4日`, or a cell's date."""

from __future__ import annotations

import re
from datetime import date, datetime

from workbook.amounts.characters import plain
from workbook.errors import Message, shown

YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ t]\d.*)?")
YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4})")
DAY_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[. -]*([a-z]{3,9})[., -]*(\d{4})")
MONTH_NAMED = re.compile(r"([a-z]{3,9})[. ]*(\d{1,2})(?:st|nd|rd|th)?[., ]*(\d{4})")
NO_DATE = Message("{found} is no date; write it as 2027-01-04")


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


def read_date(found: object) -> date | Message:
    """Return the date in a text or a cell, or a question if there is none or it is ambiguous.

    With points the day comes first (4.1.2027 is in January); with slashes `1/4/2027` is ambiguous.

    >>> read_date("4.1.2027")
    datetime.date(2027, 1, 4)
    """
    if isinstance(found, datetime):
        return found.date()
    if isinstance(found, date):
        return found
    text = plain(str(found)).casefold()
    quoted = f"'{shown(str(found))}'"
    days = sorted({day for year, month, n in _orders(text) if (day := _day(year, month, n))})
    if not days:
        return Message(NO_DATE.template, {"found": quoted})
    if len(days) > 1:
        template = "{found} can be {one} or {other}; write one of the two"
        return Message(
            template,
            {"found": quoted, "one": days[0].isoformat(), "other": days[-1].isoformat()},
        )
    return days[0]


def _orders(text: str) -> list[tuple[int, int, int]]:
    """Return year, month and day in every order that the text may mean."""
    if found := YEAR_FIRST.fullmatch(text):
        return [(int(found[1]), int(found[2]), int(found[3]))]
    if found := YEAR_LAST.fullmatch(text):
        first, then, year = int(found[1]), int(found[3]), int(found[4])
        day_first = (year, then, first)
        return [day_first] if found[2] == "." else [day_first, (year, first, then)]
    if (found := DAY_NAMED.fullmatch(text)) and (month := _month(found[2])):
        return [(int(found[3]), month, int(found[1]))]
    if (found := MONTH_NAMED.fullmatch(text)) and (month := _month(found[1])):
        return [(int(found[3]), month, int(found[2]))]
    return []


def _month(name: str) -> int | None:
    from babel.dates import get_month_names

    for width in ("wide", "abbreviated"):
        for number, known in get_month_names(width, locale="en").items():
            if name[: len(known)] == known.casefold() and len(name) <= len(known) + 1:
                return int(number)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
