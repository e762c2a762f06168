"""The result of reading a text: a value, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from workbook.errors import Message

Kind = Literal["money", "share", "weeks", "whole weeks", "length", "hours", "count", "number"]
"""What a place holds; `length` is weeks or hours; `whole weeks` are rounded."""

Several = Literal["one", "range", "list"]
"""How many figures a place holds: one; low, likely and high; or one per attempt."""

Figure = int | float
Value = Figure | tuple[Figure, ...]


@dataclass(frozen=True)
class Reading:
    """A figure as it was read, or the open question.

    Attributes
    ----------
    value
        The figure, or several if the place holds several; None if there is problem. A share is from
        0 to 1, a duration in weeks (or hours, see `unit`), money in whole units.
    notes
        What the reader should know about the reading: a conversion, a doubt.
    problem
        Why there is no value: what was found, what is allowed.
    choices
        The values that the text may mean, if there are several.
    unit
        `weeks` or `hours` for a duration.
    currency
        The code of the currency in the text; None without one.
    written
        The value in digits, as a box shows it: `1200.5`, `60%`. It reads back as the same value.
    """

    value: Value | None = None
    notes: tuple[Message, ...] = ()
    problem: Message | None = None
    choices: tuple[Figure, ...] = ()
    unit: str | None = None
    currency: str | None = None
    written: str = ""


class UnreadableError(ValueError):
    """A text that cannot be read; the message says why."""

    def __init__(self, template: str, *choices: Decimal, **values: object) -> None:
        self.message = Message(template, values)
        self.choices = choices
        super().__init__(template)


@dataclass(frozen=True)
class One:
    """One figure in the unit of its place, with notes on how it was read."""

    value: Decimal
    notes: tuple[Message, ...] = ()
    unit: str | None = None
    currency: str | None = None


def figure(value: Decimal) -> Figure:
    """Return a decimal as a plan holds it: an int if it is whole."""
    if value == value.to_integral_value() and abs(value) < Decimal(10) ** 15:
        return int(value)
    return float(value)


def must_be_whole(value: Decimal) -> None:
    """Raise UnreadableError for a number with decimals if it must be whole."""
    if value != value.to_integral_value():
        raise UnreadableError("{found} is not a whole number; write one without a point")


def in_digits(value: Decimal) -> str:
    """Format a decimal as `written` does."""
    return written(figure(value))


def written(value: Value, kind: Kind = "number") -> str:
    """Return a value in digits that read back as the same value, in any country's format.

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
    """Format without exponent; never three decimals, which could be thousands."""
    text = f"{value.normalize():f}"
    whole, _, decimals = text.partition(".")
    return f"{text}0" if len(decimals) == 3 and whole.strip("-") != "0" else text
