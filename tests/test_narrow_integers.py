"""Where an index has 32 bits, as in a browser's Python: numpy takes no wider integer for one."""

from __future__ import annotations

import numpy as np
import pytest

from narrow import narrow_indices
from workbook import cases, exact, life, simulate
from workbook.edit import reordered
from workbook.plan import Plan
from workbook.sequence import Precedence
from workbook.sequence.exact_ranking import score_all


@pytest.fixture
def narrow(monkeypatch):
    """Indices have 32 bits."""
    narrow_indices(monkeypatch.setattr)


def test_the_guard_refuses_what_a_narrow_platform_refuses(narrow):
    """Or the tests below would say nothing."""
    wide = np.array([1, 2], dtype=np.int64)
    with pytest.raises(TypeError, match="int64"):
        np.bincount(wide)
    with pytest.raises(TypeError, match="int64"):
        np.repeat([1, 2], wide)
    assert np.bincount(wide.astype(np.intp, copy=False)).tolist() == [0, 1, 1]
    assert np.bincount(np.flatnonzero([0, 1])).tolist() == [0, 1]


@pytest.mark.parametrize("teams", [1, 2])
@pytest.mark.parametrize("name", cases.shipped())
def test_every_case_is_simulated_with_narrow_indices(narrow, name, teams):
    """One team and two; forks, hypotheses, cheques, redesigns and races among them."""
    plan = cases.load(name).plan.model_copy(update={"teams": teams})
    outcomes = simulate.play(plan, runs=200)
    assert sum(outcomes.fates.values()) == pytest.approx(1.0)


PLANS = {
    "one": {"cost": 100.0, "pass_rate": 0.5, "attempts": 3},
    "odd amounts": {"cost": 101.01, "pass_rate": 0.5},
    "weeks": {"weeks": 3, "pass_rate": [0.2, 0.6]},
    "cheques": {
        "cost": 50.0,
        "pass_rate": 0.5,
        "gives": {"funding": {"amount": 333.0, "chance": 0.5, "lag_weeks": 3}},
    },
}


@pytest.mark.parametrize("kind", PLANS)
def test_exact_lives_and_orders_have_narrow_indices(narrow, kind):
    """Every engine on a small plan of each kind, and every order of it at once."""
    frame = {"id": "small", "goal": "c", "cash": 3000.0, "burn_per_week": 40.0}
    milestones = [{"id": id, **PLANS[kind]} for id in "ab"]
    milestones.append({"id": "c", "needs": ["a", "b"], **PLANS[kind]})
    plan = Plan.model_validate(frame | {"milestones": milestones})
    reported, simulated = exact.play(plan), simulate.play(plan, runs=400)
    assert reported.fates["goal"] == pytest.approx(simulated.fates["goal"], abs=0.12)
    life.live(plan, life.Luck(1, 0))
    precedence = Precedence.of(plan)
    scored = score_all(plan, precedence)
    assert len(scored.orders) == 2
    best = exact.play(reordered(plan, precedence.names(scored.orders[0])))
    assert scored.goal[0] == pytest.approx(best.fates["goal"], abs=1e-6)
