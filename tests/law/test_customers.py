"""Customers who stay, and reach that grows: closed forms, every engine, and each nonsense."""

from __future__ import annotations

import numpy as np
import pytest

from examples import by_hand
from workbook.cases import read_text
from workbook.edit import edit
from workbook.errors import InputError
from workbook.exact import NotExactError, refusal
from workbook.law import Economy
from workbook.law.figures import cents, cents_of
from workbook.life import Luck, live
from workbook.outcomes import FATES, LEVELS
from workbook.plan import Edit, Plan
from workbook.play import play
from workbook.present import present
from workbook.review.best_case import BestCase
from workbook.simulate import play as simulated

WEEKS = 60
MIDDLE = LEVELS.index(0.5)
CLUB = {
    **{"reach_per_week": 200.0, "conversion": 0.03, "margin": 0.8},
    **{"paying_customers": 25.0, "fee_per_month": 52.0, "churn_per_month": 0.08},
}


def plan(sales=CLUB, **keys) -> Plan:
    """One milestone that takes all the weeks, and the customers meanwhile."""
    only = {"id": "a", "weeks": WEEKS, "pass_rate": 1.0}
    common = {"id": "p", "goal": "a", "horizon_weeks": WEEKS, "milestones": [only]}
    return Plan.model_validate({**common, "cash": 0.0, "sales": sales, **keys})


def middle(found, band):
    """The middle life of a band, week by week."""
    return found.weekly.bands[band][MIDDLE]


def test_customers_who_stay_follow_the_geometric_series():
    """After n weeks: C q^n + new (1 − q^n) / (1 − q), with q what a week keeps of them."""
    n = np.arange(WEEKS + 1)
    q = 0.92 ** (12 / 52)
    expected = 25 * q**n + 200 * 0.03 * (1 - q**n) / (1 - q)
    found = play(plan(), runs=5)
    assert middle(found, "customers")[:WEEKS] == pytest.approx(expected[:WEEKS], rel=1e-12)
    assert middle(found, "recurring")[:WEEKS] == pytest.approx(52 * expected[:WEEKS], rel=1e-12)


def test_a_year_of_churn_is_twelve_months_of_it():
    """Without new ones 0.92 ^ 12 are left after 52 weeks, whatever a month of weeks is."""
    alone = Economy.of(plan({**CLUB, "conversion": 0.0}))
    for _ in range(52):
        alone = alone.next_week()
    assert alone.paying_customers == pytest.approx(25 * 0.92**12)


def test_the_customers_as_the_week_began_pay_its_fees():
    """The cash is the sum of the fees of the series, each week's in whole cents."""
    q = 0.92 ** (12 / 52)
    stock = [25 * q**n + 6 * (1 - q**n) / (1 - q) for n in range(WEEKS)]
    paid = sum(cents(one * 52 * 12 / 52 * 0.8) for one in stock)
    life = live(plan(), Luck(1, 0))
    assert (life.fate, round(life.cash * 100)) == ("goal", paid)


def test_word_of_mouth_and_growing_reach_compound():
    """Nobody leaves: referrals multiply by 1 + r a week, and the reach by (1 + g) ^ (12 / 52)."""
    reported = {"paying_customers": 10.0, "referrals_per_month": 0.26}
    factor = 1 + 0.26 * 12 / 52
    band = middle(play(plan(reported), runs=5), "customers")
    assert band[:WEEKS] == pytest.approx(10 * factor ** np.arange(WEEKS), rel=1e-12)
    growing = {"reach_per_week": 50.0, "reach_growth_per_month": 0.1}
    band = middle(play(plan(growing), runs=5), "reach")
    assert band[52] == pytest.approx(50 * 1.1**12)


def test_growth_ends_at_its_limit():
    """Seats and reach fill up, and stay full."""
    limits = {"most_customers": 60.0, "most_reach_per_week": 220.0, "reach_growth_per_month": 0.2}
    found = play(plan({**CLUB, **limits}), runs=5)
    assert middle(found, "customers")[WEEKS - 1] == 60.0
    assert middle(found, "reach")[WEEKS - 1] == 220.0


