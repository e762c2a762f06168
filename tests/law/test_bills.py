"""Bills of their own: paid in their weeks to the cent, by every engine that plays them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.cases import read_text
from workbook.edit import edit
from workbook.errors import InputError
from workbook.exact import NotExactError, refusal
from workbook.law import Economy, from_today
from workbook.life import Luck, live
from workbook.plan import Bill, Edit, Gives, Plan
from workbook.play import play
from workbook.present import present

WEEKS = 30
RENT = {"id": "rent", "amount": 900.0, "from_week": 3, "every_weeks": 4, "until_week": 24}
LAPTOP = {"id": "laptop", "amount": 1500.0, "from_week": 7}
DUES = {"id": "dues", "amount": 10.5, "every_weeks": 1}
SPENT = 900 * 6 + 1500 + 10.5 * WEEKS
"""The rent of weeks 3, 7, 11, 15, 19 and 23, the laptop once, and the dues of every week."""


def plan(*bills, **keys) -> Plan:
    """One milestone that takes all the weeks, and the bills meanwhile."""
    only = {"id": "a", "weeks": WEEKS, "pass_rate": 1.0}
    common = {"id": "p", "goal": "a", "horizon_weeks": WEEKS, "milestones": [only]}
    return Plan.model_validate({**common, "bills": bills, **keys})


def test_bills_take_what_their_weeks_add_up_to():
    """Enough to the cent is the goal with nothing left; a cent less is ruin in the last week."""
    enough = play(plan(RENT, LAPTOP, DUES, cash=SPENT), runs=20)
    short = play(plan(RENT, LAPTOP, DUES, cash=SPENT - 0.01), runs=20)
    assert (enough.fates["goal"], short.fates["ruin"]) == (1.0, 1.0)
    assert live(plan(RENT, LAPTOP, DUES, cash=SPENT), Luck(1, 0)).cash == 0.0
    assert live(plan(RENT, LAPTOP, DUES, cash=SPENT - 0.01), Luck(1, 0)).week == WEEKS


def test_exact_play_says_why_it_leaves_bills_to_the_simulation():
    """Bills make weeks differ: exact play refuses by name, and a plan at rest is simulated."""
    assert "bills" in str(refusal(plan(DUES, cash=1e6)))
    with pytest.raises(NotExactError, match="bills"):
        play(plan(DUES, cash=1e6), how="exact")
    assert play(plan(DUES, cash=1e6), runs=20).how == "simulated"


def test_a_bill_of_every_week_is_a_burn():
    """The same luck, and in each week the same cash, as with that much more burn."""
    chain = [
        {"id": "a", "weeks": 2, "cost": 300.0, "pass_rate": 0.4},
        {"id": "b", "weeks": 3, "cost": 500.0, "pass_rate": 0.6, "needs": ["a"]},
    ]
    keys = {"cash": 9000.0, "goal": "b", "milestones": chain, "horizon_weeks": 40}
    billed = play(plan({"id": "x", "amount": 250, "every_weeks": 1}, **keys), runs=500)
    burnt = play(plan(burn_per_week=250.0, **keys), runs=500, how="simulated")
    assert billed.fates == burnt.fates
    bands = [found.weekly.bands["cash"] for found in (billed, burnt)]
    assert np.array_equal(*bands, equal_nan=True)


def test_a_milestone_switches_bills_on_moves_and_ends_them():
    """A lease from 0, an instalment up and a rent to 0 leave the others alone."""
    bills = (RENT, {**LAPTOP, "every_weeks": 2}, {**DUES, "amount": 0.0})
    gives = Gives.model_validate({"bills": {"rent": 0.0, "laptop": "+50", "dues": 40.0}})
    after = Economy.of(plan(*bills)).after(gives)
    assert [bill.amount for bill in after.bills] == [0.0, 1550.0, 40.0]
    edited = edit(plan(*bills), Edit.model_validate({"bills": {"rent": "-100"}}))
    assert [bill.amount for bill in edited.bills] == [800.0, 1500.0, 0.0]


def test_what_a_milestone_switches_on_is_paid_from_the_week_after():
    """Reached in week 4, a monthly lease of weeks 1, 5, 9 is paid from week 5 on."""
    lease = {"id": "lease", "amount": 0.0, "every_weeks": 4}
    chain = [
        {"id": "sign", "weeks": 4, "pass_rate": 1.0, "gives": {"bills": {"lease": 700.0}}},
        {"id": "a", "weeks": 6, "pass_rate": 1.0, "needs": ["sign"]},
    ]
    for how in ("simulated", "life"):
        keys = {"cash": 1400.0, "milestones": chain}
        if how == "life":
            life = live(plan(lease, **keys), Luck(2, 0))
            assert (life.fate, life.cash) == ("goal", 0.0)
        else:
            assert play(plan(lease, **keys), runs=10).fates["goal"] == 1.0
            keys["cash"] = 1399.99
            assert play(plan(lease, **keys), runs=10).fates["ruin"] == 1.0


def test_a_wait_leaves_the_bills_as_they_are():
    """While a fork waits its burn takes the plan's place; the bills are paid all the same."""
    wait = {"burn_per_week": 1.0, "chance_per_week": 0.0, "amount": 0.0}
    fork = {"id": "f", "at": {"milestone": "a"}, "options": [{"id": "w", "wait": wait}]}
    waiting = plan(DUES, cash=1000.0, burn_per_week=99.0, forks=[fork])
    life = live(waiting, Luck(1, 0), {"f": "w"})
    assert life.cash == 1000 - WEEKS * (1 + 10.5)
    band = play(waiting, {"f": "w"}, runs=10).weekly.bands["cash"]
    assert band[2][-1] == life.cash


