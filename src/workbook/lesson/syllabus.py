"""What a lesson needs to know of its case: the fork it turns on, the milestone it is about.

One of these for each case that is taught; the walk itself (`walk.py`) is the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workbook.lesson.exercise import Exercise
from workbook.lesson.plays import Choices, Plays
from workbook.words import Words


@dataclass(frozen=True)
class Syllabus:
    """The turning points of a case.

    Attributes
    ----------
    fork
        The fork that the learner bets on.
    taken
        What was done in truth: an option at each fork it concerns, `fork` among them.
    kernel
        The milestone that moves conversion.
    skips
        For a milestone that may be walked around: the choices that do so.
    teaches
        The option at `fork` that lifts the odds of `kernel` by what it teaches.
    cash_at_fork, taught_rates
        Values to sweep: cash left when the fork opens; odds of a round after `teaches`.
    takeaways
        Claims to carry away.
    exercises
        By id, how to make each one.
    """

    fork: str
    taken: Choices
    kernel: str
    skips: Mapping[str, Choices]
    teaches: str
    cash_at_fork: tuple[float, ...]
    taught_rates: tuple[float, ...]
    takeaways: tuple[str, ...]
    exercises: Mapping[str, Callable[[Plays, Words], Exercise]]
