"""From the totals to `Outcomes`: shares, quantiles, bands."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from workbook.exact.mass import Floats, Ints
from workbook.exact.totals import Totals
from workbook.exact.transitions import Transitions
from workbook.outcomes import (
    FATES,
    LEVELS,
    QUANTILES,
    Means,
    MilestoneOutcome,
    Outcomes,
    Weekly,
)

SLACK = 1e-12  # sums of chances: a share of 0.8 - 1e-16 is 0.8


def outcomes(transitions: Transitions, choices: Mapping[str, str], totals: Totals) -> Outcomes:
    """Return the outcomes of what has been propagated."""
    return Outcomes(
        plan=transitions.plans[0],
        choices=dict(choices),
        how="exact",
        runs=0,
        seed=None,
        fates={fate: float(totals.fates[fate].sum()) for fate in FATES},
        fates_error=dict.fromkeys(FATES, totals.let_go),
        milestones={id: _milestone(id, totals) for id in totals.ids},
        weekly=_weekly(transitions, totals),
        mean=_means(totals),
    )


def _milestone(id: str, totals: Totals) -> MilestoneOutcome:
    reached_by = np.cumsum(totals.reached[id])
    return MilestoneOutcome(
        id=id,
        reached=float(reached_by[-1]),
        reached_error=totals.let_go,
        ruined_before=totals.ruined_before[id],
        died_here=totals.died_here[id],
        stuck_here=totals.used_up[id],
        weeks={share: _first(reached_by, share) for share in QUANTILES},
        cash=_outlays(id, totals),
        attempts=totals.attempts[id],
        reached_by=reached_by,
    )


def _first(rising: Floats, share: float) -> int | None:
    """Return the position at which a cumulative share is reached; None if it never is."""
    place = int(np.searchsorted(rising, share - SLACK))
    return place if place < len(rising) else None


def _outlays(id: str, totals: Totals) -> dict[float, float | None]:
    """Return the money invested by the time of reaching, at each quantile of all runs."""
    if not totals.outlays[id]:
        return dict.fromkeys(QUANTILES)
    outlay, chance = (np.concatenate(parts) for parts in zip(*totals.outlays[id], strict=True))
    order = np.argsort(outlay, kind="stable")
    rising = np.cumsum(chance[order])
    places = {share: _first(rising, share) for share in QUANTILES}
    return {
        share: None if place is None else float(outlay[order[place]]) / 100
        for share, place in places.items()
    }


def _means(totals: Totals) -> Means:
    weeks = np.arange(totals.horizon + 1)
    goal, ruin = totals.fates["goal"], totals.fates["ruin"]
    reached, ruined = float(goal.sum()), float(ruin.sum())
    return Means(
        week_if_goal=float(goal @ weeks) / reached if reached > 0 else None,
        cash_if_goal=totals.cash_at_end["goal"] / reached / 100 if reached > 0 else None,
        week_if_ruin=float(ruin @ weeks) / ruined if ruined > 0 else None,
        spend=totals.spent / 100,
        cash=sum(totals.cash_at_end.values()) / 100,
    )


def _weekly(transitions: Transitions, totals: Totals) -> Weekly:
    fates = {fate: np.cumsum(totals.fates[fate]) for fate in FATES}
    over = fates["goal"] + fates["ruin"] + fates["stuck"]
    return Weekly(
        weeks=np.arange(totals.horizon + 1),
        under_way=np.clip(1.0 - over, 0.0, 1.0),
        fates=fates,
        bands=_bands(transitions, totals),
    )


def _bands(transitions: Transitions, totals: Totals) -> dict[str, Floats]:
    weeks, cash, chance = totals.points().listed()
    bands = {"cash": _quantiles(weeks, cash / 100, chance, totals.horizon)}
    shares = totals.by_economy
    weeks = np.tile(np.arange(totals.horizon + 1), len(shares))
    chances = np.concatenate([*shares.values(), np.zeros(0)])
    economies = [transitions.economies[place] for place in shares]
    figures = {
        "conversion": [economy.conversion for economy in economies],
        "reach": [economy.reach_per_week for economy in economies],
        "revenue": [economy.sales_cents / 100 for economy in economies],
        "hours": [economy.running_hours_per_week for economy in economies],
    }
    for name, values in figures.items():
        spread = np.repeat(np.array(values, dtype=np.float64), totals.horizon + 1)
        order = np.lexsort((spread, weeks))
        bands[name] = _quantiles(weeks[order], spread[order], chances[order], totals.horizon)
    return bands


def _quantiles(weeks: Ints, values: Floats, chances: Floats, horizon: int) -> Floats:
    """Return quantiles of the values of each week, (levels, weeks): the first value that covers it.

    Sorted by week, then value. NaN in weeks without any probability.
    """
    bands = np.full((len(LEVELS), horizon + 1), np.nan)
    if not len(weeks):
        return bands
    rising = np.concatenate([[0.0], np.cumsum(chances)])
    ends = np.searchsorted(weeks, np.arange(horizon + 2))
    first, last = ends[:-1], ends[1:]
    share = rising[last] - rising[first]
    wanted = rising[first] + (np.array(LEVELS)[:, None] - SLACK) * share
    places = np.clip(np.searchsorted(rising[1:], wanted), first, np.maximum(first, last - 1))
    alive = share > SLACK
    bands[:, alive] = values[places[:, alive]]
    return bands
