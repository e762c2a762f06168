"""The odds between two decisions: the chance of the goal after each result that came.

A position at which nothing is asked has a value like any other. The values only divide what luck
did from one decision to the next; the cost of no decision depends on them.
"""

from __future__ import annotations

from workbook.coach.advice import refinements
from workbook.rehearsal import Move, Position

LIVES = 1_500
"""Lives that each move is valued on here: the line needs no more than a point."""


def odds_between(position: Position, move: Move) -> tuple[tuple[int, float], ...]:
    """Return the weeks, and the chance of the goal in each, after a move until the next decision.

    A week is the one that begins after a result: an attempt that passed or failed, money that came
    or did not. The week of the next decision is not among them.
    """
    return tuple((one.week, _chance(one)) for one in position.results_after(move))


def _chance(position: Position) -> float:
    *_, advice = refinements(position, rounds=1, lives=LIVES)
    return advice.chance
