"""What a user may count on: repeatable, extendable, bounded, and unharmed by odd plans."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given

from any_plan import plans
from examples import by_hand, examples
from workbook import simulate
from workbook.errors import InputError
from workbook.plan import Plan

HERE = str(Path(__file__).parent)
LIVES = ("fate", "end_week", "cash", "spent", "died_in", "reached_week", "attempts", "owing")


def line(length: int, **plan) -> Plan:
    """A chain of so many milestones, one behind the other."""
    milestones = [
        {"id": f"m{n}", "needs": [f"m{n - 1}"] if n else [], "pass_rate": 0.8, "cost": 1.0}
        for n in range(length)
    ]
    whole = {"id": "line", "goal": f"m{length - 1}", "cash": 5000.0, "milestones": milestones}
    return Plan.model_validate(whole | plan)


@examples(40, suppress_health_check=list(HealthCheck))
@given(plans())
def test_the_same_seed_gives_the_same_bytes_and_more_runs_keep_the_earlier(plan_and_choices):
    """Twice the same; and the first lives of a longer simulation are those of a shorter one."""
    plan, choices = plan_and_choices
    short, again = (simulate.play(plan, choices, runs=30, seed=9).lives for _ in range(2))
    long = simulate.play(plan, choices, runs=90, seed=9).lives
    for name in LIVES:
        assert getattr(short, name).tobytes() == getattr(again, name).tobytes()
        assert getattr(short, name).tobytes() == getattr(long, name)[:30].tobytes()


def test_another_seed_is_another_luck():
    """Or else every forecast would be one sample in disguise."""
    one, other = (simulate.play(line(3), runs=200, seed=seed).lives for seed in (1, 2))
    assert (one.end_week != other.end_week).any()


def test_no_milestones_and_a_business_that_breaks_even_is_at_its_goal_at_once():
    """Week 0, before anything is paid."""
    plan = Plan(id="even", goal="breakeven", burn_per_week=5.0, revenue_per_week=5.0, cash=0.0)
    outcomes = simulate.play(plan, runs=10)
    assert (outcomes.fates["goal"], outcomes.mean.week_if_goal) == (1.0, 0.0)


def test_nothing_left_to_attempt_and_nothing_used_up_is_not_stuck():
    """The bills go on: two weeks can be paid, the third cannot."""
    plan = Plan(id="odd", goal="breakeven", burn_per_week=5.0, cash=10.0)
    outcomes = simulate.play(plan, runs=10)
    assert (outcomes.fates["ruin"], outcomes.mean.week_if_ruin) == (1.0, 3)


def test_zero_cash_and_zero_burn_still_reach_what_costs_nothing():
    """Exactly nothing is enough for what is free."""
    free = Plan.model_validate({"id": "f", "goal": "a", "cash": 0.0, "milestones": [{"id": "a"}]})
    assert simulate.play(free, runs=10).fates["goal"] == 1.0


def test_two_hundred_milestones_in_a_line_are_answered():
    """Two thousand lives."""
    outcomes = simulate.play(line(200, horizon_weeks=400), runs=2000)
    assert outcomes.fates["goal"] > 0.9


@pytest.mark.parametrize(("teams", "weeks"), [(1, 200.0), (20, 10.0)])
def test_two_hundred_milestones_in_a_lattice_are_answered(teams, weeks):
    """Ten rows of twenty, each milestone needs two of the row before; one row a week at most."""
    milestones = [
        {"id": f"m{n}", "needs": [f"m{n - 20 + d}" for d in (0, 1) if 0 <= n - 20 + d < n - n % 20]}
        for n in range(200)
    ]
    plan = {"id": "lattice", "goal": "m199", "teams": teams, "horizon_weeks": 300}
    lattice = Plan.model_validate(plan | {"milestones": milestones})
    outcomes = simulate.play(lattice, runs=2000)
    assert outcomes.mean.week_if_goal == weeks


@pytest.mark.slow
@pytest.mark.parametrize("teams", [1, 2])
@pytest.mark.parametrize(("rate", "fate"), [(0.0, "open"), (1e-9, "open"), (0.01, "goal")])
def test_ten_thousand_weeks_are_played_to_the_end(teams, rate, fate):
    """The longest horizon that a plan may have, whether nothing, hardly anything or much passes."""
    never = {"id": "never", "pass_rate": rate}
    plan = {"id": "long", "goal": "never", "horizon_weeks": 10_000, "milestones": [never]}
    outcomes = simulate.play(Plan.model_validate(plan | {"teams": teams}), runs=500)
    assert outcomes.fates[fate] == 1.0
    assert len(outcomes.weekly.weeks) == 10_001


@pytest.mark.parametrize("weeks", by_hand([104, 520]))
def test_a_hundred_thousand_lives_fit_into_a_gigabyte(weeks):
    """Of twelve milestones, over two years and over ten: measured in a process of its own."""
    status = Path("/proc/self/status")  # `ru_maxrss` would be that of pytest, which it inherits
    if not status.is_file():
        pytest.skip("only Linux tells the most memory that a process ever took")
    program = (
        "from test_promises import line\n"
        "from workbook import simulate\n"
        f"simulate.play(line(12, horizon_weeks={weeks}, burn_per_week=1.0), runs=100_000)\n"
        f"lines = open({str(status)!r}).read().splitlines()\n"
        "most = next(line for line in lines if line.startswith('VmHWM'))\n"
        "print(int(most.split()[1]) // 1024)\n"
    )
    reported = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([HERE, str(Path(HERE).parent)])},
    )
    assert int(reported.stdout) < 1000


@pytest.mark.parametrize("runs", [0, -1, 10**9])
def test_a_number_of_runs_that_cannot_be_had_is_a_fault(runs):
    """With the limit named."""
    with pytest.raises(InputError, match="choose from 1 to"):
        simulate.play(line(3), runs=runs)


def test_quantiles_of_milestones_count_every_life():
    """Nobody who failed is left out: where fewer than 8 in 10 get there, there is no 80%."""
    plan = Plan.model_validate(
        {"id": "q", "goal": "a", "milestones": [{"id": "a", "pass_rate": 0.6, "attempts": 1}]}
    )
    milestone = simulate.play(plan, runs=1000).milestones["a"]
    assert milestone.weeks == {0.5: 1, 0.8: None, 0.9: None}
    assert milestone.reached_by[-1] == milestone.reached
    assert milestone.stuck_here == pytest.approx(1 - milestone.reached)


def test_cash_needed_is_what_has_gone_in_with_all_cheques_counted():
    """Start cash and cheques less the cash at hand: what was paid, where nothing was earned."""
    milestones = [
        {"id": "a", "weeks": 2.0, "cost": 30.0, "gives": {"funding": {"amount": 500.0}}},
        {"id": "b", "needs": ["a"], "cost": 100.0},
    ]
    plan = Plan.model_validate(
        {"id": "c", "goal": "b", "cash": 60.0, "burn_per_week": 10.0, "milestones": milestones}
    )
    found = simulate.play(plan, runs=10).milestones
    assert (found["a"].cash[0.5], found["b"].cash[0.5]) == (50.0, 160.0)
    assert np.isclose(found["b"].attempts, 1.0)
