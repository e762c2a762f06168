"""Kinds of exercise. A case supplies the data; the kinds ask and check.

two_levers  reach a target for the goal by changing two things; many answers are right
balance     the value at which two options are equally good
enough      the value that just reaches a target for the goal
estimate    a number, guessed before it is simulated
choice      one of several, with a reply to each
ordering    an order that respects dependencies

Each is a function that takes the data and returns an entry of `Syllabus.exercises`. Texts are
given in English, marked with `N_`; empty labels are taken from the plan by id.
"""

from workbook.lesson.kinds.choices import (
    Before,
    Candidate,
    Lever,
    choice,
    option,
    ordering,
    two_levers,
)
from workbook.lesson.kinds.find_number import balance, enough, estimate
from workbook.lesson.syllabus import Scale

__all__ = [
    "Before",
    "Candidate",
    "Lever",
    "Scale",
    "balance",
    "choice",
    "enough",
    "estimate",
    "option",
    "ordering",
    "two_levers",
]
