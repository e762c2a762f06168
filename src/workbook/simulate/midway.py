"""Runs that start in the middle: work under way, debts, and knowledge, from a log."""

from __future__ import annotations

import numpy as np

from workbook.plan import Begun
from workbook.simulate.crowd import Crowd
from workbook.simulate.forks import Forks
from workbook.simulate.variants import NONE, UNDER_WAY, USED_UP


def begin_midway(crowd: Crowd, forks: Forks, begun: Begun) -> None:
    """Set every run to the state of the plan before its first week."""
    if not begun.midway:
        return
    everyone, column = np.arange(crowd.lives), crowd.variants.column
    for id in begun.used_up:
        crowd.status[:, column[id]] = USED_UP
    for id in begun.untrue:
        crowd.hypotheses.begin_untrue(column[id])
    crowd.widen(len(begun.jobs))
    for team, job in enumerate(begun.jobs):
        crowd.status[:, column[job.milestone]] = UNDER_WAY
        crowd.ends[:, team], crowd.job[:, team] = job.weeks, column[job.milestone]
        crowd.mends[:, team] = NONE if job.mends is None else column[job.mends]
    crowd.busy += len(begun.jobs)
    for debt in begun.debts:
        crowd.debts[debt.weeks].append((everyone, debt.amount_cents))
    for id, weeks in begun.held:
        crowd.held[column[id]] = np.full(crowd.lives, weeks)
    if crowd.moving is not None:
        for weeks, owed in begun.receivable:
            crowd.moving.owe(weeks, owed)
    crowd.refresh(everyone)
    if begun.waiting is not None:
        forks.begin_waiting(*begun.waiting)
