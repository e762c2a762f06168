"""A scale: a number that the learner enters, with its bounds and its wording.

Shares are entered in percent, because nobody thinks in 0.35.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from workbook.errors import Message
from workbook.lesson.exercise import Answer, Field
from workbook.words import N_, Words

Spoken = Literal["money", "percent", "weeks", "week", "number"]

FIELD = "figure"


@dataclass(frozen=True)
class Scale:
    """A number to ask for: label, bounds, step, initial value, wording.

    With `spoken="percent"` all of these are in percent, and `figure` converts to a share.
    """

    label: str
    least: float
    most: float
    step: float
    start: float
    spoken: Spoken = "number"

    def field(self, w: Words) -> Field:
        """Return the input field of an exercise that asks for this number."""
        return Field(FIELD, w(self.label), self.least, self.most, self.step, self.start)

    def say(self, value: float, currency: str, w: Words) -> str:
        """Return a value as text."""
        if self.spoken == "money":
            return w.money(value, currency)
        if self.spoken == "weeks":
            return w.weeks(value)
        if self.spoken == "week":
            return w.week(round(value))
        return w.percent(value / 100) if self.spoken == "percent" else w.number(value)

    def read(self, answer: Answer, currency: str, w: Words) -> float | Message:
        """Return the number entered, or what is wrong with it."""
        try:
            value = float(answer.get(FIELD, "-"))
        except (TypeError, ValueError):
            return Message(N_("Write a number, in figures."))
        if not self.least <= value <= self.most:
            bounds = {
                name: self.say(getattr(self, name), currency, w) for name in ("least", "most")
            }
            return Message(N_("Try something between {least} and {most}."), bounds)
        return value

    def figure(self, value: float) -> float:
        """Return the value as written in a plan."""
        return value / 100 if self.spoken == "percent" else value

    def steps(self) -> Iterator[float]:
        """Every value that the form offers, ascending."""
        for number in range(int((self.most - self.least) / self.step + 1e-9) + 1):
            yield self.least + number * self.step
