"""The results of a logged plan in the plan's own weeks: the past as fact, then the forecast.

The engines play the plan from `present` and count from its first week. Here their results are
shifted behind the weeks that have passed, so that week 30 of a forecast made in week 20 is week 30
of the plan, and a milestone reached in week 12 stays in week 12.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from workbook.outcomes import (
    LEVELS,
    QUANTILES,
    Floats,
    Lives,
    Means,
    MilestoneOutcome,
    Outcomes,
    Weekly,
)
from workbook.plan import Plan
from workbook.present import Present, present


def with_past(plan: Plan, played: Outcomes, here: Present) -> Outcomes:
    """Return the results for the logged plan, from those of the plan as of today."""
    weeks = here.week + len(played.weekly.weeks)
    milestones = {
        id: _fact(id, week, outcome, weeks)
        if (week := here.reached.get(id)) is not None
        else _later(outcome, here.week)
        for id, outcome in played.milestones.items()
    }
    return replace(
        played,
        plan=plan,
        from_week=here.week,
        milestones=milestones,
        weekly=_weekly(plan, played.weekly, here),
        mean=_means(played.mean, here.week),
        lives=played.lives and _lives(plan, played.lives, here),
    )


def _fact(id: str, week: int, outcome: MilestoneOutcome, weeks: int) -> MilestoneOutcome:
    """Return the result of a milestone of the past: reached for certain, in the week of the log."""
    return replace(
        outcome,
        reached=1.0,
        reached_error=0.0,
        ruined_before=0.0,
        died_here=0.0,
        stuck_here=0.0,
        weeks=dict.fromkeys(QUANTILES, week),
        cash=dict.fromkeys(QUANTILES, None),
        reached_by=(np.arange(weeks) >= week).astype(np.float64),
    )


def _later(outcome: MilestoneOutcome, week: int) -> MilestoneOutcome:
    moved = {q: None if w is None else w + week for q, w in outcome.weeks.items()}
    return replace(outcome, weeks=moved, reached_by=_behind(outcome.reached_by, week, 0.0))


def _behind(values: Floats, weeks: int, past: float | Floats) -> Floats:
    """Put the weeks of the past before a weekly series."""
    shape = (*values.shape[:-1], weeks)
    return np.concatenate([np.broadcast_to(past, shape), values], axis=-1)


def _past_series(plan: Plan, here: Present) -> dict[str, Floats]:
    """Return what each band was in the weeks of the log."""
    economies = here.economies[: here.week]
    return {
        "cash": _past_cash(plan, here),
        "conversion": np.array([e.conversion for e in economies]),
        "reach": np.array([e.reach_per_week for e in economies]),
        "revenue": np.array([e.sales_cents / 100 for e in economies]),
        "hours": np.array([e.running_hours_per_week for e in economies]),
        "customers": np.array([e.paying_customers for e in economies]),
        "recurring": np.array([e.recurring for e in economies]),
        "share": np.array([share for share, _ in here.capital[: here.week]]),
        "debt": np.array([debt for _, debt in here.capital[: here.week]]),
    }


def _weekly(plan: Plan, weekly: Weekly, here: Present) -> Weekly:
    past, series = np.arange(here.week), _past_series(plan, here)
    economies = here.economies[: here.week]
    return Weekly(
        weeks=np.concatenate([past, weekly.weeks + here.week]),
        under_way=_behind(weekly.under_way, here.week, 1.0),
        fates={fate: _behind(shares, here.week, 0.0) for fate, shares in weekly.fates.items()},
        bands={
            name: _behind(band, here.week, _flat(series[name]))
            for name, band in weekly.bands.items()
        },
        measures={
            name: _behind(band, here.week, _flat([e.measures[name] for e in economies]))
            for name, band in weekly.measures.items()
        },
    )


def _flat(values: Sequence[float] | Floats) -> Floats:
    """Return a known past as a band with equal levels."""
    return np.tile(np.array(values), (len(LEVELS), 1))


def _past_cash(plan: Plan, here: Present) -> Floats:
    """Return the counted cash, interpolated linearly between the counts."""
    counted = {entry.week: entry.cash for entry in plan.log if entry.cash is not None}
    known = {0: plan.cash or 0.0, **counted, here.week: here.plan.cash or 0.0}
    weeks = sorted(known)
    return np.interp(np.arange(here.week), weeks, [known[week] for week in weeks])


def _means(mean: Means, week: int) -> Means:
    def moved(value: float | None) -> float | None:
        return None if value is None else value + week

    return replace(
        mean, week_if_goal=moved(mean.week_if_goal), week_if_ruin=moved(mean.week_if_ruin)
    )


def _lives(plan: Plan, lives: Lives, here: Present) -> Lives:
    reached = np.where(lives.reached_week >= 0, lives.reached_week + here.week, -1)
    for position, id in enumerate(plan.ids):
        if id in here.reached:
            reached[:, position] = here.reached[id]
    return replace(lives, end_week=lives.end_week + here.week, reached_week=reached)


def today(plan: Plan, choices: Mapping[str, str] | None = None) -> Present | None:
    """Return the present state of a plan with a log; None for a plan without one."""
    return present(plan, choices) if plan.log else None


def plan_from_today(plan: Plan, choices: Mapping[str, str] | None = None) -> Plan:
    """Return the plan to ask questions of: with a log, the plan from today on.

    `choices` are the options taken at forks that have opened by then.
    """
    here = today(plan, choices)
    return here.plan if here else plan
