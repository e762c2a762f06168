"""How a column writes its numbers: its decimal separator, its unit, its scale.

One unambiguous text decides for all ambiguous ones. The header of the column names the unit:
`Duration (months)`, `成本（万元）`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import isfinite

from workbook.amounts.digits import NUMBER, meanings, parts_of, readings_of, sign_of
from workbook.amounts.normalise import plain, with_digits
from workbook.amounts.quantity import LENGTHS, PER, PER_UNITS, Group, Word, currencies, word_before

BRACKETED = re.compile(r"[(\[【{]([^)\]】}]*)[)\]】}]|(?:\bin|,|:|-|–)\s+([^,:()]+)$")
THOUSANDS = re.compile(r"(?:1[,.' ]?)?'?000s?(?!\d)\s*|t(?=€|eur)", re.IGNORECASE)
HEAD_GROUPS: Sequence[Group] = ("time", "scale", "currency", "share", "counter")


@dataclass(frozen=True)
class NumberStyle:
    """How numbers are written near a figure, as far as it is known.

    Attributes
    ----------
    decimal
        The decimal separator: `.` or `,`; None if unknown.
    sure
        Whether other figures prove that separator; otherwise an ambiguous figure is read with a
        note, or leads to a question.
    times
        The factor in the header: 10,000 for 万元.
    unit
        The unit of time in the header: `months`.
    per
        The period of each amount, from the header: `months` for `monthly burn`.
    percent
        Whether a number without a sign is a percentage.
    mixed
        Whether the column has bare shares of both kinds: 0.6 and 60.
    named
        The currencies that the header may name: `$` is USD, CAD and others.
    currency
        The code of the plan's currency; amounts in another are refused.
    days_per_week
        Days of a work week: 7, or 5 if only working days are counted.
    """

    decimal: str | None = None
    sure: bool = True
    times: Decimal = Decimal(1)
    unit: str | None = None
    per: str | None = None
    percent: bool = False
    mixed: bool = False
    named: tuple[str, ...] = ()
    currency: str | None = None
    days_per_week: int = 7


PAGE = NumberStyle(decimal=".", sure=False)
"""The style of a box on an English or a Chinese page: both use a decimal point."""


def style_of(
    texts: Iterable[object], header: str = "", beside: NumberStyle | None = None
) -> NumberStyle:
    """Return how a column writes its numbers.

    Parameters
    ----------
    texts
        All of its cells, texts and numbers.
    header
        The header cell of the column.
    beside
        The style of the rest of the table; the column's own evidence takes precedence.

    Examples
    --------
    >>> style_of(["1.200,50", "1.234"], "Cost (k€)").decimal
    ','
    """
    texts = list(texts)
    style = headed(header, beside or NumberStyle())
    style = replace(style, mixed=_mixed(texts, style.percent))
    signs = {sign for text in texts if isinstance(text, str) for sign in _signs(text)}
    if len(signs) == 1:
        return replace(style, decimal=signs.pop(), sure=True)
    if len(signs) > 1:
        return replace(style, decimal=None, sure=True)
    return replace(style, sure=False)


def _mixed(found: Sequence[object], percent: bool) -> bool:
    """Whether some bare numbers do not fit the column: 0.6 in percent, 60 in shares."""
    numbers = [number for one in found for number in _bare(one)]
    return any(0 < number < 1 if percent else 1 < number <= 100 for number in numbers)


def _bare(found: object) -> tuple[Decimal, ...]:
    """Return what a number without any words can be."""
    if isinstance(found, str):
        text = plain(found)
        return meanings(readings_of(text)) if NUMBER.fullmatch(text) else ()
    if isinstance(found, (int, float)) and not isinstance(found, bool) and isfinite(found):
        return (Decimal(repr(found)),)
    return ()


def _signs(text: str) -> Iterable[str]:
    for part in parts_of(with_digits(plain(text))).texts:
        number = NUMBER.search(part)
        if number and (sign := sign_of(number[0].casefold())):
            yield sign


def headed(header: str, style: NumberStyle) -> NumberStyle:
    """Return the style with the unit, scale, currency and percent sign in a header."""
    text = plain(header)
    for found in BRACKETED.finditer(text):
        style = _named((found[1] or found[2] or "").strip().removeprefix("in "), style)
    if "%" in text:
        style = replace(style, percent=True)
    if for_each := PER.search(text.casefold()):
        style = replace(style, per=PER_UNITS[(for_each["unit"] or for_each["adverb"])[0]])
    return style


def is_unit(text: str) -> bool:
    """Whether a text is only a unit, scale, currency or percent sign: `k€`, `(月)`."""
    return bool(_unit_words(plain(text).strip("()[]").strip().removeprefix("in ")))


def _unit_words(text: str) -> list[Word]:
    """Return the words of a unit; empty if the text has anything else."""
    words: list[Word] = []
    rest = text
    while rest:
        if found := THOUSANDS.match(rest):
            words, rest = [*words, Word("scale", "k", Decimal(1000))], rest[found.end() :]
            continue
        known = word_before(rest, HEAD_GROUPS)
        if known is None:
            return words if PER.match(rest.casefold()) else []
        words, rest = [*words, known[0]], known[1]
    return words


def _named(unit: str, style: NumberStyle) -> NumberStyle:
    """Return the style with the unit in a header's brackets; unchanged if it is not a unit."""
    for word in _unit_words(unit):
        if word.group == "time" and word.name in LENGTHS:
            style = replace(style, unit=word.name)
        elif word.group == "scale":
            style = replace(style, times=style.times * word.times)
        elif word.group == "share":
            style = replace(style, percent=True)
        elif word.group == "currency":
            style = replace(style, named=tuple(currencies()[word.name]))
    return style
