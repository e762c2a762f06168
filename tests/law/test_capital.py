"""Rounds and loans anywhere: the founder's share, the debt, and their figures beside the odds."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.builder.answers import answers
from workbook.builder.view.pages import answered
from workbook.consistency import faults_of
from workbook.exact import refusal
from workbook.law import instalments_of, next_payments
from workbook.life import Luck, live
from workbook.plan import Instalments, Plan
from workbook.play import play
from workbook.present import present
from workbook.reports.results import finding, followed
from workbook.reports.terminal import play_text
from workbook.review import review
from workbook.simulate import play as simulate
from workbook.words import Words

LOAN = {
    "amount": 12000.0,
    "repaid": {"instalments": 12, "every_weeks": 4, "interest_per_year": 0.13},
}
ROUND = {"amount": 50000.0, "chance": 0.5, "lag_weeks": 3, "share_given": 0.2}
WORK = {"id": "work", "weeks": 30}


def plan_of(**keys):
    """A plan of thirty weeks' work with enough cash."""
    whole = {"id": "p", "goal": "work", "cash": 50000.0, "milestones": [WORK], **keys}
    return Plan.model_validate(whole)


GRACE = {"instalments": 12, "every_weeks": 4}


@settings(max_examples=60, deadline=None)
@given(
    st.integers(100, 10**9),
    st.integers(1, 400),
    st.sampled_from([1, 4, 13, 52]),
    st.sampled_from([0.0, 0.05, 0.12, 0.3]),
    st.sampled_from([0, 0, 52, 90]),
)
def test_a_loan_is_paid_off_by_the_annuity(amount, number, every, interest, grace):
    """Discounted at the interest of a period, all payments are worth the loan; nothing is left.

    In the weeks of grace the interest alone is paid, and the debt stays what it was.
    """
    loan = {"instalments": number, "every_weeks": every, "interest_per_year": interest}
    paid = instalments_of(amount, Instalments(**loan, grace_weeks=grace))
    alone = grace // every
    assert [one.weeks for one in paid] == [every * n for n in range(1, alone + number + 1)]
    rate = interest * every / 52
    for one in paid[:alone]:
        assert one.pays_off_cents == 0
        assert one.cents == pytest.approx(amount * rate, abs=0.51)
    assert paid[alone:] == [
        one._replace(weeks=one.weeks + alone * every)
        for one in instalments_of(amount, Instalments(**loan))
    ]
    assert sum(one.pays_off_cents for one in paid) == amount
    worth = sum(one.cents / (1 + rate) ** n for n, one in enumerate(paid, 1))
    assert worth == pytest.approx(amount, abs=1.0 + number + alone)  # each is rounded to a cent
    if interest:
        each = amount * rate / (1 - (1 + rate) ** -number)
        assert paid[alone].cents == pytest.approx(each, abs=1)


def test_the_debt_falls_as_the_balance_of_an_annuity():
    """After k instalments A (1 + i)^k - P ((1 + i)^k - 1) / i is owed: the closed form."""
    played = play(plan_of(due=[{"week": 2, **LOAN}]), runs=50)
    debt = played.weekly.bands["debt"][2]
    i, n = 0.13 * 4 / 52, 12
    each = 12000 * i / (1 - (1 + i) ** -n)
    for k, week in enumerate(range(2, 30, 4)):
        grown = (1 + i) ** k
        assert debt[week] == pytest.approx(12000 * grown - each * (grown - 1) / i, abs=0.1)
    assert debt[1] == 0
    grown = (1 + i) ** 7  # the seventh is paid in week 30, in which the goal is reached
    left = 12000 * grown - each * (grown - 1) / i
    assert played.mean.debt_if_goal == pytest.approx(left, abs=0.1)
    paid = sum(one.cents for one in instalments_of(1_200_000, Instalments(**LOAN["repaid"])))
    longer = play(plan_of(due=[{"week": 2, **LOAN}], milestones=[{**WORK, "weeks": 60}]), runs=50)
    assert longer.mean.cash == pytest.approx(50000 + 12000 - paid / 100)
    assert longer.mean.debt_if_goal == 0


