"""Every attempt that is paid for is counted, whether or not its life lasts to the end of it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from any_plan import plans
from examples import examples
from workbook import exact, simulate
from workbook.exact import NotExactError
from workbook.life import Luck, live
from workbook.plan import Plan

WALKED = {"teams": 1}
IN_STEP = {"teams": 2}


def long(**keys) -> Plan:
    """An attempt of ten weeks at 100, with a horizon of four, or with money for six."""
    goal = {"id": "g", "weeks": 10, "cost": 100, "pass_rate": 0.5}
    plan = {"id": "p", "goal": "g", "horizon_weeks": 4, "cash": 1000, "milestones": [goal]}
    return Plan.model_validate({**plan, **keys})


@pytest.mark.parametrize("teams", [1, 2])
@pytest.mark.parametrize("end", [{}, {"horizon_weeks": 20, "burn_per_week": 150}])
def test_an_attempt_cut_off_by_the_horizon_or_by_ruin_is_in_the_money_and_in_the_count(teams, end):
    """One attempt, 100 spent, by every engine."""
    plan = long(teams=teams, **end)
    life = live(plan, Luck(1, 0))
    assert (life.spent, life.attempts) == (100, {"g": 1})
    plays = [simulate.play(plan, runs=50), *([exact.play(plan)] if teams == 1 else [])]
    for played in plays:
        assert (played.mean.spend, played.milestones["g"].attempts) == (100, 1)


def test_work_on_what_a_fork_leaves_out_is_counted():
    """Begun in week 1, dropped in week 3: paid, and made."""
    option = {"id": "o", "skip": ["a"]}
    fork = {"id": "f", "at": {"week": 3}, "options": [option], "chosen": "o"}
    work = {"id": "a", "weeks": 10, "cost": 30}
    goal = {"id": "g", "needs": ["a"]}
    plan = long(milestones=[work, goal], forks=[fork], teams=2, horizon_weeks=20)
    played = simulate.play(plan, runs=20)
    assert played.milestones["a"].attempts == live(plan, Luck(1, 0)).attempts["a"] == 1
    assert played.mean.spend == 30


@examples(60, suppress_health_check=list(HealthCheck))
@given(plans(simple=True, with_forks=False), st.integers(0, 1000))
def test_money_spent_is_attempts_times_their_price(drawn, seed):
    """Nothing else is spent where no hypothesis is tested: life by life, and exactly."""
    plan, choices = drawn
    untested = [m for m in plan.milestones if m.tests is None]
    kept = {m.id for m in untested}
    milestones = tuple(
        m.model_copy(update={"needs": tuple(n for n in m.needs if n in kept), "relies_on": ()})
        for m in untested
    )
    goal = plan.goal if plan.goal in {*kept, "breakeven"} else None
    if goal is None:
        return
    skips = tuple(id for id in plan.skips if id in kept)
    plan = plan.model_copy(update={"milestones": milestones, "skips": skips})
    prices = [round(m.cost * 100) * m.teams for m in plan.milestones]
    lives = simulate.play(plan, choices, runs=40, seed=seed).lives
    assert lives is not None
    assert (lives.attempts @ prices == (lives.spent * 100).round()).all()
    try:
        played = exact.play(plan, choices)
    except NotExactError:
        return
    paid = sum(played.milestones[m.id].attempts * m.cost * m.teams for m in plan.milestones)
    assert played.mean.spend == pytest.approx(paid, abs=1e-6)
