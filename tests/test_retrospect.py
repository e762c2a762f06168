"""Retrospectives: a logged plan reported in its own weeks, and forecasts held against facts."""

import numpy as np
import pytest

from workbook.plan import Plan
from workbook.play import play
from workbook.retrospect import COIN, retrospect


def _plan(log: list[dict[str, object]], **changes: object) -> Plan:
    """Demand, then a shop: two milestones, no income."""
    return Plan.model_validate(
        {
            "id": "stall",
            "goal": "shop",
            "cash": 40_000,
            "burn_per_week": 1_000,
            "horizon_weeks": 40,
            "milestones": [
                {"id": "demand", "weeks": 2, "cost": 2_000, "pass_rate": 0.5},
                {"id": "shop", "needs": ["demand"], "weeks": 3, "cost": 5_000, "pass_rate": 0.5},
            ],
            "log": log,
            **changes,
        }
    )


FAILED = {"week": 2, "milestone": "demand", "result": "failed", "cash": 36_000}
PASSED = {"week": 4, "milestone": "demand", "result": "passed", "cash": 32_000}


@pytest.mark.parametrize("how", ["exact", "simulated"])
def test_a_logged_plan_is_reported_in_its_own_weeks(how: str):
    """What was reached in week 4 stands in week 4; what may come comes after it."""
    outcomes = play(_plan([FAILED, PASSED]), how=how)
    demand, shop = outcomes.milestones["demand"], outcomes.milestones["shop"]
    assert outcomes.from_week == 4
    assert (demand.reached, demand.weeks[0.5]) == (1.0, 4)
    assert demand.reached_by[3:5].tolist() == [0.0, 1.0]
    assert shop.reached_by[6] == 0.0
    assert shop.reached_by[7] == pytest.approx(0.5, abs=0.02)
    assert outcomes.weekly.weeks[-1] <= 40
    assert outcomes.weekly.bands["cash"][:, 2].tolist() == [36_000.0] * 5
    assert len(outcomes.weekly.weeks) == len(shop.reached_by) == len(demand.reached_by)


@pytest.mark.parametrize("how", ["exact", "simulated"])
def test_from_here_on_equals_the_plan_written_anew(how: str):
    """The chance of the goal is that of a plan with the cash, weeks and chain that are left."""
    anew = _plan([], cash=32_000, horizon_weeks=36, skips=["demand"])
    logged = play(_plan([FAILED, PASSED]), how=how)
    assert logged.fates == play(anew, how=how).fates
    assert logged.mean.week_if_goal == pytest.approx(play(anew, how=how).mean.week_if_goal + 4)


def test_a_failure_lowers_the_odds_and_a_success_raises_them():
    """The forecast of today moves with what was seen."""
    assert retrospect(_plan([FAILED])).moved("goal") < 0
    lucky = {"week": 2, "milestone": "demand", "result": "passed", "cash": 36_000}
    assert retrospect(_plan([lucky])).moved("goal") > 0


def test_the_score_is_the_mean_squared_distance_of_chance_and_fact():
    """Half said and failed: 0.25; then 0.4 said (one failure in) and passed: 0.36."""
    look = retrospect(_plan([FAILED, PASSED]))
    assert [seen.chance for seen in look.attempts] == [0.5, pytest.approx(0.4)]
    assert look.brier == pytest.approx((0.25 + 0.36) / 2)
    assert look.brier > COIN


def test_a_count_is_laid_beside_what_was_foreseen():
    """Exactly as planned lies within; a tenth of it does not."""
    look = retrospect(_plan([FAILED]))
    assert look.counts[0].within is True
    look = retrospect(_plan([{**FAILED, "cash": 3_600}]))
    assert look.counts[0].within is False
    assert look.counts[0].likely == 36_000


def test_a_reached_milestone_knows_how_early_it_was():
    """Reached in week 4, when three quarters were foreseen to be there."""
    look = retrospect(_plan([FAILED, PASSED]))
    assert look.reached[0].foreseen == pytest.approx(0.75)
    assert look.as_json()["reached"][0]["milestone"] == "demand"
    assert list(look.frame().columns) == ["week", "milestone", "chance", "passed"]


def test_a_belief_relied_on_lowers_the_chance_given_to_an_attempt():
    """Skipped at a belief of 0.6, the attempt that relies on it had 0.6 × 0.5."""
    hypothesis = {"id": "need", "tests": {"belief": 0.6}}
    shop = {"id": "shop", "relies_on": ["need"], "weeks": 3, "pass_rate": 0.5}
    log = [{"week": 3, "milestone": "shop", "result": "failed"}]
    plan = _plan(log, milestones=[hypothesis, shop], skips=["need"])
    assert retrospect(plan).attempts[0].chance == pytest.approx(0.3)


def test_simulated_lives_of_a_logged_plan_end_in_the_plans_weeks():
    """No life ends before what has already happened."""
    lives = play(_plan([FAILED, PASSED]), how="simulated", runs=200).lives
    assert lives is not None
    assert lives.end_week.min() > 4
    assert np.all(lives.reached_week[:, 0] == 4)
