"""Each rule of a week by itself: plans so small that one broken rule changes the answer."""

from __future__ import annotations

import numpy as np
import pytest

from workbook import simulate
from workbook.outcomes import FATES, Outcomes
from workbook.plan import Plan


def play(*milestones: dict, runs: int = 20, choices: dict | None = None, **plan) -> Outcomes:
    """Simulate an invented plan whose goal is its last milestone."""
    goal = milestones[-1]["id"] if milestones else "breakeven"
    whole = {"id": "rule", "goal": goal, "milestones": milestones, **plan}
    return simulate.play(Plan.model_validate(whole), choices, runs=runs, seed=5)


def cash_by_week(outcomes: Outcomes) -> list[float]:
    """The median of cash; all lives are alike where nothing is left to chance."""
    return outcomes.weekly.bands["cash"][2].tolist()


def sure(id: str, weeks: float = 1.0, cost: float = 0.0, **more) -> dict:
    return {"id": id, "weeks": weeks, "cost": cost, "pass_rate": 1.0, **more}


FUNDED = {"funding": {"amount": 1000.0}}


def test_bills_come_before_cheques():
    """A cheque at the end of the week cannot pay that week's burn."""
    outcomes = play(sure("a", gives=FUNDED), sure("b"), cash=99.0, burn_per_week=100.0)
    assert outcomes.fates["ruin"] == 1.0
    assert outcomes.mean.week_if_ruin == 1.0


def test_exactly_zero_survives():
    """One cent more than in the test above, and the cheque comes in time."""
    outcomes = play(sure("a", gives=FUNDED), sure("b"), cash=100.0, burn_per_week=100.0)
    assert outcomes.fates["goal"] == 1.0
    assert cash_by_week(outcomes)[:2] == [100.0, 1000.0]


def test_a_cheque_comes_when_its_lag_is_over():
    """Reached in week 1, lag 2: in the account at the end of week 3, and not before."""
    gives = {"funding": {"amount": 1000.0, "lag_weeks": 2}}
    outcomes = play(sure("a", gives=gives), sure("b", weeks=6.0), cash=50.0, burn_per_week=10.0)
    assert cash_by_week(outcomes)[:5] == [50.0, 40.0, 30.0, 1020.0, 1010.0]


def test_a_ruined_life_is_frozen():
    """The cheque that was on its way when the money died does not raise the dead."""
    gives = {"funding": {"amount": 1000.0, "lag_weeks": 3}}
    outcomes = play(sure("a", gives=gives), sure("b", weeks=6.0), cash=15.0, burn_per_week=10.0)
    assert outcomes.fates["ruin"] == 1.0
    assert set(outcomes.lives.cash) == {-5.0}
    assert set(outcomes.lives.end_week) == {2}
    assert set(outcomes.lives.died_in) == {1}


def test_burn_is_charged_once_a_week_whatever_is_under_way():
    """Three teams at work burn no more than one."""
    work = [sure(id, weeks=4.0) for id in "abc"]
    outcomes = play(*work, teams=3, cash=100.0, burn_per_week=10.0)
    assert cash_by_week(outcomes)[1:4] == [90.0, 80.0, 70.0]


def test_effects_count_from_the_week_after():
    """A milestone reached in week 2 sells from week 3 on."""
    gives = {"revenue_per_week": 50.0}
    outcomes = play(sure("a", weeks=2.0, gives=gives), sure("b", weeks=9.0), cash=0.0)
    assert cash_by_week(outcomes)[:5] == [0.0, 0.0, 0.0, 50.0, 100.0]


@pytest.mark.parametrize("teams", [1, 2])
def test_what_is_too_late_is_never_begun(teams):
    """Its deadline passed before what it needs was reached: nothing is paid for it any more."""
    late = sure("late", cost=10.0, needs=["a"], by_week=2)
    outcomes = play(sure("a", weeks=3.0), late, sure("b", needs=["a"]), teams=teams, cash=100.0)
    assert set(outcomes.lives.spent) == {0.0}
    assert set(outcomes.lives.end_week) == {4}


