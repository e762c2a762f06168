"""The quick path of one team and the general one tell the same of every plan, to the last bit."""

from __future__ import annotations

from dataclasses import asdict, replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given

from alike import alike
from any_plan import plans
from examples import examples
from workbook import simulate
from workbook.life import Luck, live
from workbook.luck import likely
from workbook.outcomes import FATES, Outcomes
from workbook.plan import Due, Plan
from workbook.simulate.weeks import kinds_of

GENERAL = {"one_at_a_time": lambda *_: False}


def one_team(plan: Plan) -> Plan:
    """The plan with one team, nothing that depends on truth or morale, and no ranges."""
    milestones = []
    for m in plan.milestones:
        known = {name: likely(getattr(m, name)) for name in ("weeks", "cost")}
        known["hours"] = None if m.hours is None else likely(m.hours)
        milestones.append(m.model_copy(update={"tests": None, "relies_on": (), **known}))
    new = {"teams": 1, "milestones": tuple(milestones), "morale": None}
    return plan.model_copy(update=new)


def both(plan: Plan, **more) -> tuple[Outcomes, Outcomes]:
    """The outcomes of the quick path, which must not ask the general one, and of the other."""
    with patch.object(simulate, "to_the_end", side_effect=AssertionError("not the quick path")):
        quick = simulate.play(plan, **more)
    with patch.multiple(simulate, **GENERAL):
        return quick, simulate.play(plan, **more)


@pytest.mark.slow
@examples(
    300,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(plans(with_forks=False, real=False))
def test_both_paths_tell_the_same(plan_and_choices):
    """Fates, milestones, every week's bands and every life, in plans of every kind."""
    plan = one_team(plan_and_choices[0])
    quick, general = both(plan, runs=60, seed=4)
    alike(asdict(quick), asdict(general))


@examples(
    200,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(plans(real=False))
def test_passing_from_event_to_event_tells_the_same_as_week_by_week(plan_and_choices):
    """To the last bit, in plans of every kind: no week is skipped in which something happens."""
    plan, choices = plan_and_choices

    def by_week(*of):
        return replace(kinds_of(*of), by_event=False)

    for runs in (60, 2300):  # each run by itself, and runs that share their course
        reported = simulate.play(plan, choices, runs=runs, seed=6)
        with patch.object(simulate, "kinds_of", by_week):
            alike(asdict(reported), asdict(simulate.play(plan, choices, runs=runs, seed=6)))


@examples(
    100,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(plans(with_forks=False, real=False))
def test_the_quick_path_tells_the_cash_of_every_week_of_a_life(plan_and_choices):
    """With one life the bands are that life: its cash week by week as `life` tells it."""
    plan = one_team(plan_and_choices[0])
    reported = live(plan, Luck(5, 0))
    cash = both(plan, runs=1, seed=5)[0].weekly.bands["cash"][2]
    seen = np.flatnonzero(~np.isnan(cash))
    assert len(seen) == reported.week + (reported.fate == "open")
    assert cash[seen].tolist() == [reported.cash_by_week[week] for week in seen]


@pytest.mark.parametrize("horizon", [1, 7, 60])
def test_promised_money_cuts_the_weeks_on_both_paths(horizon):
    """Cheques of several senders, some in the same week, while attempts last and prices wait."""
    milestones = [
        {"id": "a", "weeks": 3.0, "cost": 40.0, "pass_rate": 0.5, "gives": gift(300.0, 5)},
        {"id": "b", "weeks": 4.0, "cost": 90.0, "pass_rate": 0.4, "gives": gift(200.0, 2)},
        {"id": "c", "weeks": 5.0, "cost": 150.0, "pass_rate": 0.6},
    ]
    base = {"id": "due", "goal": "c", "cash": 100.0, "burn_per_week": 9.0}
    plan = Plan.model_validate(base | {"milestones": milestones, "horizon_weeks": horizon})
    due = tuple(Due(week=week, amount=33.0, chance=0.5) for week in (2, 6, 6, 11))
    quick, general = both(plan.model_copy(update={"due": due}), runs=2000)
    alike(asdict(quick), asdict(general))
    assert horizon < 60 or {FATES[fate] for fate in quick.lives.fate} == {"goal", "ruin"}


def gift(amount: float, lag: int) -> dict:
    """A cheque that a reached milestone may bring."""
    return {"funding": {"amount": amount, "chance": 0.5, "lag_weeks": lag}}
