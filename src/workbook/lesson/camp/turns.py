"""The camp's turning points by name, and the plays that several of its sections ask for."""

from __future__ import annotations

from workbook.cases import Case
from workbook.lesson.plays import Choices, Plays
from workbook.whatif.variants import AS_WRITTEN

FORK, QUIET = "room-to-grow", "quiet"
EARLY, SECOND, NO_SALES = "expand-early", "second-city", "no-sales"
KERNEL, LAST = "good-enough", "cities"
CLIMB = ("method", "coaching", "rhythm")
NPS = "nps"

SMALL: Choices = {FORK: AS_WRITTEN}
BIG: Choices = {FORK: EARLY}


def proved(plays: Plays) -> float:
    """The chance that the kernel is proved when the camp stays small."""
    return plays.play(SMALL).milestones[KERNEL].reached


def figure(case: Case, fact: str) -> float:
    """A fact of the case that is a single number."""
    value = case.facts[fact].value
    assert isinstance(value, (int, float)), fact
    return float(value)
