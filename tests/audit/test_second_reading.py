"""The command line against a second reading of the week, written without the package."""

from __future__ import annotations

import json
from math import sqrt
from statistics import mean, pstdev

import pytest
import yaml

from audit.second_reading import fates
from examples import by_hand
from workbook.cli import main

LIVES = 4_000
TEST = {"belief": 0.6, "if_true": 0.9, "if_false": 0.2, "redesign": {"weeks": 3, "cost": 2500}}
CASH_GAP = {
    "id": "gap",
    "at": {"milestone": "b"},
    "options": [
        {"id": "borrow", "loan": {"amount": 12000, "repay": 15000, "repay_after_weeks": 6}},
        {"id": "leave", "skip": ["b"]},
        {"id": "wait", "wait": {"burn_per_week": 300, "chance_per_week": 0.1, "amount": 15000}},
        {"id": "race", "milestones": {"b": {"teams": 3, "cost": 0}}, "sales": {"margin": 0.2}},
        {"id": "add", "cash": "+6000"},
    ],
}


def plan(**keys):
    """A plan of this test: a few figures that all of them share, and what makes it its own."""
    common = {"plan": 1, "id": "second", "goal": "c", "horizon_weeks": 40, "burn_per_week": 700}
    return {**common, **keys}


def point(id, weeks, cost, pass_rate, **keys):
    """A milestone."""
    return {"id": id, "weeks": weeks, "cost": cost, "pass_rate": pass_rate, **keys}


MORALE = {"start": 50, "falls_by": 20, "rises_by": 30, "low_below": 40, "rounds_longer": 2.0}
CHAIN = [
    point("a", 2, 1000, 0.5, attempts=3),
    point("b", 3, 2500, [0.2, 0.4, 0.7], needs=["a"]),
    point("c", 1, 4000, 0.6, needs=["b"]),
]
FUNDED = [
    point("a", 1, 2000, 0.8, gives={"funding": {"amount": 15000, "chance": 0.5, "lag_weeks": 6}}),
    point("c", 2, 9000, 0.6, needs=["a"]),
]
SOLD = [
    point("a", 1, 1000, 0.5, gives={"conversion": 0.3, "burn_per_week": 800}),
    point("c", 2, 2000, 0.3, needs=["a"], teams=2, attempts=3),
]
TESTED = [
    {"id": "t", "weeks": 2, "cost": 1500, "tests": TEST},
    point("a", 3, 1000, 0.5),
    point("c", 3, 2000, 0.7, needs=["t", "a"], relies_on=["t"]),
]
HIRED = [
    point("a", 2, 1000, 0.5, gives={"burn_per_week": "+400", "conversion": "+0.3"}),
    point("b", 2, 500, 0.5, gives={"burn_per_week": "+300", "price": "-40"}),
    point("c", 2, 2000, 0.3, needs=["a", "b"], attempts=5),
]
BILLS = [
    {"id": "rent", "amount": 0, "every_weeks": 4},
    {"id": "course", "amount": 1800, "from_week": 9},
    {"id": "lease", "amount": 300, "from_week": 3, "every_weeks": 2, "until_week": 15},
]
LEASED = [
    point("a", 2, 1000, 0.5, gives={"bills": {"rent": 1200, "lease": "+90"}}),
    point("c", 2, 2000, 0.3, needs=["a"], attempts=6),
]
CLUB = {
    **{"reach_per_week": 50, "conversion": 0.04, "margin": 0.9, "paying_customers": 12},
    **{"fee_per_month": 40, "churn_per_month": 0.07, "referrals_per_month": 0.05},
    **{"most_customers": 90, "reach_growth_per_month": 0.1, "most_reach_per_week": 80},
}
FILLED = [
    point("a", 2, 1000, 0.5, gives={"paying_customers": "+15", "churn_per_month": 0.04}),
    point("c", 3, 2500, 0.3, needs=["a"], attempts=7),
]
HOURS = [
    {"id": "a", "hours": 20, "cost": 0, "pass_rate": 0.5, "gives": {"hours_per_week": 12}},
    {"id": "c", "hours": 45, "cost": 0, "pass_rate": [0.3, 0.6], "needs": ["a"]},
]
STAFF = [{"id": "cook", "headcount": 0, "pay_per_month": 1300, "on_costs": 0.2, "from_week": 4}]
JOB = {"hours_per_week": 25, "pay_per_week": 450}
TWO = [{"id": "ana", "hours_per_week": 10}, {"id": "ben", "hours_per_week": 40, "job": JOB}]
QUIT = [
    point("a", 2, 1000, 0.5, gives={"roles": {"cook": "+2"}, "jobs": {"ben": 0.2}}),
    {"id": "c", "hours": 70, "cost": 900, "pass_rate": 0.4, "needs": ["a"], "attempts": 6},
]
SALES = {"reach_per_week": 40, "conversion": 0.05, "price": 100, "margin": 0.8}

