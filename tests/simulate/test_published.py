"""Results that others have published, come out of a plan."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, stats

from workbook import simulate
from workbook.outcomes import FATES, Outcomes
from workbook.plan import Plan

RUNS = 20_000


def play(*milestones: dict, goal: str, **plan) -> Outcomes:
    whole = {"id": "published", "goal": goal, "milestones": milestones, **plan}
    return simulate.play(Plan.model_validate(whole), runs=RUNS, seed=2)


def end_weeks(outcomes: Outcomes) -> np.ndarray:
    return outcomes.lives.end_week[outcomes.lives.fate == FATES.index("goal")]


@pytest.mark.parametrize("paths", [1, 2, 5])
def test_merge_bias_of_parallel_paths(paths):
    """Where paths meet, the mean is later than the longest mean path.

    MacCrimmon & Ryavec, "An analytical study of the PERT assumptions", Operations Research 12
    (1964): the mean of the maximum of independent triangular times, here by quadrature.
    """
    low, likely, high = 100.0, 200.0, 600.0  # long, so that whole weeks hardly round
    shape = stats.triang((likely - low) / (high - low), loc=low, scale=high - low)
    later = integrate.quad(lambda week: 1 - shape.cdf(week) ** paths, 0, high)[0]
    work = [{"id": f"p{n}", "weeks": (low, likely, high)} for n in range(paths)]
    meet = {"id": "meet", "needs": [f"p{n}" for n in range(paths)], "weeks": 1.0}
    outcomes = play(*work, meet, goal="meet", teams=paths, horizon_weeks=1000)
    weeks = end_weeks(outcomes) - 1.0
    error = weeks.std() / np.sqrt(RUNS)
    assert weeks.mean() == pytest.approx(later + 0.5, abs=4 * error)  # half a week: rounding up


def test_the_mean_of_a_pert_estimate():
    """(low + 4 likely + high) / 6.

    Malcolm, Roseboom, Clark & Fazar, "Application of a technique for research and development
    program evaluation", Operations Research 7 (1959).
    """
    work = {"id": "a", "weeks": (100.0, 200.0, 600.0)}
    plan = Plan.model_validate(
        {"id": "pert", "goal": "a", "horizon_weeks": 1000, "milestones": [work]}
    )
    weeks = simulate.play(plan, runs=RUNS, shape="pert").lives.end_week
    error = weeks.std() / np.sqrt(RUNS)
    assert weeks.mean() == pytest.approx((100 + 4 * 200 + 600) / 6 + 0.5, abs=4 * error)


@pytest.mark.parametrize("teams", [1, 2, 4])
def test_parallel_teams_fail_together_only(teams):
    """All of k independent approaches fail with (1 − p)^k, and all k are paid.

    Nelson, "Uncertainty, learning, and the economics of parallel research and development
    efforts", Review of Economics and Statistics 43 (1961); Abernathy & Rosenbloom, "Parallel
    strategies in development projects", Management Science 15 (1969).
    """
    race = {"id": "a", "pass_rate": 0.2, "teams": teams, "cost": 10.0, "attempts": 1}
    outcomes = play(race, goal="a", cash=100.0)
    sure = 1 - 0.8**teams
    assert outcomes.fates["goal"] == pytest.approx(sure, abs=4 * np.sqrt(sure * (1 - sure) / RUNS))
    assert outcomes.mean.spend == pytest.approx(10.0 * teams)


def test_sequential_trials_cost_less_and_take_longer_than_parallel_ones():
    """The trade of Abernathy & Rosenbloom (1969): one after the other, one stops at the first.

    Three tries at 0.4 in sequence cost 1 + 0.6 + 0.36 on average; in parallel always 3, but the
    answer stands after one.
    """
    one_by_one = {"id": "a", "pass_rate": 0.4, "attempts": 3, "cost": 10.0, "weeks": 2.0}
    at_once = one_by_one | {"attempts": 1, "teams": 3}
    sequence, parallel = (play(work, goal="a", cash=100.0) for work in (one_by_one, at_once))
    assert sequence.fates["goal"] == pytest.approx(parallel.fates["goal"], abs=0.02)
    assert sequence.mean.spend == pytest.approx(10 * (1 + 0.6 + 0.36), abs=0.25)
    assert parallel.mean.spend == 30.0
    assert set(end_weeks(parallel)) == {2}
    assert set(end_weeks(sequence)) == {2, 4, 6}


def test_attempts_until_the_first_pass_are_geometric():
    """Feller, An Introduction to Probability Theory I (1968), ch. VI: P(n) = q^(n − 1) p."""
    weeks = end_weeks(play({"id": "a", "pass_rate": 0.3}, goal="a", horizon_weeks=200))
    seen = np.bincount(weeks, minlength=9)[1:9]
    wanted = RUNS * 0.3 * 0.7 ** np.arange(8)
    seen, wanted = np.append(seen, RUNS - seen.sum()), np.append(wanted, RUNS - wanted.sum())
    assert stats.chisquare(seen, wanted).pvalue > 0.001
