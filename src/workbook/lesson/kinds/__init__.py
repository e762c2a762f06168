"""Kinds of exercise. A case room brings the data; how it is asked and checked stands here.

two_levers  bring the goal to a target by changing two things; many answers are right
balance     the figure at which two ways are equally good
enough      the figure that just brings the goal to a target
estimate    a number, guessed before it is played out
choice      one of several, with a word for each
ordering    bring things into an order that their dependencies allow

Each is a function that takes the data and returns what `Syllabus.exercises` holds. Sentences are
given in English, marked with `N_`; labels left empty are taken from the plan by id.
"""

from workbook.lesson.kinds.choices import Before, Candidate, choice, ordering
from workbook.lesson.kinds.find_number import balance, enough, estimate
from workbook.lesson.kinds.levers import Lever, option, two_levers
from workbook.lesson.scale import Scale

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
