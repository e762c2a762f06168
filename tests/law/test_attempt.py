"""What an attempt costs, lasts and may bring, held to closed forms and to what the engines do."""

from __future__ import annotations

import doctest
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.law import (
    Attempt,
    Economy,
    all_fail,
    attempts_on_average,
    chances,
    pass_chance,
    weeks_of_hours,
    whole_weeks,
)
from workbook.law import attempt as attempts
from workbook.luck import spread
from workbook.plan import Milestone, Plan
from workbook.play import play

BURNING = Economy(burn_per_week=100.0)
EVENINGS = Economy(burn_per_week=100.0, hours_per_week=15.0, running_hours_per_week=5.0)


def milestone(**keys) -> Milestone:
    return Milestone.model_validate({"id": "m", **keys})


@pytest.mark.parametrize("module", [attempts, chances], ids=["attempt", "chances"])
def test_the_examples_of_the_law_are_true(module):
    """Every example in a docstring of the law gives what it says."""
    reported = doctest.testmod(module)
    assert reported.attempted > 0
    assert reported.failed == 0


def test_hours_are_charged_by_the_weeks_that_they_last():
    """60 hours at 10 free hours a week are six weeks: 600 at a burn of 100, not 6,000."""
    attempt = Attempt(milestone(hours=60.0), EVENINGS)
    assert (attempt.weeks, attempt.cents_with_burn) == (6.0, 60_000.0)


@pytest.mark.parametrize(
    ("hours", "weeks"), [(1, 1), (10, 1), (10.1, 2), (20, 2), (60, 6), ([5, 25, 95], 3)]
)
def test_hours_are_rounded_up_to_whole_weeks(hours, weeks):
    """An attempt takes ceil(hours / free hours) weeks, of a range by its likely value."""
    assert Attempt(milestone(hours=hours), EVENINGS).weeks == weeks


def test_an_attempt_without_free_hours_never_ends():
    """Where the running business takes every hour, time and burn are endless, its cost is not."""
    tired = Economy(burn_per_week=100.0, hours_per_week=5.0, running_hours_per_week=5.0)
    attempt = Attempt(milestone(hours=60.0, cost=7.0), tired)
    assert (attempt.weeks, attempt.cents_with_burn, attempt.cost_cents) == (inf, inf, 700)
    free = Attempt(milestone(hours=60.0, cost=7.0), Economy())
    assert free.cents_with_burn == 700


@pytest.mark.parametrize(("weeks", "whole"), [(0.2, 1), (1.4, 1), (1.5, 2), (2.5, 3), (3.4, 3)])
def test_half_a_week_is_rounded_up(weeks, whole):
    """Lengths are whole weeks, the nearest, a half up, and at least one."""
    assert Attempt(milestone(weeks=weeks), BURNING).weeks == whole


def test_a_range_has_three_values_for_money_and_time_alike():
    """Least is the low end, likely the middle, mean the average of what is drawn."""
    ranged = milestone(weeks=[1, 2, 3], cost=[100, 200, 600], teams=2)
    least, likely, mean = (Attempt(ranged, BURNING, at) for at in ("least", "likely", "mean"))
    assert (least.cost_cents, likely.cost_cents, mean.cost_cents) == (20_000, 40_000, 60_000)
    assert (least.weeks, likely.weeks) == (1, 2)
    assert mean.weeks == pytest.approx(2.0)


shapes = st.lists(st.floats(0.1, 30), min_size=3, max_size=3).map(sorted).map(tuple)


@given(shapes, st.one_of(st.none(), st.floats(0.5, 40)))
def test_the_mean_length_is_the_average_of_the_whole_weeks_that_are_drawn(range_, free):
    """The mean of a range agrees with the quantiles that the engines draw from, rounded alike."""
    drawn = spread(range_, (np.arange(20_000) + 0.5) / 20_000)
    if free is None:
        found = Attempt(milestone(weeks=range_), BURNING, "mean").weeks
        counted = [whole_weeks(value) for value in drawn]
    else:
        economy = Economy(hours_per_week=free)
        found = Attempt(milestone(hours=range_), economy, "mean").weeks
        counted = [weeks_of_hours(value, free) for value in drawn]
    assert found == pytest.approx(np.mean(counted), abs=0.01)


