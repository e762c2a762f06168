"""A policy in words says when no decision helps, instead of when to stop."""

from __future__ import annotations

import pytest

from workbook.coach.policy import policy_value
from workbook.plan import Plan
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
        (1.0, 30, 1, "No option reaches the goal: not one of 6,000", "没有一个选项能达成目标"),
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
