"""Money that comes late and goods that are paid early: to the cent, by every engine."""

from __future__ import annotations

from itertools import pairwise

import pytest

from workbook.cases import read_text
from workbook.errors import InputError
from workbook.exact import refusal
from workbook.law.figures import cents
from workbook.life import Luck, live
from workbook.outcomes import FATES
from workbook.plan import Plan
from workbook.play import play
from workbook.present import present
from workbook.review.best_case import BestCase
from workbook.simulate import play as simulated

WEEKS = 30
SHOP = {"reach_per_week": 100.0, "conversion": 0.1, "price": 50.0, "margin": 0.4}
SOLD, GOODS = 500.0, 300.0
"""A week's sales, and what the goods in them cost."""


def plan(sales=SHOP, **keys) -> Plan:
    """One milestone that takes all the weeks, and the sales meanwhile."""
    only = {"id": "a", "weeks": WEEKS, "pass_rate": 1.0}
    common = {"id": "p", "goal": "a", "horizon_weeks": WEEKS, "milestones": [only]}
    return Plan.model_validate({**common, "cash": 10_000.0, "sales": sales, **keys})


def cash_at_the_end(shop):
    """The cash of a life that reaches its goal, the same in both engines."""
    life = live(shop, Luck(1, 0))
    found = simulated(shop, runs=5)
    assert set(found.lives.cash.tolist()) == {life.cash}
    return life.cash


def test_without_terms_a_week_brings_its_margin():
    """30 weeks of 200, as ever."""
    assert cash_at_the_end(plan()) == 10_000 + WEEKS * (SOLD - GOODS)


@pytest.mark.parametrize("lag", [1, 6, 29, 30])
def test_what_is_sold_comes_so_many_weeks_later(lag):
    """The first payments are missing at the end; the goods have been paid every week."""
    shop = plan({**SHOP, "paid_after_weeks": lag})
    assert cash_at_the_end(shop) == 10_000 + (WEEKS - lag) * SOLD - WEEKS * GOODS


def test_goods_are_bought_before_they_are_sold():
    """A stock of 8 weeks is bought in week 1, and what is sold is bought again each week."""
    assert cash_at_the_end(plan({**SHOP, "stock_weeks": 8})) == (
        10_000 + WEEKS * (SOLD - GOODS) - 8 * GOODS
    )


def test_goods_that_are_there_are_sold_first():
    """1,200 in stock are four weeks in which nothing is bought."""
    assert cash_at_the_end(plan({**SHOP, "stock": 1200.0})) == 10_000 + WEEKS * 200 + 1200


def test_the_smallest_order_lies_in_stock_until_it_is_sold():
    """1,000 are ordered whenever less than 300 are left: 9 times for the goods of 30 weeks."""
    shop = plan({**SHOP, "minimum_order": 1000.0})
    assert cash_at_the_end(shop) == 10_000 + WEEKS * SOLD - 9 * 1000


def test_terms_can_ruin_a_business_that_earns():
    """It earns 100 a week from the first on, and dies of waiting ten weeks for its money."""
    keys = {"cash": 2500.0, "burn_per_week": 100.0}
    late = plan({**SHOP, "paid_after_weeks": 10}, **keys)
    assert play(plan(**keys), runs=10).fates["goal"] == 1.0
    assert play(late, runs=10).fates["ruin"] == 1.0
    assert live(late, Luck(1, 0)).week == 7  # 2,500 less 400 a week


def test_to_break_even_revenue_counts_when_it_is_earned():
    """Revenue of 200 covers a burn of 200 whenever it is paid."""
    late = plan({**SHOP, "paid_after_weeks": 10}, goal="breakeven", burn_per_week=200.0)
    assert play(late, runs=10).mean.week_if_goal == 0


