"""Kinds of exercise. A case supplies the data; the kinds ask and check.

TwoLevers   reach a target for the goal by changing two things; many answers are right
Balance     the value at which two options are equally good
Enough      the value that just reaches a target for the goal
Estimate    a number, guessed before it is simulated
Choice      one of several, with a reply to each
Ordering    an order that respects dependencies

Each is made of its data, and is an entry of `Syllabus.exercises`: called with a plan and a
language it makes the exercise. Texts are given in English, marked with `N_`; empty labels are taken
from the plan by id.
"""

from workbook.lesson.kinds.choices import Before, Candidate, Choice, Ordering
from workbook.lesson.kinds.find_number import Balance, Enough, Estimate
from workbook.lesson.kinds.levers import Lever, TwoLevers, option
from workbook.lesson.syllabus import Scale

__all__ = [
    "Balance",
    "Before",
    "Candidate",
    "Choice",
    "Enough",
    "Estimate",
    "Lever",
    "Ordering",
    "Scale",
    "TwoLevers",
    "option",
]
