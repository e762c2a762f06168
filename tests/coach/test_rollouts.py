"""Policies simulated side by side, against the simulation of each plan alone."""

from __future__ import annotations

from itertools import product

import pytest

from examples import by_hand
from workbook import simulate
from workbook.cases import load
from workbook.coach.questions import questions_of
from workbook.coach.rollouts import Policy, rollouts
from workbook.coach.rules import Split
from workbook.life import Luck, live
from workbook.outcomes import FATES
from workbook.plan import Plan

LIVES = 300


@pytest.mark.parametrize("case", by_hand(["training-camp", "ai-companion", "side-business"]))
def test_a_fixed_policy_reaches_the_goal_in_the_lives_of_the_plan_with_these_options(case):
    """Every combination of options, simulated beside all others, gives the lives of `simulate`."""
    plan = load(case).plan
    questions = questions_of(plan)
    ways = list(product(*(range(question.ways) for question in questions)))
    policies = [Policy(0, {q.id: n for q, n in zip(questions, way, strict=True)}) for way in ways]
    played = rollouts([plan], questions, policies, LIVES, seed=3)
    for way, reached in zip(ways, played.reached, strict=True):
        taken = {q.id: q.options[n - 1].id for q, n in zip(questions, way, strict=True) if n}
        alone = simulate.play(plan, taken, LIVES, seed=3).lives
        assert (reached == (alone.fate == FATES.index("goal"))).all()


def test_a_rule_takes_each_option_where_it_says_so():
    """Runs that see little cash take one option, the others another, and the record says which."""
    plan = load("training-camp").plan
    questions = questions_of(plan)
    rule = Split("week", 40.0, then=1, other=2)
    faced = rollouts([plan], questions, [Policy(0, {"room-to-grow": rule})], LIVES, seed=3).faced
    here = faced["room-to-grow"]
    early = here.when & (here.seen["week"] < 40)
    assert 0 < early.sum() < here.when.sum()
    assert (here.taken[early] == 1).all()
    assert (here.taken[here.when & ~early] == 2).all()


LOAN = {"amount": 3000.0, "repaid": {"instalments": 10, "every_weeks": 4}}
GIVEN = {"gives": {"funding": LOAN}}
FIRST = {"id": "first", "weeks": 2, "pass_rate": 0.6, "cost": 200.0}
BORROW = {"id": "f", "at": {"milestone": "work"}}
WRITES = {"id": "x", "milestones": {"first": GIVEN}}


@pytest.mark.parametrize(
    "keys",
    [
        {"due": [{"week": 2, **LOAN}]},
        {"milestones": [{**FIRST, **GIVEN}]},
        {"milestones": [{"id": "first", "tests": {"belief": 0.2, "redesign": GIVEN}}]},
        {"forks": [{**BORROW, "options": [{"id": "bank", "funding": LOAN}]}]},
        {"forks": [{**BORROW, "at": {"week": 1}, "options": [WRITES]}]},
    ],
    ids=["promised", "given", "by a redesign", "at a fork", "written by an option"],
)
def test_the_coach_and_every_play_pay_back_a_loan_wherever_it_comes_from(keys):
    """A policy reaches the goal in the lives of the plan narrated one by one, instalments paid."""
    chain = [*keys.get("milestones", [FIRST]), {"id": "work", "weeks": 9, "pass_rate": 0.5}]
    chain[-1]["needs"] = ["first"]
    whole = {"id": "p", "goal": "work", "cash": 3000.0, "burn_per_week": 110.0, **keys}
    plan = Plan.model_validate({**whole, "milestones": chain})
    questions = questions_of(plan)
    taken = {q.id: q.options[0].id for q in questions}
    policy = Policy(0, dict.fromkeys(taken, 1))
    coached = rollouts([plan], questions, [policy], 60, seed=2).reached[0]
    played = simulate.play(plan, taken, 60, seed=2).lives.fate == FATES.index("goal")
    narrated = [live(plan, Luck(2, n), taken).fate == "goal" for n in range(60)]
    assert coached.tolist() == played.tolist() == narrated
    assert 0 < sum(narrated) < 60
