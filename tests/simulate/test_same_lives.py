"""The strongest test of the simulation: life i is the life that the plain telling tells."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given

from any_plan import plans
from examples import examples
from workbook import simulate
from workbook.life import Luck, live
from workbook.outcomes import FATES
from workbook.plan import Plan

LIVES = 50


@pytest.mark.slow
@examples(
    250,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(plans())
def test_each_simulated_life_is_the_life_narrated(plan_and_choices):
    """Fate, week, cash, spend, reached weeks and attempts agree life by life, in every plan."""
    same_lives(*plan_and_choices)


@pytest.mark.parametrize("length", [8, 9, 16, 17, 40])
@pytest.mark.parametrize("teams", [1, 3])
def test_long_chains_tell_the_same_lives(length, teams):
    """Beyond what fits into one word or two of ready milestones."""
    milestones = [
        {
            "id": f"m{n}",
            "needs": [f"m{n - k}" for k in (2, 5) if n >= k],
            "pass_rate": 0.6,
            "cost": 10.0,
            "weeks": 1.0 + n % 3,
        }
        for n in range(length)
    ]
    plan = {"id": "long", "goal": f"m{length - 1}", "teams": teams, "cash": 900.0}
    whole = plan | {"burn_per_week": 3.0, "horizon_weeks": 150, "milestones": milestones}
    same_lives(Plan.model_validate(whole), {})


def same_lives(plan: Plan, choices: dict[str, str]) -> None:
    """Compare every life with the one reported week by week."""
    lives = simulate.play(plan, choices, runs=LIVES, seed=7).lives
    for number in range(LIVES):
        reported = live(plan, Luck(7, number), choices)
        reached = {
            id: int(week)
            for id, week in zip(plan.ids, lives.reached_week[number], strict=False)
            if week >= 0
        }
        mine = (
            FATES[lives.fate[number]],
            int(lives.end_week[number]),
            float(lives.cash[number]),
            float(lives.spent[number]),
            reached,
        )
        theirs = {id: week for id, week in reported.reached.items() if id in plan.ids}
        assert mine == (reported.fate, reported.week, reported.cash, reported.spent, theirs)
        died = lives.died_in[number]
        assert (None if died < 0 else plan.ids[died] if died < len(plan.ids) else "new") == (
            reported.died_in if reported.died_in is None or reported.died_in in plan.ids else "new"
        )
        for column, id in enumerate(plan.ids):
            assert lives.attempts[number, column] == reported.attempts.get(id, 0)
