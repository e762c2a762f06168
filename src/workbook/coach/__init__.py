"""Advice for every decision of a plan, and what the decisions of a rehearsal were worth.

`advise` gives the chance of the goal after each move of a position, `refinements` the same with
ever more lives; `debrief` takes a rehearsal apart into what was choice and what was luck.
`questions` lists the decisions of a plan, `rules` answers them, `rollouts` simulates policies side
by side, `fitting` searches for a good one, and `from_here` makes a plan of a position.
"""

from workbook.coach.advice import Advice, Value, advise, policy_of, refinements
from workbook.coach.debrief import Debrief, Ending, Turn, by_coach, debrief, play_choices, preferred

__all__ = [
    "Advice",
    "Debrief",
    "Ending",
    "Turn",
    "Value",
    "advise",
    "by_coach",
    "debrief",
    "play_choices",
    "policy_of",
    "preferred",
    "refinements",
]
