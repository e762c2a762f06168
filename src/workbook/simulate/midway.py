"""Runs that start in the middle: work under way, debts, and knowledge, from a log."""

from __future__ import annotations

import numpy as np

from workbook.plan import Begun
from workbook.simulate.forks import Forks
from workbook.simulate.run_states import RunStates
from workbook.simulate.variants import NONE, UNDER_WAY, USED_UP


def begin_midway(states: RunStates, forks: Forks, begun: Begun) -> None:
    """Set every run to the state of the plan before its first week."""
    if not begun.midway:
        return
    everyone, column = np.arange(states.lives), states.variants.column
    for id in begun.used_up:
        states.status[:, column[id]] = USED_UP
    for id in begun.untrue:
        states.hypotheses.begin_untrue(column[id])
    states.widen(len(begun.jobs))
    for team, job in enumerate(begun.jobs):
        states.status[:, column[job.milestone]] = UNDER_WAY
        states.ends[:, team], states.job[:, team] = job.weeks, column[job.milestone]
        states.mends[:, team] = NONE if job.mends is None else column[job.mends]
    states.busy += len(begun.jobs)
    for debt in begun.debts:
        states.debts[debt.weeks].append((everyone, debt.amount_cents))
    for id, weeks in begun.held:
        states.held[column[id]] = np.full(states.lives, weeks)
    if states.moving is not None:
        for weeks, owed in begun.receivable:
            states.moving.owe(weeks, owed)
    states.refresh(everyone)
    if begun.waiting is not None:
        forks.begin_waiting(*begun.waiting)
