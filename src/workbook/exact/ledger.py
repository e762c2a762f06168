"""What is written down on the way: who ended how and when, who reached what, who had how much.

Nothing is decided here. Weeks are positions 0 … horizon; money in cents.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from workbook.exact.entries import CASH, CHEQUES, WEEK, Entries, Floats, merged
from workbook.outcomes import FATES, Fate

MOST_POINTS = 2_000_000


class Ledger:
    """The account of a whole play; each figure is a sum of probabilities."""

    def __init__(self, ids: Iterable[str], horizon: int) -> None:
        self.ids = tuple(ids)
        self.horizon = horizon
        self.fates: dict[Fate, Floats] = {fate: np.zeros(horizon + 1) for fate in FATES}
        self.reached = {id: np.zeros(horizon + 1) for id in self.ids}
        self.outlays: dict[str, list[Entries]] = {id: [] for id in self.ids}
        self.ruined_before = dict.fromkeys(self.ids, 0.0)
        self.died_here = dict.fromkeys(self.ids, 0.0)
        self.used_up = dict.fromkeys(self.ids, 0.0)
        self.attempts = dict.fromkeys(self.ids, 0.0)
        self.goal_cash = 0.0
        self.spent = 0.0
        self.let_go = 0.0
        self.by_economy: dict[int, Floats] = {}
        self.grain = 0
        self._points: list[Entries] = []
        self._count = 0

    def by_week(self, entries: Entries) -> Floats:
        """Probability of the entries, summed by week."""
        return np.bincount(entries.state[WEEK], weights=entries.chance, minlength=self.horizon + 1)

    def end(self, fate: Fate, entries: Entries) -> None:
        """These lives are over."""
        self.fates[fate] += self.by_week(entries)
        if fate == "goal":
            self.goal_cash += float(entries.chance @ entries.state[CASH])

    def ruin(self, entries: Entries, milestone: str | None, reached: frozenset[str]) -> None:
        """The money of these lives died at this milestone, with these reached before."""
        self.end("ruin", entries)
        share = float(entries.chance.sum())
        if milestone is not None:
            self.died_here[milestone] += share
        for id in self.ids:
            if id not in reached:
                self.ruined_before[id] += share

    def reach(self, id: str, entries: Entries, start_cash: int) -> None:
        """These lives reach a milestone; what they put in is start and cheques less cash."""
        self.reached[id] += self.by_week(entries)
        outlay = np.zeros((2, len(entries)), dtype=np.int64)
        outlay[CASH] = np.maximum(0, start_cash + entries.state[CHEQUES] - entries.state[CASH])
        self.outlays[id].append(Entries(outlay, entries.chance))

    def under_way(self, entries: Entries, economy: int) -> None:
        """These lives are under way at the end of their week, in this economy."""
        share = self.by_economy.setdefault(economy, np.zeros(self.horizon + 1))
        share += self.by_week(entries)
        self._points.append(Entries(entries.state[:2], entries.chance))
        self._count += len(entries)
        if self._count > MOST_POINTS:
            self._points = [merged(self._points, self.grain)]
            self._count = len(self._points[0])

    def points(self) -> Entries:
        """Week and cash of all lives under way, sorted, each once."""
        return merged(self._points, self.grain)
