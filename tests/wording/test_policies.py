"""A policy in words says when no decision helps, instead of when to stop."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from workbook.coach.policy import _stop, policy_value
from workbook.coach.questions import Question
from workbook.plan import Plan
from workbook.play import play
from workbook.wording.policies import policy_lines
from workbook.words import Words


def plan_of(rate, weeks):
    """A goal that takes these weeks, in a plan of twenty, and a fork that hardly helps."""
    goal = {"id": "g", "weeks": weeks, "pass_rate": rate, "attempts": 1}
    option = {"id": "more", "cash": "+10"}
    fork = {"id": "f", "at": {"week": 1}, "options": [option]}
    parts = {"goal": "g", "cash": 100, "horizon_weeks": 20, "milestones": [goal]}
    return Plan.model_validate({"plan": 1, "id": "p", **parts, "forks": [fork]})


@pytest.mark.parametrize(
    ("rate", "weeks", "lines", "en", "zh"),
    [
        (1.0, 30, 1, "No option reaches the goal: not one of 10,000", "没有一个选项能达成目标"),
        (
            0.02,
            3,
            3,
            "Whatever is decided, fewer than 5 lives in 100",
            "100 次人生里达成目标的不到 5 次",
        ),
    ],
    ids=["never", "hardly ever"],
)
def test_a_hopeless_plan_gets_no_rule_to_stop_in_its_first_week(rate, weeks, lines, en, zh):
    """The plan is what must change; a rule to stop would hold for every life from the start."""
    found = policy_value(plan_of(rate, weeks))
    assert found.stop is None
    assert len(policy_lines(found, Words("en"))) == lines
    assert en in policy_lines(found, Words("en"))[-1]
    assert zh in policy_lines(found, Words("zh"))[-1]


@pytest.mark.parametrize("teams", [1, 2], ids=["played exactly", "simulated"])
def test_as_written_a_plan_has_the_chance_that_play_gives_it(teams):
    """`policy` values what is decided on the lives of `play`: one plan has one answer."""
    plan = plan_of(0.4, 3).model_copy(update={"teams": teams})
    found, played = policy_value(plan), play(plan)
    assert played.how == ("exact" if teams == 1 else "simulated")
    assert found.as_written == played.fates["goal"]
    assert found.best_fixed - found.as_written == pytest.approx(
        found.over_written.value - found.over_fixed.value
    )


def test_what_the_rules_leave_out_is_in_no_order_and_says_nothing_of_stopping():
    """One sentence says to leave it out: none after it says to work at it or to wait for it."""
    found = policy_value(plan_of(0.5, 3))
    question = Question("skip", found.rules[0][0].fork, skips="g")
    out = replace(found, rules=((question, 1),), order=("g",), stop=None)
    said = policy_lines(out, Words("en"))
    assert out.left_out == {"g"}
    assert "g: leave it out." in said
    assert not [line for line in said if line.startswith("Work in this order: g")]
    late = np.full((3, 100), 9)
    lives = SimpleNamespace(fate=late, end_week=late + 9, reached_week={"g": late})
    assert _stop(lives, found.plan, frozenset()).milestone == "g"
    assert _stop(lives, found.plan, out.left_out) is None
