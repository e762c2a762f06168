"""Rule 4, after the attempts: levels that have held long enough, and deadlines that have passed.

Milestones with start weeks also become ready here when their week comes (rule 0).
"""

from __future__ import annotations

import numpy as np

from workbook.law import cents
from workbook.outcomes import Floats, Ints
from workbook.simulate.book import LIVING
from workbook.simulate.ends import cancel, reach
from workbook.simulate.run_states import RunStates
from workbook.simulate.variants import AHEAD, NONE, UNDER_WAY, USED_UP

MONEY = ("weekly_revenue", "weekly_profit", "cash")


def wake(states: RunStates) -> None:
    """Mark what may start this week as ready if nothing else is unmet, and nothing more."""
    tables, may_start = states.variants.tables, states.may_start
    for column in np.flatnonzero((tables.begins > 0).any(axis=0)).tolist():
        now = may_start[states.variant, column]
        states.ready[~now, column] = False
        now = now & (states.fate == LIVING) & (states.status[:, column] == AHEAD)
        lives = np.flatnonzero(now & tables.attempted[states.variant, column])
        states.make_ready(lives, np.full(len(lives), column))


def see_levels(states: RunStates) -> list[Ints]:
    """Reach milestones by their level, in the plan's order; return the runs that did."""
    tables, moved = states.variants.tables, []
    for rank in range(states.columns):
        for variant, order in enumerate(tables.order):
            column = int(order[rank])
            if tables.level_of[variant, column] != NONE and tables.attempted[variant, column]:
                moved.append(_see(states, variant, column))
    return [lives for lives in moved if len(lives)]


def _see(states: RunStates, variant: int, column: int) -> Ints:
    """Return the runs of a variant that have reached a milestone by its level this week."""
    tables = states.variants.tables
    here = (states.variant == variant) & (states.fate == LIVING)
    lives = np.flatnonzero(here & (states.status[:, column] == AHEAD))
    of = states.variants.levels[tables.level_of[variant, column]]
    aim = float(tables.level_at[variant, column])
    holds = _figure(states, of, lives) >= (cents(aim) if of in MONEY else aim)
    held = states.held.setdefault(column, np.zeros(states.lives, dtype=np.int32))
    held[lives] = np.where(holds, held[lives] + 1, 0)
    long = held[lives] >= tables.level_weeks[variant, column]
    there = np.flatnonzero(long & (states.unmet[lives, column] == 0))
    reach(states, lives[there], np.full(len(there), column))
    return lives[there]


def _figure(states: RunStates, of: str, lives: Ints) -> Floats | Ints:
    """Return the figure of a level in these runs; money in cents."""
    if of == "cash":
        return np.asarray(states.cash[lives])
    economies, economy = states.economies, states.economy[lives]
    if of == "weekly_revenue":
        return states.sales(lives)
    if of == "weekly_profit":
        return np.asarray(states.sales(lives) - states.to_cover(lives))
    if of not in ("customers", "monthly_recurring_revenue"):
        return np.asarray(economies.measures(of)[economy])
    assert states.moving is not None
    band = "customers" if of == "customers" else "recurring"
    return np.asarray(states.moving.bands(lives, economy)[band], dtype=np.float64)


def close_late(states: RunStates) -> list[Ints]:
    """Use up what has not been reached by its deadline; return the runs concerned."""
    late, moved = states.variants.tables.by_week <= states.week, []
    for column in np.flatnonzero(late.any(axis=0)).tolist():
        status = states.status[:, column]
        open_still = (states.fate == LIVING) & ((status == AHEAD) | (status == UNDER_WAY))
        open_still &= states.variants.tables.attempted[states.variant, column]
        lives = np.flatnonzero(open_still & late[states.variant, column])
        if len(lives):
            _give_up(states, lives, column)
            moved.append(lives)
    return moved


def _give_up(states: RunStates, lives: Ints, column: int) -> None:
    columns = np.full(len(lives), column)
    cancel(states, lives, columns)
    states.status[lives, column] = USED_UP
    states.ready[lives, column] = False
    states.doomed[lives] |= states.variants.tables.required.ravel()[states.cell(lives, columns)]
