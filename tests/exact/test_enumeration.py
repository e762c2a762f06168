"""The exact engine against every life told one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from enumeration import TooManyLivesError, tally
from workbook import exact
from workbook.outcomes import FATES, LEVELS
from workbook.plan import Plan

CHANCES = st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.8, 1.0])
MONEY = st.sampled_from([0.0, 100.0, 250.0, 333.33, 500.0, 1000.0])


@st.composite
def gifts(draw, funding=True):
    """What a milestone gives: at times revenue, another burn, other hours, money with a chance."""
    gives = {}
    if draw(st.booleans()):
        gives["revenue_per_week"] = draw(MONEY)
    if draw(st.booleans()):
        gives["burn_per_week"] = draw(MONEY)
    if draw(st.integers(0, 3)) == 0:
        gives["running_hours_per_week"] = draw(st.sampled_from([0.0, 2.0, 10.0]))
    if funding and draw(st.integers(0, 2)) == 0:
        gives["funding"] = {
            "amount": draw(MONEY),
            "chance": draw(CHANCES),
            "lag_weeks": draw(st.integers(0, 4)),
        }
    return gives


@st.composite
def milestones(draw, count):
    """A chain of few milestones with everything in it that one team can meet."""
    made, testing = [], []
    for number in range(count):
        id = f"m{number}"
        milestone = {
            "id": id,
            "needs": [f"m{n}" for n in range(number) if draw(st.integers(0, 2)) == 0],
            "relies_on": [h for h in testing if draw(st.booleans())],
            "weeks": draw(st.integers(1, 3)),
            "cost": draw(MONEY),
            "teams": draw(st.sampled_from([1, 1, 1, 2])),
        }
        if draw(st.integers(0, 4)) == 0:
            milestone["hours"] = draw(st.sampled_from([5.0, 12.0]))
        if draw(st.integers(0, 2)) == 0:
            milestone["tests"] = {
                "belief": draw(CHANCES),
                "if_true": draw(CHANCES),
                "if_false": draw(CHANCES),
                "redesign": {
                    "weeks": draw(st.integers(1, 2)),
                    "cost": draw(MONEY),
                    "gives": draw(st.none() | gifts()),
                },
            }
            testing.append(id)
        else:
            milestone["pass_rate"] = draw(
                CHANCES | st.lists(CHANCES, min_size=1, max_size=3).map(tuple)
            )
        if draw(st.booleans()):
            milestone["attempts"] = draw(st.integers(1, 3))
        if draw(st.booleans()):
            milestone["gives"] = draw(gifts())
        made.append(milestone)
    return made


@st.composite
def plans(draw, forks=False):
    """Small plans for one team."""
    count = draw(st.integers(1, 4))
    made = draw(milestones(count))
    ids = [m["id"] for m in made]
    made = draw(st.permutations(made))
    plan = {
        "id": "small",
        "goal": draw(st.sampled_from([ids[-1], ids[-1], ids[0], "breakeven"])),
        "horizon_weeks": draw(st.integers(1, 12)),
        "cash": draw(st.none() | st.sampled_from([0.0, 500.0, 1500.0, 2500.5, 5000.0])),
        "burn_per_week": draw(MONEY),
        "revenue_per_week": draw(st.sampled_from([0.0, 0.0, 100.0, 400.0])),
        "hours_per_week": 10.0,
        "skips": [id for id in ids if draw(st.integers(0, 5)) == 0],
        "milestones": made,
    }
    if forks:
        plan["forks"] = [
            {"id": f"f{n}", "at": draw(openings(ids)), "options": [draw(options(made))]}
            for n in range(draw(st.integers(1, 2)))
        ]
    return Plan.model_validate(plan)


def openings(ids):
    return st.sampled_from([{"milestone": id} for id in ids] + [{}])


@st.composite
def options(draw, made):
    """An option of a fork that exact play can follow."""
    option = {"id": "yes"}
    if draw(st.booleans()):
        option["cash"] = draw(st.sampled_from(["+1000", "-300", 700.0]))
    if draw(st.booleans()):
        option["burn_per_week"] = draw(st.sampled_from(["+100", "-100", 0.0]))
    if draw(st.integers(0, 2)) == 0:
        option["loan"] = {"amount": 900.0, "repay": 1200.0, "repay_after_weeks": 3}
    if draw(st.integers(0, 2)) == 0:
        option["wait"] = {"burn_per_week": 50.0, "chance_per_week": 0.5, "amount": 800.0}
    id = draw(st.sampled_from(made))["id"]
    if draw(st.integers(0, 2)) == 0:
        option["skip"] = [id]
    elif draw(st.booleans()):
        option["milestones"] = {id: {"cost": "+100", "weeks": 2}}
    return option


def agree(plan, choices=None):
    """Exact play and enumeration say the same, figure by figure."""
    assume(exact.refusal(plan, choices) is None)
    try:
        told = tally(plan, choices, most=3000)
    except TooManyLivesError:
        assume(False)
    try:
        played = exact.play(plan, choices)
    except exact.NotExactError as reason:
        assume("fork" not in str(reason))
        raise
    near = {"abs": 1e-9, "rel": 1e-9}
    assert dict(played.fates) == pytest.approx(told.fates, **near)
    assert sum(played.fates.values()) == pytest.approx(1.0, abs=1e-12)
    assert played.mean.spend == pytest.approx(told.spend, **near)
    for name, sum_, of in [
        ("week_if_goal", told.goal_week, "goal"),
        ("cash_if_goal", told.goal_cash, "goal"),
        ("week_if_ruin", told.ruin_week, "ruin"),
    ]:
        mean = getattr(played.mean, name)
        assert (mean or 0.0) * told.fates[of] == pytest.approx(sum_, **near)
    for id in plan.ids:
        one = played.milestones[id]
        for name in ("reached", "attempts", "died_here", "ruined_before"):
            assert getattr(one, name) == pytest.approx(getattr(told, name)[id], **near), (name, id)
        assert one.stuck_here == pytest.approx(told.used_up[id], **near)
        by_week = [told.reached_week[id, week] for week in range(plan.horizon_weeks + 1)]
        assert one.reached_by == pytest.approx(np.cumsum(by_week), **near)
    for fate in FATES:
        by_week = [told.fate_week[fate, week] for week in range(plan.horizon_weeks + 1)]
        assert played.weekly.fates[fate] == pytest.approx(np.cumsum(by_week), **near)
    agree_on_cash(plan, played, told)


def agree_on_cash(plan, played, told):
    """The share under way and its band of cash are those of the lives told."""
    for week in range(plan.horizon_weeks + 1):
        cash = sorted((c, p) for (w, c), p in told.cash.items() if w == week)
        share = sum(p for _, p in cash)
        assert played.weekly.under_way[week] == pytest.approx(share, abs=1e-9)
        band = played.weekly.bands["cash"][:, week]
        if share < 1e-9:
            continue
        rising = np.cumsum([p for _, p in cash]) / share
        for level, value in zip(LEVELS, band, strict=True):
            lowest = cash[min(np.searchsorted(rising, level - 1e-9), len(cash) - 1)][0] / 100
            highest = cash[min(np.searchsorted(rising, level + 1e-9), len(cash) - 1)][0] / 100
            assert lowest - 1e-6 <= value <= highest + 1e-6


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_exact_play_agrees_with_every_life_told_one_by_one(plan):
    """Fates, milestones, weeks, money: what is carried is what enumeration adds up to."""
    agree(plan)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans(forks=True))
def test_exact_play_agrees_with_enumeration_at_forks(plan):
    """Loans, waits, skips and edits at a milestone: carried as they are lived."""
    agree(plan, {fork.id: "yes" for fork in plan.forks})
