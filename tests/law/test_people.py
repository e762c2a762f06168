"""Founders with a job beside the business, and roles with a salary: by every engine to the cent."""

from __future__ import annotations

from math import ceil

import numpy as np
import pytest

from workbook.cases import read_text
from workbook.edit import edit
from workbook.errors import InputError
from workbook.exact import refusal
from workbook.law import Economy, roles_from_today
from workbook.life import Luck, live
from workbook.plan import Edit, Gives, Plan, Role
from workbook.play import play
from workbook.present import present
from workbook.simulate import play as simulated

WEEKS = 30
BAKER = {"id": "baker", "headcount": 2, "pay_per_month": 2600.0, "on_costs": 0.2, "from_week": 3}
CLEANER = {"id": "cleaner", "headcount": 0.5, "pay_per_week": 301.01, "until_week": 9}
BEN = {"id": "ben", "hours_per_week": 55.0, "job": {"hours_per_week": 40.0, "pay_per_month": 2600}}
ANA = {"id": "ana", "hours_per_week": 25.0}


def plan(**keys) -> Plan:
    """One milestone that takes all the weeks, and the people meanwhile."""
    only = {"id": "a", "weeks": WEEKS, "pass_rate": 1.0}
    common = {"id": "p", "goal": "a", "horizon_weeks": WEEKS, "milestones": [only]}
    return Plan.model_validate({**common, **keys})


def test_salaries_are_headcount_by_pay_by_on_costs_in_their_weeks():
    """2 × 600 × 1.2 in 28 weeks and 150.51 (half a cent up) in 9: to the cent, or ruin."""
    spent = 28 * 1440.0 + 9 * 150.51
    for cash, fate in ((spent, "goal"), (spent - 0.01, "ruin")):
        paying = plan(roles=[BAKER, CLEANER], cash=round(cash, 2))
        assert play(paying, runs=20).fates[fate] == 1.0
        assert live(paying, Luck(1, 0)).fate == fate


def test_a_role_is_the_bill_of_every_week_that_it_comes_to():
    """The same odds, bands and average as a bill with the same weekly amount and weeks."""
    chain = [
        {"id": "a", "weeks": 2, "cost": 300.0, "pass_rate": 0.4},
        {"id": "b", "weeks": 3, "cost": 500.0, "pass_rate": 0.6, "needs": ["a"]},
    ]
    keys = {"cash": 20000.0, "goal": "b", "milestones": chain, "horizon_weeks": 40}
    bill = {"id": "x", "amount": 1440.0, "every_weeks": 1, "from_week": 3}
    paid = play(plan(roles=[BAKER], **keys), runs=500)
    billed = play(plan(bills=[bill], **keys), runs=500)
    assert paid.fates == billed.fates
    bands = [found.weekly.bands["cash"] for found in (paid, billed)]
    assert np.array_equal(*bands, equal_nan=True)
    both = [Economy.of(plan(roles=[BAKER])), Economy.of(plan(bills=[bill]))]
    assert [one.average_bills_cents for one in both] == [144000, 144000]


def test_milestones_and_options_hire_and_dismiss():
    """`+1` hires one, a number sets how many, and nobody else is touched."""
    roles = plan(roles=[BAKER, CLEANER])
    after = Economy.of(roles).after(Gives.model_validate({"roles": {"baker": "+1"}}))
    assert [role.headcount for role in after.roles] == [3.0, 0.5]
    edited = edit(roles, Edit.model_validate({"roles": {"baker": "-5", "cleaner": 2}}))
    assert [role.headcount for role in edited.roles] == [0.0, 2.0]
    hire = {"id": "open", "weeks": 4, "pass_rate": 1.0, "gives": {"roles": {"baker": 1}}}
    last = {"id": "a", "weeks": 6, "pass_rate": 1.0, "needs": ["open"]}
    cash = 6 * 600 * 1.2
    bakery = plan(roles=[{**BAKER, "headcount": 0}], milestones=[hire, last], cash=cash)
    assert (live(bakery, Luck(1, 0)).cash, play(bakery, runs=9).fates["goal"]) == (0.0, 1.0)


def test_a_range_of_the_pay_is_drawn_once_a_life():
    """Simulated lives spend what the same life spends when narrated; the mean is the range's."""
    paid = {**BAKER, "pay_per_month": [2600.0, 2600.0, 5200.0], "from_week": 1}
    text = Plan.model_validate(
        {**plan(roles=[{**paid, "pay_per_month": 2600.0}]).model_dump(), "cash": 1e6}
    )
    ranged = text.model_copy(update={"ranges": {"roles.baker.pay_per_month": (2600, 2600, 5200)}})
    found = simulated(ranged, runs=400)
    ends = found.lives.cash
    assert [live(ranged, Luck(1, n)).cash for n in range(20)] == pytest.approx(ends[:20])
    spent = (1e6 - ends) / WEEKS
    assert spent.mean() == pytest.approx(2 * 800 * 1.2, rel=0.02)


def test_hours_of_founders_add_up_without_their_jobs():
    """25 + (55 − 40) − 10 is 30 hours free: 200 hours take ceil(200 / 30) weeks; without job 3."""
    work = {"id": "a", "hours": 200, "pass_rate": 1.0}
    keys = {"founders": [ANA, BEN], "running_hours_per_week": 10.0, "milestones": [work]}
    assert live(plan(**keys), Luck(1, 0)).week == ceil(200 / 30) == 7
    assert play(plan(**keys), how="exact").mean.week_if_goal == 7
    half = edit(plan(**keys), Edit(jobs={"ben": 0.5}))
    assert live(half, Luck(1, 0)).week == ceil(200 / 50)
    free = edit(plan(**keys), Edit(jobs={"ben": 0}))
    assert simulated(free, runs=5).mean.week_if_goal == ceil(200 / 70)


