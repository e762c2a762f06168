"""One figure with the words before and after it: sign, currency, scale, unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from workbook.amounts.digits import NUMBER, Readings, readings_of
from workbook.amounts.vocabulary import PER, Group, Word, word_before

NO_CENTS = re.compile(r"[.,]\s?[-–]+")
"""Marks for "no cents" after an amount: `1200,-`."""
PER_UNITS = {
    "d": "days",
    "天": "days",
    "日": "days",
    "w": "weeks",
    "周": "weeks",
    "星": "weeks",
    "m": "months",
    "月": "months",
    "q": "quarters",
    "季": "quarters",
    "y": "years",
    "a": "years",
    "年": "years",
}


@dataclass(frozen=True)
class Quantity:
    """A figure as written.

    Attributes
    ----------
    digits
        Its digits as written, and `readings`: their meaning by decimal separator.
    sign
        1 or -1; `signed` if a sign is written, `bracketed` if brackets mean a minus.
    words
        The words next to it, in order.
    per
        Its period (`months` in `3,000 a month`); None without one.
    """

    digits: str
    readings: Readings
    sign: int = 1
    signed: bool = False
    bracketed: bool = False
    words: tuple[Word, ...] = ()
    per: str | None = None

    def word(self, group: Group) -> Word | None:
        """Return the word of a group; None without one."""
        return next((word for word in self.words if word.group == group), None)

    @property
    def scale(self) -> Decimal:
        """Return the product of its scales: 1,000,000 for 3 百万."""
        times = Decimal(1)
        for word in self.words:
            times *= word.times if word.group == "scale" else 1
        return times

    def like(self, other: Quantity) -> Quantity:
        """Return the figure with the words of another if it has none: `2` in `2-4 weeks`."""
        if self.words:
            return self
        return replace(self, words=other.words, per=other.per)


def quantity_in(text: str, groups: Sequence[Group]) -> Quantity | None:
    """Return the figure in a text of plain characters; None if there is no or more than one figure.

    `groups` take precedence if a word has several meanings.
    """
    number = NUMBER.search(text)
    if number is None or not (readings := readings_of(number[0].casefold())):
        return None
    before, behind = text[: number.start()].strip(), text[number.end() :].strip()
    if NO_CENTS.fullmatch(f".{behind}" if number[0].endswith(".") else behind):
        behind = ""
    bracketed = before.startswith("(") and behind.endswith(")")
    if bracketed:
        before, behind = before[1:].strip(), behind[:-1].strip()
    before, behind, sign = _signed(before, behind)
    front, back = _words(before, groups), _words(behind, groups)
    if front is None or back is None or (bracketed and sign):
        return None
    return Quantity(
        digits=number[0],
        readings=readings,
        sign=-1 if bracketed or sign == "-" else 1,
        signed=bool(sign),
        bracketed=bracketed,
        words=(*front[0], *back[0]),
        per=front[1] or back[1],
    )


def _signed(before: str, behind: str) -> tuple[str, str, str]:
    """Split off the sign: return the text before and after, and `-`, `+` or empty."""
    found = re.search(r"^[-–+]|[-–+]$", before)
    if found:
        rest = (before[: found.start()] + before[found.end() :]).strip()
        return rest, behind, "+" if found[0] == "+" else "-"
    if behind == "-":
        return before, "", "-"
    return before, behind, ""


def _words(text: str, groups: Sequence[Group]) -> tuple[list[Word], str | None] | None:
    """Return the words of a text and its period; None if a word is unknown."""
    found: list[Word] = []
    per: str | None = None
    text = text.lstrip(" .")
    while text:
        for_each = PER.match(text.casefold())
        if for_each and per is None:
            per = PER_UNITS[(for_each["unit"] or for_each["adverb"])[0]]
            text = text[for_each.end() :].lstrip(" .,")
            continue
        known = word_before(text, groups)
        if known is None:
            return None
        found.append(known[0])
        text = known[1]
    return found, per
