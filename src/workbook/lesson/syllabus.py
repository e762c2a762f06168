"""What a lesson needs to know of its case: the fork it turns on, the milestone it is about.

One of these for each case that is taught. The walk (`walk.py`) is the same for all of them; what
only one case can show is a method of its own `Lesson`, in the room of that case.
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
    """A figure to move while the options of the fork are played on the same luck.

    Attributes
    ----------
    path
        The figure, as `whatif.set_figure` takes it.
    values
        What it takes, ascending.
    label
        What it is, as an English sentence with a Chinese twin.
    spoken
        How a value of it is said.
    """

    path: str
    values: tuple[float, ...]
    label: str
    spoken: Spoken = "number"

    def say(self, value: float, currency: str, w: Words) -> str:
        """A value of the figure, the reader's way."""
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
        What is asked, as an English sentence with a Chinese twin.
    scale
        Its unit and bounds; `label` is not used, `start` is where both ends of the form begin.
    truth
        Plays the number out, in the scale's unit.
    """

    question: str
    scale: Scale
    truth: Callable[[Plays, Choices], float]


@dataclass(frozen=True)
class Syllabus:
    """The turning points of a case.

    Attributes
    ----------
    fork
        The fork that the learner bets on.
    taken
        What was done in truth: an option at each fork it concerns, `fork` among them.
    as_written
        By fork: what going on as the plan is written is called, where that is a way out of it too.
    skips
        For a milestone that may be walked around: the choices that do so.
    sweeps
        The figures on which it hangs which option is best: where the lecture's answer is wrong.
    takeaways
        Claims to carry away.
    exercises
        By id, how to make each one.
    guesses
        By the name of the section that stays closed until its number is guessed.
    load
        Reads the case; left out, it is a shipped one.
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
