"""Figures that differ from week to week: their mean and spread, every engine, each nonsense."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from workbook.builder.paths import value_at, with_value
from workbook.cases import read_text
from workbook.errors import InputError
from workbook.exact import refusal
from workbook.life import Luck, live
from workbook.outcomes import FATES
from workbook.plan import Plan
from workbook.play import play
from workbook.present import present
from workbook.review.best_case import BestCase
from workbook.simulate import play as simulated
from workbook.simulate import play_many

WEEKS = 20
SHOP = {"reach_per_week": 100.0, "conversion": 0.1, "price": 50.0, "margin": 0.4}
RANGE = (60.0, 100.0, 200.0)
MEAN = sum(RANGE) / 3
SPREAD = sqrt((60**2 + 100**2 + 200**2 - 60 * 100 - 60 * 200 - 100 * 200) / 18)
"""Standard deviation of the triangular distribution."""


def plan(weekly, **keys) -> Plan:
    """One milestone that takes all the weeks."""
    only = [{"id": "a", "weeks": WEEKS, "pass_rate": 1.0}]
    common = {"id": "p", "goal": "a", "horizon_weeks": WEEKS, "cash": 9000.0, "milestones": only}
    return Plan.model_validate({**common, "weekly_ranges": weekly, **keys})


@pytest.mark.parametrize(
    ("place", "keys", "each"),
    [
        ("sales.reach_per_week", {"sales": SHOP}, 0.1 * 50 * 0.4),
        ("burn_per_week", {"burn_per_week": 100.0, "cash": 90_000.0}, -1.0),
        (
            "bills.b.amount",
            {"bills": [{"id": "b", "amount": 100.0, "every_weeks": 1}], "cash": 90_000.0},
            -1.0,
        ),
    ],
)
def test_weeks_are_independent_and_their_variance_adds_up(place, keys, each):
    """n weeks have n times the mean, and √n times the spread: a range drawn once has n times."""
    found = simulated(plan({place: RANGE}, **keys), runs=20_000).lives.cash - keys.get("cash", 9000)
    assert found.mean() == pytest.approx(each * WEEKS * MEAN, rel=0.01)
    assert found.std() == pytest.approx(abs(each) * sqrt(WEEKS) * SPREAD, rel=0.03)


def test_a_figure_that_is_raised_moves_in_proportion():
    """After a gift of twice the reach the weeks are twice as high, and differ twice as much."""
    shop = plan({"sales.reach_per_week": RANGE}, sales={**SHOP, "reach_per_week": 200.0})
    found = simulated(shop, runs=20_000).lives.cash - 9000
    assert found.mean() == pytest.approx(2 * 2 * WEEKS * MEAN, rel=0.01)
    assert found.std() == pytest.approx(2 * 2 * sqrt(WEEKS) * SPREAD, rel=0.03)


CHAIN = [
    {
        **{"id": "a", "weeks": 3, "cost": 400.0, "pass_rate": 0.4},
        "gives": {"conversion": 0.3, "burn_per_week": "+30", "bills": {"rent": 260.0}},
    },
    {"id": "b", "weeks": 4, "cost": 900.0, "pass_rate": 0.6, "needs": ["a"]},
    {"id": "c", "level": {"of": "weekly_revenue", "at_least": 420.0}, "needs": ["b"]},
]
WEEKLY = {
    "sales.reach_per_week": (50.0, 100.0, 140.0),
    "sales.conversion": (0.02, 0.1, 0.9),
    "sales.price": (20.0, 50.0, 60.0),
    "sales.margin": (0.1, 0.4, 0.5),
    "burn_per_week": (0.0, 260.0, 420.0),
    "bills.rent.amount": (100.0, 200.0, 600.0),
}
FORK = {
    "id": "f",
    "at": {"milestone": "b"},
    "options": [{"id": "o", "burn_per_week": "-20", "milestones": {"b": {"cost": 500.0}}}],
}


@pytest.mark.parametrize("goal", ["c", "breakeven"])
@pytest.mark.parametrize("stay", [{}, {"paying_customers": 8.0, "fee_per_month": 30.0}])
def test_many_lives_and_one_life_tell_the_same_to_the_cent(goal, stay):
    """Life i of a simulation is the life of that seed and number: fate, week and cash."""
    keys = {"burn_per_week": 260.0, "forks": [FORK], "cash": 4000.0, "goal": goal}
    keys |= {"bills": [{"id": "rent", "amount": 200.0, "every_weeks": 4}], "horizon_weeks": 30}
    weekly = {**WEEKLY, **({"sales.fee_per_month": (10.0, 30.0, 40.0)} if stay else {})}
    ranges = {"sales.price": (40.0, 50.0, 80.0)}
    shop = plan(weekly, milestones=CHAIN, ranges=ranges, **keys, sales={**SHOP, **stay})
    lives = simulated(shop, {"f": "o"}, runs=150, seed=4).lives
    for number in range(150):
        life = live(shop, Luck(4, number), {"f": "o"})
        reported = (FATES[lives.fate[number]], lives.end_week[number], lives.cash[number])
        assert reported == (life.fate, life.week, life.cash)
    (many, _) = play_many([(shop, {"f": "o"}), (shop, {})], runs=150, seed=4)
    assert np.array_equal(many.lives.cash, lives.cash)


def test_exact_play_leaves_weekly_ranges_to_the_simulation_and_the_past_is_not_drawn():
    """It refuses by name; each week of a log was a likely one."""
    shop = plan({"burn_per_week": RANGE}, burn_per_week=100.0)
    assert "differs from week to week" in str(refusal(shop))
    assert play(shop, runs=10).how == "simulated"
    log = [{"week": 4, "milestone": "a", "result": "failed"}]
    assert present(plan({"burn_per_week": RANGE}, burn_per_week=100.0, log=log)).plan.cash == 8600


def test_a_weekly_range_may_stand_at_its_figure():
    """In sales, the burn and bills, beside ranges that are drawn once a life."""
    text = """
