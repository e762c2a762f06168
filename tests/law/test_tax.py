"""Tax on profit by the quarter: of what is left after costs, losses carried forward."""

from __future__ import annotations

import pytest

from workbook.exact import refusal
from workbook.life import Luck, live
from workbook.plan import Plan
from workbook.play import play
from workbook.present import present
from workbook.simulate import play as simulate

WORK = {"id": "work", "weeks": 40, "cost": 2600.0}


def plan_of(**keys):
    """A plan that earns 600 a week after its burn, and one piece of work."""
    flows = {"revenue_per_week": 1000.0, "burn_per_week": 400.0, "tax_on_profit": 0.25}
    whole = {"id": "p", "goal": "work", "cash": 9000.0, "milestones": [WORK], **flows, **keys}
    return Plan.model_validate(whole)


def test_a_quarter_of_what_three_quarters_leave_is_paid_at_the_end_of_each():
    """13 x 600 less the work's 2,600 is taxed in week 13; 13 x 600 in weeks 26 and 39."""
    played = play(plan_of(), runs=20)
    cash = played.weekly.bands["cash"][2]
    assert cash[12] == 9000 - 2600 + 12 * 600
    assert cash[13] == 9000 - 2600 + 13 * 600 - 0.25 * (13 * 600 - 2600)
    assert played.mean.cash == 9000 - 2600 + 40 * 600 - 0.25 * (39 * 600 - 2600)
    assert "taxed" in str(refusal(plan_of()).template)


def test_a_loss_is_carried_forward_and_loans_are_no_profit():
    """A first quarter at a loss of 5,200 leaves 2,600 of the second to be taxed."""
    bill = {"id": "fair", "amount": 10400.0, "from_week": 3}
    loan = {"week": 2, "amount": 9000.0, "repaid": {"instalments": 10, "every_weeks": 52}}
    played = play(plan_of(bills=[bill], due=[loan]), runs=20)
    cash = played.weekly.bands["cash"][2]
    assert cash[13] == 9000 + 9000 - 2600 - 10400 + 13 * 600
    assert cash[26] - cash[25] == 600 - 0.25 * (26 * 600 - 2600 - 10400)


@pytest.mark.parametrize("teams", [1, 2])
def test_simulated_lives_pay_the_tax_of_the_life_narrated(teams):
    """With waits, redesigns, ranges and forks: the same cash in every life."""
    wait = {"burn_per_week": 100.0, "chance_per_week": 0.2, "amount": 500.0}
    tests = {"belief": 0.5, "redesign": {"cost": 700.0, "weeks": 2}}
    milestones = [
        {"id": "a", "tests": tests, "cost": 300.0},
        {"id": "b", "pass_rate": 0.3, "cost": [100.0, 200.0, 900.0], "weeks": [1, 2, 5]},
        {**WORK, "needs": ["a", "b"], "pass_rate": 0.5, "weeks": 9},
    ]
    fork = {"id": "f", "at": {"week": 5}, "options": [{"id": "o", "wait": wait}]}
    plan = plan_of(cash=4000.0, teams=teams, milestones=milestones, forks=[fork])
    lives = simulate(plan, {"f": "o"}, runs=80, seed=3).lives
    for number in range(80):
        assert lives.cash[number] == live(plan, Luck(3, number), {"f": "o"}).cash


def test_a_log_goes_on_within_its_quarter():
    """After ten weeks three are left of the quarter, and the profit of ten waits for its tax."""
    plan = plan_of(log=[{"week": 10, "cash": 9000.0 - 2600 + 10 * 600}])
    begun = present(plan).plan.begun
    assert begun.quarter_weeks == 10
    assert begun.untaxed_cents == 100 * (10 * 600 - 2600)
    whole, later = (play(one, runs=20).mean.cash for one in (plan_of(), plan))
    assert later == whole
