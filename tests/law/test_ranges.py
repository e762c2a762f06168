"""Ranges of figures, drawn once a life: their distribution, every engine, and each nonsense."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from examples import by_hand
from workbook.builder.deletion import delete
from workbook.cases import read_text
from workbook.errors import InputError
from workbook.exact import refusal
from workbook.life import Luck, live
from workbook.outcomes import FATES
from workbook.plan import Plan
from workbook.play import play
from workbook.present import present
from workbook.simulate import play as simulated
from workbook.whatif import variants

WEEKS = 20
SHOP = {"reach_per_week": 100.0, "conversion": 0.1, "price": 50.0, "margin": 0.4}


def plan(ranges, chain=None, **keys) -> Plan:
    """One milestone that takes all the weeks."""
    only = [{"id": "a", "weeks": WEEKS, "pass_rate": 1.0}]
    common = {"id": "p", "goal": (chain or only)[-1]["id"], "horizon_weeks": WEEKS + 10}
    common |= {"cash": 9000.0, "milestones": chain or only, "ranges": ranges}
    return Plan.model_validate({**common, **keys}, strict=False)


def chance_below(found, edge):
    """Chance that a triangular draw lies below an edge."""
    low, mode, high = found
    if edge <= mode:
        return (edge - low) ** 2 / ((high - low) * (mode - low))
    return 1 - (high - edge) ** 2 / ((high - low) * (high - mode))


def test_the_burn_is_drawn_once_a_life():
    """20 weeks at less than 450 a week leave money: as often as the triangle says."""
    burn = (300.0, 400.0, 700.0)
    found = play(plan({"burn_per_week": burn}, burn_per_week=400.0), runs=40_000)
    assert found.fates["goal"] == pytest.approx(chance_below(burn, 450.0), abs=0.01)
    spent = (
        9000 - simulated(plan({"burn_per_week": (0.0, 10.0, 80.0)}, burn_per_week=10.0)).lives.cash
    )
    assert np.allclose(np.round(spent / WEEKS, 2) * WEEKS, spent)  # the same each week
    assert spent.mean() / WEEKS == pytest.approx(30.0, abs=1.0)


def test_what_a_week_sells_moves_with_each_of_its_figures():
    """Revenue is proportional to the conversion: its quantiles are those of the triangle."""
    shop = plan({"sales.conversion": (0.02, 0.1, 0.15)}, sales=SHOP)
    gains = (simulated(shop, runs=20_000).lives.cash - 9000) / WEEKS / (100 * 50 * 0.4)
    for edge in (0.05, 0.09, 0.12):
        expected = chance_below((0.02, 0.1, 0.15), edge)
        assert (gains < edge).mean() == pytest.approx(expected, abs=4 * sqrt(0.25 / 20_000))


def test_bills_gifts_and_funding_may_have_ranges():
    """Each mean is the triangle's: (low + likely + high) / 3."""
    gives = {"price": 60.0, "funding": {"amount": 3000.0, "chance": 1.0, "lag_weeks": 1}}
    chain = [
        {"id": "x", "weeks": 2, "pass_rate": 1.0, "gives": gives},
        {"id": "a", "weeks": 10, "pass_rate": 1.0, "needs": ["x"]},
    ]
    ranges = {
        "milestones.x.gives.price": (30.0, 60.0, 120.0),
        "milestones.x.gives.funding.amount": (0.0, 3000.0, 6000.0),
        "bills.rent.amount": (100.0, 200.0, 600.0),
    }
    bills = [{"id": "rent", "amount": 200.0, "every_weeks": 4}]
    shop = plan(ranges, chain, sales=SHOP, bills=bills)
    lives = simulated(shop, runs=20_000).lives
    expected = 9000 + 2 * 200 + 10 * 100 * 0.1 * 0.4 * 70 + 3000 - 3 * 300
    assert lives.cash.mean() == pytest.approx(expected, abs=40)


CHAIN = [
    {
        **{"id": "a", "weeks": 3, "cost": 400.0, "pass_rate": 0.4},
        "gives": {"conversion": 0.12, "burn_per_week": "+30", "bills": {"rent": 260.0}},
    },
    {
        **{"id": "b", "weeks": 4, "cost": 900.0, "pass_rate": 0.6, "needs": ["a"]},
        "gives": {"price": 61.7, "funding": {"amount": 800.0, "chance": 0.7, "lag_weeks": 3}},
    },
    {"id": "c", "weeks": 5, "cost": 1500.0, "pass_rate": 0.5, "attempts": 3, "needs": ["b"]},
]
RANGES = {
    "sales.conversion": (0.05, 0.1, 0.14),
    "sales.churn_per_month": (0.02, 0.05, 0.2),
    "burn_per_week": (200.0, 260.0, 420.0),
    "bills.rent.amount": (100.0, 200.0, 600.0),
    "milestones.a.gives.conversion": (0.1, 0.12, 0.3),
    "milestones.b.gives.price": (50.0, 61.7, 64.0),
    "milestones.b.gives.funding.amount": (200.0, 800.0, 4000.0),
}
FORK = {
    "id": "f",
    "at": {"milestone": "b"},
    "options": [{"id": "o", "burn_per_week": "-20", "milestones": {"b": {"cost": 500.0}}}],
}


