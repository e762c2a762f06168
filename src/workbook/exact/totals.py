"""Accumulate the results of propagation.

Nothing is decided here. Weeks are positions 0 … horizon; money is in cents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from workbook.exact.entries import Entries
from workbook.exact.grid import Grid
from workbook.exact.mass import HERE, Floats, Ints, Mass, Place, Stay
from workbook.exact.refusals import bound
from workbook.exact.stages import Branch
from workbook.outcomes import FATES, Fate

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
        cash, chance = mass.by_cash()
        self.cash_at_end[fate] += float(chance @ cash)

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
