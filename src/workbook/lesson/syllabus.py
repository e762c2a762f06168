"""What a lesson needs to know of its case: its fork, its milestones, its exercises.

Each case has one. The sections in `sections.py` are the same for all; sections that only one case
has are methods of its own `Lesson`, in that case's folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from workbook.cases import Case
from workbook.errors import Message
from workbook.lesson.exercise import Answer, Field, Make
from workbook.lesson.plays import Choices, Plays
from workbook.words import N_, Words


@dataclass(frozen=True)
class Swept:
    """A figure to vary while the options of the fork are compared with common random numbers.

    Attributes
    ----------
    path
        The figure, as `whatif.set_figure` takes it.
    values
        Its values, ascending.
    label
        Its name, as an English text with a Chinese translation.
    spoken
        How a value is worded.
    """

    path: str
    values: tuple[float, ...]
    label: str
    spoken: Spoken = "number"

    def say(self, value: float, currency: str, w: Words) -> str:
        """Return a value of the figure as text."""
        if self.spoken == "money":
            return w.money(value, currency)
        if self.spoken == "weeks":
            return w.weeks(value)
        return w.percent(value) if self.spoken == "percent" else w.number(value)


@dataclass(frozen=True)
class Guessed:
    """A number to be guessed as an interval before the section that shows it.

    Attributes
    ----------
    question
        The question, as an English text with a Chinese translation.
    scale
        Its unit and bounds; `label` is not used, `start` is the initial value of both ends.
    truth
        Computes the number, in the scale's unit.
    """

    question: str
    scale: Scale
    truth: Callable[[Plays, Choices], float]


@dataclass(frozen=True)
class Syllabus:
    """The data of a case's lesson.

    Attributes
    ----------
    fork
        The fork that the learner bets on.
    taken
        The real founder's option at each fork concerned, including `fork`.
    as_written
        By fork, the name of "continue as written", if that is an option too.
    skips
        By milestone that can be skipped, the choices that skip it.
    sweeps
        The figures that decide which option is best: where the lecture's answer is wrong.
    takeaways
        Claims to remember.
    exercises
        By id, functions that make the exercises.
    guesses
        By the name of the section that opens after the guess.
    load
        Loads the case; if left out, it is a shipped one.
    """

    fork: str
    taken: Choices
    sweeps: tuple[Swept, ...]
    takeaways: tuple[str, ...]
    exercises: Mapping[str, Make]
    skips: Mapping[str, Choices] = field(default_factory=dict)
    guesses: Mapping[str, Guessed] = field(default_factory=dict)
    load: Callable[[], Case] | None = None
    as_written: Mapping[str, str] = field(default_factory=dict)


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