@pytest.mark.parametrize("goal", ["c", "breakeven"])
@pytest.mark.parametrize("choices", [{}, {"f": "o"}])
@pytest.mark.parametrize("stay", by_hand([True, False]))
def test_many_lives_and_one_life_tell_the_same_to_the_cent(goal, choices, stay):
    """Life i of a simulation is the life of that seed and number: fate, week and cash."""
    sales = {**SHOP, "paying_customers": 8.0, "fee_per_month": 30.0, "churn_per_month": 0.05}
    ranges = RANGES if stay else {k: v for k, v in RANGES.items() if "churn" not in k}
    bills = [{"id": "rent", "amount": 200.0, "every_weeks": 4}]
    keys = {"burn_per_week": 260.0, "bills": bills, "forks": [FORK], "cash": 4000.0}
    shop = plan(ranges, CHAIN, **{**keys, "goal": goal, "sales": sales if stay else SHOP})
    lives = simulated(shop, choices, runs=300, seed=4).lives
    for number in range(300):
        life = live(shop, Luck(4, number), choices)
        reported = (FATES[lives.fate[number]], lives.end_week[number], lives.cash[number])
        assert reported == (life.fate, life.week, life.cash)


def test_a_range_without_width_changes_nothing():
    """Low, likely and high alike: the lives of the plan without it."""
    flat = plan({"sales.price": (50.0, 50.0, 50.0)}, CHAIN, sales=SHOP)
    bare = plan({}, CHAIN, sales=SHOP)
    same = [simulated(shop, runs=200).lives for shop in (flat, bare)]
    assert np.array_equal(same[0].cash, same[1].cash)


def test_a_range_moves_along_with_its_figure():
    """A what-if of 100 less burn is 100 less in every life."""
    before = plan({"burn_per_week": (300.0, 400.0, 700.0)}, burn_per_week=400.0, cash=90_000.0)
    after = variants.burn(before, -100.0)
    gap = simulated(after, runs=50).lives.cash - simulated(before, runs=50).lives.cash
    assert np.allclose(gap, 100 * WEEKS)


def test_the_past_is_not_drawn():
    """After a log the cash is reckoned at the likely burn, and what is to come keeps its range."""
    log = [{"week": 4, "milestone": "a", "result": "failed"}]
    burn = {"burn_per_week": (300.0, 400.0, 700.0)}
    today = present(plan(burn, burn_per_week=400.0, log=log)).plan
    assert today.cash == 9000 - 4 * 400
    assert today.ranges == burn


def test_a_range_may_stand_at_its_figure():
    """In sales, bills and gifts; with a fact's name as well; written back it means the same."""
    text = """
plan: 1
id: p
goal: a
cash: 100
burn_per_week: [10, 20, 60]
sales: {conversion: known_badly, price: 5}
bills: [{id: rent, amount: [1, 2, 3]}]
milestones: [{id: a, gives: {price: [4, 6, 7], funding: {amount: [1, 2, 9]}}}]
facts:
  known_badly: {value: [0.01, 0.02, 0.05], unit: share, basis: assumed, why: {en: So., zh: 因此。}}
"""
    case = read_text(text)
    found = case.plan
    assert (found.burn_per_week, found.sales.conversion, found.bills[0].amount) == (20, 0.02, 2)
    assert found.ranges == {
        "burn_per_week": (10, 20, 60),
        "sales.conversion": (0.01, 0.02, 0.05),
        "bills.rent.amount": (1, 2, 3),
        "milestones.a.gives.price": (4, 6, 7),
        "milestones.a.gives.funding.amount": (1, 2, 9),
    }
    assert case.basis["sales.conversion"].kind == "assumed"


def test_exact_play_leaves_ranges_to_the_simulation():
    """It refuses by name."""
    assert "has a range" in str(refusal(plan({"burn_per_week": (1.0, 2.0, 3.0)})))


def test_a_range_goes_with_its_milestone():
    """A deleted milestone takes the ranges of its gifts with it."""
    after, _ = delete(plan(RANGES, CHAIN, sales=SHOP), "b")
    assert not [path for path in after.ranges if path.startswith("milestones.b")]


BROKEN = {
    "sales: {conversion: [0.05, 0.02, 0.01]}": "is not in order",
    "sales: {conversion: [0.05, 0.2, 1.4]}": "1.4 is not a share",
    "sales: {price: [-3, 1, 2]}": "-3 is too little",
    "sales: {price: [3, 4]}": "is not a number",
    "ranges: {cash: [1, 2, 3]}": "'cash' can have no range",
    "ranges: {bills.rent.amount: [1, 2, 3]}": "'rent' is in no list of the plan",
    "ranges: {milestones.b.gives.price: [1, 2, 3]}": "'b' is in no list of the plan",
}


@pytest.mark.parametrize("keys", BROKEN)
def test_a_range_that_makes_no_sense_is_reported(keys):
    """Each nonsense is a fault in words, at its line, with what to do."""
    text = "plan: 1\nid: p\ngoal: a\nmilestones: [{id: a}]\n" + keys + "\n"
    with pytest.raises(InputError) as caught:
        read_text(text, "p.yaml")
    assert [fault.line for fault in caught.value.faults] == [5]
    assert BROKEN[keys] in str(caught.value.faults[0].message)
