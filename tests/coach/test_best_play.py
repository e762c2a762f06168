"""The coach against the best play of small plans, found by dynamic programming."""

from __future__ import annotations

import numpy as np
import pytest

from audit.best_play import BestPlay, TooManyPositionsError
from coach.plans import small_plan
from workbook.coach import advise
from workbook.plan import Plan
from workbook.rehearsal import may_skip, rehearse

SEEDS = range(14)
LIVES = 4_000


def gaps():
    """Yield the coach's chance minus that of the best play, and its error, of small plans."""
    for seed in SEEDS:
        data = small_plan(seed)
        plan = Plan.model_validate(data)
        position = rehearse(plan, 1)
        try:
            best = BestPlay(data, set(may_skip(plan)), most=9_000).chance()
        except TooManyPositionsError:
            continue
        if position.fate is None:
            told = advise(position, LIVES).best
            yield told.chance - best, told.error


@pytest.mark.thorough
def test_the_coach_is_close_to_the_best_play_and_never_above_it():
    """An estimate from below: never above the best play beyond its error, near it on average."""
    found = np.array(list(gaps()))
    assert len(found) >= 8
    assert (found[:, 0] <= 3.5 * found[:, 1] + 0.005).all()
    assert found[:, 0].mean() > -0.015
    assert np.median(found[:, 0]) > -0.01
