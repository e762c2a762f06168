"""Milestones that a level reaches: of a figure, held for so many weeks."""

from __future__ import annotations

import numpy as np

from workbook.outcomes import Floats, Ints
from workbook.simulate.book import LIVING
from workbook.simulate.ends import reach
from workbook.simulate.run_states import RunStates
from workbook.simulate.tables import AHEAD, NONE


def see_levels(states: RunStates) -> None:
    """Reach milestones by their level, in the plan's order."""
    for rank in range(states.columns):
        tables = states.variants.tables
        for variant, order in enumerate(tables.order):
            column = int(order[rank])
            if tables.level_of[variant, column] != NONE and tables.attempted[variant, column]:
                _see(states, variant, column)


HELD = {"cash": "cash", "founder_share": "share", "debt": "debt"}
"""Levels of what every path has, and its name there."""


def _see(states: RunStates, variant: int, column: int) -> None:
    """Reach a milestone of a variant where its level has held long enough."""
    tables = states.variants.tables
    here = (states.variant == variant) & (states.fate == LIVING)
    lives = np.flatnonzero(here & (states.status[:, column] == AHEAD))
    of = states.variants.levels[tables.level_of[variant, column]]
    figure = _figure(states, of, lives)
    holds = figure >= tables.level_least[variant, column]
    holds &= figure <= tables.level_most[variant, column]
    if (tables.level_weeks[:, column] > 1).any() or states.variants.options:
        if column not in states.held:
            states.held[column] = np.zeros(states.size, dtype=np.int32)
        held = states.held[column]
        held[lives] = np.where(holds, held[lives] + 1, 0)
        holds = held[lives] >= tables.level_weeks[variant, column]
    there = np.flatnonzero(holds & (states.unmet[lives, column] == 0))
    states.touched[lives[there]] = True
    reach(states, lives[there], np.full(len(there), column))


def _figure(states: RunStates, of: str, lives: Ints) -> Floats | Ints:
    """Return the figure of a level in these runs; money in cents."""
    if of in HELD:
        return np.asarray(getattr(states, HELD[of])[lives])
    economies, economy = states.economies, states.economy[lives]
    if of == "weekly_revenue":
        return states.sales(lives)
    if of == "weekly_profit":
        return np.asarray(states.sales(lives) - states.to_cover(lives))
    if of not in ("customers", "monthly_recurring_revenue"):
        return np.asarray(economies.measures(of)[economy])
    assert states.moving is not None
    band = "customers" if of == "customers" else "recurring"
    return np.asarray(states.moving.staying(lives, economy)[band], dtype=np.float64)