def test_a_job_brings_its_pay_until_a_milestone_gives_it_up():
    """600 a week for 4 weeks, nothing after; the freed hours halve what follows: to the cent."""
    quit_job = {"id": "quit", "weeks": 4, "pass_rate": 1.0, "gives": {"jobs": {"ben": 0}}}
    rest = {"id": "a", "hours": 110, "pass_rate": 1.0, "needs": ["quit"]}
    keys = {"founders": [BEN], "milestones": [quit_job, rest], "burn_per_week": 500.0}
    enough = 500.0 * 6 - 600.0 * 4
    for cash, fate in ((enough, "goal"), (enough - 0.01, "ruin")):
        quitting = plan(**keys, cash=cash)
        assert live(quitting, Luck(1, 0)).fate == fate
        assert simulated(quitting, runs=9).fates[fate] == 1.0
        assert play(quitting, how="exact").fates[fate] == pytest.approx(1.0)


def test_the_pay_of_a_job_is_no_revenue_and_is_not_taxed():
    """A business that lives on its founder's pay does not break even, and has no profit to tax."""
    keys = {"founders": [BEN], "burn_per_week": 100.0, "goal": "breakeven", "tax_on_profit": 0.5}
    paid = plan(**keys, cash=0.0, milestones=[])
    assert not Economy.of(paid).breaks_even
    life = live(paid, Luck(1, 0))
    assert (life.fate, life.cash) == ("open", WEEKS * 500.0)
    assert simulated(paid, runs=5).mean.cash_if_goal is None
    assert simulated(paid, runs=5).weekly.bands["cash"][2][-1] == WEEKS * 500.0


def test_pay_saves_a_blocked_start_from_ruin():
    """What cannot be paid today is paid from the job in three weeks."""
    work = {"id": "a", "weeks": 1, "cost": 1500.0, "pass_rate": 1.0}
    for how in ("exact", "simulated"):
        found = play(plan(founders=[BEN], milestones=[work], cash=0.0), how=how, runs=5)
        assert found.mean.week_if_goal == 4
    assert live(plan(founders=[BEN], milestones=[work], cash=0.0), Luck(1, 0)).week == 4


def test_the_log_leaves_people_as_they_are_today():
    """Given up in the past, a job stays given up; roles go on in the same weeks."""
    quit_job = {"id": "quit", "pass_rate": 1.0, "gives": {"jobs": {"ben": 0}}}
    log = [{"week": 5, "milestone": "quit", "result": "passed"}]
    rest = {"id": "a", "weeks": 9, "needs": ["quit"]}
    keys = {"founders": [BEN], "roles": [BAKER, CLEANER], "milestones": [quit_job, rest]}
    now = present(plan(**keys, cash=9e4, log=log)).plan
    assert now.founders[0].job is not None
    assert now.founders[0].job.workload == 0
    assert [(role.from_week, role.until_week) for role in now.roles] == [(1, None), (1, 4)]
    assert roles_from_today([Role(id="x", pay_per_week=5, until_week=5)], 5) == ()


def test_exact_play_says_why_it_leaves_salaries_to_the_simulation():
    """Founders are played exactly; salaries are refused by name."""
    assert "salaries" in str(refusal(plan(roles=[BAKER])))
    assert refusal(plan(founders=[BEN])) is None


BROKEN = {
    "founders: [{id: ben, hours_per_week: 169}]": "more than a week has",
    "founders: [{id: ben, hours_per_week: 30, job: {hours_per_week: 40}}]": "takes 40 of 30 hours",
    "founders: [{id: b, hours_per_week: 30, job: {hours_per_week: 9, workload: 2}}]": "2 is not",
    "founders: [{id: b, hours_per_week: 3}, {id: b, hours_per_week: 3}]": "'b' is taken",
    "roles: [{id: b, headcount: 2}]": "a role without pay costs nothing",
    "roles: [{id: b, pay_per_week: 2, pay_per_month: 9}]": "by the week and by the month",
    "roles: [{id: b, pay_per_week: 2, from_week: 9, until_week: 3}]": "ends in week 3",
    "roles: [{id: b, salary: 2}]": "did you mean 'pay_per_month'",
    "roles: [{id: b, pay_per_week: -2}]": "too little",
    "forks: [{id: f, options: [{id: o, jobs: {ben: 0}}]}]": "'ben' is no founder with a `job`",
    "teams: 2\nfounders: [{id: b, hours_per_week: 9}]": "each would have all",
}


@pytest.mark.parametrize("keys", BROKEN)
def test_people_that_make_no_sense_are_reported(keys):
    """Each nonsense is a fault in words, with what to do."""
    work = (
        "milestones: [{id: a, hours: 5}]" if "hours_per_week" in keys else "milestones: [{id: a}]"
    )
    with pytest.raises(InputError) as caught:
        read_text(f"plan: 1\nid: p\ngoal: a\n{work}\n{keys}\n", "p.yaml")
    reported = [str(fault.message) for fault in caught.value.faults]
    assert any(BROKEN[keys] in message for message in reported), reported


def test_a_role_that_is_changed_must_be_one():
    """A mistyped role is reported with the one that was meant."""
    text = (
        "plan: 1\nid: p\ngoal: a\nroles: [{id: baker, pay_per_week: 5}]\n"
        "milestones: [{id: a, gives: {roles: {bakr: '+1'}}}]\n"
    )
    with pytest.raises(InputError) as caught:
        read_text(text, "p.yaml")
    reported = [str(fault.message) for fault in caught.value.faults]
    assert reported == ["no role 'bakr'; did you mean 'baker'?"]
