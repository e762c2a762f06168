"""How each way of the fork ends, and what is left in the hand of those who lose."""

from __future__ import annotations

import numpy as np

from workbook.lesson import markup
from workbook.lesson.plays import Plays, fork_of
from workbook.lesson.sums import ranked
from workbook.outcomes import FATES, Outcomes
from workbook.words import Words


def cash_when_stuck(outcomes: Outcomes) -> float | None:
    """The money that half of the stuck lives exceed, in the plan's currency; None where none is."""
    lives = outcomes.lives
    if lives is None:
        return None
    stuck = lives.cash[lives.fate == FATES.index("stuck")]
    return float(np.median(stuck)) if stuck.size else None


def shown(plays: Plays, fork: str, w: Words) -> str:
    """A row for each way: the goal, ruin, stuck, and the money that the stuck still have."""
    names = {option.id: w.name(option) for option in fork_of(plays.plan, fork).options}
    played = {id: plays.play({fork: id}) for id in names}
    rows = [_row(names[id], played[id], plays.plan.currency, w) for id in ranked(played)]
    head = (
        w("the way"),
        w.fate("goal"),
        w("out of money"),
        w("stuck: no launch left"),
        w("money left when stuck"),
    )
    note = w("The last column: half of those who are stuck have more than this.")
    return markup.table(head, rows) + markup.small(note)


def _row(name: str, outcomes: Outcomes, currency: str, w: Words) -> tuple[str, ...]:
    left = cash_when_stuck(outcomes)
    shares = (
        w.percent(outcomes.fates[fate], outcomes.fates_error[fate])
        for fate in ("goal", "ruin", "stuck")
    )
    return (name, *shares, "–" if left is None else w.money(round(left, -3), currency))
