"""Rule 4, after the attempts: levels that have held long enough, and deadlines that have passed.

Milestones with start weeks also become ready here when their week comes (rule 0).
"""

from __future__ import annotations

import numpy as np

from workbook.law import cents
from workbook.outcomes import Floats, Ints
from workbook.simulate.book import LIVING
from workbook.simulate.crowd import Crowd
from workbook.simulate.ends import cancel, reach
from workbook.simulate.variants import AHEAD, NONE, UNDER_WAY, USED_UP

MONEY = ("weekly_revenue", "weekly_profit", "cash")


def wake(crowd: Crowd) -> None:
    """Mark what may start this week as ready if nothing else is unmet, and nothing more."""
    tables, may_start = crowd.variants.tables, crowd.may_start
    for column in np.flatnonzero((tables.begins > 0).any(axis=0)).tolist():
        now = may_start[crowd.variant, column]
        crowd.ready[~now, column] = False
        now = now & (crowd.fate == LIVING) & (crowd.status[:, column] == AHEAD)
        lives = np.flatnonzero(now & tables.attempted[crowd.variant, column])
        crowd.make_ready(lives, np.full(len(lives), column))


def see_levels(crowd: Crowd) -> list[Ints]:
    """Reach milestones by their level, in the plan's order; return the runs that did."""
    tables, moved = crowd.variants.tables, []
    for rank in range(crowd.columns):
        for variant, order in enumerate(tables.order):
            column = int(order[rank])
            if tables.level_of[variant, column] != NONE and tables.attempted[variant, column]:
                moved.append(_see(crowd, variant, column))
    return [lives for lives in moved if len(lives)]


def _see(crowd: Crowd, variant: int, column: int) -> Ints:
    """Return the runs of a variant that have reached a milestone by its level this week."""
    tables = crowd.variants.tables
    here = (crowd.variant == variant) & (crowd.fate == LIVING)
    lives = np.flatnonzero(here & (crowd.status[:, column] == AHEAD))
    of = crowd.variants.levels[tables.level_of[variant, column]]
    aim = float(tables.level_at[variant, column])
    holds = _figure(crowd, of, lives) >= (cents(aim) if of in MONEY else aim)
    held = crowd.held.setdefault(column, np.zeros(crowd.lives, dtype=np.int32))
    held[lives] = np.where(holds, held[lives] + 1, 0)
    long = held[lives] >= tables.level_weeks[variant, column]
    there = np.flatnonzero(long & (crowd.unmet[lives, column] == 0))
    reach(crowd, lives[there], np.full(len(there), column))
    return lives[there]


def _figure(crowd: Crowd, of: str, lives: Ints) -> Floats | Ints:
    """Return the figure of a level in these runs; money in cents."""
    if of == "cash":
        return np.asarray(crowd.cash[lives])
    economies, economy = crowd.economies, crowd.economy[lives]
    if of == "weekly_revenue":
        return crowd.sales(lives)
    if of == "weekly_profit":
        return np.asarray(crowd.sales(lives) - crowd.to_cover(lives))
    if of not in ("customers", "monthly_recurring_revenue"):
        return np.asarray(economies.measures(of)[economy])
    assert crowd.moving is not None
    band = "customers" if of == "customers" else "recurring"
    return np.asarray(crowd.moving.bands(lives, economy)[band], dtype=np.float64)


def close_late(crowd: Crowd) -> list[Ints]:
    """Use up what has not been reached by its deadline; return the runs concerned."""
    late, moved = crowd.variants.tables.by_week <= crowd.week, []
    for column in np.flatnonzero(late.any(axis=0)).tolist():
        status = crowd.status[:, column]
        open_still = (crowd.fate == LIVING) & ((status == AHEAD) | (status == UNDER_WAY))
        open_still &= crowd.variants.tables.attempted[crowd.variant, column]
        lives = np.flatnonzero(open_still & late[crowd.variant, column])
        if len(lives):
            _give_up(crowd, lives, column)
            moved.append(lives)
    return moved


def _give_up(crowd: Crowd, lives: Ints, column: int) -> None:
    columns = np.full(len(lives), column)
    cancel(crowd, lives, columns)
    crowd.status[lives, column] = USED_UP
    crowd.ready[lives, column] = False
    crowd.doomed[lives] |= crowd.variants.tables.required.ravel()[crowd.cell(lives, columns)]