def test_what_a_milestone_gives_counts_from_the_stock_of_that_week():
    """`+40` joins those who are there then; a new number takes their place; churn and fee turn."""
    for change, after in (("+40", lambda stock: stock + 40), (7.0, lambda stock: 7.0)):
        gives = {"paying_customers": change, "churn_per_month": 0.0, "conversion": 0.0}
        chain = [
            {"id": "open", "weeks": 10, "pass_rate": 1.0, "gives": gives},
            {"id": "a", "weeks": 20, "pass_rate": 1.0, "needs": ["open"]},
        ]
        q = 0.92 ** (12 / 52)
        then = 25 * q**10 + 6 * (1 - q**10) / (1 - q)
        band = middle(play(plan(milestones=chain), runs=5), "customers")
        assert band[10] == pytest.approx(after(then))
        assert band[25] == pytest.approx(after(then))


RICH = {
    **{"reach_per_week": 90.0, "conversion": 0.04, "price": 12.0, "margin": 0.7},
    **{"paying_customers": 5.0, "fee_per_month": 33.0, "churn_per_month": 0.05},
    **{"referrals_per_month": 0.03, "most_customers": 70.0},
    **{"reach_growth_per_month": 0.08, "most_reach_per_week": 160.0},
}
CHAIN = [
    {"id": "lease", "weeks": 3, "cost": 400.0, "pass_rate": 0.4},
    {
        **{"id": "fit", "weeks": 4, "cost": 900.0, "pass_rate": 0.6, "needs": ["lease"]},
        "gives": {"burn_per_week": "+90", "paying_customers": "+11.5", "most_customers": "+20"},
    },
    {
        **{"id": "a", "weeks": 5, "cost": 1500.0, "pass_rate": 0.5, "attempts": 3},
        **{"needs": ["fit"], "gives": {"reach_per_week": "-10", "churn_per_month": 0.02}},
    },
]
PIVOT = {
    "id": "f",
    "at": {"milestone": "fit"},
    "options": [{"id": "o", "sales": {"paying_customers": "+6", "fee_per_month": "+4"}}],
}


@pytest.mark.parametrize("goal", ["a", "breakeven"])
@pytest.mark.parametrize("choices", [{}, {"f": "o"}])
@pytest.mark.parametrize("teams", by_hand([2, 1]))
def test_many_lives_and_one_life_tell_the_same_to_the_cent(goal, choices, teams):
    """Life i of a simulation is the life of that seed and number: fate, week and cash."""
    keys = {"cash": 4100.0, "burn_per_week": 260.0, "teams": teams, "forks": [PIVOT]}
    club = plan(RICH, milestones=CHAIN, goal=goal, **keys)
    lives = simulated(club, choices, runs=300, seed=4).lives
    for number in range(300):
        life = live(club, Luck(4, number), choices)
        reported = (FATES[lives.fate[number]], lives.end_week[number], lives.cash[number])
        assert reported == (life.fate, life.week, life.cash)


def test_to_break_even_comes_by_itself():
    """The first week with fees ≥ burn is the goal, though nothing is left to attempt."""
    used_up = [{"id": "a", "weeks": 1, "pass_rate": 0.0, "attempts": 1}]
    club = plan(milestones=used_up, goal="breakeven", cash=9000.0, burn_per_week=600.0)
    q, fee = 0.92 ** (12 / 52), 52 * 12 / 52 * 0.8
    stock = [25 * q**n + 6 * (1 - q**n) / (1 - q) for n in range(WEEKS)]
    week = next(n for n, one in enumerate(stock) if one * fee >= 600)
    for found in (live(club, Luck(1, 0)), live(club, Luck(2, 5))):
        assert (found.fate, found.week) == ("goal", week)
    assert play(club, runs=20).mean.week_if_goal == week


