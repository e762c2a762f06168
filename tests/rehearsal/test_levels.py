"""Levels of a test, and forks on offer at any time."""

from __future__ import annotations

from dataclasses import replace

from workbook import life
from workbook.consistency import faults_of
from workbook.plan import Plan
from workbook.play import play
from workbook.rehearsal import rehearse

STALL = {
    "id": "stall",
    "goal": "shop",
    "cash": 9000,
    "burn_per_week": 100,
    "milestones": [
        {
            "id": "taste",
            "weeks": 4,
            "cost": 1000,
            "tests": {
                "belief": 0.0,
                "redesign": {"weeks": 3, "cost": 500},
                "cheap": {"weeks": 1, "cost": 100, "if_false": 1.0},
                "strict": {"weeks": 6, "cost": 2000, "if_true": 0.9},
            },
        },
        {"id": "shop", "needs": ["taste"], "relies_on": ["taste"], "weeks": 2, "cost": 300},
    ],
    "forks": [
        {
            "id": "money",
            "at": {"milestone": "shop", "cash_below": 50},
            "any_time": True,
            "options": [
                {"id": "loan", "loan": {"amount": 5000, "repay": 6000, "repay_after_weeks": 9}}
            ],
        }
    ],
}
PLAN = Plan.model_validate(STALL)


def to_the_end(position):
    while position.fate is None:
        position = position.after("as-written")
    return position


def test_a_level_is_the_plan_with_the_test_written_so():
    """Tested at a level from the start, it is the life of the plan whose test is like that."""
    for level, figures in (
        ("cheap", {"weeks": 1, "cost": 100}),
        ("strict", {"weeks": 6, "cost": 2000}),
    ):
        changed = {"if_false": 1.0} if level == "cheap" else {"if_true": 0.9}
        taste = STALL["milestones"][0]
        fixed = {**taste, **figures, "tests": {**taste["tests"], **changed}}
        plan = Plan.model_validate({**STALL, "milestones": [fixed, STALL["milestones"][1]]})
        for seed in range(5):
            ended = to_the_end(rehearse(PLAN, seed).after(f"work:taste={level}"))
            assert ended.state.record() == life.live(plan, life.Luck(seed, 0))


def test_a_cheap_proof_may_be_false_and_comes_out_downstream():
    """The cheap test passes in a week what is not so; the shop fails on it, then it is mended."""
    position = rehearse(PLAN, 1)
    assert [str(m) for m in position.moves[:3]] == [
        "as-written",
        "work:taste=cheap",
        "work:taste=strict",
    ]
    passed = position.after("work:taste=cheap")
    ended = to_the_end(passed)
    reported = [(e.week, e.happening, e.about) for e in ended.state.events]
    assert (1, "passed", "taste") in reported
    assert (3, "untrue", "shop") in reported
    assert (6, "redesign-done", "taste") in reported
    assert ended.fate == "goal"


def test_a_fork_at_any_time_is_offered_early_and_changes_no_play():
    """Money can be borrowed before the threshold; what is computed for the plan stays the same."""
    position = rehearse(PLAN, 1)
    assert "take:money=loan" in position.why_not
    while "take:money=loan" not in map(str, position.moves):
        position = position.after("as-written")
    assert position.cash > 50
    assert position.after("take:money=loan").state.taken == {"money": "loan"}
    forks = [{**STALL["forks"][0], "any_time": False}]
    assert play(Plan.model_validate({**STALL, "forks": forks})).fates == play(PLAN).fates


def test_a_level_in_another_unit_is_a_fault():
    """A test counted in weeks has no level in hours."""
    levels = {**STALL["milestones"][0]["tests"], "cheap": {"hours": 3}}
    taste = {**STALL["milestones"][0], "tests": levels}
    data = {**STALL, "milestones": [taste, STALL["milestones"][1]]}
    assert any("counted in `weeks`" in str(fault) for fault in faults_of(data))


def test_what_a_test_has_refuted_cannot_be_walked_around():
    """After the test has said no, leaving it out is no way to forget what is known."""
    position = rehearse(PLAN, 1)
    assert "skip:taste" in map(str, position.moves)
    lived = position.state.copy()
    for _ in range(4):
        lived.go_on()
    assert lived.refuted == {"taste"}
    refuted = replace(position, state=lived)
    assert "skip:taste" not in map(str, refuted.moves)
    assert "put right" in str(refuted.why_not["skip:taste"])