PLANS = {
    "morale": plan(cash=30000, milestones=CHAIN, morale=MORALE),
    "morale, two teams": plan(cash=26000, milestones=TESTED, teams=2, morale=MORALE),
    "a chain": plan(cash=20000, milestones=CHAIN),
    "funding that is waited for": plan(cash=8000, burn_per_week=300, milestones=FUNDED),
    "sales and a race": plan(cash=9000, sales=SALES, milestones=SOLD),
    "costs that add up": plan(cash=16000, sales=SALES, teams=2, milestones=HIRED),
    "bills": plan(cash=16000, burn_per_week=300, bills=BILLS, milestones=LEASED),
    "customers who stay": plan(cash=15000, burn_per_week=900, sales=CLUB, milestones=FILLED),
    "people": plan(cash=5000, burn_per_week=400, roles=STAFF, founders=TWO, milestones=QUIT),
    "a test": plan(cash=16000, milestones=TESTED),
    "a test skipped": plan(cash=16000, milestones=TESTED, skips=["t"]),
    "two teams": plan(cash=16000, teams=2, milestones=TESTED),
    "hours and no cash": plan(hours_per_week=9, horizon_weeks=24, milestones=HOURS),
    **{
        f"fork: {option['id']}": plan(
            cash=14000, sales=SALES, milestones=CHAIN, forks=[CASH_GAP], takes=option["id"]
        )
        for option in CASH_GAP["options"]
    },
}


@pytest.mark.parametrize("name", by_hand(PLANS, 3))
def test_a_second_reading_of_the_week_tells_the_same_odds(name, tmp_path, capsys):
    """Anyone who reads the order of the week and writes it down plainly finds our odds again."""
    plan = dict(PLANS[name])
    taken = plan.pop("takes", None)
    path = tmp_path / "second.yaml"
    path.write_text(json.dumps(plan), encoding="utf-8")
    choice = ["--option", f"gap={taken}"] if taken else []
    assert main(["play", str(path), "--json", *choice]) == 0
    played = json.loads(capsys.readouterr().out)
    reported = fates(yaml.safe_load(path.read_text()), {"gap": taken}, LIVES, seed=1)
    reached = {id: milestone["reached"] for id, milestone in played["milestones"].items()}
    for ours, theirs in ((played["fates"], reported["fates"]), (reached, reported["reached"])):
        for key, chance in ours.items():
            spread = sqrt(max(chance * (1 - chance), 1 / LIVES) * (1 / LIVES + 1 / 10_000))
            assert theirs.get(key, 0.0) == pytest.approx(chance, abs=4.5 * spread), key
    weeks = reported["week_if_goal"]
    near = 4.5 * pstdev(weeks) * sqrt(1 / len(weeks) + 1 / (10_000 * played["fates"]["goal"]))
    assert mean(weeks) == pytest.approx(played["mean"]["week_if_goal"], abs=near + 1e-6)