def test_two_rounds_leave_the_product_of_what_is_kept():
    """80% held, 20% given away in half of the lives, 10% in all: 0.9 × (0.64 or 0.8) is yours."""
    first = {"id": "first", "gives": {"funding": ROUND}}
    rounds = {"founder_share": 0.8, "due": [{"week": 1, "amount": 1000.0, "share_given": 0.1}]}
    played = play(plan_of(**rounds, milestones=[first, WORK]), runs=20_000)
    assert set(np.round(played.lives.share, 9)) == {0.576, 0.72}
    assert played.mean.share_if_goal == pytest.approx(0.648, abs=0.002)
    assert played.how == "simulated"


OPTION = {"id": "raise", "funding": {**ROUND, "lag_weeks": 0}}
BORROW = {
    "id": "borrow",
    "funding": LOAN,
    "loan": {"amount": 500.0, "repay": 600.0, "repay_after_weeks": 9},
}


@pytest.mark.parametrize("option", [OPTION, BORROW, {**OPTION, "funding": {**ROUND, **LOAN}}])
@pytest.mark.parametrize("teams", [1, 2])
def test_simulated_lives_hold_the_share_and_owe_the_debt_of_the_life_narrated(option, teams):
    """Life by life the same fate, cash, share and debt, with rounds and loans at every place."""
    tests = {"belief": 0.5, "redesign": {"gives": {"funding": {**LOAN, "chance": 0.7}}}}
    milestones = [
        {"id": "a", "pass_rate": 0.4, "weeks": 2, "gives": {"funding": {**ROUND, "chance": 0.6}}},
        {"id": "b", "tests": tests, "cost": 300.0},
        {**WORK, "needs": ["a", "b"], "pass_rate": 0.5, "weeks": 12},
    ]
    plan = plan_of(
        cash=3000.0,
        burn_per_week=150.0,
        teams=teams,
        milestones=milestones,
        due=[{"week": 3, "chance": 0.5, **LOAN}],
        forks=[{"id": "gap", "at": {"cash_below": 2500.0}, "options": [option]}],
    )
    lives = simulate(plan, {"gap": option["id"]}, runs=80, seed=5).lives
    for number in range(80):
        reported = live(plan, Luck(5, number), {"gap": option["id"]})
        assert lives.cash[number] == reported.cash
        assert lives.share[number] == pytest.approx(reported.share, rel=1e-12)
        assert lives.debt[number] == reported.debt
    assert len(set(lives.debt.tolist())) > 1


def test_a_plan_without_rounds_or_loans_says_nothing_of_them():
    """Neither bands nor means nor columns: old answers stay as they were."""
    plain = play(plan_of())
    assert plain.how == "exact"
    assert {"share", "debt"}.isdisjoint(plain.weekly.bands)
    assert {"share_if_goal", "debt"}.isdisjoint(plain.as_json()["mean"])
    assert "share is given away" in str(refusal(plan_of(due=[{"week": 1, **LOAN}])))


