"""The exact engine against every life narrated one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given

from enumeration import TooManyLivesError, tally
from examples import by_hand, examples
from small_plans import plans
from workbook import exact
from workbook.exact import transitions
from workbook.outcomes import FATES, LEVELS


def agree(plan, choices=None):
    """Exact play and enumeration say the same, figure by figure."""
    assume(exact.refusal(plan, choices) is None)
    try:
        reported = tally(plan, choices, most=3000)
    except TooManyLivesError:
        assume(False)
    try:
        played = exact.play(plan, choices)
    except exact.NotExactError as reason:
        assume("fork" not in str(reason))
        raise
    near = {"abs": 1e-9, "rel": 1e-9}
    assert dict(played.fates) == pytest.approx(reported.fates, **near)
    assert sum(played.fates.values()) == pytest.approx(1.0, abs=1e-12)
    assert played.mean.spend == pytest.approx(reported.spend, **near)
    for name, sum_, of in [
        ("week_if_goal", reported.goal_week, "goal"),
        ("cash_if_goal", reported.goal_cash, "goal"),
        ("week_if_ruin", reported.ruin_week, "ruin"),
    ]:
        mean = getattr(played.mean, name)
        assert (mean or 0.0) * reported.fates[of] == pytest.approx(sum_, **near)
    for id in plan.ids:
        one = played.milestones[id]
        for name in ("reached", "attempts", "died_here", "ruined_before"):
            assert getattr(one, name) == pytest.approx(getattr(reported, name)[id], **near), (
                name,
                id,
            )
        assert one.stuck_here == pytest.approx(reported.used_up[id], **near)
        by_week = [reported.reached_week[id, week] for week in range(plan.horizon_weeks + 1)]
        assert one.reached_by == pytest.approx(np.cumsum(by_week), **near)
        agree_on_put_in(one, reported)
    for fate in FATES:
        by_week = [reported.fate_week[fate, week] for week in range(plan.horizon_weeks + 1)]
        assert played.weekly.fates[fate] == pytest.approx(np.cumsum(by_week), **near)
    agree_on_cash(plan, played, reported)


def agree_on_put_in(one, reported):
    """The cash that had gone in by the reaching, at each quantile over all lives."""
    found = sorted((cents, p) for (id, cents), p in reported.put_in.items() if id == one.id)
    rising = np.cumsum([p for _, p in found])
    for share, value in one.cash.items():
        places = [int(np.searchsorted(rising, share + slack)) for slack in (-1e-9, 1e-9)]
        allowed = [found[place][0] / 100 if place < len(found) else None for place in places]
        assert value in (allowed[0], allowed[1])


def agree_on_cash(plan, played, reported):
    """The share under way and its band of cash are those of the lives narrated."""
    for week in range(plan.horizon_weeks + 1):
        cash = sorted((c, p) for (w, c), p in reported.cash.items() if w == week)
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


@pytest.fixture(params=by_hand(["as it suits", "entries"]))
def kept(request, monkeypatch):
    """Both ways to keep mass, grid and entries: what holds for the one must hold for the other."""
    if request.param == "entries":
        monkeypatch.setattr(transitions, "MOST_CELLS", 0)


thorough = examples(150, suppress_health_check=list(HealthCheck))


@pytest.mark.usefixtures("kept")
@thorough
@given(plans())
def test_exact_play_agrees_with_every_life_narrated_one_by_one(plan):
    """Fates, milestones, weeks, money: what is carried is what enumeration adds up to."""
    agree(plan)


@pytest.mark.usefixtures("kept")
@thorough
@given(plans(forks=True))
def test_exact_play_agrees_with_enumeration_at_forks(plan):
    """Loans, waits, skips and edits at a milestone: carried as they are lived."""
    agree(plan, {fork.id: "yes" for fork in plan.forks})
