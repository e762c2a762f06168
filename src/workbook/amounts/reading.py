"""What was read from a text, or why it was not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from workbook.errors import Message

Kind = Literal["money", "share", "weeks", "whole weeks", "length", "hours", "count", "number"]
"""What a place holds; `length` is weeks or hours; what becomes `whole weeks` is rounded."""

Several = Literal["one", "range", "list"]
"""How many figures a place holds: one; low, likely and high; or one for each attempt."""

Figure = int | float
Value = Figure | tuple[Figure, ...]


@dataclass(frozen=True)
class Reading:
    """A figure as it was understood, or the question that it leaves open.

    Attributes
    ----------
    value
        The figure, or several where the place holds several; None where there is trouble.
        A share is from 0 to 1, a length in weeks (or hours, see `unit`), money in whole units.
    notes
        What the reader should know of how it was understood: a conversion, a doubt.
    trouble
        Why there is no value: what was found, what is allowed.
    choices
        The values that the text may mean, where it may mean several.
    unit
        `weeks` or `hours` for a length.
    currency
        The code of the currency that the text names; None where it names none.
    written
        The value in digits, as a box shows it: `1200.5`, `60%`. Read again, it is the same value.
    """

    value: Value | None = None
    notes: tuple[Message, ...] = ()
    trouble: Message | None = None
    choices: tuple[Figure, ...] = ()
    unit: str | None = None
    currency: str | None = None
    written: str = ""


class TroubleError(ValueError):
    """A text that is not read; the message says why."""

    def __init__(self, template: str, *choices: Decimal, **values: object) -> None:
        self.message = Message(template, values)
        self.choices = choices
        super().__init__(template)


@dataclass(frozen=True)
class One:
    """One figure in the measure of its place, and what to say of how it came there."""

    value: Decimal
    notes: tuple[Message, ...] = ()
    unit: str | None = None
    currency: str | None = None


def figure(value: Decimal) -> Figure:
    """A decimal as a plan holds it: whole where it is whole."""
    if value == value.to_integral_value() and abs(value) < Decimal(10) ** 15:
        return int(value)
    return float(value)


def must_be_whole(value: Decimal) -> None:
    """TroubleError for a number with decimals, where only whole ones belong."""
    if value != value.to_integral_value():
        raise TroubleError("{found} is not a whole number; write one without a point")


def in_digits(value: Decimal) -> str:
    """A decimal as `written` writes it."""
    return written(figure(value))


def written(value: Value, kind: Kind = "number") -> str:
    """A value in digits that read back as the same value, whatever the reader's country.

    >>> written(0.6, "share"), written(1.234), written((1, 2.5, 4))
    ('60%', '1.2340', '1 / 2.5 / 4')
    """
    if isinstance(value, tuple):
        return " / ".join(written(one, kind) for one in value)
    exact = Decimal(repr(value))
    if kind == "share":
        return f"{_digits(exact * 100)}%"
    return _digits(exact)


def _digits(value: Decimal) -> str:
    """A decimal without exponent; never three digits behind the point, which could be thousands."""
    text = f"{value.normalize():f}"
    whole, _, decimals = text.partition(".")
    return f"{text}0" if len(decimals) == 3 and whole.strip("-") != "0" else text
