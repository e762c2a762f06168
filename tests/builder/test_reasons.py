"""Why the odds are what they are, in one sentence."""

from __future__ import annotations

from typing import Any

import pytest

from workbook import cases
from workbook.builder.reasons import lost_at, why
from workbook.plan import Plan
from workbook.play import play
from workbook.words import Words

EN, ZH = Words("en"), Words("zh")


def told(keys: dict[str, Any], *milestones: dict[str, Any]) -> str:
    """The sentence for a plan; empty where there is none."""
    frame = {"id": "shop", "goal": milestones[-1]["id"], "horizon_weeks": 52}
    plan = Plan.model_validate({**frame, **keys, "milestones": list(milestones)})
    reason = why(play(plan))
    return EN.message(reason) if reason else ""


def test_a_payment_that_the_cash_does_not_cover_is_named_with_both_amounts():
    """90,000 are due for the fit-out, 79,000 are left when it begins."""
    first = {"id": "lease", "name": "Lease", "cost": 20_000, "weeks": 1, "pass_rate": 1}
    then = {"id": "fit-out", "name": "Fit-out", "needs": ["lease"], "cost": 88_000, "weeks": 2}
    found = told({"cash": 100_000, "burn_per_week": 1000}, first, {**then, "pass_rate": 1})
    assert found == (
        "Most lives end at “Fit-out”: an attempt takes ¥90,000 with the burn, and about ¥79,000"
        " is left by then."
    )


def test_attempts_that_are_used_up_are_counted():
    """Money is not what is missing."""
    found = told({"cash": 1e6}, {"id": "permit", "attempts": 1, "pass_rate": 0.2})
    assert found == (
        "Most lives end at “permit”: there is one attempt, and it passes in 20 of 100 lives."
    )


def test_time_is_the_reason_where_it_ends_first():
    """A plan of ten weeks with attempts of six."""
    slow = {"id": "permit", "weeks": 6, "pass_rate": 0.3}
    found = told({"cash": 1e6, "horizon_weeks": 10}, slow)
    assert found.startswith("Most lives that miss the goal run out of time")


def test_a_plan_that_reaches_its_goal_needs_no_reason():
    """Nor does one without any cash counted."""
    assert told({}, {"id": "open", "pass_rate": 1}) == ""


@pytest.mark.parametrize("name", cases.known())
def test_every_case_has_a_reason_that_its_own_figures_bear_out(name):
    """The milestone named is the one at which most lives end, in both languages."""
    outcomes = play(cases.load(name).plan, runs=2000)
    lost = lost_at(outcomes)
    assert sum(lost.values()) <= 1 + 1e-9
    reason = why(outcomes)
    assert reason is not None
    worst = max(lost, key=lambda id: lost[id])
    for w in (EN, ZH):
        sentence = w.message(reason)
        named = w.name(outcomes.plan.milestone(worst)) in sentence
        assert named == (lost[worst] >= outcomes.fates["open"]), sentence
        assert "{" not in sentence