def test_to_break_even_revenue_covers_the_bills_that_recur():
    """900 every 4 weeks is 225 a week: a revenue of 325 carries it beside a burn of 100."""
    for revenue, holds in ((325.0, True), (324.99, False)):
        shop = plan(RENT, LAPTOP, burn_per_week=100.0, revenue_per_week=revenue)
        assert Economy.of(shop).breaks_even is holds


BILLS = st.builds(
    Bill,
    id=st.just("x"),
    amount=st.sampled_from([1.0, 20.0]),
    from_week=st.integers(1, 12),
    every_weeks=st.none() | st.integers(1, 6),
    until_week=st.none(),
)


@given(BILLS, st.none() | st.integers(0, 20), st.integers(0, 30))
def test_a_bill_seen_from_today_is_paid_in_the_same_weeks(bill, lasts, today):
    """Counted from the end of a later week on, what is to come falls in the same weeks."""
    if bill.every_weeks is not None and lasts is not None:
        bill = bill.model_copy(update={"until_week": bill.from_week + lasts})
    seen = Economy(bills=from_today([bill], today))
    written = Economy(bills=(bill,))
    later = range(1, 60)
    assert [seen.bills_cents(w) for w in later] == [written.bills_cents(today + w) for w in later]


def test_the_log_leaves_the_bills_that_are_to_come():
    """Cash that was not counted since has paid the bills of those weeks."""
    log = [{"week": 2, "cash": 10_000.0}, {"week": 7, "milestone": "a", "result": "failed"}]
    later = present(plan(RENT, LAPTOP, cash=1.0, log=log)).plan
    assert later.cash == 10_000 - 900 * 2 - 1500
    assert [(bill.from_week, bill.until_week) for bill in later.bills] == [(4, 17)]


BROKEN = {
    "{id: rent, amount: 5, until_week: 9}": "this bill comes once",
    "{id: rent, amount: 5, from_week: 9, every_weeks: 1, until_week: 3}": "ends in week 3",
    "{id: rent, amount: -5}": "too little",
    "{id: rent, amount: 5, every_weeks: 0}": "too little",
    "{id: rent, amount: 5, every: 4}": "did you mean 'every_weeks'",
    "{id: rent}": "the key 'amount' is missing",
    "{id: rent, amount: 5}, {id: rent, amount: 6}": "'rent' is taken since line 5",
}


@pytest.mark.parametrize("bills", BROKEN)
def test_a_bill_that_makes_no_sense_is_reported(bills):
    """Each nonsense is a fault in words, at its line."""
    text = "plan: 1\nid: p\ngoal: a\nmilestones: [{id: a}]\nbills: [" + bills + "]\n"
    with pytest.raises(InputError) as caught:
        read_text(text, "p.yaml")
    (fault,) = caught.value.faults
    assert fault.line == 5
    assert BROKEN[bills] in str(fault.message)


@pytest.mark.parametrize(
    "place",
    [
        "milestones: [{id: a, gives: {bills: {rnet: 4}}}]",
        "milestones: [{id: a}]\nforks: [{id: f, options: [{id: o, bills: {rnet: 4}}]}]",
    ],
)
def test_a_bill_that_is_changed_must_be_one(place):
    """A mistyped bill is reported with the one that was meant, in a gift as in an option."""
    text = f"plan: 1\nid: p\ngoal: a\nbills: [{{id: rent, amount: 5}}]\n{place}\n"
    with pytest.raises(InputError) as caught:
        read_text(text, "p.yaml")
    assert [str(f.message) for f in caught.value.faults] == ["no bill 'rnet'; did you mean 'rent'?"]


def test_promised_money_below_zero_is_sent_to_the_bills():
    """A debt is a bill: the fault under `due` says so."""
    text = "plan: 1\nid: p\ngoal: a\nmilestones: [{id: a}]\ndue: [{week: 3, amount: -100}]\n"
    with pytest.raises(InputError) as caught:
        read_text(text, "p.yaml")
    assert [f.line for f in caught.value.faults] == [5]
    assert "-100 would be a debt; write what you owe under `bills`" in str(caught.value.faults[0])
