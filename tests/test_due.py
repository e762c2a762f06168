"""Money promised before the plan begins: three engines, one rule."""

from collections.abc import Sequence

import pytest

from workbook import exact, simulate
from workbook.life import Luck, live
from workbook.plan import Plan


def _plan(due: Sequence[dict[str, float]], cash: float = 3_000) -> Plan:
    """One milestone of four weeks at 1,000 a week: 3,000 is not enough, the promise is needed."""
    return Plan.model_validate(
        {
            "id": "promise",
            "goal": "open",
            "cash": cash,
            "burn_per_week": 1_000,
            "due": due,
            "milestones": [{"id": "open", "weeks": 4}],
        }
    )


def test_promised_money_comes_with_its_chance():
    """Six times in ten it comes in week 3, and the fourth week is paid."""
    assert exact.play(_plan([])).fates["ruin"] == 1.0
    outcomes = exact.play(_plan([{"week": 3, "amount": 1_000, "chance": 0.6}]))
    assert outcomes.fates["goal"] == pytest.approx(0.6)
    assert outcomes.mean.cash_if_goal == 0.0


def test_promised_money_comes_after_the_bills_of_its_week():
    """A cheque of week 4 comes after the bill of week 4 that ruins."""
    assert exact.play(_plan([{"week": 4, "amount": 1_000}])).fates["ruin"] == 1.0


def test_an_attempt_waits_for_promised_money():
    """What cannot be paid today waits while something is due, and is ruin once nothing is."""
    plan = _plan([{"week": 2, "amount": 5_000, "chance": 0.5}], cash=2_500)
    milestone = plan.milestones[0].model_copy(update={"cost": 4_000, "weeks": 1})
    outcomes = exact.play(plan.model_copy(update={"milestones": (milestone,)}))
    assert outcomes.fates["goal"] == pytest.approx(0.5)
    assert outcomes.mean.week_if_goal == 3
    assert outcomes.mean.week_if_ruin == 1


@pytest.mark.parametrize("cash", [2_500, 3_000, 8_000])
def test_every_engine_pays_the_same_promises(cash: float):
    """Two promises: the simulated lives are the told ones, and their share is the exact chance."""
    due = [{"week": 2, "amount": 900, "chance": 0.7}, {"week": 3, "amount": 700.5, "chance": 0.4}]
    plan = _plan(due, cash)
    played = simulate.play(plan, runs=4_000, seed=7)
    chance = exact.play(plan).fates["goal"]
    assert played.fates["goal"] == pytest.approx(chance, abs=4 * 0.5 / 4_000**0.5)
    assert played.lives is not None
    for life in range(60):
        told = live(plan, Luck(7, life))
        assert told.week == played.lives.end_week[life]
        assert told.cash == played.lives.cash[life]
