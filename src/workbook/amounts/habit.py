"""How a column writes its numbers: its decimal sign, its unit, its scale.

One text without doubt decides for all that could be read in two ways. The head of the column names
the unit: `Duration (months)`, `成本（万元）`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from workbook.amounts.characters import plain
from workbook.amounts.digits import sign_of
from workbook.amounts.numerals import with_digits
from workbook.amounts.quantity import NUMBER, PER_UNITS
from workbook.amounts.several import parts_of
from workbook.amounts.vocabulary import LENGTHS, PER, Group, Word, currencies, word_before

BRACKETED = re.compile(r"[(\[【{]([^)\]】}]*)[)\]】}]|(?:\bin|,|:|-|–)\s+([^,:()]+)$")
THOUSANDS = re.compile(r"(?:1[,.' ]?)?'?000s?(?!\d)\s*|t(?=€|eur)", re.IGNORECASE)
HEAD_GROUPS: Sequence[Group] = ("time", "scale", "currency", "share", "counter")


@dataclass(frozen=True)
class Habit:
    """How whoever wrote a figure writes numbers, as far as it is known.

    Attributes
    ----------
    decimal
        The sign before the decimals: `.` or `,`; None where nothing tells.
    sure
        Whether figures beside it prove that sign; otherwise a figure that could be read in two
        ways is read with a note, or asked.
    times
        What the head says that each number counts: 10,000 for 万元.
    unit
        The unit of time in the head: `months`.
    per
        The time that the head says each amount is for: `months` for `monthly burn`.
    percent
        Whether a number without a sign is in per cent.
    currency
        The code of the currency that the amounts are in.
    days_per_week
        Days of a week of work: 7, or 5 where only working days are counted.
    """

    decimal: str | None = None
    sure: bool = True
    times: Decimal = Decimal(1)
    unit: str | None = None
    per: str | None = None
    percent: bool = False
    currency: str | None = None
    days_per_week: int = 7


PAGE = Habit(decimal=".", sure=False)
"""What a box in an English or a Chinese page suggests: both write a point before the decimals."""


def habit_of(texts: Iterable[object], head: str = "", beside: Habit | None = None) -> Habit:
    """How a column writes its numbers.

    Parameters
    ----------
    texts
        All of its cells; what is no text tells nothing.
    head
        The cell that names the column.
    beside
        What the rest of the table suggests; where the column proves a sign itself, that counts.

    Examples
    --------
    >>> habit_of(["1.200,50", "1.234"], "Cost (k€)").decimal
    ','
    """
    habit = headed(head, beside or Habit())
    signs = {sign for text in texts if isinstance(text, str) for sign in _signs(text)}
    if len(signs) == 1:
        return replace(habit, decimal=signs.pop(), sure=True)
    if len(signs) > 1:
        return replace(habit, decimal=None, sure=True)
    return replace(habit, sure=False)


def _signs(text: str) -> Iterable[str]:
    for part in parts_of(with_digits(plain(text))).texts:
        number = NUMBER.search(part)
        if number and (sign := sign_of(number[0].casefold())):
            yield sign


def headed(head: str, habit: Habit) -> Habit:
    """The habit with the unit, scale, currency and per cent sign that a head names."""
    text = plain(head)
    for found in BRACKETED.finditer(text):
        habit = _named((found[1] or found[2] or "").strip().removeprefix("in "), habit)
    if "%" in text:
        habit = replace(habit, percent=True)
    if for_each := PER.search(text.casefold()):
        habit = replace(habit, per=PER_UNITS[(for_each["unit"] or for_each["adverb"])[0]])
    return habit


def _named(unit: str, habit: Habit) -> Habit:
    """The habit with what stands in the brackets of a head; as it was where that is no unit."""
    words: list[Word] = []
    rest = unit
    while rest:
        if found := THOUSANDS.match(rest):
            words, rest = [*words, Word("scale", "k", Decimal(1000))], rest[found.end() :]
            continue
        known = word_before(rest, HEAD_GROUPS)
        if known is None:
            break
        words, rest = [*words, known[0]], known[1]
    if rest and not PER.match(rest.casefold()):
        return habit
    for word in words:
        if word.group == "time" and word.name in LENGTHS:
            habit = replace(habit, unit=word.name)
        elif word.group == "scale":
            habit = replace(habit, times=habit.times * word.times)
        elif word.group == "share":
            habit = replace(habit, percent=True)
        elif word.group == "currency" and habit.currency is None:
            habit = replace(habit, currency=currencies()[word.name][0])
    return habit
