"""One number in digits: its decimal separator and its thousands separator.

babel reads it in English, German and Indian formats; if they disagree both readings are kept, and
the habit of the column decides, or the reader asks.
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
    """Return what a number can mean, by decimal separator; empty if it is not a number.

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
        if "." in text or "," in text:  # spaces group thousands, so this is decimal
            sign = "." if "." in text else ","
            return {sign: Decimal(text.replace(",", "."))}
    found = {sign: value for sign in LOCALES if (value := _parsed(text, sign)) is not None}
    if GROUPED_BY_FOUR.fullmatch(text):
        found["."] = Decimal(text.replace(",", ""))  # 12,0000: the Chinese grouping of 12 万
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
    """Return a number's decimal separator if it is certain: `,` for `1.200,50`, else empty."""
    found = readings_of(text)
    return next(iter(found)) if len(found) == 1 else None


def meanings(found: Readings) -> tuple[Decimal, ...]:
    """Return the different values that a number can have."""
    return tuple(dict.fromkeys(found.values()))
