"""Two engines that share no code give one answer."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, Phase, assume, given, settings

from any_plan import plans
from workbook import exact, simulate

RUNS = 4000
ERRORS = 4


def within(share: float, sure: float) -> bool:
    """Whether a share of RUNS lives is that of the exact answer, but for chance."""
    error = np.sqrt(max(sure * (1 - sure), 1 / RUNS) / RUNS)
    return abs(share - sure) <= ERRORS * error + 1e-9


# The same plans each time, and never shrunk: noise cannot be made smaller by a smaller plan.
@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.generate],
)
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
