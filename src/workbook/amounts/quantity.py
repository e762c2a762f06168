"""One figure with what stands before and behind it: sign, currency, scale, unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from workbook.amounts.digits import NUMBER, Readings, readings_of
from workbook.amounts.vocabulary import PER, Group, Word, word_before

NO_CENTS = re.compile(r"[.,]\s?[-–]+")
"""What stands for no cents behind an amount: `1200,-`."""
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
    """A figure as it is written.

    Attributes
    ----------
    digits
        Its digits as they stand, and `readings`: what they mean by decimal sign.
    sign
        1 or -1; `signed` where a sign is written, `bracketed` where brackets stand for a minus.
    words
        The words beside it, in their order.
    per
        The time that it is for (`months` in `3,000 a month`); None where none is named.
    """

    digits: str
    readings: Readings
    sign: int = 1
    signed: bool = False
    bracketed: bool = False
    words: tuple[Word, ...] = ()
    per: str | None = None

    def word(self, group: Group) -> Word | None:
        """The word of a group; None where none is written."""
        return next((word for word in self.words if word.group == group), None)

    @property
    def scale(self) -> Decimal:
        """What the scales beside it multiply it by: 3 百万 by 1,000,000."""
        times = Decimal(1)
        for word in self.words:
            times *= word.times if word.group == "scale" else 1
        return times

    def like(self, other: Quantity) -> Quantity:
        """The figure with the words of another, where it has none: `2` in `2-4 weeks`."""
        if self.words:
            return self
        return replace(self, words=other.words, per=other.per)


def quantity_in(text: str, groups: Sequence[Group]) -> Quantity | None:
    """The figure of a text in plain signs; None where the text is more than one figure, or none.

    `groups` come first where a word has several meanings.
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
    """What stands before and behind without the sign, and the sign: `-`, `+` or none."""
    found = re.search(r"^[-–+]|[-–+]$", before)
    if found:
        rest = (before[: found.start()] + before[found.end() :]).strip()
        return rest, behind, "+" if found[0] == "+" else "-"
    if behind == "-":
        return before, "", "-"
    return before, behind, ""


def _words(text: str, groups: Sequence[Group]) -> tuple[list[Word], str | None] | None:
    """The words of a text and the time that it is for; None where a word is not known."""
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
