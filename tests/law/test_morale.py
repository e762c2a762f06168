"""Morale: failures in a row make later attempts longer, small wins make them short again."""

from __future__ import annotations

import numpy as np
import pytest

from workbook.exact import refusal
from workbook.life import Luck, live
from workbook.outcomes import FATES
from workbook.plan import Plan
from workbook.play import play
from workbook.present import present
from workbook.simulate import play as simulate

P = 0.3
MORALE = {"start": 60, "falls_by": 15, "rises_by": 40, "low_below": 40, "rounds_longer": 1.5}


def plan_of(morale=MORALE, **keys):
    """A plan of one attempt of two weeks that passes three times in ten."""
    work = {"id": "work", "weeks": 2, "cost": 10.0, "pass_rate": P}
    whole = {"id": "p", "goal": "work", "cash": 9000.0, "horizon_weeks": 40, "milestones": [work]}
    return Plan.model_validate({**whole, "morale": morale, **keys})


def test_the_third_attempt_in_a_row_takes_longer():
    """60 points less 15 and 15 are under 40: attempts last 2, 2, 3, 3, … weeks, in closed form."""
    runs = 20_000
    lives = simulate(plan_of(), runs=runs, seed=5).lives
    weeks = lives.end_week[lives.fate == FATES.index("goal")]
    ends = np.cumsum([2, 2, *([3] * 12)])
    chances = P * (1 - P) ** np.arange(14)
    assert set(np.unique(weeks)) <= set(ends[ends <= 40].tolist())
    for end, chance in zip(ends[:6], chances, strict=False):
        error = np.sqrt(chance * (1 - chance) / runs)
        assert abs((weeks == end).sum() / runs - chance) < 4 * error


def test_any_passed_proof_lifts_it_again():
    """A small win in between: without it the last attempt takes three weeks, with it two."""
    certain = {"weeks": 1, "pass_rate": 1.0}
    lost = {"id": "lost", "weeks": 1, "pass_rate": 0.0, "attempts": 2, "necessary": False}
    goal = {"id": "goal", "needs": [], **certain, "weeks": 2}
    small = {"id": "small", **certain}
    for chain, weeks in (([lost, goal], 2 + 3), ([lost, small, goal], 2 + 2 + 2)):
        plan = plan_of(goal="goal", milestones=chain)
        assert live(plan, Luck(1, 0)).week == weeks, [m["id"] for m in chain]
        assert play(plan, runs=20).mean.week_if_goal == weeks


def test_points_stay_between_0_and_100_and_a_week_counts_as_a_whole():
    """One team passes and one fails in a week, with 100 points: no change, in any order."""
    one = {"id": "one", "weeks": 1, "pass_rate": 1.0, "necessary": False}
    two = {"id": "two", "weeks": 1, "pass_rate": 0.0, "attempts": 1, "necessary": False}
    goal = {"id": "goal", "weeks": 2, "pass_rate": 1.0, "needs": ["one"]}
    full = {**MORALE, "start": 100, "rises_by": 15, "low_below": 100}
    for chain in ([one, two, goal], [two, one, goal]):
        for rises, weeks in ((15, 2), (14, 3)):
            plan = plan_of({**full, "rises_by": rises}, goal="goal", teams=2, milestones=chain)
            assert live(plan, Luck(1, 0)).week == 1 + weeks
            assert play(plan, runs=20).mean.week_if_goal == 1 + weeks


def test_a_redesign_and_hours_have_their_own_length():
    """Low from the start, four weeks of hours are six; the redesign after a failed test is not."""
    tests = {"belief": 0.0, "redesign": {"weeks": 3}}
    test = {"id": "test", "hours": 40.0, "tests": tests}
    plan = plan_of(
        {**MORALE, "start": 0}, goal="test", milestones=[test], hours_per_week=10.0, cash=None
    )
    assert live(plan, Luck(1, 0)).week == 6 + 3
    assert play(plan, runs=20).mean.week_if_goal == 6 + 3


@pytest.mark.parametrize("factor", [1.0, 10.0])
def test_without_the_line_it_changes_nothing(factor):
    """Never low, or rounds as long as ever: the same lives as without morale."""
    never = {**MORALE, "low_below": 0 if factor > 1 else 100, "rounds_longer": factor}
    with_it, without = (simulate(plan_of(m), runs=500, seed=2).lives for m in (never, None))
    assert (with_it.end_week == without.end_week).all()
    assert (with_it.cash == without.cash).all()


def test_exact_play_refuses_and_the_plan_is_simulated():
    """Asked for any answer the plan is simulated; asked for an exact one the reason is named."""
    assert play(plan_of(), runs=50).how == "simulated"
    assert play(plan_of(None), runs=50).how == "exact"
    assert "alike" in str(refusal(plan_of()).template)


def test_a_log_goes_on_with_the_points_that_are_left():
    """Two failures in the log leave 30 of 60 points: the next attempt takes three weeks."""
    log = [{"week": week, "milestone": "work", "result": "failed"} for week in (2, 4)]
    now = present(plan_of(log=log)).plan
    assert now.morale.start == 30
    first = simulate(now, runs=200, seed=1).lives.end_week.min()
    assert first == 3


def test_a_redesign_after_a_log_is_not_lengthened_by_low_morale():
    """The test has failed in week 2 and morale is low: the four weeks of the redesign stay four."""
    redesign = {"weeks": 4, "cost": 0}
    tests = {"belief": 0.5, "if_true": 1.0, "if_false": 0.0, "redesign": redesign}
    data = {
        **{"plan": 1, "id": "p", "goal": "it", "horizon_weeks": 60, "cash": 9.0},
        "milestones": [{"id": "it", "weeks": 2, "tests": tests}],
        "morale": {"start": 40, "falls_by": 30, "low_below": 35, "rounds_longer": 3.0},
        "log": [{"week": 2, "milestone": "it", "result": "failed"}],
    }
    plan = Plan.model_validate(data)
    assert play(plan, runs=20).mean.week_if_goal == 6
    assert live(present(plan).plan, Luck(1, 0)).week == 4
