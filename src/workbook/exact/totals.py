"""Accumulate the results of propagation, and return them as `Outcomes`.

Weeks are positions 0 … horizon; money is in cents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from workbook.exact.coarse import near_quantiles
from workbook.exact.entries import Entries
from workbook.exact.mass import HERE, Floats, Grid, Ints, Mass, Place, Stay
from workbook.exact.refusals import bound
from workbook.exact.stages import Branch
from workbook.exact.transitions import Transitions
from workbook.outcomes import (
    FATES,
    LEVELS,
    QUANTILES,
    Fate,
    Means,
    MilestoneOutcome,
    Outcomes,
    Weekly,
)

MOST_POINTS = 4_000_000


class Totals:
    """The results of a whole play; each figure is a sum of probabilities."""

    def __init__(
        self,
        ids: Iterable[str],
        horizon: int,
        cash: int,
        form: type[Grid] | type[Entries],
        grain: int,
    ) -> None:
        self.ids = tuple(ids)
        self.horizon, self.cash, self.form, self.grain = horizon, cash, form, grain
        self.fates: dict[Fate, Floats] = {fate: np.zeros(horizon + 1) for fate in FATES}
        self.reached = {id: np.zeros(horizon + 1) for id in self.ids}
        self.outlays: dict[str, list[tuple[Ints, Floats]]] = {id: [] for id in self.ids}
        self.ruined_before = dict.fromkeys(self.ids, 0.0)
        self.died_here = dict.fromkeys(self.ids, 0.0)
        self.used_up = dict.fromkeys(self.ids, 0.0)
        self.attempts = dict.fromkeys(self.ids, 0.0)
        self.cash_at_end: dict[Fate, float] = dict.fromkeys(FATES, 0.0)
        self.spent = 0.0
        self.let_go = 0.0
        self.by_economy: dict[int, Floats] = {}
        self._points: list[Stay[Mass]] = []
        self._count = 0

    def end(self, fate: Fate, mass: Mass) -> None:
        """Record that this mass has ended."""
        if not mass.cells():
            return
        self.fates[fate] += mass.by_week(self.horizon)
        self.cash_at_end[fate] += mass.cash_in_all()

    def ruin(self, mass: Mass, milestone: str | None, reached: frozenset[str]) -> None:
        """Record ruin at this milestone, with these milestones reached before."""
        if not mass.cells():
            return
        self.end("ruin", mass)
        share = mass.total()
        if milestone is not None:
            self.died_here[milestone] += share
        for id in self.ids:
            if id not in reached:
                self.ruined_before[id] += share

    def come(self, branch: Branch, mass: Mass, cheques: int) -> None:
        """Record a branch taken: what was reached, with how much invested, or used up."""
        if branch.used_up is not None:
            self.used_up[branch.used_up] += mass.total()
        if not branch.reached or not mass.cells():
            return
        weeks = mass.by_week(self.horizon)
        cash, chance = mass.by_cash()
        outlay = np.maximum(0, self.cash + cheques - cash)
        for id in branch.reached:
            self.reached[id] += weeks
            self.outlays[id].append((outlay, chance))

    def under_way(self, mass: Mass, economy: int, places: Sequence[Place] = HERE) -> None:
        """Record mass under way in this economy at the end of its week, or at these places.

        A place is some weeks, and some cents, later.
        """
        if not (mass.cells() and places):
            return
        share = self.by_economy.setdefault(economy, np.zeros(self.horizon + 1))
        by_week = mass.by_week(self.horizon)
        for weeks, _ in places:
            share[weeks:] += by_week[: len(share) - weeks]
        self._points.append(Stay(mass, places))
        self._count += mass.cells() * len(places)
        if self._count > MOST_POINTS:
            self._points = [Stay(self.points())]
            self._count = self._points[0].mass.cells()
            bound(2 * self._count, MOST_POINTS)

    def points(self) -> Mass:
        """Return week and cash of all mass under way."""
        if not self._points:
            return self.form.certain(0, 0, self.grain).times(0.0)
        whole: Mass = self.form.met(self._points, self.grain)  # type: ignore[arg-type]
        return whole

    def near_quantiles(self) -> Mass:
        """Return the same, exact only where the quantiles of each week's cash lie."""
        if self.form is Grid:
            return self.points()
        stays: Any = self._points
        return near_quantiles(stays, self.grain, LEVELS)


SLACK = 1e-12  # sums of chances: a share of 0.8 - 1e-16 is 0.8


class LaterBands(Mapping[str, Floats]):
    """Bands that are computed when one is first asked for; those of a copy are computed."""

    def __init__(self, compute: Callable[[], Mapping[str, Floats]]) -> None:
        self._compute = compute

    @cached_property
    def _bands(self) -> Mapping[str, Floats]:
        return self._compute()

    def __getitem__(self, name: str) -> Floats:
        return self._bands[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._bands)

    def __len__(self) -> int:
        return len(self._bands)

    def __reduce__(self) -> tuple[type[Any], tuple[Any, ...]]:
        return dict, (dict(self),)


def outcomes(
    transitions: Transitions,
    choices: Mapping[str, str],
    totals: Totals,
    bands: Mapping[str, Floats] | None = None,
) -> Outcomes:
    """Return the outcomes of what has been propagated, with these bands; None: compute them."""
    return Outcomes(
        plan=transitions.plans[0],
        choices=dict(choices),
        how="exact",
        runs=0,
        seed=None,
        fates={fate: float(totals.fates[fate].sum()) for fate in FATES},
        fates_error=dict.fromkeys(FATES, totals.let_go),
        milestones={id: _milestone(id, totals) for id in totals.ids},
        weekly=_weekly(totals, _bands(transitions, totals) if bands is None else bands),
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


def _weekly(totals: Totals, bands: Mapping[str, Floats]) -> Weekly:
    fates = {fate: np.cumsum(totals.fates[fate]) for fate in FATES}
    over = fates["goal"] + fates["ruin"] + fates["stuck"]
    return Weekly(
        weeks=np.arange(totals.horizon + 1),
        under_way=np.clip(1.0 - over, 0.0, 1.0),
        fates=fates,
        bands=bands,
    )


def _bands(transitions: Transitions, totals: Totals) -> dict[str, Floats]:
    weeks, cash, chance = totals.near_quantiles().listed()
    bands = {"cash": quantiles_by_week(weeks, cash / 100, chance, totals.horizon)}
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
        bands[name] = quantiles_by_week(weeks[order], spread[order], chances[order], totals.horizon)
    return bands


def quantiles_by_week(weeks: Ints, values: Floats, chances: Floats, horizon: int) -> Floats:
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
