"""What a lesson needs to know of its case: its fork, its milestones, its exercises.

Each case has one. The sections in `walk.py` are the same for all; sections that only one case has
are methods of its own `Lesson`, in that case's folder.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from workbook.cases import Case
from workbook.lesson.exercise import Make
from workbook.lesson.plays import Choices, Plays
from workbook.lesson.scale import Scale, Spoken
from workbook.words import Words


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
