"""Attempts of one team that fail in a row are drawn at once: nothing else changes by that."""

from __future__ import annotations

from dataclasses import asdict
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, given

from alike import alike
from any_plan import plans
from examples import examples
from workbook import cases, simulate
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.simulate import weeks
from workbook.simulate.run_states import RunStates


def one_by_one(plan: Plan, choices: dict[str, str] | None = None, **more) -> Outcomes:
    """What a plan comes to where every attempt ends in a step of its own."""
    with patch.object(RunStates, "goes_ahead", property(lambda _: False)):
        return simulate.play(plan, choices, **more)


def steps_of(plan: Plan, choices: dict[str, str] | None = None, **more) -> int:
    """In how many steps the paths of a plan come from event to event."""
    with patch.object(weeks, "pass_to_next_event", wraps=weeks.pass_to_next_event) as passed:
        simulate.play(plan, choices, **more)
    return passed.call_count


@pytest.mark.slow
@examples(
    300,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(plans())
def test_any_plan_of_one_team_comes_to_the_same(plan_and_choices):
    """Forks, hypotheses, limits and money due come between attempts; all bands and lives agree."""
    plan, choices = plan_and_choices
    plan = plan.model_copy(update={"teams": 1})
    with patch.object(simulate, "FEW_RUNS", 0):
        ahead = simulate.play(plan, choices, runs=60, seed=4)
        alike(asdict(ahead), asdict(one_by_one(plan, choices, runs=60, seed=4)))


@pytest.mark.parametrize("case", ["side-business", "training-camp"])
def test_shipped_cases_come_to_the_same_in_half_the_steps(case):
    """And with every option of their forks."""
    plan = cases.load(case).plan
    ways = [{fork.id: option.id} for fork in plan.forks for option in fork.options]
    for choices in [{}, *ways]:
        alike(asdict(simulate.play(plan, choices)), asdict(one_by_one(plan, choices)))
    with patch.object(RunStates, "goes_ahead", property(lambda _: False)):
        before = steps_of(plan)
    assert steps_of(plan) <= before * 0.6


def chain(**more) -> Plan:
    """A hard first step, and one after it with a fork, so that paths pass from event to event."""
    first = {"id": "hard", "pass_rate": 0.2, "cost": 100.0, "weeks": 2.0, **more.pop("hard", {})}
    then = {"id": "then", "needs": ["hard"], "pass_rate": 0.5, "weeks": 1.0}
    fork = {"id": "way", "at": {"milestone": "then"}, "options": [{"id": "on"}, {"id": "off"}]}
    plan = {"id": "p", "goal": "then", "cash": 1000.0, "burn_per_week": 10.0}
    plan |= {"horizon_weeks": 60, "milestones": [first, then], "forks": [fork]}
    return Plan.model_validate(plan | more)


@pytest.mark.parametrize(
    "plan",
    [
        chain(),
        chain(hard={"attempts": 3}),
        chain(hard={"pass_rate": [0.05, 0.1, 0.4]}),
        chain(cash=150.0, due=[{"week": 5, "amount": 400.0, "chance": 0.5}]),
        chain(horizon_weeks=9),
        chain(hard={"cost": 0.0}),
        chain(sales={"reach_per_week": 10, "conversion": 0.5, "price": 12, "margin": 1.0}),
    ],
    ids=["plain", "limit", "rising", "money due", "horizon", "free", "earns"],
)
def test_what_ends_a_row_of_attempts(plan):
    """The limit, the money, the horizon: at each, a life ends as it does attempt by attempt."""
    choices = {"way": "on"}
    ahead = simulate.play(plan, choices, runs=3_000)
    alike(asdict(ahead), asdict(one_by_one(plan, choices, runs=3_000)))
