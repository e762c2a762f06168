"""Ties are broken by the money left at the verdict, the same in every method of every question."""

from __future__ import annotations

import pytest

from workbook import exact, simulate
from workbook.edit import reordered
from workbook.plan import Plan
from workbook.play import cash_gap, cash_left
from workbook.sequence import rank
from workbook.solve import test_or_skip as worth_testing

GATE = {"id": "b", "weeks": 10, "pass_rate": 0.5, "attempts": 1, "cost": 10}
EARNING = {"id": "a", "weeks": 10, "pass_rate": 0.6, "attempts": 1, "cost": 10}
LAST = {"id": "z", "needs": ["a", "b"], "weeks": 1}


def gated(gives, weeks=10, **keys) -> Plan:
    """Two gates, either of which ends it; one of them lifts what a week leaves by 900 or more."""
    gates = [{**GATE, "weeks": weeks}, {**EARNING, "weeks": weeks, "gives": gives}]
    plan = {"id": "p", "goal": "z", "horizon_weeks": 60, "cash": 100_000, "burn_per_week": 1000}
    return Plan.model_validate({**plan, "milestones": [*gates, LAST], **keys})


# By hand. As written: 10 weeks at 1000 and 10; then, in half the lives, the same again, and where
# that passes (0.6) a week at 100 (or 0). The other way round: the second ten weeks cost 100 (or 0).
@pytest.mark.parametrize(
    ("gives", "left_as_written", "left_at_best"),
    [
        ({"revenue_per_week": 900}, 84_955.0, 89_354.0),
        ({"burn_per_week": 0}, 84_985.0, 89_984.0),
    ],
    ids=["revenue", "a burn that falls"],
)
@pytest.mark.parametrize("most_orders", [0, 50_000], ids=["one by one", "all at once"])
def test_an_order_that_leaves_more_is_seen(gives, left_as_written, left_at_best, most_orders):
    """As likely to reach the goal, with what comes in, or falls, counted."""
    ranking = rank(gated(gives), most_orders=most_orders)
    assert ranking.yours.cash == pytest.approx(left_as_written)
    assert ranking.best.cash == pytest.approx(left_at_best)
    assert ranking.best.order[0] == "a"
    assert ranking.cash_gain.value == pytest.approx(left_at_best - left_as_written)
    gain = round(left_at_best - left_as_written)
    assert f"leaves {gain:,} CNY more" in str(ranking.reasons[-2])


@pytest.mark.parametrize("gives", [{"revenue_per_week": 900}, {"burn_per_week": 0}])
def test_lengths_known_as_ranges_do_not_hide_it(gives):
    """Nine to eleven weeks in the place of ten: simulated, and the same advice."""
    exactly, about = rank(gated(gives)), rank(gated(gives, weeks=[9, 10, 11]))
    assert (exactly.how, about.how) == ("exact", "simulated")
    assert about.best.order == exactly.best.order
    assert about.cash_gain.clear
    assert about.cash_gain.value == pytest.approx(
        exactly.cash_gain.value, abs=4 * about.cash_gain.error
    )


def test_what_is_left_is_reported_alike_by_both_engines():
    """Over all lives, ended in whatever way: start cash, less all that went, with all that came."""
    plan = gated({"funding": {"amount": 5000, "chance": 0.5, "lag_weeks": 3}}, cash=12_000)
    other = reordered(plan, ["a", "b", "z"])
    exactly, simulated = exact.play(plan), simulate.play(plan, runs=20_000)
    assert cash_left(simulated) == pytest.approx(cash_left(exactly), abs=60)
    gap = cash_gap(simulated, simulate.play(other, runs=20_000))
    assert gap.value == pytest.approx(cash_left(exact.play(other)) - cash_left(exactly), abs=60)
    assert simulated.lives is not None
    assert simulated.lives.cash.mean() == pytest.approx(cash_left(simulated))


def test_a_test_that_lowers_the_burn_is_not_skipped():
    """Testing costs 50 and saves 80 a week for ten weeks, true or not."""
    tests = {"belief": 0.95, "redesign": {"weeks": 1, "cost": 50}}
    test = {"id": "h", "weeks": 1, "cost": 50, "tests": tests, "gives": {"burn_per_week": 20}}
    goal = {"id": "g", "needs": ["h"], "relies_on": ["h"], "weeks": 10}
    plan = {"id": "p", "goal": "g", "horizon_weeks": 60, "cash": 100_000, "burn_per_week": 100}
    answer = worth_testing(Plan.model_validate({**plan, "milestones": [test, goal]}), "h")
    assert (answer.by, answer.verdict, answer.advice) == ("cash", "test", "test")
    assert answer.if_true.value == pytest.approx(10 * 100 - (50 + 100 + 10 * 20))
