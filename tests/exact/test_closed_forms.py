"""The exact engine against formulas that stand in books."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from workbook import exact
from workbook.plan import Plan

NEAR = {"abs": 1e-10, "rel": 1e-10}


def line(*milestones, **plan):
    """A plan whose milestones are in a line, the last one the goal."""
    made = [
        {"id": f"m{n}", "needs": [f"m{n - 1}"] if n else [], **milestone}
        for n, milestone in enumerate(milestones)
    ]
    frame = {"id": "line", "goal": made[-1]["id"], "horizon_weeks": 60}
    return Plan.model_validate({**frame, **plan, "milestones": made})


@pytest.mark.parametrize(("stages", "rate"), [(1, 0.5), (3, 0.3), (7, 0.8)])
def test_equal_milestones_finish_by_the_negative_binomial(stages, rate):
    """k milestones of one week and equal pass rate: finished by week t as the formula says."""
    played = exact.play(line(*[{"pass_rate": rate}] * stages))
    weeks = np.arange(61)
    expected = stats.nbinom.cdf(weeks - stages, stages, rate)
    assert played.weekly.fates["goal"] == pytest.approx(expected, **NEAR)
    assert played.milestones["m0"].reached_by == pytest.approx(stats.geom.cdf(weeks, rate), **NEAR)


def test_different_milestones_finish_by_the_convolution_of_their_waits():
    """Milestones of different length and pass rate: the sum of independent waiting times."""
    parts = [(2, 0.3), (3, 0.7), (1, 0.15)]
    total = np.array([1.0])
    for weeks, rate in parts:
        wait = np.zeros(101)
        wait[weeks::weeks] = stats.geom.pmf(np.arange(1, 100 // weeks + 1), rate)
        total = np.convolve(total, wait)[:101]
    milestones = [{"weeks": weeks, "pass_rate": rate} for weeks, rate in parts]
    played = exact.play(line(*milestones, horizon_weeks=100))
    assert played.weekly.fates["goal"] == pytest.approx(np.cumsum(total), **NEAR)


@pytest.mark.parametrize("limit", [1, 3, 8])
def test_a_limit_of_attempts_truncates_the_geometric(limit):
    """With n attempts: stuck with (1 − p)^n, and the mean number of attempts of the formula."""
    played = exact.play(line({"pass_rate": 0.3, "attempts": limit}))
    assert played.fates["stuck"] == pytest.approx(0.7**limit, **NEAR)
    assert played.milestones["m0"].stuck_here == pytest.approx(0.7**limit, **NEAR)
    assert played.milestones["m0"].attempts == pytest.approx((1 - 0.7**limit) / 0.3, **NEAR)


def test_pass_rates_by_attempt_are_taken_in_turn_and_the_last_repeats():
    """Rates 0.2, 0.5, 0.5, …: reached by attempt n with 1 − 0.8 · 0.5^(n−1)."""
    played = exact.play(line({"pass_rate": (0.2, 0.5)}))
    n = np.arange(1, 61)
    expected = 1 - 0.8 * 0.5 ** (n - 1)
    assert played.milestones["m0"].reached_by[1:] == pytest.approx(expected, **NEAR)


@pytest.mark.parametrize("affordable", [1, 4, 9])
def test_cash_for_k_attempts_is_ruin_after_k_failures(affordable):
    """Cash that covers exactly k attempts: the goal with 1 − (1 − p)^k, ruin otherwise."""
    played = exact.play(line({"cost": 7.5, "pass_rate": 0.25}, cash=7.5 * affordable))
    assert played.fates["goal"] == pytest.approx(1 - 0.75**affordable, **NEAR)
    assert played.fates["ruin"] == pytest.approx(0.75**affordable, **NEAR)


def test_a_budget_over_a_chain_is_the_negative_binomial():
    """k milestones at the same cost and a budget of n attempts: P(sum of geometrics ≤ n)."""
    played = exact.play(line(*[{"cost": 100.0, "pass_rate": 0.4}] * 5, cash=1200.0))
    assert played.fates["goal"] == pytest.approx(stats.nbinom.cdf(12 - 5, 5, 0.4), **NEAR)


@pytest.mark.parametrize("rate", [0.3, 0.5, 0.6])
def test_a_true_gamblers_ruin(rate):
    """Steps of +1 and −1 until ruin or the target: the classical formula.

    Each step is a milestone that passes for sure, costs one unit and brings two with a chance; a
    gambler who stops at the target is one for whom it is reached within the steps, so the walk
    with an upper wall is checked through the first ruin within n steps instead: by recursion.
    """
    stake, steps = 5, 40
    bets = [{"cost": 1.0, "gives": {"funding": {"amount": 2.0, "chance": rate}}}] * steps
    played = exact.play(line(*bets, cash=float(stake)))
    # first passage to 0 at step n has chance stake/n · P(walk is at 0 after n) (ballot theorem)
    n = np.arange(stake, steps, 2)
    ruined = stake / n * stats.binom.pmf((n - stake) // 2, n, rate)
    assert played.fates["ruin"] == pytest.approx(ruined.sum(), **NEAR)


def test_gamblers_ruin_in_the_long_run():
    """A walk of very many steps nears the classical (q / p)^stake."""
    stake, rate = 4, 0.65
    bets = [{"cost": 1.0, "gives": {"funding": {"amount": 2.0, "chance": rate}}}] * 180
    played = exact.play(line(*bets, cash=float(stake), horizon_weeks=200))
    assert played.fates["ruin"] == pytest.approx((0.35 / 0.65) ** stake, abs=1e-5)


def test_hypothesis_skipped_fails_once_and_costs_the_redesign():
    """Preposterior analysis: mean spend tested first and skipped, and the belief where they meet.

    Testing costs t; a false belief found late wastes the work w that relied on it. The redesign r
    is paid either way. Tested: t + (1 − b) r + w. Skipped: w + (1 − b)(r + w). Equal at
    b = 1 − t / w: "test first if you are less sure than that".
    """
    test, work, redesign = 30.0, 160.0, 55.0

    def spend(belief, skips):
        tests = {"belief": belief, "redesign": {"weeks": 2, "cost": redesign}}
        plan = Plan.model_validate(
            {
                "id": "beliefs",
                "goal": "build",
                "skips": skips,
                "milestones": [
                    {"id": "ask", "cost": test, "tests": tests},
                    {"id": "build", "cost": work, "needs": ["ask"], "relies_on": ["ask"]},
                ],
            }
        )
        return exact.play(plan).mean.spend

    for belief in (0.0, 0.3, 0.9, 1.0):
        assert spend(belief, []) == pytest.approx(test + (1 - belief) * redesign + work, **NEAR)
        late = work + (1 - belief) * (redesign + work)
        assert spend(belief, ["ask"]) == pytest.approx(late, **NEAR)
    even = 1 - test / work
    assert spend(even, []) == pytest.approx(spend(even, ["ask"]), **NEAR)
    assert spend(even - 0.01, []) < spend(even - 0.01, ["ask"])
    assert spend(even + 0.01, []) > spend(even + 0.01, ["ask"])


def test_a_fallible_test_leaves_the_belief_of_bayes():
    """After a yes the belief is Bayes' posterior: seen in how often the work then fails."""
    tests = {"belief": 0.6, "if_true": 0.9, "if_false": 0.3}
    plan = line({"tests": tests}, {"relies_on": ("m0",)})
    yes = 0.6 * 0.9 + 0.4 * 0.3
    false_pass = 0.4 * 0.3  # chance of yes and untrue: the work fails once
    played = exact.play(plan)
    assert played.milestones["m0"].reached_by[1] == pytest.approx(yes, **NEAR)
    assert played.milestones["m1"].attempts == pytest.approx(1 + false_pass, **NEAR)


def test_a_race_passes_if_any_team_does():
    """k teams at once: 1 − (1 − p)^k for k times the cost."""
    played = exact.play(line({"pass_rate": 0.2, "teams": 3, "cost": 10.0, "attempts": 1}))
    assert played.fates["goal"] == pytest.approx(1 - 0.8**3, **NEAR)
    assert played.mean.spend == pytest.approx(30.0)


def test_waiting_for_money_is_geometric():
    """Stop and hope: by week t the money has come with 1 − (1 − c)^t, unless the cash is gone."""
    wait = {"burn_per_week": 10.0, "chance_per_week": 0.2, "amount": 1000.0}
    fork = {
        "id": "gap",
        "at": {"milestone": "m0"},
        "options": [{"id": "wait", "wait": wait}],
    }
    plan = line({"cost": 500.0}, cash=65.0, burn_per_week=50.0, forks=[fork])
    played = exact.play(plan, {"gap": "wait"})
    assert played.fates["goal"] == pytest.approx(1 - 0.8**6, **NEAR)
    assert played.fates["ruin"] == pytest.approx(0.8**6, **NEAR)