def test_a_start_that_cannot_be_paid_waits_for_the_customers():
    """The hall costs more than there is; the members' fees pay for it in the end."""
    chain = [{"id": "a", "weeks": 1, "cost": 3000.0, "pass_rate": 1.0}]
    keys = {"milestones": chain, "cash": 2500.0, "burn_per_week": 400.0}
    assert play(plan(**keys), runs=20).fates["goal"] == 1.0
    assert live(plan(**keys), Luck(1, 0)).fate == "goal"
    alone = {"reach_per_week": 200.0, "conversion": 0.03, "price": 10.0}
    assert play(plan(alone, **keys), runs=20).fates["ruin"] == 1.0


def test_exact_play_says_why_it_leaves_customers_to_the_simulation():
    """Weeks differ: exact play refuses by name, whether the plan or an option begins it."""
    assert "customers, reach" in str(refusal(plan()))
    with pytest.raises(NotExactError, match="customers, reach"):
        play(plan(), how="exact")
    assert refusal(plan({"price": 3.0}, forks=[PIVOT])) is None
    assert "customers, reach" in str(refusal(plan({"price": 3.0}, forks=[PIVOT]), {"f": "o"}))


def test_an_option_changes_the_sales_and_leaves_the_rest():
    """No limit stays no limit; what is not named stays as it is."""
    after = edit(plan(), Edit.model_validate({"sales": {"churn_per_month": 0.01}})).sales
    assert after == plan({**CLUB, "churn_per_month": 0.01}).sales
    assert after.most_customers is None


def test_the_log_counts_the_customers_and_the_weeks_since():
    """48 counted in week 20 are what is left of them, and those who came, in week 23."""
    log = [{"week": 20, "customers": 48.0}, {"week": 23, "milestone": "a", "result": "failed"}]
    club = plan(log=log)
    q = 0.92 ** (12 / 52)
    today = 48 * q**3 + 6 * (1 - q**3) / (1 - q)
    assert present(club).plan.sales.paying_customers == pytest.approx(today)
    band = middle(play(club, runs=5), "customers")
    assert band[20] == 48.0
    assert band[23] == pytest.approx(today)


def test_the_best_case_of_a_week_is_never_below_what_a_life_earns():
    """A rule that asks for the best case hears of no week worse than the best of 200 lives."""
    club = plan(RICH, milestones=CHAIN, cash=1e6, burn_per_week=260.0)
    best = BestCase.today(club)
    worst = min(best.weekly_loss(m.id) for m in club.milestones)
    earned = max(economy.net_cents for n in range(200) for economy in live(club, Luck(1, n)).states)
    assert -worst >= earned


def test_cents_of_many_amounts_are_those_of_each():
    """The same whole cents, ties that floating point has moved among them."""
    rng = np.random.default_rng(1)
    amounts = np.concatenate([np.round(rng.uniform(0, 1e4, 3000), 3), rng.uniform(0, 1e6, 3000)])
    assert cents_of(amounts).tolist() == [cents(one) for one in amounts.tolist()]


BROKEN = {
    "churn_per_month: 1.4": "1.4 is not a share",
    "churn_per_month: -0.1": "-0.1 is too little",
    "paying_customers: -3": "too little",
    "paying_customers: 500, most_customers: 300": "500 are more than the 300 of `most_customers`",
    "reach_per_week: 9, most_reach_per_week: 5": "9 are more than the 5",
    "customers: 20": "did you mean 'paying_customers'",
    "churn: 0.05": "did you mean 'churn_per_month'",
    "subscription: 30": "did you mean 'fee_per_month'",
}


@pytest.mark.parametrize("sales", BROKEN)
def test_sales_that_make_no_sense_are_reported(sales):
    """Each nonsense is a fault in words, at its line, with what to do."""
    text = "plan: 1\nid: p\ngoal: a\nmilestones: [{id: a}]\nsales: {" + sales + "}\n"
    with pytest.raises(InputError) as caught:
        read_text(text, "p.yaml")
    (fault,) = caught.value.faults
    assert fault.line == 5
    assert BROKEN[sales] in str(fault.message)
