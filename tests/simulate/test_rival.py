"""What the benchmark compares with simulates the same: a simpy model of the shipped cases."""

from __future__ import annotations

import pytest
from benchmarks.founder import Founder

from workbook import simulate
from workbook.cases import load, shipped
from workbook.life import Luck
from workbook.outcomes import FATES

LIVES = 30
EVERY_OPTION = [
    (id, choices)
    for id in shipped()
    for choices in (
        {},
        *({fork.id: option.id} for fork in load(id).plan.forks for option in fork.options),
    )
]


@pytest.mark.parametrize(("id", "choices"), EVERY_OPTION)
def test_every_life_in_simpy_is_the_life_simulated(id, choices):
    """Fate, week, cash, money spent, milestones reached and attempts, with the same draws."""
    plan = load(id).plan
    lives = simulate.play(plan, choices, runs=LIVES, seed=5).lives
    for number in range(LIVES):
        life = Founder(plan, choices, Luck(5, number)).live()
        assert life.fate == FATES[lives.fate[number]]
        assert life.week == lives.end_week[number]
        assert life.cash / 100 == lives.cash[number]
        assert life.spent / 100 == lives.spent[number]
        weeks = dict(zip(plan.ids, lives.reached_week[number].tolist(), strict=False))
        reached = {id: week for id, (week, _) in life.reached.items() if id in weeks}
        assert reached == {id: week for id, week in weeks.items() if week >= 0}
        attempts = dict(zip(plan.ids, lives.attempts[number].tolist(), strict=False))
        assert {id: life.tries[id] for id in attempts} == attempts
