"""Two engines that share no code give one answer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, assume, given

from any_plan import plans
from examples import examples
from workbook import exact, simulate
from workbook.outcomes import FATES
from workbook.plan import Plan

RUNS = 4000
ERRORS = 4


def within(share: float, sure: float) -> bool:
    """Whether a share of RUNS lives is that of the exact answer, but for chance."""
    error = np.sqrt(max(sure * (1 - sure), 1 / RUNS) / RUNS)
    return abs(share - sure) <= ERRORS * error + 1e-9


# The same plans each time, and never shrunk: noise cannot be made smaller by a smaller plan.
@pytest.mark.slow
@examples(200, suppress_health_check=list(HealthCheck), derandomize=True, phases=[Phase.generate])
@given(plans(simple=True))
def test_simulated_shares_are_the_exact_ones(plan_and_choices):
    """Fates, milestones and weeks agree within the noise, wherever both engines apply."""
    plan, choices = plan_and_choices
    assume(exact.refusal(plan, choices) is None)
    sure = exact.play(plan, choices)
    tried = simulate.play(plan, choices, runs=RUNS, seed=3)
    for fate, share in tried.fates.items():
        assert within(share, sure.fates[fate]), fate
    for id, milestone in sure.milestones.items():
        mine = tried.milestones[id]
        for name in ("reached", "ruined_before", "died_here", "stuck_here"):
            assert within(getattr(mine, name), getattr(milestone, name)), (id, name)
    for share, exactly in zip(tried.weekly.under_way, sure.weekly.under_way, strict=True):
        assert within(share, exactly)


def without_chance(plan: Plan) -> Plan:
    """The plan with every attempt passing at once, and every cheque coming."""
    milestones = []
    for milestone in plan.milestones:
        gives = milestone.gives
        if gives and gives.funding:
            sure = gives.funding.model_copy(update={"chance": 1.0})
            gives = gives.model_copy(update={"funding": sure})
        certain = {"pass_rate": 1.0, "tests": None, "relies_on": (), "gives": gives}
        milestones.append(milestone.model_copy(update=certain))
    return plan.model_copy(update={"milestones": tuple(milestones)})


@examples(100, suppress_health_check=list(HealthCheck))
@given(plans(simple=True, with_forks=False))
def test_cash_put_in_is_the_same_figure_from_both_engines(plan_and_choices):
    """Start cash and cheques less what is at hand; without chance, to the cent."""
    plan = without_chance(plan_and_choices[0])
    assume(exact.refusal(plan) is None)
    sure, tried = exact.play(plan), simulate.play(plan, runs=1)
    assert [sure.fates[fate] for fate in FATES] == [tried.fates[fate] for fate in FATES]
    for id, milestone in sure.milestones.items():
        assert tried.milestones[id].cash == milestone.cash, id
        assert tried.milestones[id].weeks == milestone.weeks, id