def test_what_cannot_be_paid_blocks_what_stands_behind_it():
    """The dear milestone comes first in the plan: the cheap one behind it waits with it."""
    dear, cheap = sure("dear", cost=100.0), sure("cheap", cost=1.0)
    outcomes = play(dear, cheap, cash=40.0, revenue_per_week=20.0)
    assert set(outcomes.lives.reached_week[:, 0]) == {4}
    assert set(outcomes.lives.reached_week[:, 1]) == {5}


def test_unaffordable_with_nothing_to_come_is_ruin_at_once():
    """No revenue above burn, nothing due, nothing under way: no need to wait for zero."""
    outcomes = play(sure("dear", cost=100.0), cash=40.0)
    assert (outcomes.fates["ruin"], outcomes.mean.week_if_ruin) == (1.0, 1.0)
    assert outcomes.milestones["dear"].died_here == 1.0


def test_a_cheque_on_its_way_is_waited_for():
    """The same, but money is due: wait the weeks out, then pay."""
    gives = {"funding": {"amount": 100.0, "lag_weeks": 3}}
    outcomes = play(sure("a", gives=gives), sure("dear", cost=100.0), cash=40.0)
    assert set(outcomes.lives.reached_week[:, 1]) == {5}


def test_truth_is_drawn_once_a_life():
    """Two milestones rely on one untested belief: both stand or both fall, never by halves."""
    hypothesis = {"id": "h", "tests": {"belief": 0.5, "redesign": {"cost": 1e6}}}
    relying = [sure(id, relies_on=["h"], attempts=1) for id in "ab"]
    outcomes = play(hypothesis, *relying, skips=["h"], runs=4000, cash=100.0)
    reached = outcomes.lives.reached_week
    assert outcomes.fates["goal"] == pytest.approx(0.5, abs=0.035)
    assert not ((reached[:, 1] < 0) & (reached[:, 2] >= 0)).any()


def test_an_untrue_hypothesis_costs_its_redesign_and_one_attempt():
    """Fail once for sure (2 weeks), redesign (3 weeks), then pass (2 weeks)."""
    redesign = {"weeks": 3, "cost": 70.0}
    hypothesis = {"id": "h", "tests": {"belief": 0.0, "redesign": redesign}}
    relying = sure("a", weeks=2.0, cost=10.0, relies_on=["h"])
    outcomes = play(hypothesis, relying, skips=["h"], cash=100.0)
    assert set(outcomes.lives.end_week) == {7}
    assert set(outcomes.lives.spent) == {90.0}
    assert set(outcomes.lives.attempts[:, 1]) == {2}


def test_a_return_that_cannot_be_paid_is_ruin_and_owed():
    """Walked around, untrue, and no money to come back: the life says what it owed."""
    hypothesis = {"id": "h", "tests": {"belief": 0.0, "redesign": {"weeks": 3, "cost": 95.0}}}
    relying = sure("a", cost=10.0, relies_on=["h"])
    outcomes = play(hypothesis, relying, skips=["h"], cash=100.0)
    assert outcomes.fates["ruin"] == 1.0
    assert set(outcomes.lives.owing) == {0}


def test_a_race_passes_if_any_team_does_and_every_team_is_paid():
    """Three teams at 0.3: 1 − 0.7³ at the first attempt, at three times the cost."""
    racing = {"id": "a", "pass_rate": 0.3, "teams": 3, "cost": 10.0, "attempts": 1}
    outcomes = play(racing, cash=100.0, runs=10_000)
    assert outcomes.fates["goal"] == pytest.approx(1 - 0.7**3, abs=0.02)
    assert set(outcomes.lives.spent) == {30.0}


def test_attempts_that_are_used_up_leave_one_stuck():
    """Money is left, but there is nothing left to attempt."""
    outcomes = play({"id": "a", "pass_rate": 0.0, "attempts": 3}, cash=1.0)
    assert outcomes.fates["stuck"] == 1.0
    assert set(outcomes.lives.end_week) == {3}


