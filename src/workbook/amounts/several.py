"""Several figures in one text: `2-4 weeks`, `1/2/4`, `20% 35% 50%`, `1, 2, 4`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbook.amounts.digits import GROUPED, NUMBER, readings_of

NEXT = r"(?=\s*[$¥€£a-z]{0,3}\s*[-+]?\s*\.?\d)"
FROM_TO = re.compile(
    rf"\s*(?:–|→|\.\.+|\bto\b|\bbis\b|到|至|(?<=[^\s(+-])\s*(?<!\de)-){NEXT}", re.IGNORECASE
)
LISTED = re.compile(rf"\s*(?:/|;|；|、|\||\n|,(?=\s))\s*{NEXT}|\s+(?=[$¥€£]?\.?\d)", re.IGNORECASE)
GROUPS = re.compile(r"\d{1,3}(?:(?: \d{3})+)(?!\d)")
HARD_SPACE = "\x00"


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
        return parts
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