plan: 1
id: p
goal: a
burn_per_week: {range: [10, 20, 60], each: week}
sales: {conversion: [0.01, 0.02, 0.03], price: {range: [4, 5, 6], each: week}}
bills: [{id: rent, amount: {range: [1, 2, 3], each: week}}]
milestones: [{id: a}]
"""
    found = read_text(text).plan
    assert (found.burn_per_week, found.sales.price, found.bills[0].amount) == (20, 5, 2)
    assert found.ranges == {"sales.conversion": (0.01, 0.02, 0.03)}
    assert found.weekly_ranges == {
        "burn_per_week": (10, 20, 60),
        "sales.price": (4, 5, 6),
        "bills.rent.amount": (1, 2, 3),
    }


BROKEN = {
    "sales: {conversion: {range: [0.05, 0.02, 0.01], each: week}}": "is not in order",
    "sales: {conversion: {range: [0.05, 0.2, 1.4], each: week}}": "1.4 is not a share",
    "sales: {price: {range: [0, 0, 9], each: week}}": "the likely value is 0",
    "weekly_ranges: {sales.churn_per_month: [0.1, 0.2, 0.3]}": "no figure of a week",
    "weekly_ranges: {bills.rent.amount: [1, 2, 3]}": "'rent' is in no list of the plan",
    "sales: {price: {range: [1, 2, 9], each: month}}": "each",
}


@pytest.mark.parametrize("keys", BROKEN)
def test_a_weekly_range_that_makes_no_sense_is_reported(keys):
    """Each nonsense is a fault in words, at its line, with what to do."""
    text = "plan: 1\nid: p\ngoal: a\nmilestones: [{id: a}]\n" + keys + "\n"
    with pytest.raises(InputError) as caught:
        read_text(text, "p.yaml")
    assert [fault.line for fault in caught.value.faults] == [5]
    assert BROKEN[keys] in str(caught.value.faults[0].message)


def test_the_best_case_of_a_week_is_never_below_what_a_life_earns():
    """Neither with ranges of both kinds nor with a job given up does a rule hear of a worse one."""
    job = {"hours_per_week": 20.0, "pay_per_week": 400.0}
    ben = {"id": "ben", "hours_per_week": 40.0, "job": job}
    quitting = [{**CHAIN[0], "gives": {"jobs": {"ben": 0}}}, *CHAIN[1:]]
    for kept in ("ranges", "weekly_ranges"):
        ranges = {path: of for path, of in WEEKLY.items() if not path.startswith("bills")}
        keys = {"milestones": quitting, "founders": [ben], "goal": "c", "burn_per_week": 260.0}
        shop = plan({}, **keys, sales=SHOP, cash=1e6).model_copy(update={kept: ranges})
        best = BestCase.today(shop)
        least = min(best.weekly_loss(m.id) for m in shop.milestones)
        lives = [live(shop, Luck(1, n)) for n in range(120)]
        assert -least >= max(one.flow_cents for life in lives for one in life.states)


def test_the_builder_turns_a_range_into_one_of_each_week_and_back():
    """What its button sends is kept under the other key; one end typed moves that end alone."""
    shop = plan({}, ranges={"sales.price": (40.0, 50.0, 80.0)}, sales=SHOP)
    weekly = with_value(shop, "sales.price", {"range": [40.0, 50.0, 80.0], "each": "week"})
    assert (weekly.ranges, weekly.weekly_ranges) == ({}, {"sales.price": (40.0, 50.0, 80.0)})
    wider = with_value(weekly, "sales.price.2", 90.0)
    assert value_at(wider, "sales.price") == [40.0, 50.0, 90.0]
    assert wider.weekly_ranges == {"sales.price": (40.0, 50.0, 90.0)}
    once = with_value(wider, "sales.price", [40.0, 50.0, 90.0])
    assert (once.ranges, once.weekly_ranges) == ({"sales.price": (40.0, 50.0, 90.0)}, {})
    known = with_value(once, "sales.price", 55.0)
    assert (known.ranges, known.sales.price) == ({}, 55.0)