def test_hours_stretch_work_and_a_deadline_takes_the_place_of_ruin():
    """20 hours of work at 10 a week less 4 for the business: 4 weeks; no cash, no ruin."""
    work = {"id": "a", "hours": 20.0, "cost": 50.0}
    plan = {"hours_per_week": 10.0, "running_hours_per_week": 4.0}
    assert set(play(work, **plan).lives.end_week) == {4}
    assert play(work, **plan, horizon_weeks=3).fates["open"] == 1.0


def test_a_loan_is_paid_back_whatever_has_happened():
    """Borrowed in week 1, due in week 4: then the cash is gone."""
    option = {"id": "borrow", "loan": {"amount": 100.0, "repay": 120.0, "repay_after_weeks": 3}}
    fork = {"id": "gap", "at": {"cash_below": 50.0}, "options": [option]}
    outcomes = play(
        sure("a", weeks=9.0), cash=40.0, burn_per_week=10.0, forks=[fork], choices={"gap": "borrow"}
    )
    assert cash_by_week(outcomes)[:4] == [40.0, 130.0, 120.0, 110.0]
    assert set(outcomes.lives.end_week) == {4}
    assert set(outcomes.lives.cash) == {-20.0}


def test_waiting_stops_work_and_lowers_the_burn():
    """Money comes for sure at the end of the first week of waiting; work starts in the next."""
    option = {"id": "wait", "wait": {"burn_per_week": 1.0, "chance_per_week": 1.0, "amount": 99.0}}
    fork = {"id": "gap", "at": {"milestone": "a"}, "options": [option]}
    outcomes = play(
        sure("a", cost=90.0), cash=5.0, burn_per_week=4.0, forks=[fork], choices={"gap": "wait"}
    )
    assert cash_by_week(outcomes)[:2] == [5.0, 103.0]
    assert set(outcomes.lives.end_week) == {2}


def test_money_is_counted_in_cents():
    """A hundred payments of ten cents are ten, not ten and a bit."""
    outcomes = play(sure("a", weeks=100.0), cash=10.0, burn_per_week=0.1, horizon_weeks=100)
    assert outcomes.fates["goal"] == 1.0
    assert set(outcomes.lives.cash) == {0.0}


def test_each_attempt_draws_its_own_length_and_cost():
    """Three attempts of 1 to 9 weeks: seldom three times the same, and about three means long."""
    outcomes = play(
        {
            "id": "a",
            "weeks": (1.0, 3.0, 9.0),
            "cost": (5.0, 6.0, 9.0),
            "pass_rate": (0.0, 0.0, 1.0),
        },
        runs=500,
    )
    lives = outcomes.lives
    assert (lives.end_week % 3 != 0).mean() > 0.5
    assert lives.end_week.mean() == pytest.approx(3 * (1 + 3 + 9) / 3, abs=0.5)
    assert lives.spent.mean() == pytest.approx(3 * (5 + 6 + 9) / 3, abs=0.3)


def test_a_length_is_the_nearest_whole_week_so_that_likely_stays_likely():
    """1, 2 or 4 weeks: two are the commonest and the middle one, and one week does happen."""
    lives = play({"id": "a", "weeks": (1.0, 2.0, 4.0)}, runs=4_000).lives
    weeks, counts = np.unique(lives.end_week, return_counts=True)
    assert weeks.tolist() == [1, 2, 3, 4]
    assert counts.argmax() == 1
    assert np.median(lives.end_week) == 2


def test_bands_are_over_those_under_way_and_the_share_says_how_many():
    """Fates so far and those under way add up to everyone, each week."""
    chancy = {"id": "a", "weeks": 2.0, "cost": 5.0, "pass_rate": 0.3}
    weekly = play(chancy, cash=30.0, burn_per_week=1.0, runs=500).weekly
    ended = sum(weekly.fates[fate] for fate in FATES if fate != "open")
    assert np.allclose(ended + weekly.under_way, 1.0)
    assert (np.isnan(weekly.bands["cash"][0]) == (weekly.under_way == 0)).all()
