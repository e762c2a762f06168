"""Conditions that milestones share: correlated Bernoulli trials, and each nonsense."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from workbook.builder.deletion import delete
from workbook.cases import read_text
from workbook.errors import InputError
from workbook.exact import refusal
from workbook.life import Luck, live
from workbook.outcomes import FATES
from workbook.plan import Plan
from workbook.play import play
from workbook.simulate import play as simulated

MARKET = {"id": "market", "chance": 0.6, "milestones": ["a", "b"], "pass_rate_factor": 0.25}


def plan(*conditions, chain=None, **keys) -> Plan:
    """Two milestones of one attempt each, a pass rate of 0.8 both, side by side."""
    two = [{"id": id, "pass_rate": 0.8, "attempts": 1} for id in "ab"]
    goal = {"id": "g", "needs": ["a", "b"], "pass_rate": 1.0}
    common = {"id": "p", "goal": "g", "horizon_weeks": 40, "milestones": chain or [*two, goal]}
    return Plan.model_validate({**common, "cash": 9000.0, "conditions": conditions, **keys})


def test_milestones_of_one_condition_fail_together():
    """P(both) = c p² + (1 − c)(f p)², P(one) = p (c + (1 − c) f), and their correlation."""
    c, p, f = 0.6, 0.8, 0.25
    found = simulated(plan(MARKET, goal="b"), runs=60_000)
    there = found.lives.reached_week[:, :2] >= 0
    both, one = c * p**2 + (1 - c) * (f * p) ** 2, p * (c + (1 - c) * f)
    error = 4 * sqrt(0.25 / 60_000)
    assert play(plan(MARKET), runs=60_000).fates["goal"] == pytest.approx(both, abs=error)
    assert there.mean(axis=0) == pytest.approx([one, one], abs=error)
    expected = (both - one**2) / (one * (1 - one))
    # b is tried whatever comes of a, as it is the goal
    assert np.corrcoef(there.T)[0, 1] == pytest.approx(expected, abs=0.02)


def test_it_holds_from_the_first_week_to_the_last():
    """Without a chance elsewhere, who fails once for it fails for ever: 1 − c are never there."""
    never = {**MARKET, "pass_rate_factor": 0.0}
    chain = [{"id": "a", "pass_rate": 0.9}, {"id": "b", "needs": ["a"], "pass_rate": 0.9}]
    found = play(plan(never, chain=chain, goal="b"), runs=40_000)
    assert found.fates["goal"] == pytest.approx(0.6, abs=0.01)
    assert found.fates["open"] == pytest.approx(0.4, abs=0.01)


def test_a_race_and_a_second_condition_multiply():
    """Each team of a race has the lessened rate: 1 − (1 − p f g)^k where neither holds."""
    other = {"id": "law", "chance": 0.5, "milestones": ["a"], "pass_rate_factor": 0.5}
    chain = [{"id": "a", "pass_rate": 0.6, "attempts": 1, "teams": 3}]
    found = play(plan({**MARKET, "milestones": ["a"]}, other, chain=chain, goal="a"), runs=60_000)
    rates = {1.0: 0.3, 0.5: 0.3, 0.25: 0.2, 0.125: 0.2}
    expected = sum(w * (1 - (1 - 0.6 * factor) ** 3) for factor, w in rates.items())
    assert found.fates["goal"] == pytest.approx(expected, abs=0.009)


def test_a_condition_that_always_holds_changes_nothing():
    """The lives are those of the plan without it, to the week."""
    sure, bare = (simulated(plan(*c), runs=400) for c in ([{**MARKET, "chance": 1.0}], []))
    assert np.array_equal(sure.lives.reached_week, bare.lives.reached_week)


@pytest.mark.parametrize("choices", [{}, {"f": "o"}])
def test_many_lives_and_one_life_tell_the_same(choices):
    """Life i of a simulation is the life of that seed and number: fate, week and cash."""
    chain = [
        {"id": "a", "weeks": 2, "cost": 300.0, "pass_rate": [0.3, 0.6, 0.7], "teams": 2},
        {"id": "b", "weeks": 3, "cost": 500.0, "pass_rate": 0.6, "attempts": 4, "needs": ["a"]},
        {"id": "g", "cost": 200.0, "pass_rate": 0.5, "needs": ["b"]},
    ]
    law = {"id": "law", "chance": 0.3, "milestones": ["b", "g"], "pass_rate_factor": 0.4}
    option = {"id": "o", "milestones": {"b": {"pass_rate": 0.8}}}
    fork = {"id": "f", "at": {"milestone": "b"}, "options": [option]}
    both = plan(MARKET, law, chain=chain, forks=[fork], burn_per_week=100.0, cash=6000.0)
    lives = simulated(both, choices, runs=300, seed=6).lives
    for number in range(300):
        life = live(both, Luck(6, number), choices)
        reported = (FATES[lives.fate[number]], lives.end_week[number], lives.cash[number])
        assert reported == (life.fate, life.week, life.cash)


def test_exact_play_says_why_it_leaves_conditions_to_the_simulation():
    """It refuses by name."""
    assert "share a condition" in str(refusal(plan(MARKET)))
    assert play(plan(MARKET), runs=10).how == "simulated"


def test_a_condition_follows_a_deleted_milestone():
    """It goes on with those that are left, and goes with the last of them."""
    after, _ = delete(plan(MARKET), "a")
    assert after.conditions[0].milestones == ("b",)
    after, _ = delete(after, "b")
    assert after.conditions == ()


BROKEN = {
    "{id: m, chance: 1.4, milestones: [a]}": "1.4 is not a chance",
    "{id: m, chance: 0.4, milestones: [x]}": "no milestone 'x'",
    "{id: m, chance: 0.4, milestones: []}": "the list is empty",
    "{id: m, chance: 0.4}": "the key 'milestones' is missing",
    "{id: m, chance: 0.4, milestones: [t]}": "'t' has no pass rate",
    "{id: m, chance: 0.4, milestones: [a], pass_rate_factor: 3}": "3 is not a share",
    "{id: m, chance: 0.4, milestones: [a], factor: 0.3}": "did you mean 'pass_rate_factor'",
}


@pytest.mark.parametrize("conditions", BROKEN)
def test_a_condition_that_makes_no_sense_is_reported(conditions):
    """Each nonsense is a fault in words, at its line, with what to do."""
    text = "plan: 1\nid: p\ngoal: a\nmilestones: [{id: a}, {id: t, tests: {belief: 0.5}}]\n"
    with pytest.raises(InputError) as caught:
        read_text(text + f"conditions: [{conditions}]\n", "p.yaml")
    (fault,) = caught.value.faults
    assert fault.line == 5
    assert BROKEN[conditions] in str(fault.message)