def test_a_log_goes_on_with_what_was_given_away_and_is_owed():
    """Ten weeks on, the share is smaller and the instalments still to come are due."""
    due = [{"week": 2, **LOAN}, {"week": 3, "amount": 9000.0, "share_given": 0.25}]
    here = present(plan_of(due=due, log=[{"week": 10, "cash": 60000.0}])).plan
    assert here.founder_share == pytest.approx(0.75)
    left = instalments_of(1_200_000, Instalments(**LOAN["repaid"]))[2:]
    assert [debt.weeks for debt in here.begun.debts] == [2 + one.weeks - 10 for one in left]
    assert [debt.amount_cents for debt in here.begun.debts] == [one.cents for one in left]
    played = play(plan_of(due=due, log=[{"week": 10, "cash": 60000.0}]), runs=50)
    assert played.mean.share_if_goal == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"due": [{"week": 1, "amount": 5.0, "share_given": 1.5}]}, "150%|0 to 1"),
        ({"due": [{"week": 1, "amount": 5.0, "repaid": {"every_weeks": 4}}]}, "instalments"),
        (
            {"due": [{"week": 1, "amount": 5.0, "repaid": {**GRACE, "grace_weeks": 3}}]},
            "no payment",
        ),
        ({"due": [{"week": 1, "amount": 5.0, "repaid": {**GRACE, "grace_weeks": 9000}}]}, "would"),
        ({"due": [{"week": 1, "amount": 0.0, "share_given": 0.2}]}, "for nothing"),
        (
            {
                "due": [
                    {"week": 1, "amount": 9.0, "repaid": {"instalments": 9000, "every_weeks": 52}}
                ]
            },
            "never end",
        ),
        (
            {
                "milestones": [{**WORK, "gives": {"funding": LOAN}}],
                "ranges": {"milestones.work.gives.funding.amount": [1.0, 12000.0, 13000.0]},
            },
            "amount of a loan",
        ),
    ],
)
def test_nonsense_of_rounds_and_loans_is_a_fault_with_its_mend(keys, said):
    """Shares over 1 or for nothing, instalments that lack a number or never end, a loan's range."""
    data = {"plan": 1, "id": "p", "goal": "work", "milestones": [WORK], **keys}
    reported = " ".join(f"{fault.path} {fault.message}" for fault in faults_of(data))
    assert re.search(said, reported), reported


def test_the_share_and_the_debt_are_reported_beside_the_odds():
    """In the text of `play`, in the report and in the builder, in both languages."""
    plan = plan_of(due=[{"week": 2, **LOAN, "share_given": 0.39}])
    played = play(plan, runs=50)
    for lang, said in (("en", "61% of the company is yours"), ("zh", "公司的 61% 属于你")):
        words = Words(lang)
        assert said in play_text(played, words)
        assert said in finding(played, words)
        headline = answered(answers(plan), words)["headline"]
        assert any(said in line for line in headline)
    drawn = dict(followed(played, None, Words("en")))
    assert drawn["share"].band[2, 29] == pytest.approx(0.61)
    assert drawn["debt"].band[2, 3] == 12000
    assert played.as_json()["mean"]["share_if_goal"] == pytest.approx(0.61)


def test_the_review_accepts_rounds_and_loans():
    """The rules read a plan with all of it without a fault."""
    assert review(plan_of(due=[{"week": 2, **LOAN}])) is not None


def test_only_what_changes_is_reported_of_the_capital():
    """A loan alone leaves the company yours: no word and no picture of a share that stays 100%."""
    plan = plan_of(due=[{"week": 2, **LOAN}])
    played = play(plan, runs=50)
    assert "When it is reached, about" in finding(played, Words("en"))
    assert set(dict(followed(played, None, Words("en")))) == {"debt"}
    sold = plan_of(due=[{"week": 2, "amount": 900.0, "share_given": 0.2}])
    assert set(dict(followed(play(sold, runs=50), None, Words("en")))) == {"share"}
    busy = sold.model_copy(update={"hours_per_week": 9.0})
    assert "hours" not in dict(followed(play(busy, runs=50), None, Words("en")))


def test_the_next_payment_is_the_one_of_this_week_or_the_first_after_it():
    """Money due in weeks 3, 7 and 11, and once in week 5: each is listed until its week is over."""
    recurring = {"week": 3, "amount": 900, "every_weeks": 4, "until_week": 11}
    plan = plan_of(due=[recurring, {"week": 5, "amount": 80}])
    weeks = {week: [due.week for due in next_payments(plan, week)] for week in (1, 3, 4, 5, 6, 11)}
    assert weeks == {1: [3, 5], 3: [3, 5], 4: [7, 5], 5: [7, 5], 6: [7], 11: [11]}
    assert next_payments(plan, 12) == ()