rates = st.lists(st.floats(0, 1), min_size=1, max_size=4)


@given(rates, st.integers(1, 12))
def test_attempts_in_a_row_follow_their_listed_rates(rates, limit):
    """Attempts on average are the sum of the chances to get that far, added one by one."""
    alive, made = 1.0, 0.0
    for n in range(limit):
        made += alive
        alive *= 1 - rates[min(n, len(rates) - 1)]
    assert attempts_on_average(rates, limit) == pytest.approx(made)
    assert all_fail(rates, limit) == pytest.approx(alive, abs=1e-12)


@pytest.mark.parametrize(
    ("rates", "tries"), [([0.25], 4.0), ([0.5, 1.0], 1.5), ([0.0], inf), ([1.0, 0.0], 1.0)]
)
def test_attempts_without_a_limit_go_on_until_one_passes(rates, tries):
    """Without a limit it is the mean of the geometric distribution; endless where none passes."""
    assert attempts_on_average(rates) == tries


def test_a_race_passes_if_any_team_does():
    """Three teams at one half each fail together in one of eight attempts."""
    raced = milestone(pass_rate=[0.5, 0.0], teams=3)
    assert (pass_chance(raced), pass_chance(raced, 9)) == (0.875, 0.0)


def test_a_test_says_yes_rightly_or_wrongly():
    """Belief 0.6 with a chance of 0.9 if true, 0.1 if false: yes in 0.58, then no redesign."""
    tests = {"belief": 0.6, "if_true": 0.9, "if_false": 0.1, "redesign": {"weeks": 2, "cost": 10}}
    attempt = Attempt(milestone(cost=5, tests=tests), BURNING)
    assert attempt.chance == pytest.approx(0.58)
    assert attempt.expected_cents == pytest.approx(10_500 + 0.42 * 21_000)
    assert attempt.expected_weeks == pytest.approx(1 + 0.42 * 2)
    assert (attempt.reached, attempt.tries) == (1.0, 1.0)


@pytest.mark.parametrize(
    "keys",
    [
        {"weeks": 2, "cost": 30, "pass_rate": 0.4},
        {"weeks": 1, "cost": 30, "pass_rate": [0.2, 0.5], "attempts": 3, "teams": 2},
        {"hours": 25, "cost": 8, "pass_rate": 0.5, "attempts": 4},
        {"weeks": 2, "tests": {"belief": 0.7, "redesign": {"weeks": 3, "cost": 50}}},
    ],
)
def test_what_is_expected_of_one_milestone_is_what_the_exact_engine_pays(keys):
    """A plan of one milestone with money enough pays and lasts on average what the law expects."""
    data = {"id": "one", "goal": "m", "cash": 1e9, "burn_per_week": 100, "hours_per_week": 10}
    plan = Plan.model_validate({**data, "horizon_weeks": 900, "milestones": [{"id": "m", **keys}]})
    played = play(plan, how="exact")
    attempt = Attempt.at_start(plan, plan.milestones[0])
    weeks = float(played.weekly.under_way[:-1].sum())
    assert weeks == pytest.approx(attempt.expected_weeks, rel=1e-6)
    assert played.mean.spend * 100 + weeks * 10_000 == pytest.approx(attempt.expected_cents)
    assert played.fates["goal"] == pytest.approx(attempt.reached)


def test_the_mean_of_ranges_is_what_the_simulated_engine_pays():
    """Over 20,000 lives, ranges of money and time cost what their mean says, within the error."""
    keys = {"weeks": [1, 2, 6], "cost": [10, 20, 90], "pass_rate": 0.5}
    data = {"id": "one", "goal": "m", "cash": 1e9, "burn_per_week": 100, "horizon_weeks": 300}
    plan = Plan.model_validate({**data, "milestones": [{"id": "m", **keys}]})
    lives = play(plan, runs=20_000, seed=3, how="simulated").lives
    assert lives is not None
    expected = Attempt.at_start(plan, plan.milestones[0], "mean")
    for found, wanted in (
        (lives.end_week, expected.expected_weeks),
        (lives.spent + 100 * lives.end_week, expected.expected_cents / 100),
    ):
        assert abs(found.mean() - wanted) < 4 * found.std() / np.sqrt(len(found))
