"""One number in digits: which sign parts the decimals, which groups the thousands.

babel reads it as English, German and Indian readers write numbers; where they disagree both
readings are kept, and the habit of the column decides, or the reader asks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache

NUMBER = re.compile(r"(?:\d(?:[\d.,'_ ]*\d)?\.?|\.\d+)(?:e[+-]?\d{1,3})?(?![\d])", re.IGNORECASE)
PLAIN = re.compile(r"\d+(?:e[+-]?\d+)?|0+\.\d+|\.\d+|\d*\.?\d+e[+-]?\d+")
GROUPED = re.compile(r"\d{1,3}(?:(['_ ])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
LOCALES: Mapping[str, tuple[str, ...]] = {".": ("en", "en_IN"), ",": ("de",)}
GROUPED_BY_FOUR = re.compile(r"\d{1,4},\d{4}(?:,\d{4})*")
MOST_DIGITS = 40

Readings = Mapping[str, Decimal]


@lru_cache(maxsize=4096)
def readings_of(text: str) -> Readings:
    """What a number can mean, by the decimal sign of whoever wrote it; empty where it is none.

    >>> readings_of("1.200,50")
    {',': Decimal('1200.50')}
    >>> readings_of("1,234")
    {'.': Decimal('1234'), ',': Decimal('1.234')}
    """
    if len(text) > MOST_DIGITS:
        return {}
    text = text.removesuffix(".")
    if PLAIN.fullmatch(text):
        return {sign: Decimal(text) for sign in LOCALES}
    if re.search("['_ ]", text):
        if not GROUPED.fullmatch(text):
            return {}
        text = re.sub("['_ ]", "", text)
        if "." in text or "," in text:  # spaces group the thousands, so the other sign is decimal
            sign = "." if "." in text else ","
            return {sign: Decimal(text.replace(",", "."))}
    found = {sign: value for sign in LOCALES if (value := _parsed(text, sign)) is not None}
    if GROUPED_BY_FOUR.fullmatch(text):
        found["."] = Decimal(text.replace(",", ""))  # 12,0000: a Chinese reader's 12 万
    return found


def _parsed(text: str, sign: str) -> Decimal | None:
    from babel.numbers import NumberFormatError, parse_decimal

    for locale in LOCALES[sign]:
        try:
            return parse_decimal(text, locale=locale, strict=True)
        except (NumberFormatError, InvalidOperation):  # the second for more digits than it holds
            continue
    return None


def sign_of(text: str) -> str | None:
    """The decimal sign that a number gives away: `,` for `1.200,50`, none for `1,234` or `1200`."""
    found = readings_of(text)
    return next(iter(found)) if len(found) == 1 else None


def meanings(found: Readings) -> tuple[Decimal, ...]:
    """The different values that a number can have."""
    return tuple(dict.fromkeys(found.values()))
