"""Gaps between two plays: the error of pairs, and none where there is no noise."""

import numpy as np
import pytest

from workbook import exact, simulate
from workbook.edit import edit
from workbook.plan import Edit, Plan
from workbook.play import Gap, cash_gap, cash_left, goal_gap

COIN = Plan.model_validate(
    {
        "id": "p",
        "goal": "coin",
        "cash": 300.0,
        "burn_per_week": 10.0,
        "milestones": [{"id": "coin", "cost": 90.0, "pass_rate": 0.5}],
    }
)
LUCKIER = edit(COIN, Edit(milestones={"coin": {"pass_rate": 0.6}}))


def test_exact_gaps_have_no_error():
    """Three throws of ½ or of 0.6: the difference, and no noise."""
    gap = goal_gap(exact.play(COIN), exact.play(LUCKIER))
    assert gap.value == pytest.approx(0.5**3 - 0.4**3)
    assert gap.error == 0
    assert gap.clear


def test_pairs_err_less_than_strangers():
    """On the same luck the error of the gap is that of the few lives that change their fate."""
    before, after = simulate.play(COIN, runs=2000), simulate.play(LUCKIER, runs=2000)
    paired, strangers = (
        goal_gap(before, after),
        goal_gap(before, simulate.play(LUCKIER, None, 2000, 9)),
    )
    assert paired.value == after.fates["goal"] - before.fates["goal"]
    assert 0 < paired.error < 0.8 * strangers.error


def test_what_is_left_is_the_cash_less_attempts_and_burn():
    """Each throw takes 90 and a week of 10; one to three of them."""
    assert cash_left(exact.play(COIN)) == pytest.approx(COIN.cash - 100 * (1 + 0.5 + 0.25))
    simulated = simulate.play(COIN, runs=4000)
    assert cash_left(simulated) == pytest.approx(COIN.cash - 175, abs=6)
    gap = cash_gap(simulated, simulate.play(LUCKIER, runs=4000))
    assert gap.value == pytest.approx(175 - 156, abs=4 * gap.error)


def test_a_gap_within_two_errors_is_not_clear():
    """Noise is not sold as a difference, nor is rounding."""
    assert not Gap(0.01, 0.006).clear
    assert Gap(-0.013, 0.006).clear
    assert not Gap(np.finfo(float).eps).clear


def test_a_clear_gap_may_still_be_too_small_to_choose_by():
    """Two points apart is as good as equal on figures that are guesses; ten points are not."""
    assert Gap(0.023, 0.008).clear
    assert not Gap(0.023, 0.008).decides
    assert not Gap(-0.023).decides
    assert Gap(-0.1, 0.01).decides
    assert not Gap(0.1, 0.06).decides