CHAIN = [
    {
        **{"id": "a", "weeks": 3, "cost": 400.0, "pass_rate": 0.4},
        "gives": {"conversion": "+0.04", "paid_after_weeks": 2, "stock_weeks": "+1"},
    },
    {
        **{"id": "b", "weeks": 4, "cost": 900.0, "pass_rate": 0.6, "needs": ["a"]},
        "gives": {"price": 61.7, "stock": "+250.5", "minimum_order": 0.0},
    },
    {"id": "c", "weeks": 5, "cost": 1500.0, "pass_rate": 0.5, "attempts": 3, "needs": ["b"]},
]
RICH = {
    **{"reach_per_week": 90.3, "conversion": 0.09, "price": 47.3, "margin": 0.35},
    **{"paying_customers": 5.0, "fee_per_month": 33.0, "churn_per_month": 0.05},
    **{"paid_after_weeks": 5, "stock_weeks": 3, "minimum_order": 700.0, "stock": 333.0},
}
FACTOR = {
    "id": "f",
    "at": {"cash_below": 1500.0},
    "options": [{"id": "o", "sales": {"paid_after_weeks": 1, "margin": "-0.03"}}],
}


@pytest.mark.parametrize("choices", [{}, {"f": "o"}])
def test_many_lives_and_one_life_tell_the_same_to_the_cent(choices):
    """Life i of a simulation is the life of that seed and number: fate, week and cash."""
    keys = {"cash": 9100.0, "burn_per_week": 110.0, "forks": [FACTOR], "horizon_weeks": 50}
    shop = plan(RICH, milestones=CHAIN, goal="c", **keys)
    lives = simulated(shop, choices, runs=300, seed=4).lives
    assert len(set(lives.end_week.tolist())) > 5
    for number in range(300):
        life = live(shop, Luck(4, number), choices)
        reported = (FATES[lives.fate[number]], lives.end_week[number], lives.cash[number])
        assert reported == (life.fate, life.week, life.cash)


def test_exact_play_leaves_terms_to_the_simulation():
    """Weeks differ, and exact play says so."""
    assert refusal(plan()) is None
    assert refusal(plan({**SHOP, "paid_after_weeks": 4})) is not None


def test_the_log_knows_what_is_still_owed():
    """After week 9, with terms of 4 weeks, four weeks of sales are to come; five have come."""
    log = [{"week": 9, "milestone": "a", "result": "failed"}]
    shop = plan({**SHOP, "paid_after_weeks": 4}, log=log)
    today = present(shop).plan
    assert sorted(today.begun.receivable) == [(n, cents(SOLD)) for n in (1, 2, 3, 4)]
    assert today.cash == 10_000 + 5 * SOLD - 9 * GOODS
    found = simulated(today, runs=3)
    assert found.weekly.bands["cash"][2][4] == today.cash + 4 * (SOLD - GOODS)
    assert live(today, Luck(1, 0)).cash_by_week[4] == today.cash + 4 * (SOLD - GOODS)


def test_the_best_case_of_a_week_is_never_below_what_a_life_sees_come_in():
    """No rule hears of a week worse than the best that any life has seen."""
    shop = plan(RICH, milestones=CHAIN, goal="c", cash=1e5)
    best = BestCase.today(shop)
    worst = min(best.weekly_loss(m.id) for m in shop.milestones)
    gains = []
    for number in range(100):
        cash = [cents(one) for one in live(shop, Luck(1, number)).cash_by_week]
        gains += [after - before for before, after in pairwise(cash)]
    assert -worst >= max(gains)


BROKEN = {
    "paid_after_weeks: -2": "too little",
    "paid_after_weeks: 2.5": "whole",
    "minimum_order: -1": "too little",
    "payment_terms: 6": "did you mean 'paid_after_weeks'",
    "moq: 500": "did you mean 'minimum_order'",
}


@pytest.mark.parametrize("sales", BROKEN)
def test_terms_that_make_no_sense_are_reported(sales):
    """Each nonsense is a fault in words, at its line, with what to do."""
    text = "plan: 1\nid: p\ngoal: a\nmilestones: [{id: a}]\nsales: {" + sales + "}\n"
    with pytest.raises(InputError) as caught:
        read_text(text, "p.yaml")
    (fault,) = caught.value.faults
    assert fault.line == 5
    assert BROKEN[sales] in str(fault.message)
