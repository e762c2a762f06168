"""Numbers in digits, one or several in a text: `3,5`, `2-4 weeks`, `1/2/4`, `20% 35% 50%`.

babel reads each in English, German and Indian formats; if they disagree both readings are kept, and
the style of the column decides, or the reader asks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import pairwise

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


NEXT = r"(?=\s*[$¥€£a-z]{0,3}\s*[-+]?\s*\.?\d)"
FROM_TO = re.compile(
    rf"\s*(?:–|→|\.\.+|\bto\b|\bbis\b|到|至|(?<=[^\s(+-])\s*(?<!\de)-){NEXT}", re.IGNORECASE
)
LISTED = re.compile(rf"\s*(?:/|;|；|、|\||\n|,(?=\s))\s*{NEXT}|\s+(?=[$¥€£]?\.?\d)", re.IGNORECASE)
GROUPS = re.compile(r"\d{1,3}(?:(?: \d{3})+)(?!\d)")
HARD_SPACE = "\x00"
SPACED = re.compile(r"\d\s+\d")
"""A space between two figures: next to spaces in one figure it parts nothing surely."""


@dataclass(frozen=True)
class Parts:
    """The texts of the figures in a text; `span` if they are a range: `2-4`."""

    texts: tuple[str, ...]
    span: bool = False


def parts_of(text: str) -> Parts:
    """Split a text of plain characters into its figures, each with its words.

    >>> parts_of("2-4 weeks").texts, parts_of("1 200,50").texts, parts_of("20% 35% 50%").texts
    (('2', '4 weeks'), ('1 200,50',), ('20%', '35%', '50%'))
    """
    if found := re.fullmatch(r"\[(.*)\]", text):
        text = found[1]
    held = GROUPS.sub(lambda group: group[0].replace(" ", HARD_SPACE), text)
    span = _parted(FROM_TO, held)
    if len(span) > 1 and not any(len(_listed(part)) > 1 for part in span):
        return Parts(_loosened(span), span=True)
    return Parts(_loosened(_listed(held)))


def _listed(text: str) -> list[str]:
    parts = _parted(LISTED, text)
    if len(parts) > 1:
        mixed = HARD_SPACE in text and SPACED.search(text)
        return [text] if mixed else parts
    commas = text.split(",")
    if len(commas) > 2 and not _grouped(text) and all(re.search(r"\d", one) for one in commas):
        return commas
    return [text]


def _grouped(text: str) -> bool:
    """Whether all commas of a text are in one number: `₹ 2,00,000`."""
    number = NUMBER.search(text)
    return number is not None and bool(readings_of(number[0])) and "," not in text[number.end() :]


def _parted(between: re.Pattern[str], text: str) -> list[str]:
    """Return the parts of a text if each has a digit; else the whole text."""
    parts = [part.strip() for part in between.split(text)]
    return parts if all(re.search(r"\d", part) for part in parts) else [text]


def _loosened(parts: Sequence[str]) -> tuple[str, ...]:
    return tuple(part.replace(HARD_SPACE, " ") for part in parts)


def row_of_hundreds(text: str) -> tuple[str, ...] | None:
    """Return the numbers of `100 200 300` or `100,200,300`: three figures, or one with thousands.

    None if the text is not such a sequence, or its numbers do not rise.
    """
    numbers = re.split("[ ,]", text)
    rising = all(len(one) == 3 for one in numbers) and all(a < b for a, b in pairwise(numbers))
    plain = GROUPED.fullmatch(text.replace(",", " "))
    return tuple(numbers) if len(numbers) == 3 and plain and rising else None
