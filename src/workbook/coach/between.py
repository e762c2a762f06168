"""The odds between two decisions: the chance of the goal after each result that came.

A position at which nothing is asked has a value like any other: that of the best play where it is
known, else that of the way to go on which the advice found best for the move made. The values only
divide what luck did from one decision to the next; the cost of no decision depends on them.
"""

from __future__ import annotations

from workbook.coach.advice import Advice, best_play_of, goes_on
from workbook.coach.best_play import GOAL
from workbook.rehearsal import Move, Position

LIVES = 2_000
"""The line needs no more than a point."""


def odds_between(position: Position, move: Move, advice: Advice) -> tuple[tuple[int, float], ...]:
    """Return the weeks, and the chance of the goal in each, after a move until the next decision.

    A week is the one that begins after a result: an attempt that passed or failed, money that came
    or did not. The week of the next decision is not among them.
    """
    results = position.results_after(move)
    return tuple((one.week, _chance(one, move, advice)) for one in results)


def _chance(position: Position, move: Move, advice: Advice) -> float:
    known = best_play_of(position.plan).value(position.state)
    if known is not None:
        return known[GOAL]
    fates = goes_on(position.plan, position.state, move, advice, LIVES)
    return float((fates == GOAL).mean())
